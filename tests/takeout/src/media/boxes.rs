//! Files of boxes (ISO/IEC 14496-12): HEIC and AVIF images with Exif, MP4 and QuickTime videos. Their boxes are real;
//! the coded picture in them is not, since nothing here needs to see it.

use crate::library::{Kind, Photo};
use crate::sidecar::degrees;
use crate::time::civil;

pub(crate) const VIDEO_SIZE: (u32, u32) = (1920, 1080);
/// From 1904-01-01 to 1970-01-01.
const EPOCH_1904_S: i64 = 2_082_844_800;

/// What an image says of its size.
pub(crate) fn image_size(photo: &Photo) -> (u32, u32) {
    *[(4032, 3024), (3024, 4032), (2316, 3088)].get(photo.id as usize % 3).unwrap_or(&(4032, 3024))
}

fn boxed(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let mut bytes = (content.len() as u32 + 8).to_be_bytes().to_vec();
    bytes.extend(kind);
    bytes.extend(content);
    bytes
}

/// A box with version and flags.
fn full(kind: &[u8; 4], version: u8, flags: u32, content: &[u8]) -> Vec<u8> {
    let head = u32::from(version) << 24 | flags;
    boxed(kind, &[&head.to_be_bytes(), content].concat())
}

fn words(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_be_bytes()).collect()
}

/// An image (ISO/IEC 23008-12) of this size, with Exif if there is any.
pub(crate) fn image(photo: &Photo, tiff: Option<&[u8]>, (width, height): (u32, u32), serial: &str) -> Vec<u8> {
    let (brand, coded) = if photo.kind == Kind::Avif { (b"avif", b"av01") } else { (b"heic", b"hvc1") };
    let brands = boxed(b"ftyp", &[brand.as_slice(), &[0; 4], b"mif1", brand].concat());
    let picture = format!("no picture, but {serial}").into_bytes();
    // Four bytes say how far the TIFF is behind them.
    let exif = tiff.map(|tiff| [&6u32.to_be_bytes(), b"Exif\0\0".as_slice(), tiff].concat());
    let meta = |picture_at: u32| {
        let mut infos = vec![full(b"infe", 2, 0, &[&[0, 1, 0, 0], coded.as_slice(), b"\0"].concat())];
        let exif_at = picture_at + picture.len() as u32;
        let mut places = vec![(1u16, picture_at, picture.len() as u32)];
        let mut refs = Vec::new();
        if let Some(exif) = &exif {
            infos.push(full(b"infe", 2, 1, b"\0\x02\0\0Exif\0"));
            places.push((2, exif_at, exif.len() as u32));
            refs = full(b"iref", 0, 0, &boxed(b"cdsc", &[0, 2, 0, 1, 0, 1]));
        }
        let count = (infos.len() as u16).to_be_bytes();
        let mut located = vec![0x44, 0x00];
        located.extend(count);
        for (item, at, length) in places {
            located.extend(item.to_be_bytes());
            // This file itself, one extent.
            located.extend([0, 0, 0, 1]);
            located.extend(words(&[at, length]));
        }
        let properties = boxed(b"ipco", &full(b"ispe", 0, 0, &words(&[width, height])));
        let association = full(b"ipma", 0, 0, &[&words(&[1])[..], &[0, 1, 1, 0x81]].concat());
        let content = [
            full(b"hdlr", 0, 0, &[&[0; 4], b"pict".as_slice(), &[0; 13]].concat()),
            full(b"pitm", 0, 0, &[0, 1]),
            full(b"iinf", 0, 0, &[count.to_vec(), infos.concat()].concat()),
            refs,
            boxed(b"iprp", &[properties, association].concat()),
            full(b"iloc", 0, 0, &located),
        ];
        full(b"meta", 0, 0, &content.concat())
    };
    let data_at = (brands.len() + meta(0).len() + 8) as u32;
    let data = boxed(b"mdat", &[picture.as_slice(), exif.as_deref().unwrap_or_default()].concat());
    [brands, meta(data_at), data].concat()
}

