//! Times in the names of files.

use crate::photo::Day;

/// A date and time that a name holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameTime {
    /// Seconds since 1970-01-01T00:00:00 on the local clock.
    Local(i64),
    /// Seconds since 1970-01-01T00:00:00Z: Pixel phones name their files so.
    Utc(i64),
}

/// The first date with a time that a name holds: `IMG_20200314_150926.jpg`, `2020-03-14 15.09.26.png`,
/// `WhatsApp Image 2020-03-14 at 15.09.26.jpeg`. A date alone is no time.
pub fn time_in_name(name: &str) -> Option<NameTime> {
    let bytes = name.as_bytes();
    // Long names hold nothing more, and whatever comes is looked at from each of its digits.
    let starts = (0..bytes.len().min(100))
        .filter(|at| bytes[*at].is_ascii_digit() && (*at == 0 || !bytes[*at - 1].is_ascii_digit()));
    let local_s = starts.filter_map(|at| read_at(&bytes[at..])).next()?;
    let is_utc = name.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("PXL_"));
    Some(if is_utc { NameTime::Utc(local_s) } else { NameTime::Local(local_s) })
}

fn read_at(bytes: &[u8]) -> Option<i64> {
    let mut rest = bytes;
    let year = number(&mut rest, 4)?;
    let is_spaced = skip(&mut rest, b"-_.: ");
    let month = number(&mut rest, 2)?;
    if skip(&mut rest, b"-_.: ") != is_spaced {
        return None;
    }
    let day = number(&mut rest, 2)?;
    if let Some(after) = rest.strip_prefix(b" at ") {
        rest = after;
    } else if !skip(&mut rest, b"-_.T ") && is_spaced {
        return None;
    }
    let hour = number(&mut rest, 2)?;
    let is_spaced = skip(&mut rest, b"-_.:h");
    let minute = number(&mut rest, 2)?;
    if skip(&mut rest, b"-_.:m") != is_spaced {
        return None;
    }
    let second = number(&mut rest, 2)?;
    // Milliseconds may follow at once; more digits are a number of another kind.
    let more = rest.iter().take_while(|b| b.is_ascii_digit()).count();
    if more > 3 || !(1990..2100).contains(&year) || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let day = Day::from_ymd(year as i32, month, day)?;
    Some(i64::from(day.0) * 86_400 + i64::from(hour * 3600 + minute * 60 + second))
}

fn number(rest: &mut &[u8], digits: usize) -> Option<u32> {
    let (own, after) = rest.split_at_checked(digits)?;
    *rest = after;
    own.iter().all(u8::is_ascii_digit).then(|| own.iter().fold(0, |sum, b| sum * 10 + u32::from(b - b'0')))
}

fn skip(rest: &mut &[u8], signs: &[u8]) -> bool {
    match rest.split_first() {
        Some((first, after)) if signs.contains(first) => {
            *rest = after;
            true
        }
        _ => false,
    }
}
