//! What a cell says, and how it is written.

use std::borrow::Cow;

use crate::photo::{Day, format_rfc3339};

/// Seconds of the years 0 to 9999, which have four digits.
const FOUR_DIGITS_S: std::ops::RangeInclusive<i64> = -62_167_219_200..=253_402_300_799;

/// What one row says in one column.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// Nothing is known.
    Unknown,
    /// Never empty: an empty text says nothing.
    Text(Cow<'a, str>),
    Whole(i64),
    Number(f64),
    /// A number that was kept with fewer digits.
    Single(f32),
    /// Seconds since 1970-01-01T00:00:00Z.
    Instant(i64),
    /// Seconds since 1970-01-01T00:00:00 by the clock there.
    Local(i64),
    /// Minutes to add to UTC.
    Offset(i16),
    Flag(bool),
}

impl<'a> Value<'a> {
    /// A text; an empty one says nothing.
    pub fn of_text(text: &'a str) -> Self {
        if text.is_empty() { Self::Unknown } else { Self::Text(Cow::Borrowed(text)) }
    }

    /// A text that was just made.
    pub fn of_owned(text: String) -> Self {
        if text.is_empty() { Self::Unknown } else { Self::Text(Cow::Owned(text)) }
    }

    /// A number by which it comes before or after others; `None` for texts and for what is not known.
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Unknown | Self::Text(_) => None,
            Self::Whole(number) | Self::Instant(number) | Self::Local(number) => Some(*number as f64),
            Self::Number(number) => Some(*number).filter(|number| !number.is_nan()),
            Self::Single(number) => Some(f64::from(*number)).filter(|number| !number.is_nan()),
            Self::Offset(minutes) => Some(f64::from(*minutes)),
            Self::Flag(flag) => Some(f64::from(u8::from(*flag))),
        }
    }

    /// As it stands in a cell: ISO 8601 for time, numbers with a point and without exponent, `true` and `false`, nothing
    /// for what is not known.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Unknown => Cow::Borrowed(""),
            Self::Text(text) => Cow::Borrowed(text),
            Self::Whole(number) => number.to_string().into(),
            Self::Number(number) if number.is_finite() => number.to_string().into(),
            Self::Single(number) if number.is_finite() => number.to_string().into(),
            Self::Number(_) | Self::Single(_) => Cow::Borrowed(""),
            Self::Instant(seconds) => (civil(*seconds) + "Z").into(),
            Self::Local(seconds) => civil(*seconds).into(),
            Self::Offset(minutes) => offset(*minutes).into(),
            Self::Flag(true) => Cow::Borrowed("true"),
            Self::Flag(false) => Cow::Borrowed("false"),
        }
    }
}

/// `YYYY-MM-DDTHH:MM:SS`; years of other than four digits with a sign and six (ISO 8601, expanded representations).
fn civil(seconds: i64) -> String {
    if FOUR_DIGITS_S.contains(&seconds) {
        let mut text = format_rfc3339(seconds);
        text.pop();
        return text;
    }
    let (year, month, day) = Day(seconds.div_euclid(86_400) as i32).ymd();
    let second = seconds.rem_euclid(86_400);
    let sign = if year < 0 { '-' } else { '+' };
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    format!("{sign}{:06}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}", year.unsigned_abs())
}

/// `+HH:MM`.
fn offset(minutes: i16) -> String {
    let sign = if minutes < 0 { '-' } else { '+' };
    let size = minutes.unsigned_abs();
    format!("{sign}{:02}:{:02}", size / 60, size % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_iso_numbers_are_plain_and_the_unknown_is_empty() {
        for (value, text) in [
            (Value::Unknown, ""),
            (Value::of_text(""), ""),
            (Value::of_text(" a "), " a "),
            (Value::Whole(-12), "-12"),
            (Value::Number(0.00001), "0.00001"),
            (Value::Number(1e21), "1000000000000000000000"),
            (Value::Number(f64::NAN), ""),
            (Value::Single(1.8), "1.8"),
            (Value::Single(f32::INFINITY), ""),
            (Value::Instant(1_740_699_245), "2025-02-27T23:34:05Z"),
            (Value::Instant(-1), "1969-12-31T23:59:59Z"),
            (Value::Local(0), "1970-01-01T00:00:00"),
            (Value::Instant(253_402_300_799), "9999-12-31T23:59:59Z"),
            (Value::Instant(253_402_300_800), "+010000-01-01T00:00:00Z"),
            (Value::Instant(-62_167_219_201), "-000001-12-31T23:59:59Z"),
            (Value::Offset(-570), "-09:30"),
            (Value::Offset(0), "+00:00"),
            (Value::Offset(345), "+05:45"),
            (Value::Flag(true), "true"),
            (Value::Flag(false), "false"),
        ] {
            assert_eq!(value.text(), text, "{value:?}");
        }
    }

    #[test]
    fn what_is_no_number_comes_nowhere_among_numbers() {
        assert_eq!(Value::Number(f64::NAN).number(), None);
        assert_eq!(Value::Single(f32::NAN).number(), None);
        assert_eq!((Value::Flag(false).number(), Value::Flag(true).number()), (Some(0.0), Some(1.0)));
    }
}
