//! How Google names the files of an export, as found by those who read many.

/// UTF-16 units of a sidecar's name before `(n).json`.
const SIDECAR_UNITS: usize = 46;
/// UTF-16 units of a media file's name before `(n)` and its extension.
const MEDIA_UNITS: usize = 47;
const SUPPLEMENT: &str = ".supplemental-metadata";

/// How sidecars are named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sidecar {
    /// Before any of the others: `foo.json` of `foo.jpg`.
    Bare,
    /// Until November 2024: `foo.jpg.json`, `foo.jpg(1).json`.
    Old,
    /// Since then: `foo.jpg.supplemental-metadata.json`, `foo.jpg.supplemental-metadata(1).json`.
    New,
    /// In some exports since then: `foo(1).jpg.supplemental-metadata.json`.
    NewNumberedInside,
}

/// A title as a file name: what no file system takes becomes `_`.
pub(crate) fn sanitized(title: &str) -> String {
    title.chars().map(|sign| if "/&?\\:*\"<>|%".contains(sign) || sign.is_control() { '_' } else { sign }).collect()
}

/// The first `units` UTF-16 units of a text, or one less where the cut would go through a sign.
pub(crate) fn cut(text: &str, units: usize) -> &str {
    let mut used = 0;
    for (at, sign) in text.char_indices() {
        used += sign.len_utf16();
        if used > units {
            return &text[..at];
        }
    }
    text
}

/// Name and extension; the extension has its dot, and is empty where there is none.
pub(crate) fn split(name: &str) -> (&str, &str) {
    match name.rfind('.') {
        Some(dot) if dot > 0 && name.len() - dot <= 6 && !name[dot..].contains(' ') => name.split_at(dot),
        _ => (name, ""),
    }
}

fn numbered(n: u32) -> String {
    if n == 0 { String::new() } else { format!("({n})") }
}

/// The media file of a title; `extension` is given to one that has none.
pub(crate) fn media(title: &str, extension: &str, n: u32) -> String {
    let name = sanitized(title);
    let (base, own) = split(&name);
    let extension = if own.is_empty() { extension } else { own };
    format!("{}{}{extension}", cut(base, MEDIA_UNITS), numbered(n))
}

/// A copy of the media file: edited, or made of it by Google. `suffix` may be cut to nothing but its dash.
pub(crate) fn edited(title: &str, extension: &str, suffix: &str, n: u32) -> String {
    let name = sanitized(title);
    let (base, own) = split(&name);
    let extension = if own.is_empty() { extension } else { own };
    let long = format!("{}{suffix}", cut(base, MEDIA_UNITS));
    format!("{}{}{extension}", cut(&long, MEDIA_UNITS), numbered(n))
}

/// The sidecar of a title.
pub(crate) fn sidecar(title: &str, style: Sidecar, n: u32) -> String {
    let name = sanitized(title);
    let (base, extension) = split(&name);
    let (long, n) = match style {
        Sidecar::Bare => (base.to_owned(), n),
        Sidecar::Old => (name.clone(), n),
        Sidecar::New => (format!("{name}{SUPPLEMENT}"), n),
        Sidecar::NewNumberedInside => (format!("{base}{}{extension}{SUPPLEMENT}", numbered(n)), 0),
    };
    format!("{}{}.json", cut(&long, SIDECAR_UNITS), numbered(n))
}

/// A folder's name for an album's title.
pub(crate) fn folder(title: &str, n: u32) -> String {
    format!("{}{}", cut(&sanitized(title), 80).trim_end_matches([' ', '.']), numbered(n))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pairs of media file and sidecar that were seen in real exports and published.
    #[test]
    fn the_published_pairs_come_out() {
        let old = [
            (
                "05yqt21kruxwwlhhgrwrdyb6chhwszi9bqmzu16w0 2.jpg",
                0,
                "05yqt21kruxwwlhhgrwrdyb6chhwszi9bqmzu16w0 2.jp.json",
            ),
            (
                "Screenshot_2024-08-31-00-53-48-647_com.snapchat.android.jpg",
                0,
                "Screenshot_2024-08-31-00-53-48-647_com.snapcha.json",
            ),
            (
                "PXL_20230809_203449253.LONG_EXPOSURE-02.ORIGINAL.jpg",
                0,
                "PXL_20230809_203449253.LONG_EXPOSURE-02.ORIGIN.json",
            ),
            ("IMG_3479.JPG", 1, "IMG_3479.JPG(1).json"),
            ("PXL_20231006_063000139.MP.jpg", 0, "PXL_20231006_063000139.MP.jpg.json"),
            ("20030616", 0, "20030616.json"),
        ];
        for (title, n, expected) in old {
            assert_eq!(sidecar(title, Sidecar::Old, n), expected);
        }
        let new = [
            ("MVIMG_20191230_232926.jpg", 0, "MVIMG_20191230_232926.jpg.supplemental-metadat.json"),
            ("Screenshot_20200301-161151.png", 0, "Screenshot_20200301-161151.png.supplemental-me.json"),
            ("Screenshot_20231027_123303_Facebook.jpg", 0, "Screenshot_20231027_123303_Facebook.jpg.supple.json"),
            ("Screenshot_20231027_123303_Facebook.jpg", 1, "Screenshot_20231027_123303_Facebook.jpg.supple(1).json"),
            ("Scan35.jpg", 1, "Scan35.jpg.supplemental-metadata(1).json"),
            ("IMG_2367.HEIC", 0, "IMG_2367.HEIC.supplemental-metadata.json"),
        ];
        for (title, n, expected) in new {
            assert_eq!(sidecar(title, Sidecar::New, n), expected);
        }
        assert_eq!(sidecar("Scan35.jpg", Sidecar::NewNumberedInside, 1), "Scan35(1).jpg.supplemental-metadata.json");
        assert_eq!(media("IMG_3479.JPG", "", 1), "IMG_3479(1).JPG");
        assert_eq!(
            media("PXL_20230809_203449253.LONG_EXPOSURE-02.ORIGINAL.jpg", "", 0),
            "PXL_20230809_203449253.LONG_EXPOSURE-02.ORIGINA.jpg"
        );
        assert_eq!(media("20030616", ".jpg", 0), "20030616.jpg");
    }

    #[test]
    fn a_name_that_is_nearly_full_leaves_an_edited_copy_a_part_of_its_suffix() {
        let base = "n".repeat(44);
        assert_eq!(edited(&format!("{base}.jpg"), "", "-edited", 0), format!("{base}-ed.jpg"));
        let base = "n".repeat(46);
        assert_eq!(edited(&format!("{base}.jpg"), "", "-edited", 0), format!("{base}-.jpg"));
        assert_eq!(sidecar(&format!("{base}.jpg"), Sidecar::Old, 0), format!("{base}.json"));
        assert_eq!(edited("IMG_1.jpg", "", "-bearbeitet", 2), "IMG_1-bearbeitet(2).jpg");
    }

    #[test]
    fn units_are_counted_and_not_letters_or_bytes() {
        let title = format!("{}.jpg", "😀".repeat(30));
        assert_eq!(media(&title, "", 0), format!("{}.jpg", "😀".repeat(23)));
        assert_eq!(sidecar(&title, Sidecar::New, 0), format!("{}.json", "😀".repeat(23)));
        assert_eq!(sanitized("a/b & c?.jpg"), "a_b _ c_.jpg");
    }
}
