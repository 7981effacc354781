//! Names of files that every system takes.

/// Bytes of a name that every file system takes (NTFS, APFS and ext4: 255; some room for a browser's " (1)").
const LONGEST: usize = 200;

/// Names that Windows keeps for itself, whatever their ending (Microsoft: Naming files, reserved names).
const RESERVED: [&str; 22] = [
    "CON", "PRN", "AUX", "NUL", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9", "LPT1", "LPT2",
    "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9",
];

/// The name of a file as it may be saved: without folders, characters that a system forbids, or ones that hide what
/// kind of file it is; `fallback` where nothing is left. `ending` replaces the name's own if there is one.
pub fn safe_file_name(name: &str, ending: Option<&str>, fallback: &str) -> String {
    let kept: String = name.chars().map(|c| if is_harmless(c) { c } else { '_' }).collect();
    let kept = kept.trim_matches(|c: char| c == '.' || c.is_whitespace());
    let (stem, own) = match kept.rsplit_once('.') {
        Some((stem, own)) if is_ending(own) => (stem, Some(own)),
        _ => (kept, None),
    };
    let ending = ending.or(own).map(|ending| format!(".{ending}")).unwrap_or_default();
    let mut end = stem.len().min(LONGEST.saturating_sub(ending.len() + 1));
    while !stem.is_char_boundary(end) {
        end -= 1;
    }
    let stem = stem[..end].trim_end_matches(|c: char| c == '.' || c.is_whitespace());
    let mut stem = if stem.trim_matches('_').is_empty() { fallback } else { stem }.to_owned();
    // Windows looks at what stands before the first point.
    if RESERVED.iter().any(|name| stem.split('.').next().unwrap_or_default().trim_end().eq_ignore_ascii_case(name)) {
        stem.insert(0, '_');
    }
    stem + &ending
}

/// Short and of letters and digits, as the endings of media files are.
fn is_ending(text: &str) -> bool {
    (1..=8).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric())
}

fn is_harmless(c: char) -> bool {
    // Marks that turn the direction of reading make "photo\u{202e}gpj.exe" look like a picture; none is seen itself.
    let turns_or_hides =
        matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    !c.is_control() && !turns_or_hides && !r#"<>:"/\|?*"#.contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn safe(name: &str) -> String {
        safe_file_name(name, None, "photo")
    }

    #[test]
    fn ordinary_names_stay_as_they_are() {
        for name in
            ["IMG_1.JPG", "Käse am See (2).heic", "写真.png", "a.b.c.jpg", "no ending", "PXL_20250227_233405466.MP.jpg"]
        {
            assert_eq!(safe(name), name);
        }
    }

    #[test]
    fn what_a_system_forbids_or_a_person_cannot_see_is_taken_out() {
        for (name, expected) in [
            ("../../etc/passwd", "_.._etc_passwd"),
            ("C:\\x\\y.jpg", "C__x_y.jpg"),
            ("photo\u{202e}gpj.exe", "photo_gpj.exe"),
            ("a\r\nb.jpg", "a__b.jpg"),
            ("CON.jpg", "_CON.jpg"),
            ("con", "_con"),
            ("aux.tar.gz", "_aux.tar.gz"),
            (" .hidden. ", "hidden"),
            ("", "photo"),
            ("...", "photo"),
            ("???.jpg", "photo.jpg"),
        ] {
            assert_eq!(safe(name), expected, "{name:?}");
        }
    }

    #[test]
    fn an_ending_takes_the_place_of_the_old_one() {
        assert_eq!(safe_file_name("VID_1.MOV", Some("mp4"), "video"), "VID_1.mp4");
        assert_eq!(safe_file_name("VID", Some("mp4"), "video"), "VID.mp4");
        assert_eq!(safe_file_name("", Some("mp4"), "video"), "video.mp4");
        assert_eq!(safe_file_name("At the lake. It rained", Some("mp4"), "video"), "At the lake. It rained.mp4");
    }

    proptest! {
        #[test]
        fn every_name_is_one_that_every_system_takes(name in ".{0,300}") {
            let safe = safe(&name);
            prop_assert!(!safe.is_empty() && safe.len() <= LONGEST && safe.chars().all(is_harmless), "{}", safe);
            prop_assert!(!safe.starts_with(['.', ' ']) && !safe.ends_with(['.', ' ']), "{:?}", safe);
            prop_assert_eq!(safe_file_name(&safe, None, "photo"), safe);
        }

        #[test]
        fn a_long_name_keeps_its_ending(stem in "[a-zé]{200,300}") {
            let safe = safe(&format!("{stem}.jpeg"));
            prop_assert!(safe.ends_with(".jpeg") && safe.len() <= LONGEST);
        }
    }
}
