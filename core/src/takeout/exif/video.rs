//! MP4, QuickTime and 3GP: when, where, with what, how large, how long (ISO/IEC 14496-12; Apple, QuickTime file format).

use super::boxes::{Item, Walk, each, find};
use super::facts::{Draft, read_offset, read_time};
use super::pieces::{Pieces, Stop};
use crate::photo::Place;

/// From 1904-01-01, where movies count from, to 1970-01-01.
const EPOCH_S: i64 = 2_082_844_800;
/// 1990-01-01 and 2200-01-01: outside of them a clock was not set.
const FIRST_S: i64 = 631_152_000;
const END_S: i64 = 7_258_118_400;

const MOST_TEXT_BYTES: u64 = 1024;
const MOST_KEYS: usize = 500;

pub(super) fn read(pieces: &Pieces, draft: &mut Draft) -> Result<(), Stop> {
    let Some(movie) = find(pieces, 0, pieces.len(), b"moov")? else { return Ok(()) };
    let mut apple = Vec::new();
    let walked = each(pieces, movie.at, movie.end, |item| {
        let result = match &item.kind {
            b"mvhd" => read_head(pieces, item, draft),
            b"trak" => read_track(pieces, item, draft),
            b"udta" => read_user_data(pieces, item, draft),
            b"meta" => read_meta(pieces, item).map(|found| apple = found),
            _ => Ok(()),
        };
        draft.part(result)?;
        Ok(Walk::On)
    });
    apply(&apple, draft);
    walked
}

/// Times and the number of units in a second, of `mvhd` and `mdhd` alike: created, time scale, duration.
fn read_clock(pieces: &Pieces, item: Item) -> Result<(u64, u32, u64), Stop> {
    if pieces.array::<1>(item.at)?[0] == 1 {
        return Ok((pieces.u64(item.at + 4)?, pieces.u32(item.at + 20)?, pieces.u64(item.at + 24)?));
    }
    let (created, duration) = (pieces.u32(item.at + 4)?, pieces.u32(item.at + 16)?);
    // All ones: unknown.
    Ok((created.into(), pieces.u32(item.at + 12)?, if duration == u32::MAX { 0 } else { duration.into() }))
}

fn read_head(pieces: &Pieces, item: Item, draft: &mut Draft) -> Result<(), Stop> {
    let (created, scale, duration) = read_clock(pieces, item)?;
    let utc_s = i64::try_from(created).ok().map(|created| created - EPOCH_S);
    draft.facts.video_utc_s = utc_s.filter(|utc_s| (FIRST_S..END_S).contains(utc_s));
    if scale > 0 && duration > 0 {
        draft.facts.duration_ms = u64::try_from(u128::from(duration) * 1000 / u128::from(scale)).ok();
    }
    Ok(())
}

fn read_track(pieces: &Pieces, track: Item, draft: &mut Draft) -> Result<(), Stop> {
    let Some(head) = find(pieces, track.at, track.end, b"tkhd")? else { return Ok(()) };
    let matrix_at = head.at + if pieces.array::<1>(head.at)?[0] == 1 { 52 } else { 40 };
    let [a, b] = [pieces.u32(matrix_at)? as i32, pieces.u32(matrix_at + 4)? as i32];
    // Sixteen bits before the point.
    let (width_px, height_px) = (pieces.u32(matrix_at + 36)? >> 16, pieces.u32(matrix_at + 40)? >> 16);
    let (before, own) = (
        u64::from(draft.facts.width_px) * u64::from(draft.facts.height_px),
        u64::from(width_px) * u64::from(height_px),
    );
    // Tracks of sound and of data have no size; of two pictures the larger is the video.
    if own == 0 || own <= before {
        return Ok(());
    }
    draft.set_size(width_px, height_px);
    draft.is_turned = Some(a == 0 && b != 0);
    let Some(media) = find(pieces, track.at, track.end, b"mdia")? else { return Ok(()) };
    let Some(clock) = find(pieces, media.at, media.end, b"mdhd")? else { return Ok(()) };
    let (_, scale, duration) = read_clock(pieces, clock)?;
    let mut table = Some(media);
    for kind in [b"minf", b"stbl", b"stsz"] {
        table = match table {
            Some(item) => find(pieces, item.at, item.end, kind)?,
            None => None,
        };
    }
    if let Some(sizes) = table.filter(|_| scale > 0 && duration > 0) {
        let frames = f64::from(pieces.u32(sizes.at + 8)?);
        let frames_per_s = frames * f64::from(scale) / duration as f64;
        draft.facts.exposure.frames_per_s = Some(frames_per_s).filter(|rate| (0.01..100_000.0).contains(rate));
    }
    Ok(())
}

/// `©xyz` and its kin, as Android and QuickTime write them; Apple's keys may lie in here too.
fn read_user_data(pieces: &Pieces, data: Item, draft: &mut Draft) -> Result<(), Stop> {
    let mut apple = Vec::new();
    each(pieces, data.at, data.end, |item| {
        match &item.kind {
            b"\xa9xyz" => draft.facts.place = draft.facts.place.or(read_iso_6709(&quicktime_text(pieces, item)?)),
            b"\xa9mak" => draft.facts.camera.make = quicktime_text(pieces, item)?,
            b"\xa9mod" => draft.facts.camera.model = quicktime_text(pieces, item)?,
            b"meta" => apple = read_meta(pieces, item)?,
            _ => {}
        }
        Ok(Walk::On)
    })?;
    apply(&apple, draft);
    Ok(())
}

