//! Numbers with their units, as sentences want them.

use albumen_core::photo::Exposure;

/// Writes a number as the reader's country does: the number and how many digits may follow the decimal sign.
pub type Numbers = fn(f64, u8) -> String;

/// Numbers without any country.
#[cfg(test)]
pub(super) fn plain_numbers(value: f64, digits: u8) -> String {
    let text = format!("{value:.*}", usize::from(digits));
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// A number for style sheets and attributes, with as many digits after the point. Rust's own way of writing fractions
/// can do more than that and weighs ten times as much.
pub fn decimal(value: f64, digits: u32) -> String {
    let scale = 10_u64.pow(digits);
    // Numbers beyond the integers saturate, and what is no number is 0.
    let scaled = (value.abs() * scale as f64).round() as u64;
    let sign = if value < 0.0 && scaled > 0 { "-" } else { "" };
    match digits {
        0 => format!("{sign}{scaled}"),
        _ => format!("{sign}{}.{:0width$}", scaled / scale, scaled % scale, width = digits as usize),
    }
}

/// A length for style sheets.
pub fn px(value: f64) -> String {
    decimal(value, 2) + "px"
}

/// A size in powers of a thousand, as file managers and Google say it.
pub fn bytes(size: u64, numbers: Numbers) -> String {
    const UNITS: [&str; 4] = ["kB", "MB", "GB", "TB"];
    if size < 1000 {
        return format!("{} bytes", numbers(size as f64, 0));
    }
    let mut value = size as f64 / 1000.0;
    let mut unit = 0;
    while value >= 999.5 && unit + 1 < UNITS.len() {
        value /= 1000.0;
        unit += 1;
    }
    let digits = u8::from(value < 9.95);
    format!("{} {}", numbers(value, digits), UNITS[unit])
}

/// A length of time: `0:07`, `12:30`, `1:02:03`.
pub fn duration(milliseconds: u64) -> String {
    let seconds = milliseconds / 1000;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

/// How fast items come, in items a second; `None` before a second has passed.
pub fn items_rate(items: u32, elapsed_ms: u64, numbers: Numbers) -> Option<String> {
    if elapsed_ms < 1000 || items == 0 {
        return None;
    }
    let rate = f64::from(items) * 1000.0 / elapsed_ms as f64;
    Some(format!("{} a second", numbers(rate, u8::from(rate < 10.0))))
}

/// The photographer's line: `1/125 s · f/1.8 · ISO 100 · 4.4 mm`. Empty when nothing is known.
pub fn exposure_line(exposure: &Exposure, numbers: Numbers) -> String {
    let mut parts = Vec::new();
    if let Some(seconds) = exposure.exposure_s.filter(|s| s.is_finite() && *s > 0.0) {
        parts.push(shutter(seconds, numbers));
    }
    if let Some(f_number) = exposure.f_number.filter(|f| f.is_finite() && *f > 0.0) {
        parts.push(format!("f/{}", numbers(f64::from(f_number), 1)));
    }
    if let Some(iso) = exposure.iso.filter(|iso| *iso > 0) {
        // Film speeds are written without a separator.
        parts.push(format!("ISO {iso}"));
    }
    if let Some(length) = exposure.focal_length_mm.filter(|l| l.is_finite() && *l > 0.0) {
        parts.push(format!("{} mm", numbers(f64::from(length), 1)));
    }
    if let Some(rate) = exposure.frames_per_s.filter(|r| r.is_finite() && *r > 0.0) {
        parts.push(format!("{} frames a second", numbers(rate, 2)));
    }
    parts.join(" · ")
}

/// Times under a third of a second are said as fractions, as cameras do.
fn shutter(seconds: f64, numbers: Numbers) -> String {
    if seconds < 0.3 {
        // An exposure time may be any tiny number; a fraction with more than nine digits says nothing.
        let parts = (1.0 / seconds).round().min(999_999_999.0);
        format!("1/{parts} s")
    } else {
        format!("{} s", numbers(seconds, 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_keep_two_digits_at_least_and_never_show_a_thousand_of_a_unit() {
        for (size, text) in [
            (0, "0 bytes"),
            (999, "999 bytes"),
            (1_000, "1 kB"),
            (1_540, "1.5 kB"),
            (200_000_000, "200 MB"),
            (999_700, "1 MB"),
            (20_000_000_000, "20 GB"),
            (u64::MAX, "18446744 TB"),
        ] {
            assert_eq!(bytes(size, plain_numbers), text);
        }
    }

    #[test]
    fn durations_read_like_a_clock() {
        assert_eq!(duration(0), "0:00");
        assert_eq!(duration(61_999), "1:01");
        assert_eq!(duration(3_723_000), "1:02:03");
    }

    #[test]
    fn a_rate_waits_for_the_first_second() {
        assert_eq!(items_rate(100, 900, plain_numbers), None);
        assert_eq!(items_rate(100, 2_000, plain_numbers), Some("50 a second".into()));
        assert_eq!(items_rate(5, 2_000, plain_numbers), Some("2.5 a second".into()));
    }

    #[test]
    fn decimals_are_written_as_rust_writes_them() {
        for value in [0.0, 0.004, 0.005, 0.994, 0.996, 1.0, -0.001, -0.5, -12.346, 1_234_567.891, 16_777_216.0, 3e9] {
            for digits in [0, 1, 2, 4] {
                let (own, rusts) = (decimal(value, digits), format!("{value:.*}", digits as usize));
                let gap = own.parse::<f64>().unwrap() - rusts.parse::<f64>().unwrap();
                assert!(gap.abs() <= 0.1_f64.powi(digits as i32) * 1.01, "{own} {rusts}");
                assert_eq!(own.len(), rusts.trim_start_matches('-').len() + usize::from(own.starts_with('-')), "{own}");
            }
        }
        assert_eq!((px(-12.346).as_str(), px(0.0).as_str()), ("-12.35px", "0.00px"));
        assert_eq!((decimal(f64::NAN, 1).as_str(), decimal(0.05, 2).as_str()), ("0.0", "0.05"));
    }

    #[test]
    fn exposure_reads_as_photographers_write_it() {
        let exposure = Exposure {
            f_number: Some(1.8),
            exposure_s: Some(0.008),
            iso: Some(100),
            focal_length_mm: Some(4.38),
            frames_per_s: None,
        };
        assert_eq!(exposure_line(&exposure, plain_numbers), "1/125 s · f/1.8 · ISO 100 · 4.4 mm");
        assert_eq!(exposure_line(&Exposure::default(), plain_numbers), "");
    }

    #[test]
    fn hostile_exposures_say_nothing_or_something_short() {
        let exposure = Exposure {
            f_number: Some(f32::NAN),
            exposure_s: Some(f64::MIN_POSITIVE),
            iso: Some(0),
            focal_length_mm: Some(-1.0),
            frames_per_s: Some(f64::INFINITY),
        };
        assert_eq!(exposure_line(&exposure, plain_numbers), "1/999999999 s");
    }
}
