//! How photos were exposed, as a filter asks for it and as it is counted: in whole numbers of small units, so that the
//! ends of a range and the values within are never a rounding apart.

use serde::{Deserialize, Serialize};

/// A fact of the exposure that is a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Facet {
    /// In tenths of a millimeter: the 35 mm equivalent where it is known, else the lens's own.
    FocalLength,
    /// In hundredths.
    FNumber,
    /// In millionths of a second.
    ExposureTime,
    /// ISO, as it is.
    Iso,
}

/// A range of such numbers, both ends included. 0 is an unknown value, and in no range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Span {
    pub least: u32,
    pub most: u32,
}

/// What is asked of the exposure; the default asks for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Exposed {
    /// Only this lens, by its very name; with an empty one, only what has no known lens.
    pub lens: Option<String>,
    spans: [Option<Span>; Facet::ALL.len()],
}

impl Facet {
    pub const ALL: [Self; 4] = [Self::FocalLength, Self::FNumber, Self::ExposureTime, Self::Iso];

    /// Where the classes begin that it is counted by, ascending: a class ends before the next one begins, and the last one
    /// has no end. What is known is at least 1, and so in one of them.
    pub fn starts(self) -> &'static [u32] {
        match self {
            // The usual names of lenses: 16, 24, 35, 50, 85, 135 mm.
            Self::FocalLength => &[1, 160, 240, 350, 500, 700, 850, 1_050, 1_350, 2_000, 3_000, 4_000, 6_000],
            // Full stops.
            Self::FNumber => &[1, 100, 140, 200, 280, 400, 560, 800, 1_100, 1_600, 2_200],
            // Full stops, as cameras round them; each is a little under its name, which is rounded either way.
            Self::ExposureTime => &[
                1, 120, 240, 490, 980, 1_950, 3_900, 7_800, 16_000, 32_000, 64_000, 122_000, 245_000, 490_000, 990_000,
                1_990_000, 3_990_000, 7_990_000, 14_990_000, 29_990_000,
            ],
            Self::Iso => &[1, 50, 100, 200, 400, 800, 1_600, 3_200, 6_400, 12_800, 25_600, 51_200],
        }
    }

    /// Which class a known value is in.
    pub fn class_of(self, value: u32) -> usize {
        self.starts().partition_point(|start| *start <= value).saturating_sub(1)
    }

    /// The values of a class.
    pub fn span_of_class(self, class: usize) -> Option<Span> {
        let least = *self.starts().get(class)?;
        Some(Span { least, most: self.starts().get(class + 1).map_or(u32::MAX, |next| next - 1) })
    }

    /// In its unit, of a number in millimeters, in seconds or without unit; 0 for what is no positive number, or is too small to be
    /// one. What is too large is the greatest value.
    pub fn value(self, number: f64) -> u32 {
        // A number that is none becomes 0, and one beyond the integers the nearest of them.
        (number * f64::from(self.units())).round() as u32
    }

    /// Units in one millimeter, one second or one.
    pub fn units(self) -> u32 {
        10_u32.pow(self.digits())
    }

    fn digits(self) -> u32 {
        match self {
            Self::FocalLength => 1,
            Self::FNumber => 2,
            Self::ExposureTime => 6,
            Self::Iso => 0,
        }
    }

    /// Reads `24..35.9`, `3200..`, `..0.008` or one value; `None` for what is no range.
    pub fn read(self, text: &str) -> Option<Span> {
        let (least, most) = match text.split_once("..") {
            Some(ends) => ends,
            None => (text, text),
        };
        let end = |text: &str, open: u32| if text.is_empty() { Some(open) } else { read_fixed(text, self.digits()) };
        let span = Span { least: end(least, 1)?.max(1), most: end(most, u32::MAX)? };
        let is_open = least.is_empty() && most.is_empty();
        (span.least <= span.most && !is_open).then_some(span)
    }

    /// Writes what [`read`](Self::read) reads.
    pub fn write(self, span: Span) -> String {
        let least = if span.least <= 1 && span.most < u32::MAX { String::new() } else { self.write_value(span.least) };
        let most = if span.most == u32::MAX { String::new() } else { self.write_value(span.most) };
        if span.least == span.most && span.most < u32::MAX { most } else { format!("{least}..{most}") }
    }

    /// A value in millimeters, in seconds or without unit, with no more digits than it has: `35.9`.
    pub fn write_value(self, value: u32) -> String {
        let (whole, rest) = (value / self.units(), value % self.units());
        if rest == 0 {
            return whole.to_string();
        }
        let rest = format!("{rest:0digits$}", digits = self.digits() as usize);
        format!("{whole}.{}", rest.trim_end_matches('0'))
    }
}

