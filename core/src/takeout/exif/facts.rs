//! From tags and boxes to facts.

use std::ops::Range;

use super::pieces::{Pieces, Stop};
use super::tiff::{Entry, Tiff};
use super::{ExifProblem, Format, MediaFacts, heif, picture, video};
use crate::photo::{Day, Place};

/// No picture is believed to be wider or higher.
const MOST_SIDE_PX: u32 = 1_000_000;

/// What comes together while a file is read.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) facts: MediaFacts,
    pub(super) problems: Vec<ExifProblem>,
    /// `PixelXDimension` and `PixelYDimension`, for files that say nothing else of their size.
    pub(super) exif_size: Option<(u32, u32)>,
    /// By quarters of a turn, where the file itself says so and Exif's orientation says it once more.
    pub(super) is_turned: Option<bool>,
}

impl Draft {
    /// Goes on after what is broken; what is not there yet must be read first.
    pub(super) fn part(&mut self, result: Result<(), Stop>) -> Result<(), Stop> {
        match result {
            Err(Stop::Broken(problem)) => {
                if !self.problems.contains(&problem) {
                    self.problems.push(problem);
                }
                Ok(())
            }
            other => other,
        }
    }

    pub(super) fn set_size(&mut self, width_px: u32, height_px: u32) {
        if width_px > 0 && height_px > 0 && width_px <= MOST_SIDE_PX && height_px <= MOST_SIDE_PX {
            (self.facts.width_px, self.facts.height_px) = (width_px, height_px);
        }
    }

    fn finish(&mut self) {
        if self.facts.width_px == 0
            && let Some((width_px, height_px)) = self.exif_size
        {
            self.set_size(width_px, height_px);
        }
        let is_turned = self.is_turned.unwrap_or(matches!(self.facts.orientation, Some(5..=8)));
        if is_turned {
            std::mem::swap(&mut self.facts.width_px, &mut self.facts.height_px);
        }
    }
}

/// All that the pieces say, and which further ones would say more.
pub(super) fn read_facts(pieces: &Pieces) -> (MediaFacts, Vec<ExifProblem>, Option<Range<u64>>) {
    let mut draft = Draft::default();
    let result = read_file(pieces, &mut draft);
    let need = match draft.part(result) {
        Err(Stop::Need(range)) => Some(range),
        _ => None,
    };
    draft.finish();
    (draft.facts, draft.problems, need)
}

fn read_file(pieces: &Pieces, draft: &mut Draft) -> Result<(), Stop> {
    let head = pieces.bytes(0, pieces.len().min(64))?;
    let Some(format) = format_of(head) else { return Err(ExifProblem::UnknownFormat.into()) };
    draft.facts.format = Some(format);
    match format {
        Format::Jpeg => picture::read_jpeg(pieces, draft),
        Format::Png => picture::read_png(pieces, draft),
        Format::WebP => picture::read_webp(pieces, draft),
        Format::Gif => picture::read_gif(pieces, draft),
        Format::Tiff => {
            let result = read_tiff(pieces, draft, 0, pieces.len(), Format::Tiff);
            draft.part(result)
        }
        Format::Heif | Format::Avif => heif::read(pieces, draft),
        Format::Movie => video::read(pieces, draft),
    }
}

