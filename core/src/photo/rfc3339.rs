//! Instants as Google writes them (RFC 3339).

use super::civil::{civil_from_days, days_from_civil};
use super::day::Day;

/// Seconds since the epoch of an RFC 3339 instant; fractions are cut off towards the past.
///
/// Accepts `T`, `t` or a space between date and time, any fraction, `Z` or a numeric offset, and a leap second (which
/// counts as the second after). Refuses everything else.
pub fn parse_rfc3339(text: &str) -> Option<i64> {
    let bytes = text.as_bytes();
    if !text.is_ascii() || bytes.len() < 20 || !matches!(bytes[10], b'T' | b't' | b' ') {
        return None;
    }
    let day = Day::parse_iso(&text[..10])?;
    let number = |from: usize| -> Option<i64> {
        let two = &bytes[from..from + 2];
        two.iter().all(u8::is_ascii_digit).then(|| i64::from(two[0] - b'0') * 10 + i64::from(two[1] - b'0'))
    };
    if bytes[13] != b':' || bytes[16] != b':' {
        return None;
    }
    let (hour, minute, second) = (number(11)?, number(14)?, number(17)?);
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let mut rest = &bytes[19..];
    if rest.first() == Some(&b'.') {
        let digits = rest[1..].iter().take_while(|b| b.is_ascii_digit()).count();
        if digits == 0 {
            return None;
        }
        rest = &rest[1 + digits..];
    }
    let offset_min = match rest {
        b"Z" | b"z" => 0,
        [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] if [h1, h2, m1, m2].iter().all(|b| b.is_ascii_digit()) => {
            let hours = i64::from(h1 - b'0') * 10 + i64::from(h2 - b'0');
            let minutes = i64::from(m1 - b'0') * 10 + i64::from(m2 - b'0');
            if hours > 23 || minutes > 59 {
                return None;
            }
            let size = hours * 60 + minutes;
            if *sign == b'-' { -size } else { size }
        }
        _ => return None,
    };
    let (year, month, day) = day.ymd();
    Some(i64::from(days_from_civil(year, month, day)) * 86_400 + hour * 3600 + minute * 60 + second - offset_min * 60)
}

/// `YYYY-MM-DDTHH:MM:SSZ` of an instant in seconds since the epoch, years 0000 to 9999.
pub fn format_rfc3339(seconds: i64) -> String {
    let (y, m, d) = civil_from_days(seconds.div_euclid(86_400) as i32);
    let s = seconds.rem_euclid(86_400);
    format!("{y:04}-{m:02}-{d:02}T{:02}:{:02}:{:02}Z", s / 3600, s / 60 % 60, s % 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_what_google_writes() {
        assert_eq!(parse_rfc3339("1970-01-01T00:00:00Z"), Some(0));
        assert_eq!(parse_rfc3339("2025-02-27T23:34:05.466Z"), Some(1_740_699_245));
        assert_eq!(parse_rfc3339("2014-10-02T15:01:23.045123456Z"), parse_rfc3339("2014-10-02T15:01:23Z"));
        assert_eq!(parse_rfc3339("2014-10-02T15:01:23+05:30"), parse_rfc3339("2014-10-02T09:31:23Z"));
    }

    #[test]
    fn refuses_what_is_no_instant() {
        for text in [
            "",
            "yesterday",
            "2023-02-30T00:00:00Z",
            "2023-02-03T24:00:00Z",
            "2023-02-03T00:00:00",
            "2023-02-03T00:00:00.Z",
            "2023-02-03T00:00:00+5:00",
            "2023-02-03",
            "2023-02-03T00:00:00ZZ",
            "２０２３-02-03T00:00:00Z",
            "2023-02-03T00:00:00+99:99",
        ] {
            assert_eq!(parse_rfc3339(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn agrees_with_another_parser(seconds in -62_000_000_000i64..253_402_300_799) {
            let text = format_rfc3339(seconds);
            prop_assert_eq!(parse_rfc3339(&text), Some(seconds));
            let other: jiff::Timestamp = text.parse().unwrap();
            prop_assert_eq!(other.as_second(), seconds);
        }

        #[test]
        fn never_panics(text in "\\PC*") {
            let _ = parse_rfc3339(&text);
        }
    }
}
