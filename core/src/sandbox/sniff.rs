//! Looks at uploaded bytes: what kind of picture or video they are, how large, and when it was taken.

use super::exif;

/// What a file turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Media {
    pub(super) mime_type: &'static str,
    /// 0 where the format's size is not read here.
    pub(super) width_px: u32,
    pub(super) height_px: u32,
    /// Seconds since the epoch; Exif knows no zone, so it is read as UTC.
    pub(super) captured_s: Option<i64>,
}

/// Whether a MIME type is a video's.
pub(super) fn is_video(mime_type: &str) -> bool {
    mime_type.starts_with("video/")
}

/// `None` for what is neither a photo nor a video that Google takes (Google: upload media, accepted file types).
pub(super) fn look(bytes: &[u8]) -> Option<Media> {
    let media = |mime_type, (width_px, height_px)| Some(Media { mime_type, width_px, height_px, captured_s: None });
    match bytes {
        [0xFF, 0xD8, 0xFF, ..] => jpeg(bytes),
        [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => {
            let size = (big_u32(bytes, 16)?, big_u32(bytes, 20)?);
            (size.0 > 0 && size.1 > 0).then_some(())?;
            media("image/png", size)
        }
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => {
            media("image/gif", (little_u16(bytes, 6)?, little_u16(bytes, 8)?))
        }
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => media("image/webp", webp_size(bytes)),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'A', b'V', b'I', b' ', ..] => media("video/x-msvideo", (0, 0)),
        [b'B', b'M', ..] if bytes.len() > 26 => media("image/bmp", (little_u16(bytes, 18)?, little_u16(bytes, 22)?)),
        [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => media("image/tiff", (0, 0)),
        [0, 0, 1, 0, _, _, ..] if bytes.len() > 22 => media("image/x-icon", (u32::from(bytes[6]), u32::from(bytes[7]))),
        [0x1A, 0x45, 0xDF, 0xA3, ..] => media("video/x-matroska", (0, 0)),
        [0x30, 0x26, 0xB2, 0x75, ..] => media("video/x-ms-wmv", (0, 0)),
        [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] => media(brand_type(brand.get(..4)?), (0, 0)),
        _ => None,
    }
}

/// ISO base media files by their major brand (ISO/IEC 14496-12, 23008-12).
fn brand_type(brand: &[u8]) -> &'static str {
    match brand {
        b"heic" | b"heix" | b"mif1" | b"msf1" => "image/heif",
        b"avif" | b"avis" => "image/avif",
        b"qt  " => "video/quicktime",
        b"3gp4" | b"3gp5" | b"3gp6" | b"3g2a" => "video/3gpp",
        _ => "video/mp4",
    }
}

/// JPEG (ITU-T T.81): the size from the frame header, the time from Exif. A file without a frame is none.
fn jpeg(bytes: &[u8]) -> Option<Media> {
    let (mut at, mut captured_s) = (2, None);
    loop {
        if *bytes.get(at)? != 0xFF {
            return None;
        }
        let marker = *bytes.get(at + 1)?;
        match marker {
            0xFF => {
                at += 1;
                continue;
            }
            0x01 | 0xD0..=0xD7 => {
                at += 2;
                continue;
            }
            // The picture's data or its end without a frame before it.
            0xD8..=0xDA => return None,
            _ => {}
        }
        let length = usize::from(u16::from_be_bytes([*bytes.get(at + 2)?, *bytes.get(at + 3)?]));
        let segment = bytes.get(at + 4..at + 2 + length.max(2))?;
        match (marker, segment) {
            (0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF, [_, h1, h2, w1, w2, ..]) => {
                let (width_px, height_px) =
                    (u32::from(u16::from_be_bytes([*w1, *w2])), u32::from(u16::from_be_bytes([*h1, *h2])));
                return (width_px > 0 && height_px > 0).then_some(Media {
                    mime_type: "image/jpeg",
                    width_px,
                    height_px,
                    captured_s,
                });
            }
            (0xE1, [b'E', b'x', b'i', b'f', 0, 0, tiff @ ..]) => captured_s = captured_s.or(exif::captured_s(tiff)),
            _ => {}
        }
        at += 2 + length.max(2);
    }
}

/// The canvas of an extended file, or (0, 0) (WebP container specification).
fn webp_size(bytes: &[u8]) -> (u32, u32) {
    let three =
        |at: usize| bytes.get(at..at + 3).map(|b| u32::from(b[0]) | u32::from(b[1]) << 8 | u32::from(b[2]) << 16);
    match (bytes.get(12..16), three(24), three(27)) {
        (Some(b"VP8X"), Some(width), Some(height)) => (width + 1, height + 1),
        (Some(b"VP8 "), ..) => {
            (little_u16(bytes, 26).unwrap_or(0) & 0x3FFF, little_u16(bytes, 28).unwrap_or(0) & 0x3FFF)
        }
        _ => (0, 0),
    }
}

fn big_u32(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4).and_then(|b| b.first_chunk()).map(|b| u32::from_be_bytes(*b))
}

fn little_u16(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 2).and_then(|b| b.first_chunk()).map(|b| u32::from(u16::from_le_bytes(*b)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn text_and_stumps_are_no_pictures() {
        for bytes in [&b"just a note\n"[..], b"", &[0xFF, 0xD8, 0xFF], &[0xFF, 0xD8, 0xFF, 0xD9], b"%PDF-1.7"] {
            assert_eq!(look(bytes), None);
        }
    }

    #[test]
    fn a_jpegs_size_is_read_from_its_frame() {
        let mut jpeg = Vec::new();
        let encoder = jpeg_encoder::Encoder::new(&mut jpeg, 80);
        encoder.encode(&[128; 24 * 16 * 3], 24, 16, jpeg_encoder::ColorType::Rgb).unwrap();
        let media = look(&jpeg).unwrap();
        assert_eq!((media.mime_type, media.width_px, media.height_px), ("image/jpeg", 24, 16));
    }

    #[test]
    fn containers_are_known_by_their_brand() {
        assert_eq!(look(b"\0\0\0\x18ftypheic....").unwrap().mime_type, "image/heif");
        assert_eq!(look(b"\0\0\0\x18ftypisom....").unwrap().mime_type, "video/mp4");
        assert!(is_video(look(b"\0\0\0\x18ftypqt  ....").unwrap().mime_type));
    }

    proptest! {
        #[test]
        fn never_panics(bytes: Vec<u8>, which in 0usize..6) {
            let start: [&[u8]; 6] = [b"", &[0xFF, 0xD8, 0xFF], b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF....WEBPVP8X", b"BM"];
            let _ = look(&[start[which], &bytes].concat());
        }
    }
}