/// A video with one track; in QuickTime with its date and place as Apple writes them.
pub(crate) fn video(photo: &Photo, quicktime: bool, serial: &str) -> Vec<u8> {
    let brand: &[u8] = if quicktime { b"qt  \0\0\0\0qt  " } else { b"isom\0\0\x02\0isommp42" };
    let brands = boxed(b"ftyp", brand);
    let made = (photo.instant_s + EPOCH_1904_S).clamp(0, i64::from(u32::MAX)) as u32;
    let duration = photo.duration_s * 1000;
    let mut movie = vec![header(made, duration), track(made, duration)];
    let place = photo.says.gps.then(|| iso6709(photo));
    if quicktime {
        let date = format!("{}{}", civil(photo.local_s()).strftime("%Y-%m-%dT%H:%M:%S"), zone(photo.offset_s));
        let mut keys = vec![("com.apple.quicktime.creationdate", date)];
        keys.extend(place.map(|place| ("com.apple.quicktime.location.ISO6709", place)));
        movie.push(quicktime_meta(&keys));
    } else if let Some(place) = place {
        // A length, a language (undetermined), the text.
        let content = [&(place.len() as u16).to_be_bytes(), b"\x55\xC4".as_slice(), place.as_bytes()].concat();
        movie.push(boxed(b"udta", &boxed(b"\xA9xyz", &content)));
    }
    let movie = boxed(b"moov", &movie.concat());
    let data = boxed(b"mdat", format!("no picture, but {serial}").as_bytes());
    // Cameras put the movie's description last.
    if photo.id.is_multiple_of(2) { [brands, data, movie].concat() } else { [brands, movie, data].concat() }
}

/// `+0545`
fn zone(seconds: i32) -> String {
    super::offset(seconds).replace(':', "")
}

/// `+48.8577+002.2950+035/`
fn iso6709(photo: &Photo) -> String {
    format!("{:+08.4}{:+09.4}{:+04.0}/", degrees(photo.latitude), degrees(photo.longitude), photo.altitude_m)
}

/// Rotation and scale that change nothing.
const MATRIX: [u32; 9] = [0x1_0000, 0, 0, 0, 0x1_0000, 0, 0, 0, 0x4000_0000];

fn header(made: u32, duration: u32) -> Vec<u8> {
    let mut content = words(&[made, made, 1000, duration, 0x1_0000]);
    // Full volume, and what is reserved.
    content.extend([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    content.truncate(20 + 2 + 10);
    content.extend(words(&MATRIX));
    content.extend(words(&[0, 0, 0, 0, 0, 0, 2]));
    full(b"mvhd", 0, 0, &content)
}

fn track(made: u32, duration: u32) -> Vec<u8> {
    let mut head = words(&[made, made, 1, 0, duration, 0, 0, 0, 0]);
    head.extend(words(&MATRIX));
    head.extend(words(&[VIDEO_SIZE.0 << 16, VIDEO_SIZE.1 << 16]));
    let media_head = [words(&[made, made, 1000, duration]), vec![0x55, 0xC4, 0, 0]].concat();
    let handler = [&[0; 4], b"vide".as_slice(), &[0; 13]].concat();
    let nothing = |kind| full(kind, 0, 0, &words(&[0]));
    let samples =
        [nothing(b"stsd"), nothing(b"stts"), nothing(b"stsc"), full(b"stsz", 0, 0, &words(&[0, 0])), nothing(b"stco")];
    let references = full(b"dref", 0, 0, &[words(&[1]), full(b"url ", 0, 1, &[])].concat());
    let information = [full(b"vmhd", 0, 1, &[0; 8]), boxed(b"dinf", &references), boxed(b"stbl", &samples.concat())];
    let media =
        [full(b"mdhd", 0, 0, &media_head), full(b"hdlr", 0, 0, &handler), boxed(b"minf", &information.concat())];
    boxed(b"trak", &[full(b"tkhd", 0, 7, &head), boxed(b"mdia", &media.concat())].concat())
}

/// Keys and values (QuickTime File Format, metadata).
fn quicktime_meta(pairs: &[(&str, String)]) -> Vec<u8> {
    let mut keys = words(&[pairs.len() as u32]);
    let mut list = Vec::new();
    for (nth, (key, value)) in (1u32..).zip(pairs) {
        keys.extend(boxed(b"mdta", key.as_bytes()));
        // Text in UTF-8, of no language.
        let data = boxed(b"data", &[words(&[1, 0]), value.clone().into_bytes()].concat());
        list.extend(boxed(&nth.to_be_bytes(), &data));
    }
    let handler = [&[0; 4], b"mdta".as_slice(), &[0; 13]].concat();
    let content = [full(b"hdlr", 0, 0, &handler), full(b"keys", 0, 0, &keys), boxed(b"ilst", &list)];
    boxed(b"meta", &content.concat())
}