impl Span {
    pub fn contains(self, value: u32) -> bool {
        value > 0 && (self.least..=self.most).contains(&value)
    }
}

impl Exposed {
    pub fn span(&self, facet: Facet) -> Option<Span> {
        self.spans[facet as usize]
    }

    #[must_use]
    pub fn with_span(mut self, facet: Facet, span: Option<Span>) -> Self {
        self.spans[facet as usize] = span;
        self
    }

    #[must_use]
    pub fn with_lens(self, lens: Option<String>) -> Self {
        Self { lens, ..self }
    }

    /// Whether it asks for anything.
    pub fn asks(&self) -> bool {
        *self != Self::default()
    }
}

/// Digits with at most so many behind a point, as a whole number of the last of them.
fn read_fixed(text: &str, digits: u32) -> Option<u32> {
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || rest.len() > digits as usize || !are_digits(whole) || !are_digits(rest) {
        return None;
    }
    let rest: u32 =
        if rest.is_empty() { 0 } else { rest.parse::<u32>().ok()? * 10_u32.pow(digits - rest.len() as u32) };
    whole.parse::<u32>().ok()?.checked_mul(10_u32.pow(digits))?.checked_add(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ranges_are_written_as_a_person_writes_them() {
        for (facet, text, least, most) in [
            (Facet::FocalLength, "24..34.9", 240, 349),
            (Facet::FNumber, "1.4..1.99", 140, 199),
            (Facet::ExposureTime, "0.00098..0.001949", 980, 1949),
            (Facet::Iso, "3200..", 3200, u32::MAX),
            (Facet::Iso, "..99", 1, 99),
            (Facet::FNumber, "2.8", 280, 280),
        ] {
            assert_eq!(facet.read(text), Some(Span { least, most }), "{text}");
            assert_eq!(facet.write(Span { least, most }), text);
        }
        for text in ["", "..", "1.4.5", "a..b", "5..4", "-1..2", "1e3", "0", "..0", "99999999999", "1.23456789", ".5"] {
            assert_eq!(Facet::FNumber.read(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_become_values_and_nonsense_becomes_unknown() {
        assert_eq!(Facet::FNumber.value(f64::from(1.78_f32)), 178);
        assert_eq!(Facet::ExposureTime.value(1.0 / 8000.0), 125);
        for nonsense in [f64::NAN, -1.0, 0.0, f64::NEG_INFINITY] {
            assert_eq!(Facet::Iso.value(nonsense), 0);
        }
        assert_eq!(Facet::FocalLength.value(f64::INFINITY), u32::MAX);
    }

    #[test]
    fn the_stops_that_cameras_name_are_each_in_a_class_of_their_own() {
        let stops = [8000, 4000, 2000, 1000, 500, 250, 125, 60, 30, 15, 8, 4, 2, 1];
        let classes: Vec<usize> = stops
            .iter()
            .map(|stop| Facet::ExposureTime.class_of(Facet::ExposureTime.value(1.0 / f64::from(*stop))))
            .collect();
        assert_eq!(classes, (1..=14).collect::<Vec<_>>());
        let f_numbers = [1.0, 1.4, 2.0, 2.8, 4.0, 5.6, 8.0, 11.0, 16.0, 22.0];
        let classes: Vec<usize> = f_numbers.iter().map(|f| Facet::FNumber.class_of(Facet::FNumber.value(*f))).collect();
        assert_eq!(classes, (1..=10).collect::<Vec<_>>());
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(number in 0..4_usize, least in 1..u32::MAX, length: u32) {
            let facet = Facet::ALL[number];
            let span = Span { least, most: least.saturating_add(length) };
            if span.least > 1 || span.most < u32::MAX {
                prop_assert_eq!(facet.read(&facet.write(span)), Some(span));
            }
        }

        #[test]
        fn every_known_value_is_in_the_class_that_it_is_counted_in(number in 0..4_usize, value in 1..=u32::MAX) {
            let facet = Facet::ALL[number];
            let class = facet.class_of(value);
            prop_assert!(facet.span_of_class(class).unwrap().contains(value));
            prop_assert!(facet.starts().is_sorted() && facet.starts()[0] == 1);
        }

        #[test]
        fn any_text_can_be_read(number in 0..4_usize, text in "\\PC*") {
            let _ = Facet::ALL[number].read(&text);
        }
    }
}
