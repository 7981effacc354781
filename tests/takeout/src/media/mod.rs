//! Small real files: pictures that can be looked at, with Exif as cameras write it, and boxes as videos have them.

mod boxes;
mod exif;
mod pictures;

use jiff::Timestamp;

use crate::library::{Kind, Pair, Photo};
use crate::places::CAMERAS;
use crate::time::civil;
use crate::truth::Role;

pub(crate) use pictures::Pictures;

/// The bytes of a photo's media, its moving half, or its edited copy.
pub(crate) fn bytes(pictures: &Pictures, seed: u64, photo: &Photo, role: Role) -> Vec<u8> {
    let serial = format!("{seed:x}-{}-{role:?}", photo.id);
    if role == Role::Pair {
        let quicktime = photo.pair == Some(Pair::Mov);
        return boxes::video(photo, quicktime, &serial);
    }
    let look = look(photo, role);
    let tiff = |pictures: &Pictures, size| {
        let thumbnail = (!photo.id.is_multiple_of(4)).then(|| pictures.thumbnail(look));
        photo.shot.map(|_| exif::tiff(&facts(photo, size), photo.id.is_multiple_of(5), thumbnail))
    };
    match photo.kind {
        Kind::Jpeg => pictures.jpeg(look, tiff(pictures, pictures.size(look)).as_deref(), &serial),
        Kind::Png => pictures.png(look, tiff(pictures, pictures.size(look)).as_deref(), &serial),
        Kind::Gif => pictures::gif(&serial),
        Kind::Heic | Kind::Avif => {
            let size = boxes::image_size(photo);
            boxes::image(photo, tiff(pictures, size).as_deref(), size, &serial)
        }
        Kind::Mp4 | Kind::Mov => boxes::video(photo, photo.kind == Kind::Mov, &serial),
    }
}

/// Width and height as the file says.
pub(crate) fn size(pictures: &Pictures, photo: &Photo) -> (u32, u32) {
    match photo.kind {
        Kind::Jpeg | Kind::Png => pictures.size(look(photo, Role::Media)),
        Kind::Gif => (1, 1),
        Kind::Heic | Kind::Avif => boxes::image_size(photo),
        Kind::Mp4 | Kind::Mov => boxes::VIDEO_SIZE,
    }
}

fn look(photo: &Photo, role: Role) -> usize {
    photo.id as usize * 7 + usize::from(role == Role::Edited)
}

fn facts(photo: &Photo, size: (u32, u32)) -> exif::Facts {
    let shot = photo.shot.expect("asked only where a camera is known");
    let camera = &CAMERAS[shot.camera];
    let exif_time = |seconds: i64| civil(seconds).strftime("%Y:%m:%d %H:%M:%S").to_string();
    let says = photo.says;
    exif::Facts {
        make: camera.make,
        model: camera.model,
        lens: camera.lens,
        orientation: shot.orientation,
        local: says.exif_local.then(|| exif_time(photo.local_s())),
        offset: says.exif_offset.then(|| offset(photo.offset_s)),
        exposure: shot.exposure,
        f_number_hundredths: shot.f_number,
        iso: shot.iso,
        focal_hundredths_mm: shot.focal.0,
        focal_35mm: shot.focal.1,
        size,
        place: says.gps.then_some((photo.latitude, photo.longitude, photo.altitude_m)),
        gps_time: says.gps_time.then(|| Timestamp::from_second(photo.instant_s).unwrap_or_default()),
    }
}

/// `+05:45`
pub(crate) fn offset(seconds: i32) -> String {
    let minutes = seconds.abs() / 60;
    format!("{}{:02}:{:02}", if seconds < 0 { '-' } else { '+' }, minutes / 60, minutes % 60)
}
