//! How Google calls the sidecar of a photo: the rules, as functions of names.
//!
//! A sidecar is called `T(n).json`. Its T is the name that the photo was uploaded with, and since the end of 2024
//! `.supplemental-metadata` after it, cut to 46 UTF-16 code units. The photo itself keeps its ending and has the name
//! before it cut to 47 units, so that T may say less than the photo's name. Both get a number where a name is taken,
//! the photo before its ending, the sidecar at its end, and the two numbers need not agree.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use super::super::names::{cut_utf16, folded, len_utf16, nfc, split_ending, split_number};
use super::super::words::{CREATIONS, EDITED, SUPPLEMENT};

/// The most UTF-16 code units of a sidecar's name, without its number and ".json".
pub(super) const MOST_SIDECAR_UNITS: usize = 46;
/// The most UTF-16 code units of a photo's name, without its number and ending.
pub(super) const MOST_MEDIA_UNITS: usize = 47;

/// What a file is by the ending of its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Sort {
    Picture,
    Video,
    /// A moving picture as Pixel phones write it beside a still: `.MP`, `.MV`, `.MP~2`.
    Moving,
    /// Perhaps a photo that was uploaded without an ending.
    Unknown,
    Json,
    Html,
}

const PICTURES: &[&str] = &[
    ".jpg", ".jpeg", ".jpe", ".jfif", ".heic", ".heif", ".png", ".gif", ".webp", ".avif", ".bmp", ".tif", ".tiff",
    ".ico", ".dng", ".cr2", ".cr3", ".crw", ".nef", ".nrw", ".orf", ".raf", ".raw", ".rw2", ".arw", ".srf", ".sr2",
    ".pef", ".srw", ".x3f", ".3fr", ".erf", ".kdc", ".mrw", ".mos", ".insp", ".jxl", ".svg", ".psd",
];

const VIDEOS: &[&str] = &[
    ".mp4", ".mov", ".m4v", ".3gp", ".3g2", ".avi", ".mpg", ".mpeg", ".mpe", ".mkv", ".webm", ".wmv", ".asf", ".mts",
    ".m2ts", ".m2t", ".mod", ".tod", ".ts", ".vob", ".flv", ".divx", ".mmv", ".insv", ".lrv",
];

/// What a file is by the ending of its name alone.
pub(super) fn sort_of(name: &str) -> Sort {
    let (_, ending) = split_ending(name);
    let ending = &*ending.to_ascii_lowercase();
    let is_moving = || {
        let (bare, number) = ending.split_once('~').unwrap_or((ending, "1"));
        matches!(bare, ".mp" | ".mv") && !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())
    };
    match ending {
        ".json" => Sort::Json,
        ".html" | ".htm" => Sort::Html,
        _ if PICTURES.contains(&ending) => Sort::Picture,
        _ if VIDEOS.contains(&ending) => Sort::Video,
        _ if is_moving() => Sort::Moving,
        _ => Sort::Unknown,
    }
}

/// The parts of a sidecar's name: T and n.
pub(super) fn sidecar_parts(name: &str) -> (&str, u32) {
    let bare = name.len().checked_sub(".json".len()).map_or(name, |end| name.get(..end).unwrap_or(name));
    split_number(bare)
}

/// A photo's name: before its number, the ending with its point, the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct MediaName<'a> {
    pub(super) base: &'a str,
    pub(super) ending: &'a str,
    pub(super) number: u32,
}

impl<'a> MediaName<'a> {
    pub(super) fn of(name: &'a str) -> Self {
        let (stem, ending) = split_ending(name);
        let (base, number) = split_number(stem);
        Self { base, ending, number }
    }
}