fn format_of(head: &[u8]) -> Option<Format> {
    let brand = head.get(8..12).filter(|_| head.get(4..8) == Some(b"ftyp"));
    let has_brand = |wanted: &[u8]| head.get(8..).is_some_and(|brands| brands.chunks(4).any(|brand| brand == wanted));
    match head {
        [0xff, 0xd8, 0xff, ..] => Some(Format::Jpeg),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(Format::Png),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Format::WebP),
        [b'G', b'I', b'F', b'8', ..] => Some(Format::Gif),
        [b'I', b'I', 42 | 0x55, 0, ..] | [b'M', b'M', 0, 42, ..] => Some(Format::Tiff),
        [b'I', b'I', b'R', b'O' | b'S', ..] => Some(Format::Tiff),
        _ => match brand {
            Some(b"avif" | b"avis") => Some(Format::Avif),
            Some(b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx") => Some(Format::Heif),
            Some(b"mif1" | b"msf1" | b"miaf") if has_brand(b"avif") => Some(Format::Avif),
            Some(b"mif1" | b"msf1" | b"miaf") => Some(Format::Heif),
            Some(_) => Some(Format::Movie),
            // Old QuickTime files have no `ftyp`.
            None => matches!(head.get(4..8), Some(b"moov" | b"mdat" | b"wide" | b"free" | b"skip" | b"pnot"))
                .then_some(Format::Movie),
        },
    }
}

/// A TIFF structure of a file of some format: its first directory, its thumbnail, and what they lead to.
pub(super) fn read_tiff(pieces: &Pieces, draft: &mut Draft, base: u64, len: u64, format: Format) -> Result<(), Stop> {
    let (tiff, first) = Tiff::open(pieces, base, len)?;
    let (entries, next) = tiff.directory(first)?;
    let find = |tag: u16| entries.iter().find(|entry| entry.tag == tag).copied();
    let number = |tag: u16| find(tag).map_or(Ok(None), |entry| tiff.number(entry));
    for entry in &entries {
        let result = read_first(&tiff, *entry, draft);
        draft.part(result)?;
    }
    let mut times = Times::default();
    if let Some(exif) = number(0x8769)? {
        let result = read_exif(&tiff, exif, draft, &mut times);
        draft.part(result)?;
    }
    (draft.facts.local_s, draft.facts.offset_min) = times.best();
    if let Some(gps) = number(0x8825)? {
        let result = read_gps(&tiff, gps, draft);
        draft.part(result)?;
    }
    if format == Format::Tiff {
        // A raw file's first picture is a small one.
        let is_reduced = number(0x00fe)?.is_some_and(|kind| kind & 1 == 1);
        if let (Some(width_px), Some(height_px), false) = (number(0x0100)?, number(0x0101)?, is_reduced) {
            draft.set_size(width_px, height_px);
        }
    } else if next != 0 {
        let result = read_thumbnail(&tiff, next, draft);
        // Nobody waits for a thumbnail that is not at hand.
        if let Err(Stop::Broken(_)) = result {
            draft.part(result)?;
        }
    }
    Ok(())
}

fn read_first(tiff: &Tiff<'_>, entry: Entry, draft: &mut Draft) -> Result<(), Stop> {
    match entry.tag {
        0x010f => draft.facts.camera.make = tiff.text(entry)?,
        0x0110 => draft.facts.camera.model = tiff.text(entry)?,
        0x0112 => {
            let turn = tiff.number(entry)?.and_then(|turn| u8::try_from(turn).ok());
            draft.facts.orientation = turn.filter(|turn| (1..=8).contains(turn));
        }
        _ => {}
    }
    Ok(())
}

fn read_exif(tiff: &Tiff<'_>, offset: u32, draft: &mut Draft, times: &mut Times) -> Result<(), Stop> {
    let (entries, _) = tiff.directory(offset)?;
    let find = |tag: u16| entries.iter().find(|entry| entry.tag == tag).copied();
    for entry in &entries {
        let result = read_exif_entry(tiff, *entry, draft);
        draft.part(result)?;
    }
    times.offset = find(0x9010).map_or(Ok(None), |entry| tiff.text(entry).map(|text| read_offset(&text)))?;
    times.note(tiff, find(0x9004), find(0x9012))?;
    times.note(tiff, find(0x9003), find(0x9011))
}