/// A text after its length and language.
fn quicktime_text(pieces: &Pieces, item: Item) -> Result<String, Stop> {
    let len = u64::from(pieces.u16(item.at)?).min(item.len().saturating_sub(4)).min(MOST_TEXT_BYTES);
    pieces.bytes(item.at + 4, len).map(clean)
}

/// Apple's keys and values: `com.apple.quicktime.location.ISO6709` and others.
fn read_meta(pieces: &Pieces, meta: Item) -> Result<Vec<(String, String)>, Stop> {
    // In MP4 it has a version before its boxes, in QuickTime it has none.
    let meta = if meta.len() >= 8 && pieces.array::<4>(meta.at + 4)? == *b"hdlr" { meta } else { meta.after(4) };
    let (Some(keys), Some(list)) =
        (find(pieces, meta.at, meta.end, b"keys")?, find(pieces, meta.at, meta.end, b"ilst")?)
    else {
        return Ok(Vec::new());
    };
    let mut names = Vec::new();
    each(pieces, keys.at + 8, keys.end, |key| {
        names.push(pieces.bytes(key.at, key.len().min(MOST_TEXT_BYTES)).map(clean)?);
        Ok(if names.len() < MOST_KEYS { Walk::On } else { Walk::Done })
    })?;
    let mut found = Vec::new();
    each(pieces, list.at, list.end, |item| {
        let name = (u32::from_be_bytes(item.kind) as usize).checked_sub(1).and_then(|at| names.get(at));
        let wanted = name.filter(|name| name.starts_with("com.apple.quicktime."));
        if let (Some(name), Some(data)) = (wanted, find(pieces, item.at, item.end, b"data")?) {
            // A kind and a language come before the value; 1 is a text.
            if data.len() >= 8 && pieces.u32(data.at)? == 1 {
                let value = pieces.bytes(data.at + 8, (data.len() - 8).min(MOST_TEXT_BYTES)).map(clean)?;
                found.push((name.clone(), value));
            }
        }
        Ok(if found.len() < MOST_KEYS { Walk::On } else { Walk::Done })
    })?;
    Ok(found)
}

fn apply(apple: &[(String, String)], draft: &mut Draft) {
    for (name, value) in apple {
        match name.strip_prefix("com.apple.quicktime.").unwrap_or_default() {
            "location.ISO6709" => draft.facts.place = read_iso_6709(value).or(draft.facts.place),
            "make" => draft.facts.camera.make.clone_from(value),
            "model" => draft.facts.camera.model.clone_from(value),
            "camera.lens_model" => draft.facts.lens.clone_from(value),
            "creationdate" => (draft.facts.local_s, draft.facts.offset_min) = read_creation_date(value),
            _ => {}
        }
    }
}

/// `2023-10-06T12:15:00+0545`
fn read_creation_date(text: &str) -> (Option<i64>, Option<i16>) {
    let (time, offset) = text.split_at_checked(19).unwrap_or((text, ""));
    (read_time(time), read_offset(offset.trim()))
}

/// `+48.8577+002.2950+035.000/`: degrees north, degrees east, meters.
fn read_iso_6709(text: &str) -> Option<Place> {
    let text = text.split('/').next().unwrap_or_default();
    let text = text.split("CRS").next().unwrap_or_default();
    let mut starts: Vec<usize> = text.match_indices(['+', '-']).map(|(at, _)| at).collect();
    starts.push(text.len());
    let mut numbers = starts.windows(2).map(|span| &text[span[0]..span[1]]);
    let (latitude, longitude) = (degrees(numbers.next()?, 2)?, degrees(numbers.next()?, 3)?);
    Place::new(latitude, longitude, numbers.next().and_then(|altitude| altitude.parse().ok()))
}

/// Degrees, or degrees and minutes, or degrees, minutes and seconds: told by the digits before the point.
fn degrees(text: &str, digits: usize) -> Option<f64> {
    let whole = text[1..].split('.').next().unwrap_or_default().len();
    let value: f64 = text.parse().ok()?;
    let size = value.abs();
    let size = match whole.checked_sub(digits) {
        Some(2) => (size / 100.0).trunc() + size % 100.0 / 60.0,
        Some(4) => (size / 10_000.0).trunc() + (size / 100.0).trunc() % 100.0 / 60.0 + size % 100.0 / 3600.0,
        _ => size,
    };
    Some(if value.is_sign_negative() { -size } else { size })
}

fn clean(bytes: &[u8]) -> String {
    let bytes = bytes.split(|byte| *byte == 0).next().unwrap_or_default();
    let text: String = String::from_utf8_lossy(bytes).chars().filter(|c| !c.is_control()).collect();
    text.trim().to_owned()
}
