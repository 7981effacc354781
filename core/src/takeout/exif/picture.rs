//! JPEG, PNG, WebP and GIF: how large the picture is, and where its Exif lies.

use super::facts::{Draft, read_tiff};
use super::pieces::{Pieces, Stop};
use super::{ExifProblem, Format};

/// No file has more parts before its picture.
const MOST_PARTS: usize = 2000;

/// ITU T.81, annex B: segments, each with its length, up to the picture.
pub(super) fn read_jpeg(pieces: &Pieces, draft: &mut Draft) -> Result<(), Stop> {
    let mut at = 2;
    let mut has_exif = false;
    for _ in 0..MOST_PARTS {
        let [ff, mut marker] = match pieces.array::<2>(at) {
            // A size in the Exif does.
            Err(Stop::Need(_)) if has_exif && draft.exif_size.is_some() => return Ok(()),
            other => other?,
        };
        if ff != 0xff {
            return Err(ExifProblem::Malformed.into());
        }
        while marker == 0xff {
            at += 1;
            marker = pieces.array::<1>(at + 1)?[0];
        }
        at += 2;
        match marker {
            0x01 | 0xd0..=0xd7 => continue,
            0xd9 | 0xda => return Ok(()),
            _ => {}
        }
        let len = u64::from(pieces.u16(at)?);
        if len < 2 {
            return Err(ExifProblem::Malformed.into());
        }
        let is_frame = matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc);
        if is_frame && len >= 7 {
            let (height_px, width_px) = (pieces.u16(at + 3)?, pieces.u16(at + 5)?);
            draft.set_size(width_px.into(), height_px.into());
            return Ok(());
        }
        // Another APP1 holds XMP.
        if marker == 0xe1 && len >= 8 + 8 && !has_exif && pieces.array::<6>(at + 2)? == *b"Exif\0\0" {
            has_exif = true;
            let result = read_tiff(pieces, draft, at + 8, len - 8, Format::Jpeg);
            draft.part(result)?;
        }
        at += len;
    }
    Err(ExifProblem::TooScattered.into())
}

/// PNG, third edition: chunks up to the picture.
pub(super) fn read_png(pieces: &Pieces, draft: &mut Draft) -> Result<(), Stop> {
    let mut at = 8;
    for _ in 0..MOST_PARTS {
        let len = u64::from(pieces.u32(at)?);
        match &pieces.array::<4>(at + 4)? {
            b"IHDR" => draft.set_size(pieces.u32(at + 8)?, pieces.u32(at + 12)?),
            b"eXIf" => {
                let result = read_tiff(pieces, draft, at + 8, len, Format::Png);
                return draft.part(result);
            }
            b"IDAT" | b"IEND" => return Ok(()),
            _ => {}
        }
        at += len + 12;
    }
    Err(ExifProblem::TooScattered.into())
}

/// RFC 9649: chunks; the Exif comes after the picture.
pub(super) fn read_webp(pieces: &Pieces, draft: &mut Draft) -> Result<(), Stop> {
    let little = |bytes: [u8; 4]| u32::from_le_bytes(bytes);
    let mut at = 12;
    for _ in 0..MOST_PARTS {
        // A file without Exif just ends.
        if at + 8 > pieces.len() {
            return Ok(());
        }
        let len = u64::from(little(pieces.array(at + 4)?));
        match &pieces.array::<4>(at)? {
            b"VP8X" => {
                let [flags, _, _, _, w0, w1, w2, h0, h1, h2] = pieces.array(at + 8)?;
                draft.set_size(little([w0, w1, w2, 0]) + 1, little([h0, h1, h2, 0]) + 1);
                if flags & 0x08 == 0 {
                    return Ok(());
                }
            }
            b"VP8 " if draft.facts.width_px == 0 => {
                let [w0, w1, h0, h1] = pieces.array(at + 8 + 6)?;
                let side = |low: u8, high: u8| u32::from(u16::from_le_bytes([low, high]) & 0x3fff);
                draft.set_size(side(w0, w1), side(h0, h1));
                return Ok(());
            }
            b"VP8L" if draft.facts.width_px == 0 => {
                let bits = little(pieces.array(at + 9)?);
                draft.set_size((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1);
                return Ok(());
            }
            b"EXIF" => {
                // Some programs put JPEG's mark before it.
                let mark = if len > 6 && pieces.array::<6>(at + 8)? == *b"Exif\0\0" { 6 } else { 0 };
                let result = read_tiff(pieces, draft, at + 8 + mark, len - mark, Format::WebP);
                return draft.part(result);
            }
            _ => {}
        }
        at += 8 + len + len % 2;
    }
    Err(ExifProblem::TooScattered.into())
}

pub(super) fn read_gif(pieces: &Pieces, draft: &mut Draft) -> Result<(), Stop> {
    let [w0, w1, h0, h1] = pieces.array(6)?;
    draft.set_size(u16::from_le_bytes([w0, w1]).into(), u16::from_le_bytes([h0, h1]).into());
    Ok(())
}