/// The names that a photo's sidecar may have, each as T and n, the likeliest first.
pub(super) fn sidecar_names(name: &str) -> Vec<(String, u32)> {
    let MediaName { base, ending, number } = MediaName::of(name);
    // As uploaded, or uploaded as another file was and numbered, or uploaded without an ending.
    let mut titles: Vec<(Cow<'_, str>, u32)> = vec![(name.into(), 0)];
    if number > 0 {
        titles.push((format!("{base}{ending}").into(), number));
    }
    if !ending.is_empty() {
        titles.push((base.into(), number));
    }
    let mut names = Vec::new();
    for (title, number) in titles {
        for title in forms(&title) {
            push_cut(&mut names, &format!("{title}{SUPPLEMENT}"), number);
            push_cut(&mut names, &title, number);
        }
    }
    // Before 2021: `x_n-.jpg` beside `x_n.json`, `x_n.jpg` beside `x_.json`, `x_.jpg` beside `x.json`.
    if ["_n-", "_n", "_"].iter().any(|odd| base.ends_with(odd)) && base.len() > 1 {
        push_cut(&mut names, &base[..base.len() - 1], number);
    }
    names
}

/// Google counts the units of the name that was uploaded; who unpacked it may have changed its form.
fn forms(title: &str) -> Vec<String> {
    let mut forms = vec![title.to_owned()];
    if !title.is_ascii() {
        forms.push(title.nfd().collect());
    }
    forms.dedup();
    forms
}

fn push_cut(names: &mut Vec<(String, u32)>, title: &str, number: u32) {
    let cut = cut_utf16(title, MOST_SIDECAR_UNITS);
    let mut push = |name: Cow<'_, str>| {
        let name = nfc(&name).into_owned();
        if !names.iter().any(|(known, n)| *known == name && *n == number) {
            names.push((name, number));
        }
    };
    push(cut.into());
    // Half of a character is left: it cannot be written, and what stands there then is the archive's choice.
    if cut.len() < title.len() && len_utf16(cut) < MOST_SIDECAR_UNITS {
        for half in ["\u{fffd}", "?", "_"] {
            push(format!("{cut}{half}").into());
        }
    }
}

/// Whether a sidecar of this T says less than the photo's whole name, so that others may be called the same. Where some of
/// the supplement is left, the name is whole.
pub(super) fn is_cut(t: &str) -> bool {
    len_utf16(t) + 1 >= MOST_SIDECAR_UNITS && without_supplement(t).len() == t.len()
}

/// A T without what is left of the supplement.
pub(super) fn without_supplement(t: &str) -> &str {
    t.rfind('.').filter(|at| SUPPLEMENT.starts_with(&t[*at..])).map_or(t, |at| &t[..at])
}

/// How well a title goes with a photo's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Agreement {
    No,
    /// There is no title.
    Unknown,
    /// All but the ending.
    Base,
    Whole,
}

/// Whether a photo that was uploaded as `title` would be called so.
pub(super) fn agreement(title: &str, name: MediaName<'_>) -> Agreement {
    if title.is_empty() {
        return Agreement::Unknown;
    }
    let base = plain(name.base);
    let (stem, ending) = split_ending(title);
    if plain(cut_utf16(stem, MOST_MEDIA_UNITS)) == base {
        let is_whole = ending.eq_ignore_ascii_case(name.ending);
        return if is_whole { Agreement::Whole } else { Agreement::Base };
    }
    // A point in a title without an ending begins none; a number in brackets may be the title's own.
    let numbered = || plain(&format!("{}({})", name.base, name.number)) == plain(stem);
    if plain(cut_utf16(title, MOST_MEDIA_UNITS)) == base || name.number > 0 && numbered() {
        Agreement::Base
    } else {
        Agreement::No
    }
}

/// A name without what Google or a system may have replaced in it: case, and every sign that is no letter or digit.
pub(super) fn plain(text: &str) -> String {
    let text = nfc(text);
    folded(&text).chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect()
}

/// What a photo's base would be if this is the name of an edited copy of it, in folded form, each with the number that
/// goes with it; the likeliest first.
pub(super) fn originals(name: MediaName<'_>) -> Vec<(String, u32)> {
    let base = folded(name.base).into_owned();
    let mut found: Vec<(String, u32)> = Vec::new();
    let mut push = |original: &str| {
        let (bare, own) = split_number(original);
        let original = if name.number == 0 { (bare.to_owned(), own) } else { (original.to_owned(), name.number) };
        if !original.0.is_empty() && !found.contains(&original) {
            found.push(original);
        }
    };
    for suffix in EDITED.iter().chain(CREATIONS) {
        if let Some(original) = base.strip_suffix(suffix) {
            push(original);
        }
    }
    // A long name leaves the suffix no room.
    let is_full = len_utf16(name.base) + 1 >= MOST_MEDIA_UNITS;
    for suffix in EDITED.iter().chain(CREATIONS) {
        let ends: Vec<usize> = suffix.char_indices().map(|(at, _)| at).skip(1).collect();
        for end in ends.into_iter().rev().filter(|end| is_full || suffix[..*end].chars().count() >= 3) {
            if let Some(original) = base.strip_suffix(&suffix[..end]) {
                push(original);
            }
        }
    }
    // None at all: the copy has the name of its original, and so a number.
    if is_full && name.number > 0 {
        found.push((base, 0));
    }
    found
}

