//! Names of files in archives: read as text, and refused where they lead elsewhere.

use super::error::{EntryError, Flaw};

/// A message shows no more of a name.
const SHOWN_CHARS: usize = 120;

/// A name that can be used.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) text: String,
    pub(super) doubtful: bool,
    /// Whether it ends like a folder's.
    pub(super) folder: bool,
}

/// The name in `raw`, without what means nothing (`./`, `//`).
pub(super) fn clean(text: &str, doubtful: bool, most_bytes: usize) -> Result<Name, EntryError> {
    let refused = |flaw| Err(EntryError { name: shown(text), flaw });
    if text.len() > most_bytes {
        return refused(Flaw::NameTooLong { bytes: text.len() });
    }
    if text.starts_with('/') || has_drive(text) || text.split('/').any(|part| part == "..") {
        return refused(Flaw::NameEscapes);
    }
    if text.chars().any(char::is_control) {
        return refused(Flaw::NameControls);
    }
    let mut cleaned = String::with_capacity(text.len());
    for part in text.split('/').filter(|part| !part.is_empty() && *part != ".") {
        if !cleaned.is_empty() {
            cleaned.push('/');
        }
        cleaned.push_str(part);
    }
    let folder = text.ends_with('/') || text.ends_with("/.") || text == ".";
    if cleaned.is_empty() && !folder {
        return refused(Flaw::NameEmpty);
    }
    Ok(Name { text: cleaned, doubtful, folder })
}

/// `C:\photos`, `c:/photos`
fn has_drive(text: &str) -> bool {
    matches!(text.as_bytes(), [letter, b':', b'/' | b'\\', ..] if letter.is_ascii_alphabetic())
        || text.starts_with('\\')
}

/// A name as a message may show it.
pub(super) fn shown(text: &str) -> String {
    let visible = |sign: char| if sign.is_control() { '\u{FFFD}' } else { sign };
    let mut shown: String = text.chars().take(SHOWN_CHARS).map(visible).collect();
    if text.chars().nth(SHOWN_CHARS).is_some() {
        shown.push('…');
    }
    shown
}

/// Bytes that should be UTF-8, and whether some were not.
pub(super) fn utf8(raw: &[u8]) -> (String, bool) {
    match std::str::from_utf8(raw) {
        Ok(text) => (text.to_owned(), false),
        Err(_) => (String::from_utf8_lossy(raw).into_owned(), true),
    }
}

/// Bytes in the code page that zip was made with (APPNOTE.TXT, appendix D).
pub(super) fn cp437(raw: &[u8]) -> String {
    raw.iter().map(|byte| if *byte < 0x80 { char::from(*byte) } else { CP437[usize::from(*byte - 0x80)] }).collect()
}

/// IBM code page 437 from 0x80 on.
#[rustfmt::skip]
const CP437: [char; 128] = [
    'Ç', 'ü', 'é', 'â', 'ä', 'à', 'å', 'ç', 'ê', 'ë', 'è', 'ï', 'î', 'ì', 'Ä', 'Å',
    'É', 'æ', 'Æ', 'ô', 'ö', 'ò', 'û', 'ù', 'ÿ', 'Ö', 'Ü', '¢', '£', '¥', '₧', 'ƒ',
    'á', 'í', 'ó', 'ú', 'ñ', 'Ñ', 'ª', 'º', '¿', '⌐', '¬', '½', '¼', '¡', '«', '»',
    '░', '▒', '▓', '│', '┤', '╡', '╢', '╖', '╕', '╣', '║', '╗', '╝', '╜', '╛', '┐',
    '└', '┴', '┬', '├', '─', '┼', '╞', '╟', '╚', '╔', '╩', '╦', '╠', '═', '╬', '╧',
    '╨', '╤', '╥', '╙', '╘', '╒', '╓', '╫', '╪', '┘', '┌', '█', '▄', '▌', '▐', '▀',
    'α', 'ß', 'Γ', 'π', 'Σ', 'σ', 'µ', 'τ', 'Φ', 'Θ', 'Ω', 'δ', '∞', 'φ', 'ε', '∩',
    '≡', '±', '≥', '≤', '⌠', '⌡', '÷', '≈', '°', '∙', '·', '√', 'ⁿ', '²', '■', '\u{A0}',
];

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(text: &str) -> Result<String, Flaw> {
        clean(text, false, 4096).map(|name| name.text).map_err(|error| error.flaw)
    }

    #[test]
    fn what_means_nothing_is_left_out() {
        assert_eq!(cleaned("./Takeout//Google Photos/./a.jpg"), Ok("Takeout/Google Photos/a.jpg".into()));
        assert_eq!(cleaned("Takeout/..jpg"), Ok("Takeout/..jpg".into()));
        assert_eq!(cleaned("Takeout/a\\b: c.jpg"), Ok("Takeout/a\\b: c.jpg".into()));
    }

    #[test]
    fn names_that_lead_elsewhere_are_refused() {
        for name in ["../a", "a/../../b", "a/..", "..", "/etc/passwd", "C:\\a", "c:/a", "\\\\host\\a"] {
            assert_eq!(cleaned(name), Err(Flaw::NameEscapes), "{name}");
        }
        assert_eq!(cleaned("a\0.jpg"), Err(Flaw::NameControls));
        assert_eq!(cleaned("a\n.jpg"), Err(Flaw::NameControls));
        assert_eq!(cleaned(""), Err(Flaw::NameEmpty));
    }

    #[test]
    fn a_very_long_name_is_refused_and_shown_in_part() {
        let error = clean(&"ä".repeat(10_000), false, 4096).unwrap_err();
        assert_eq!(error.flaw, Flaw::NameTooLong { bytes: 20_000 });
        assert_eq!(error.name.chars().count(), SHOWN_CHARS + 1);
    }

    #[test]
    fn the_old_code_page_has_a_letter_for_every_byte() {
        assert_eq!(cp437(b"M\x81nchen.jpg"), "München.jpg");
        assert_eq!(cp437(&[0xFF]), "\u{A0}");
    }
}
