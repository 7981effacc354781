//! Exposure, sizes and times of the week as chips, charts and tables say them.

use albumen_core::catalog::SizeClass;
use albumen_core::photo::{Facet, Span};

use super::Numbers;

/// What exposure times are called by photographers, by the classes of [`Facet::starts`].
const STOPS: [&str; 20] = [
    "< 1/8000 s",
    "1/8000 s",
    "1/4000 s",
    "1/2000 s",
    "1/1000 s",
    "1/500 s",
    "1/250 s",
    "1/125 s",
    "1/60 s",
    "1/30 s",
    "1/15 s",
    "1/8 s",
    "1/4 s",
    "1/2 s",
    "1 s",
    "2 s",
    "4 s",
    "8 s",
    "15 s",
    "≥ 30 s",
];

/// A class of values, as the names below bars have it: "24–34", "f/2.8", "1/125 s", "ISO 100".
pub fn class_label(facet: Facet, class: usize, numbers: Numbers) -> String {
    let start = facet.starts().get(class).copied().unwrap_or_default();
    let next = facet.starts().get(class + 1).copied();
    let number = |value: u32| numbers(f64::from(value) / f64::from(facet.units()), 1);
    match (facet, class, next) {
        (Facet::ExposureTime, ..) => STOPS.get(class).copied().unwrap_or_default().to_owned(),
        (Facet::FNumber, 0, Some(next)) => format!("< f/{}", number(next)),
        (Facet::FNumber, _, None) => format!("≥ f/{}", number(start)),
        (Facet::FNumber, _, Some(_)) => format!("f/{}", number(start)),
        (Facet::FocalLength, 0, Some(next)) => format!("< {} mm", number(next)),
        (Facet::FocalLength, _, None) => format!("≥ {} mm", number(start)),
        (Facet::FocalLength, _, Some(_)) => format!("{} mm", number(start)),
        // Film speeds are written without a separator.
        (Facet::Iso, 0, Some(next)) => format!("< {next}"),
        (Facet::Iso, _, None) => format!("≥ {start}"),
        (Facet::Iso, _, Some(_)) => start.to_string(),
    }
}

/// A range of values, as chips and tables have it: "24–34.9 mm", "f/1.4–1.99", "ISO 100–199"; a class of exposure times
/// by its name.
pub fn span_words(facet: Facet, span: Span, numbers: Numbers) -> String {
    let class = facet.class_of(span.least);
    if facet == Facet::ExposureTime && facet.span_of_class(class) == Some(span) {
        return class_label(facet, class, numbers);
    }
    let number = |value: u32| match facet {
        Facet::Iso => value.to_string(),
        Facet::ExposureTime => shutter(value, numbers),
        Facet::FocalLength | Facet::FNumber => numbers(f64::from(value) / f64::from(facet.units()), 2),
    };
    let (sign, unit) = match facet {
        Facet::FocalLength => ("", " mm"),
        Facet::FNumber => ("f/", ""),
        Facet::ExposureTime => ("", " s"),
        Facet::Iso => ("", ""),
    };
    let range = match (span.least, span.most) {
        (least, most) if least == most => format!("{sign}{}{unit}", number(least)),
        (0 | 1, u32::MAX) if facet == Facet::Iso => "known".to_owned(),
        (0 | 1, u32::MAX) => format!("{} known", facet_name(facet)),
        (0 | 1, most) => format!("up to {sign}{}{unit}", number(most)),
        (least, u32::MAX) => format!("{sign}{}{unit} and more", number(least)),
        (least, most) => format!("{sign}{}–{}{unit}", number(least), number(most)),
    };
    if facet == Facet::Iso { format!("ISO {range}") } else { range }
}

/// Without its unit.
fn shutter(value: u32, numbers: Numbers) -> String {
    let seconds = f64::from(value) / f64::from(Facet::ExposureTime.units());
    if seconds < 0.3 { format!("1/{}", (1.0 / seconds).round()) } else { numbers(seconds, 1) }
}

/// What a fact of the exposure is called.
pub fn facet_name(facet: Facet) -> &'static str {
    match facet {
        Facet::FocalLength => "Focal length",
        Facet::FNumber => "F-number",
        Facet::ExposureTime => "Exposure time",
        Facet::Iso => "ISO",
    }
}

/// "12 to under 16 megapixels" and the like.
pub fn size_words(size: SizeClass) -> String {
    match size.megapixels() {
        None => "Unknown size".to_owned(),
        Some((0, _)) => "Under 1 megapixel".to_owned(),
        Some((least, None)) => format!("{least} megapixels and more"),
        Some((least, Some(next))) => format!("{least} to under {next} megapixels"),
    }
}

/// What a lens is called; those without a name are all one.
pub fn lens_name(lens: &str) -> String {
    if lens.is_empty() { "Unknown lens".to_owned() } else { lens.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::super::plain_numbers;
    use super::*;

    #[test]
    fn ranges_read_as_photographers_write_them() {
        for (facet, least, most, words) in [
            (Facet::FocalLength, 240, 349, "24–34.9 mm"),
            (Facet::FNumber, 140, 199, "f/1.4–1.99"),
            (Facet::ExposureTime, 7_800, 15_999, "1/125 s"),
            (Facet::ExposureTime, 1_000, 2_000, "1/1000–1/500 s"),
            (Facet::ExposureTime, 2_000_000, u32::MAX, "2 s and more"),
            (Facet::Iso, 3_200, u32::MAX, "ISO 3200 and more"),
            (Facet::Iso, 1, 99, "ISO up to 99"),
            (Facet::FNumber, 280, 280, "f/2.8"),
            (Facet::Iso, 1, u32::MAX, "ISO known"),
            (Facet::FocalLength, 1, u32::MAX, "Focal length known"),
        ] {
            assert_eq!(span_words(facet, Span { least, most }, plain_numbers), words);
        }
    }

    #[test]
    fn every_class_has_a_name_of_its_own() {
        for facet in Facet::ALL {
            let mut names: Vec<String> =
                (0..facet.starts().len()).map(|class| class_label(facet, class, plain_numbers)).collect();
            assert!(names.iter().all(|name| !name.is_empty()));
            names.sort();
            names.dedup();
            assert_eq!(names.len(), facet.starts().len(), "{facet:?}: {names:?}");
        }
        let sizes: std::collections::BTreeSet<String> = SizeClass::all().map(size_words).collect();
        assert_eq!(sizes.len(), SizeClass::COUNT);
    }
}