/// The bases that the still beside a moving picture may have, in folded form.
pub(super) fn stills(name: MediaName<'_>, sort: Sort) -> Vec<String> {
    let base = folded(name.base);
    let mut bases = Vec::new();
    if sort == Sort::Moving {
        // `X.MP` beside `X.MP.jpg`, `X.MP~2` beside `X.MP~2.jpg` or `X.MP.jpg`.
        let ending = folded(name.ending);
        bases.push(format!("{base}{ending}"));
        if let Some((bare, _)) = ending.split_once('~') {
            bases.push(format!("{base}{bare}"));
        }
    }
    bases.push(base.into_owned());
    bases
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn leads_to(media: &str, sidecar: &str) -> bool {
        let (t, n) = sidecar_parts(sidecar);
        sidecar_names(media).iter().any(|(name, number)| name == t && *number == n)
    }

    /// Pairs that people's exports had, quoted by importers.
    #[test]
    fn every_published_pair_is_found_by_name_alone() {
        for (media, sidecar) in [
            ("PXL_20231006_063000139.jpg", "PXL_20231006_063000139.jpg.json"),
            ("MVIMG_20191230_232926.jpg", "MVIMG_20191230_232926.jpg.supplemental-metadat.json"),
            ("Screenshot_20200301-161151.png", "Screenshot_20200301-161151.png.supplemental-me.json"),
            ("Screenshot_20231027_123303_Facebook.jpg", "Screenshot_20231027_123303_Facebook.jpg.supple.json"),
            ("Screenshot_20231027_123303_Facebook(1).jpg", "Screenshot_20231027_123303_Facebook.jpg.supple(1).json"),
            ("05yqt21kruxwwlhhgrwrdyb6chhwszi9bqmzu16w0 2.jpg", "05yqt21kruxwwlhhgrwrdyb6chhwszi9bqmzu16w0 2.jp.json"),
            (
                "Screenshot_2024-08-31-00-53-48-647_com.snapchat.jpg",
                "Screenshot_2024-08-31-00-53-48-647_com.snapcha.json",
            ),
            (
                "PXL_20230809_203449253.LONG_EXPOSURE-02.ORIGINA.jpg",
                "PXL_20230809_203449253.LONG_EXPOSURE-02.ORIGIN.json",
            ),
            ("IMG_3479(1).JPG", "IMG_3479.JPG(1).json"),
            ("Scan35(1).jpg", "Scan35.jpg.supplemental-metadata(1).json"),
            ("name(1).jpg", "name(1).jpg.supplemental-metadata.json"),
            ("IMG_2367.HEIC", "IMG_2367.HEIC.supplemental-metadata.json"),
            ("PXL_1.MP.jpg", "PXL_1.MP.jpg.json"),
            ("foo.jpg", "foo.json"),
            ("20030616.jpg", "20030616.json"),
            ("name_n-.jpg", "name_n.json"),
            ("name_n.jpg", "name_.json"),
            ("name_.jpg", "name.json"),
        ] {
            assert!(leads_to(media, sidecar), "{media} {sidecar}");
        }
    }

    #[test]
    fn a_name_of_any_length_is_cut_where_google_cuts_it() {
        for length in 1..=60 {
            let title = format!("{}.jpg", "x".repeat(length));
            let media = format!("{}.jpg", "x".repeat(length.min(47)));
            for whole in [format!("{title}{SUPPLEMENT}"), title] {
                let sidecar = format!("{}.json", &whole[..whole.len().min(46)]);
                assert!(leads_to(&media, &sidecar), "{media} {sidecar}");
            }
        }
    }

    #[test]
    fn emoji_count_as_two() {
        let media = format!("{}.jpg", "😀".repeat(23));
        assert!(leads_to(&media, &format!("{}.json", "😀".repeat(23))));
        // The 46th unit is half of a character.
        let odd = format!("x{}.jpg", "😀".repeat(23));
        assert!(leads_to(&odd, &format!("x{}.json", "😀".repeat(22))));
        assert!(leads_to(&odd, &format!("x{}\u{fffd}.json", "😀".repeat(22))));
    }

    #[test]
    fn a_name_that_was_uploaded_in_another_form_is_cut_in_that_form() {
        // Twenty-three letters of two characters each, as macOS uploads them.
        let media = format!("{}.jpg", "é".repeat(30));
        assert!(leads_to(&media, &format!("{}.json", "é".repeat(23))));
        assert!(leads_to(&media, &format!("{}.jpg.supplementa.json", "é".repeat(30))));
    }

    #[test]
    fn files_are_sorted_by_their_endings() {
        for (name, sort) in [
            ("x.JPG", Sort::Picture),
            ("x.heic", Sort::Picture),
            ("x.MOV", Sort::Video),
            ("x.MP", Sort::Moving),
            ("x.MP~2", Sort::Moving),
            ("x.mp.jpg", Sort::Picture),
            ("x", Sort::Unknown),
            ("x.MP~", Sort::Unknown),
            ("x.json", Sort::Json),
            ("x.html", Sort::Html),
        ] {
            assert_eq!(sort_of(name), sort, "{name}");
        }
    }

    #[test]
    fn titles_are_compared_as_google_writes_names() {
        let check = |title: &str, name: &str| agreement(title, MediaName::of(name));
        assert_eq!(check("a/b&c?.jpg", "a_b_c_.jpg"), Agreement::Whole);
        assert_eq!(check("IMG_1.JPG", "IMG_1(2).jpg"), Agreement::Whole);
        assert_eq!(check("IMG_1(2).JPG", "IMG_1(2).jpg"), Agreement::Base);
        assert_eq!(check("IMG_1.MOV", "IMG_1.MP4"), Agreement::Base);
        assert_eq!(check("IMG_1", "IMG_1.jpg"), Agreement::Base);
        assert_eq!(check("at 12.30", "at 12.30.jpg"), Agreement::Base);
        assert_eq!(check("", "IMG_1.jpg"), Agreement::Unknown);
        assert_eq!(check("IMG_2.jpg", "IMG_1.jpg"), Agreement::No);
        let long = "x".repeat(60);
        assert_eq!(check(&format!("{long}.jpg"), &format!("{}.jpg", &long[..47])), Agreement::Whole);
        assert_eq!(check(&format!("{long}.jpg"), &format!("{}y.jpg", &long[..46])), Agreement::No);
    }

    #[test]
    fn edited_copies_lead_to_their_originals_in_every_language() {
        let has =
            |name: &str, base: &str, number: u32| originals(MediaName::of(name)).contains(&(base.to_owned(), number));
        for suffix in EDITED {
            assert!(has(&format!("IMG_1{suffix}.jpg"), "img_1", 0), "{suffix}");
            assert!(has(&format!("IMG_1{suffix}(2).jpg"), "img_1", 2), "{suffix}");
            assert!(has(&format!("IMG_1(2){suffix}.jpg"), "img_1", 2), "{suffix}");
        }
        assert!(has("IMG_1-COLLAGE.jpg", "img_1", 0) && has("IMG_1-EFFECTS.jpg", "img_1", 0));
        assert!(has("IMG_1-edi.jpg", "img_1", 0) && has("IMG_1-ed.jpg", "img_1", 0));
        assert!(!has("IMG_1-e.jpg", "img_1", 0));
        for length in 40..=46 {
            let base = "x".repeat(length);
            let whole = format!("{base}-edited");
            assert!(has(&format!("{}.jpg", &whole[..whole.len().min(47)]), &base, 0), "{length}");
        }
        let full = "x".repeat(47);
        assert!(has(&format!("{full}(1).jpg"), &full, 0));
        assert_eq!(originals(MediaName::of("IMG_1.jpg")), []);
    }

    #[test]
    fn moving_pictures_lead_to_their_stills() {
        let check = |name: &str| stills(MediaName::of(name), sort_of(name));
        assert_eq!(check("IMG_1.MOV"), ["img_1"]);
        assert_eq!(check("PXL_1.MP"), ["pxl_1.mp", "pxl_1"]);
        assert_eq!(check("PXL_1.MP~2"), ["pxl_1.mp~2", "pxl_1.mp", "pxl_1"]);
    }

    proptest! {
        #[test]
        fn few_names_and_each_once(name in "\\PC{1,80}") {
            let names = sidecar_names(&name);
            prop_assert!(names.len() <= 50);
            // In NFC some characters are two.
            prop_assert!(names.iter().all(|(t, _)| len_utf16(t) <= 2 * MOST_SIDECAR_UNITS));
            let _ = (originals(MediaName::of(&name)), stills(MediaName::of(&name), sort_of(&name)), plain(&name));
        }

        #[test]
        fn what_is_written_by_the_rule_is_read_by_it(title in "[a-zA-Zäß😀 ._()0-9-]{1,70}", ending in "(\\.jpg|\\.HEIC|)", number in 0u32..3, is_new: bool) {
            let title = format!("{}{ending}", nfc(&title));
            let (stem, ending) = split_ending(&title);
            let bracket = |n: u32| if n == 0 { String::new() } else { format!("({n})") };
            let media = format!("{}{}{ending}", cut_utf16(stem, 47), bracket(number));
            let whole = if is_new { format!("{title}{SUPPLEMENT}") } else { title.clone() };
            let sidecar = format!("{}{}.json", cut_utf16(&whole, 46), bracket(number));
            // A title may itself end in a number, or have a long ending that is part of what is cut.
            prop_assume!(!title.contains('(') && len_utf16(ending) < 6);
            prop_assert!(leads_to(&media, &sidecar), "{} {}", media, sidecar);
        }
    }
}
