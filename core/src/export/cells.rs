//! Numbers and moments as text, a million times.

use std::io::Write;

use crate::photo::civil_from_days;

/// So many different numbers are remembered: exposures and lenses are few.
const REMEMBERED: usize = 256;
/// Longer ones are not remembered: hardly a number that is told of a photo is.
const MOST_BYTES: usize = 24;

/// A date as ISO 8601 writes it, and what comes before a time: `YYYY-MM-DDT`.
type Date = [u8; 11];

/// Writes numbers and moments, and remembers how it wrote the last ones.
pub(super) struct Numbers {
    written: Vec<Written>,
    /// Days since the epoch, of which neighbors in time have the same; the even ones and the odd.
    dates: [Option<(i64, Date)>; 2],
}

#[derive(Clone, Copy)]
struct Written {
    bits: u64,
    /// 0: nothing is remembered here.
    length: u8,
    text: [u8; MOST_BYTES],
}

impl Default for Numbers {
    fn default() -> Self {
        Self { written: vec![Written { bits: 0, length: 0, text: [0; MOST_BYTES] }; REMEMBERED], dates: [None; 2] }
    }
}

impl Numbers {
    /// The shortest decimals that are this number and no other, without an exponent.
    pub(super) fn float(&mut self, out: &mut Vec<u8>, number: f64) {
        self.remembered(out, number.to_bits(), |out| write!(out, "{number}"));
    }

    /// The same of 32 bits.
    pub(super) fn narrow(&mut self, out: &mut Vec<u8>, number: f32) {
        // As bits of 64 they are no number, so that they are never taken for those of another.
        let bits = u64::from(number.to_bits()) | 0x7ff8_0000_0000_0000;
        self.remembered(out, bits, |out| write!(out, "{number}"));
    }

    /// `YYYY-MM-DDTHH:MM:SS` of seconds since the epoch, on whichever clock. Years that have no four digits are written
    /// with a sign, as ISO 8601 has it.
    pub(super) fn moment(&mut self, out: &mut Vec<u8>, seconds: i64) {
        let day = seconds.div_euclid(86_400);
        let known = &mut self.dates[usize::from(day & 1 == 1)];
        match known.filter(|(known, _)| *known == day) {
            Some((_, date)) => out.extend_from_slice(&date),
            None => {
                let from = out.len();
                push_date(out, day);
                if let Ok(date) = Date::try_from(&out[from..]) {
                    *known = Some((day, date));
                }
            }
        }
        let of_day = seconds.rem_euclid(86_400) as u32;
        let (hour, minute, second) = (of_day / 3600, of_day / 60 % 60, of_day % 60);
        out.extend_from_slice(&[two(hour / 10), two(hour), b':', two(minute / 10), two(minute), b':']);
        out.extend_from_slice(&[two(second / 10), two(second)]);
    }

    fn remembered(&mut self, out: &mut Vec<u8>, bits: u64, write: impl Fn(&mut Vec<u8>) -> std::io::Result<()>) {
        let at = (bits.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize % REMEMBERED;
        let known = &mut self.written[at];
        if known.bits == bits && known.length > 0 {
            return out.extend_from_slice(&known.text[..usize::from(known.length)]);
        }
        let from = out.len();
        // Memory takes whatever is written.
        let _ = write(out);
        let text = &out[from..];
        if text.len() <= MOST_BYTES {
            known.bits = bits;
            known.length = text.len() as u8;
            known.text[..text.len()].copy_from_slice(text);
        }
    }
}

/// A whole number.
pub(super) fn integer(out: &mut Vec<u8>, number: i64) {
    let mut digits = [0; 20];
    let mut at = digits.len();
    let mut wide = number.unsigned_abs();
    // Narrow divisions are several times as fast.
    let mut rest = loop {
        if let Ok(narrow) = u32::try_from(wide) {
            break narrow;
        }
        at -= 1;
        digits[at] = b'0' + (wide % 10) as u8;
        wide /= 10;
    };
    loop {
        at -= 1;
        digits[at] = two(rest);
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if number < 0 {
        out.push(b'-');
    }
    out.extend_from_slice(&digits[at..]);
}

/// The date of a day since the epoch, and a T.
fn push_date(out: &mut Vec<u8>, day: i64) {
    let (year, month, day) = civil_from_days(day.clamp(i64::from(i32::MIN / 2), i64::from(i32::MAX / 2)) as i32);
    if (0..=9999).contains(&year) {
        let year = year as u32;
        out.extend_from_slice(&[two(year / 1000), two(year / 100), two(year / 10), two(year)]);
    } else {
        // Memory takes whatever is written.
        let _ = write!(out, "{year:+07}");
    }
    out.extend_from_slice(&[b'-', two(month / 10), two(month), b'-', two(day / 10), two(day), b'T']);
}

/// The last digit of a number.
fn two(number: u32) -> u8 {
    b'0' + (number % 10) as u8
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::photo::format_rfc3339;
    use proptest::prelude::*;

    fn written(write: impl FnOnce(&mut Vec<u8>)) -> String {
        let mut out = Vec::new();
        write(&mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn years_of_five_digits_and_before_the_first_have_a_sign() {
        let moment = |seconds| written(|out| Numbers::default().moment(out, seconds));
        assert_eq!(moment(253_402_300_800), "+010000-01-01T00:00:00");
        assert_eq!(moment(-62_167_219_201), "-000001-12-31T23:59:59");
        assert!(moment(i64::MIN).starts_with('-'));
    }

    proptest! {
        #[test]
        fn numbers_are_read_as_they_were(numbers: Vec<(f64, f32, i64)>) {
            let mut known = Numbers::default();
            // Twice, so that what is remembered is seen too.
            for (wide, narrow, whole) in numbers.iter().chain(&numbers) {
                if wide.is_finite() {
                    prop_assert_eq!(written(|out| known.float(out, *wide)).parse::<f64>().unwrap(), *wide);
                }
                if narrow.is_finite() {
                    prop_assert_eq!(written(|out| known.narrow(out, *narrow)).parse::<f32>().unwrap(), *narrow);
                }
                prop_assert_eq!(written(|out| integer(out, *whole)), whole.to_string());
            }
        }

        #[test]
        fn moments_are_those_of_rfc_3339(seconds in -62_167_219_200_i64..253_402_128_000, later in 0..172_800_i64) {
            let mut known = Numbers::default();
            for seconds in [seconds, seconds + later, seconds] {
                prop_assert_eq!(written(|out| known.moment(out, seconds)) + "Z", format_rfc3339(seconds));
            }
        }
    }
}