fn read_exif_entry(tiff: &Tiff<'_>, entry: Entry, draft: &mut Draft) -> Result<(), Stop> {
    let facts = &mut draft.facts;
    let positive = || -> Result<Option<f64>, Stop> {
        Ok(tiff.fractions(entry)?.first().copied().filter(|value| value.is_finite() && *value > 0.0))
    };
    match entry.tag {
        0x829a => facts.exposure.exposure_s = positive()?,
        0x829d => facts.exposure.f_number = positive()?.map(|value| value as f32).filter(|value| value.is_finite()),
        0x8827 => facts.exposure.iso = tiff.number(entry)?.filter(|iso| (1..1 << 31).contains(iso)),
        0x920a => {
            facts.exposure.focal_length_mm = positive()?.map(|value| value as f32).filter(|value| value.is_finite());
        }
        0xa405 => {
            let length = tiff.number(entry)?.and_then(|length| u16::try_from(length).ok());
            facts.focal_length_35mm = length.filter(|length| *length > 0);
        }
        0xa434 => facts.lens = tiff.text(entry)?,
        0xa002 => {
            let width_px = tiff.number(entry)?.unwrap_or(0);
            draft.exif_size = Some((width_px, draft.exif_size.map_or(0, |(_, height_px)| height_px)));
        }
        0xa003 => {
            let height_px = tiff.number(entry)?.unwrap_or(0);
            draft.exif_size = Some((draft.exif_size.map_or(0, |(width_px, _)| width_px), height_px));
        }
        _ => {}
    }
    Ok(())
}

/// The camera's times, the later ones the better. `DateTime` is none of them: it says when the file was changed.
#[derive(Debug, Default)]
struct Times {
    best: Option<(i64, Option<i16>)>,
    /// `OffsetTime`, which stands for all that have none.
    offset: Option<i16>,
}

impl Times {
    fn note(&mut self, tiff: &Tiff<'_>, time: Option<Entry>, offset: Option<Entry>) -> Result<(), Stop> {
        let Some(time) = time else { return Ok(()) };
        if let Some(local_s) = read_time(&tiff.text(time)?) {
            let offset = offset.map_or(Ok(None), |entry| tiff.text(entry).map(|text| read_offset(&text)))?;
            self.best = Some((local_s, offset));
        }
        Ok(())
    }

    fn best(&self) -> (Option<i64>, Option<i16>) {
        match self.best {
            Some((local_s, offset)) => (Some(local_s), offset.or(self.offset)),
            None => (None, None),
        }
    }
}

fn read_gps(tiff: &Tiff<'_>, offset: u32, draft: &mut Draft) -> Result<(), Stop> {
    let (entries, _) = tiff.directory(offset)?;
    let find = |tag: u16| entries.iter().find(|entry| entry.tag == tag).copied();
    let text = |tag: u16| find(tag).map_or(Ok(String::new()), |entry| tiff.text(entry));
    let fractions = |tag: u16| find(tag).map_or(Ok(Vec::new()), |entry| tiff.fractions(entry));
    let side = |degrees: &[f64], side: &str, negative: char| {
        let known = side.starts_with(|c: char| "NSEWnsew".contains(c));
        let degrees = read_degrees(degrees).filter(|_| known)?;
        Some(if side.to_ascii_uppercase().starts_with(negative) { -degrees } else { degrees })
    };
    let latitude = side(&fractions(2)?, &text(1)?, 'S');
    let longitude = side(&fractions(4)?, &text(3)?, 'W');
    let is_below = find(5).map_or(Ok(None), |entry| tiff.number(entry))? == Some(1);
    let altitude_m = fractions(6)?.first().map(|altitude_m| if is_below { -altitude_m } else { *altitude_m });
    draft.facts.place = latitude.zip(longitude).and_then(|(lat, long)| Place::new(lat, long, altitude_m));
    draft.facts.gps_utc_s = read_gps_time(&text(0x1d)?, &fractions(7)?);
    Ok(())
}

