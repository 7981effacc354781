//! What cameras and apps call their files, and what that says of the time.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{Kind, Named, Photo};
use crate::chance::Chance;

/// Gives a photo a title that fits its kind.
pub(super) fn name(photo: &mut Photo, chance: &mut Chance) {
    let (pattern, named) = *match photo.kind {
        Kind::Jpeg => chance.one(&[
            ("IMG_{id}.JPG", Named::Nothing),
            ("IMG_{local}.jpg", Named::Local),
            ("PXL_{utc}{ms}.jpg", Named::Utc),
            ("DSC{id}.JPG", Named::Nothing),
            ("{local}.jpg", Named::Local),
            ("P{id}.jpeg", Named::Nothing),
            ("Photo {id}.jpg", Named::Nothing),
        ]),
        Kind::Png => chance.one(&[("Screenshot_{local}.png", Named::Local), ("drawing-{id}.png", Named::Nothing)]),
        Kind::Heic => &("IMG_{id}.HEIC", Named::Nothing),
        Kind::Avif => &("image-{id}.avif", Named::Nothing),
        Kind::Gif => &("animation {id}.gif", Named::Nothing),
        Kind::Mp4 => chance.one(&[
            ("VID_{local}.mp4", Named::Local),
            ("PXL_{utc}{ms}.mp4", Named::Utc),
            ("MOV{id}.mp4", Named::Nothing),
        ]),
        Kind::Mov => &("IMG_{id}.MOV", Named::Nothing),
    };
    photo.title = fill(pattern, photo);
    photo.says.name = named;
}

/// A pattern with this photo's times and number in it.
pub(super) fn fill(pattern: &str, photo: &Photo) -> String {
    pattern
        .replace("{id}", &format!("{:04}", photo.id + 1000))
        .replace("{six}", &format!("{:06}", photo.id + 1000))
        .replace("{local}", &stamp(photo.local_s()))
        .replace("{utc}", &stamp(photo.instant_s))
        .replace("{ms}", &format!("{:03}", photo.id % 1000))
}

fn stamp(seconds: i64) -> String {
    let time = Timestamp::from_second(seconds).unwrap_or_default().to_zoned(TimeZone::UTC);
    time.strftime("%Y%m%d_%H%M%S").to_string()
}
