//! Exif, read and written: just enough for when a picture was taken and how (Exif 3.0, CIPA DC-008).

use super::calendar::Day;
use super::light::Exposure;

const MAKE: u16 = 0x010F;
const MODEL: u16 = 0x0110;
const EXIF_POINTER: u16 = 0x8769;
const EXPOSURE_TIME: u16 = 0x829A;
const F_NUMBER: u16 = 0x829D;
const SENSITIVITY: u16 = 0x8827;
const TAKEN: u16 = 0x9003;
const FOCAL_LENGTH: u16 = 0x920A;

/// When the picture was taken, read as UTC, from a TIFF structure; `None` where it does not say.
pub(super) fn captured_s(tiff: &[u8]) -> Option<i64> {
    let reader = match tiff.get(..2)? {
        b"II" => Reader { tiff, little: true },
        b"MM" => Reader { tiff, little: false },
        _ => return None,
    };
    let first = reader.u32(4)?;
    let exif = reader.entry(first, EXIF_POINTER)?;
    let taken = reader.entry(reader.u32(exif + 8)?, TAKEN)?;
    let at = usize::try_from(reader.u32(taken + 8)?).ok()?;
    read_time(std::str::from_utf8(tiff.get(at..at.checked_add(19)?)?).ok()?)
}

/// `2023:06:11 10:10:10`
fn read_time(text: &str) -> Option<i64> {
    let number = |from: usize, to: usize| text.get(from..to)?.parse::<u32>().ok();
    let day = Day::from_ymd(i32::try_from(number(0, 4)?).ok()?, number(5, 7)?, number(8, 10)?)?;
    let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
    let exists = hour < 24 && minute < 60 && second < 60;
    exists.then_some(i64::from(day.0) * 86_400 + i64::from(hour * 3600 + minute * 60 + second))
}

struct Reader<'a> {
    tiff: &'a [u8],
    little: bool,
}

impl Reader<'_> {
    fn u16(&self, at: u32) -> Option<u16> {
        let at = usize::try_from(at).ok()?;
        let bytes = *self.tiff.get(at..at.checked_add(2)?)?.first_chunk()?;
        Some(if self.little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    }

    fn u32(&self, at: u32) -> Option<u32> {
        let at = usize::try_from(at).ok()?;
        let bytes = *self.tiff.get(at..at.checked_add(4)?)?.first_chunk()?;
        Some(if self.little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    }

    /// Where the entry of this tag stands in the directory at `directory`. Its offsets stay below 2^31.
    fn entry(&self, directory: u32, tag: u16) -> Option<u32> {
        let directory = Some(directory).filter(|at| *at < 1 << 31)?;
        let count = self.u16(directory)?;
        (0..u32::from(count)).map(|nth| directory + 2 + nth * 12).find(|at| self.u16(*at) == Some(tag))
    }
}

/// What a camera writes into a file, without where it was taken (Google: base URLs, `=d`: "except location").
pub(super) struct Written<'a> {
    pub(super) make: &'a str,
    pub(super) model: &'a str,
    /// Seconds since the epoch on the camera's own clock.
    pub(super) local_s: i64,
    pub(super) exposure: &'a Exposure,
}

/// A TIFF structure in little-endian order, as it stands behind `Exif\0\0`.
pub(super) fn write(written: &Written) -> Vec<u8> {
    let (y, m, d) = Day::of_utc_s(written.local_s).ymd();
    let s = written.local_s.rem_euclid(86_400);
    let taken = format!("{y:04}:{m:02}:{d:02} {:02}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60);
    let exposure = written.exposure;
    let iso = u16::try_from(exposure.iso).unwrap_or(u16::MAX);
    let outer = [
        (MAKE, Value::Text(written.make.to_owned())),
        (MODEL, Value::Text(written.model.to_owned())),
        (EXIF_POINTER, Value::Pointer),
    ];
    let inner = [
        (EXPOSURE_TIME, Value::Ratio(exposure.nanoseconds, 1_000_000_000)),
        (F_NUMBER, Value::Ratio(exposure.f_number_hundredths, 100)),
        (SENSITIVITY, Value::Short(iso)),
        (TAKEN, Value::Text(taken)),
        (FOCAL_LENGTH, Value::Ratio(exposure.focal_hundredths_mm, 100)),
    ];
    let mut tiff = b"II\x2A\0\x08\0\0\0".to_vec();
    let outer_bytes = directory(8, &outer, 0);
    let inner_at = 8 + outer_bytes.len() as u32;
    tiff.extend(directory(8, &outer, inner_at));
    tiff.extend(directory(inner_at, &inner, 0));
    tiff
}

enum Value {
    Text(String),
    Short(u16),
    Ratio(u32, u32),
    /// Where the inner directory begins.
    Pointer,
}

/// A directory that stands at `at`, with its values behind it.
fn directory(at: u32, entries: &[(u16, Value)], pointer: u32) -> Vec<u8> {
    let mut table = (entries.len() as u16).to_le_bytes().to_vec();
    let mut values = Vec::new();
    let values_at = at + 2 + 12 * entries.len() as u32 + 4;
    for (tag, value) in entries {
        let (kind, count, bytes): (u16, u32, Vec<u8>) = match value {
            Value::Text(text) => (2, text.len() as u32 + 1, [text.as_bytes(), &[0]].concat()),
            Value::Short(number) => (3, 1, number.to_le_bytes().to_vec()),
            Value::Pointer => (4, 1, pointer.to_le_bytes().to_vec()),
            Value::Ratio(over, under) => (5, 1, [over.to_le_bytes(), under.to_le_bytes()].concat()),
        };
        table.extend(tag.to_le_bytes());
        table.extend(kind.to_le_bytes());
        table.extend(count.to_le_bytes());
        if bytes.len() <= 4 {
            let mut held = [0; 4];
            held[..bytes.len()].copy_from_slice(&bytes);
            table.extend(held);
        } else {
            table.extend((values_at + values.len() as u32).to_le_bytes());
            values.extend(&bytes);
            // Values begin at even offsets (TIFF 6.0, section 2).
            values.resize(values.len().next_multiple_of(2), 0);
        }
    }
    table.extend([0; 4]);
    [table, values].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_written_can_be_read() {
        let exposure =
            Exposure { f_number_hundredths: 180, nanoseconds: 8_000_000, iso: 100, focal_hundredths_mm: 444 };
        let written = Written { make: "Google", model: "Pixel 2", local_s: 1_686_478_210, exposure: &exposure };
        assert_eq!(captured_s(&write(&written)), Some(1_686_478_210));
    }

    #[test]
    fn a_time_that_does_not_exist_is_none() {
        assert_eq!(read_time("2023:02:30 10:10:10"), None);
        assert_eq!(read_time("2023:02:03 24:10:10"), None);
        assert_eq!(read_time("0000:00:00 00:00:00"), None);
        assert_eq!(read_time("    :  :     :  :  "), None);
        assert_eq!(read_time("1970:01:02 00:00:01"), Some(86_401));
    }

    proptest! {
        #[test]
        fn never_panics(mut bytes: Vec<u8>, little: bool) {
            if bytes.len() > 2 {
                bytes[..2].copy_from_slice(if little { b"II" } else { b"MM" });
            }
            let _ = captured_s(&bytes);
        }
    }
}