/// Degrees, minutes and seconds; the last two may be left out.
fn read_degrees(parts: &[f64]) -> Option<f64> {
    let part = |nth: usize| parts.get(nth).copied().map_or(Some(0.0), |part| part.is_finite().then_some(part));
    let degrees = parts.first().copied().filter(|degrees| degrees.is_finite())?;
    // Some cameras write 0/0 for what they leave out.
    Some(degrees + part(1).unwrap_or(0.0) / 60.0 + part(2).unwrap_or(0.0) / 3600.0)
}

fn read_gps_time(date: &str, time: &[f64]) -> Option<i64> {
    let day = read_day(date)?;
    let [hour, minute, second] = *time else { return None };
    let is_time = (0.0..24.0).contains(&hour) && (0.0..60.0).contains(&minute) && (0.0..61.0).contains(&second);
    is_time.then(|| i64::from(day.0) * 86_400 + (hour * 3600.0 + minute * 60.0 + second) as i64)
}

fn read_thumbnail(tiff: &Tiff<'_>, offset: u32, draft: &mut Draft) -> Result<(), Stop> {
    let (entries, _) = tiff.directory(offset)?;
    let find = |tag: u16| entries.iter().find(|entry| entry.tag == tag).copied();
    let number = |tag: u16| find(tag).map_or(Ok(None), |entry| tiff.number(entry));
    if let (Some(offset), Some(length)) = (number(0x0201)?, number(0x0202)?) {
        let at = tiff.base + u64::from(offset);
        // Exif's block has 64 kilobytes; a raw file's preview may have some megabytes.
        let is_there = length > 0 && length < 1 << 24;
        draft.facts.thumbnail = is_there.then(|| at..at + u64::from(length));
    }
    Ok(())
}

/// `2023:10:06 12:15:00` as seconds since 1970-01-01T00:00:00 on the camera's clock. Some programs write other signs
/// between the numbers.
pub(super) fn read_time(text: &str) -> Option<i64> {
    let (date, time) = text.split_at_checked(10)?;
    let day = read_day(date)?;
    let mut parts = time.get(1..)?.split(':');
    let mut part = |most: u32| {
        let digits = parts.next()?.get(..2)?;
        digits
            .bytes()
            .all(|b| b.is_ascii_digit())
            .then(|| digits.parse().ok())
            .flatten()
            .filter(|part: &u32| *part <= most)
    };
    let (hour, minute) = (part(23)?, part(59)?);
    let second = part(60).unwrap_or(0);
    Some(i64::from(day.0) * 86_400 + i64::from(hour * 3600 + minute * 60 + second))
}

fn read_day(text: &str) -> Option<Day> {
    let bytes: &[u8; 10] = text.as_bytes().first_chunk()?;
    let number = |range: Range<usize>| {
        let digits = &bytes[range];
        digits.iter().all(u8::is_ascii_digit).then(|| digits.iter().fold(0, |sum, b| sum * 10 + u32::from(b - b'0')))
    };
    let is_apart = |at: usize| b":-/. ".contains(&bytes[at]);
    let year = number(0..4).filter(|year| (1800..2200).contains(year) && is_apart(4) && is_apart(7))?;
    Day::from_ymd(year as i32, number(5..7)?, number(8..10)?)
}

/// `+05:45`, `+0545`, `Z`: minutes to add to UTC.
pub(super) fn read_offset(text: &str) -> Option<i16> {
    if text.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let (sign, rest) = text.split_at_checked(1)?;
    let digits: String = rest.chars().filter(|c| *c != ':').collect();
    let is_offset = digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit());
    let number: i16 = if is_offset { digits.parse().ok()? } else { return None };
    let offset_min = number / 100 * 60 + number % 100;
    let offset_min = match sign {
        "+" | " " => offset_min,
        "-" | "\u{2212}" => -offset_min,
        _ => return None,
    };
    (number % 100 < 60 && offset_min.abs() <= 16 * 60).then_some(offset_min)
}
