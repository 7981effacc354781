//! What the path of a file in an export says: where it lies, and the parts of its name.
//!
//! Names are compared in NFC, since systems that unpack archives may write "é" as one character or as two. The same
//! export may be read from archives, from folders that each hold one part unpacked, or from the product's folder alone:
//! what counts is the path below the product's folder.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use thiserror::Error;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::words;

/// The longest path that is read, in bytes: what Linux allows, and far more than Google writes.
const MOST_PATH_BYTES: usize = 4096;

/// A path that is not read. It is listed, never followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Error, Serialize, Deserialize)]
pub enum PathProblem {
    #[error("the name is empty")]
    Empty,
    #[error("the name is longer than {MOST_PATH_BYTES} bytes")]
    TooLong,
    /// It holds "..", a drive, or begins at the root.
    #[error("the name leads out of its archive")]
    LeadsOut,
    #[error("the name has characters that no file has")]
    Control,
}

/// Where a file lies, in NFC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// The folders below the product's folder, joined by "/"; empty for files directly in it. If no product folder is
    /// known on the way, the folders below "Takeout"; if there is none of that either, all.
    pub folder: String,
    pub name: String,
    pub area: Area,
}

/// How sure it is that a path belongs to Google Photos.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Area {
    /// Below the folder of the product, or chosen by hand from inside it.
    Photos,
    /// Below "Takeout" and a folder that is not known: of another product, or of this one in a language not seen yet.
    Product,
    /// What systems leave in folders and archives: resource forks, previews, settings.
    Litter,
}

/// What the name of a folder says of its items.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum FolderName {
    /// "Photos from 2023", in any language: it ends in a year. An album may be called so too.
    Year(u16),
    Archive,
    Trash,
    Locked,
    FailedVideos,
    /// An album without a title.
    Untitled,
    Other,
}

/// Reads a path as an archive or a directory picker gives it.
///
/// # Errors
/// A path that no export has; it is not to be opened under this name.
pub fn read_path(path: &str) -> Result<Location, PathProblem> {
    if path.len() > MOST_PATH_BYTES {
        return Err(PathProblem::TooLong);
    }
    if path.chars().any(char::is_control) {
        return Err(PathProblem::Control);
    }
    // Old Windows programs write archives with their own separator. Google never does, and replaces it in titles.
    let separator = if path.contains('/') { '/' } else { '\\' };
    let bytes = path.as_bytes();
    let has_drive =
        bytes.len() > 2 && bytes[0].is_ascii_alphabetic() && bytes[1] == b':' && [b'/', b'\\'].contains(&bytes[2]);
    if path.starts_with(separator) || has_drive || path.split(separator).any(|segment| segment == "..") {
        return Err(PathProblem::LeadsOut);
    }
    let path = nfc(path);
    let mut folders: Vec<&str> =
        path.split(separator).filter(|segment| !segment.is_empty() && *segment != ".").collect();
    let name = folders.pop().ok_or(PathProblem::Empty)?;
    let product = folders.iter().position(|folder| words::PRODUCTS.contains(&&*folded(folder)));
    let takeout = folders.iter().position(|folder| folder.eq_ignore_ascii_case("takeout"));
    let (from, mut area) = match (product, takeout) {
        (Some(at), _) => (at + 1, Area::Photos),
        (None, Some(at)) => (at + 1, if folders.len() > at + 1 { Area::Product } else { Area::Photos }),
        (None, None) => (0, Area::Photos),
    };
    if is_litter(&folders, name) {
        area = Area::Litter;
    }
    Ok(Location { folder: folders[from..].join("/"), name: name.to_owned(), area })
}

/// What a folder is by its name alone; `folder` as in [`Location`].
pub fn read_folder(folder: &str) -> FolderName {
    let folder = folded(folder);
    // "Untitled(1)" is a second one.
    let (bare, _) = split_number(&folder);
    let is_any = |list: &[&str]| list.contains(&bare);
    if is_any(words::ARCHIVE) {
        FolderName::Archive
    } else if is_any(words::TRASH) {
        FolderName::Trash
    } else if is_any(words::LOCKED) {
        FolderName::Locked
    } else if is_any(words::FAILED) {
        FolderName::FailedVideos
    } else if is_any(words::UNTITLED) {
        FolderName::Untitled
    } else {
        year_at_end(&folder).map_or(FolderName::Other, FolderName::Year)
    }
}

fn year_at_end(folder: &str) -> Option<u16> {
    let (before, year) = folder.split_at_checked(folder.len().checked_sub(4)?)?;
    let is_year = year.bytes().all(|b| b.is_ascii_digit()) && !before.ends_with(|c: char| c.is_ascii_digit());
    year.parse().ok().filter(|year| is_year && (1800..2100).contains(year))
}

fn is_litter(folders: &[&str], name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    folders.contains(&"__MACOSX")
        || name.starts_with("._")
        || ["desktop.ini", "thumbs.db", ".ds_store", ".picasa.ini"].contains(&lower.as_str())
        || folders.iter().any(|folder| folder.eq_ignore_ascii_case("@eadir"))
}

/// The text in NFC, copied only if it is in another form.
pub(super) fn nfc(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfc().collect())
    }
}

/// How names are compared that differ only in case or in the kind of space: systems that unpack archives may not tell
/// them apart.
pub(super) fn folded(text: &str) -> Cow<'_, str> {
    let is_folded = |c: char| c.is_ascii() && !c.is_ascii_uppercase();
    if text.chars().all(is_folded) {
        return Cow::Borrowed(text);
    }
    let lower = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).flat_map(char::to_lowercase);
    // Lower case may take a text out of NFC.
    Cow::Owned(lower.nfc().collect())
}

/// A name and its ending, with the point: ("IMG_1", ".jpg"), ("README", ""). A point at the very beginning begins no
/// ending.
pub(super) fn split_ending(name: &str) -> (&str, &str) {
    match name.rfind('.') {
        Some(at) if at > 0 => name.split_at(at),
        _ => (name, ""),
    }
}

/// A text and the number in brackets at its end, as Google tells equal names apart: ("IMG_1", 2) of "IMG_1(2)".
pub(super) fn split_number(text: &str) -> (&str, u32) {
    let number = || {
        let (before, number) = text.strip_suffix(')')?.rsplit_once('(')?;
        let is_number = (1..=6).contains(&number.len())
            && number.bytes().all(|b| b.is_ascii_digit())
            && !number.starts_with('0')
            && !before.is_empty();
        is_number.then(|| number.parse().ok().map(|number| (before, number))).flatten()
    };
    number().unwrap_or((text, 0))
}

/// The beginning of a text that is at most so many UTF-16 code units long. A character that would be cut in two is left
/// out.
pub(super) fn cut_utf16(text: &str, most: usize) -> &str {
    let mut units = 0;
    for (at, c) in text.char_indices() {
        units += c.len_utf16();
        if units > most {
            return &text[..at];
        }
    }
    text
}

pub(super) fn len_utf16(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().map(char::len_utf16).sum() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn location(path: &str) -> (String, String, Area) {
        let location = read_path(path).unwrap();
        (location.folder, location.name, location.area)
    }

    #[test]
    fn a_file_lies_in_the_same_folder_however_the_export_is_read() {
        for path in [
            "Takeout/Google Photos/Photos from 2023/IMG_1.jpg",
            "Takeout/Google\u{a0}Photos/Photos from 2023/IMG_1.jpg",
            "takeout-20240516T230250Z-003/Takeout/Google Photos/Photos from 2023/IMG_1.jpg",
            "Google Photos/Photos from 2023/IMG_1.jpg",
            "Photos from 2023/IMG_1.jpg",
            "./Takeout//Google Fotos/Photos from 2023/IMG_1.jpg",
            "Takeout\\Google Photos\\Photos from 2023\\IMG_1.jpg",
            "Takeout/Google フォト/Photos from 2023/IMG_1.jpg",
            "Takeout/Google Fotoğraflar/Photos from 2023/IMG_1.jpg",
            // As macOS unpacks it.
            "Takeout/Google フォト/Photos from 2023/IMG_1.jpg",
        ] {
            assert_eq!(location(path), ("Photos from 2023".into(), "IMG_1.jpg".into(), Area::Photos), "{path}");
        }
        assert_eq!(
            location("Takeout/Google Photos/Café/x.jpg").0,
            location("Takeout/Google Photos/Cafe\u{301}/x.jpg").0
        );
    }

    #[test]
    fn other_products_and_litter_are_told() {
        assert_eq!(location("Takeout/Drive/x.jpg"), ("Drive".into(), "x.jpg".into(), Area::Product));
        assert_eq!(
            location("Takeout/archive_browser.html"),
            (String::new(), "archive_browser.html".into(), Area::Photos)
        );
        assert_eq!(location("Takeout/Google Photos/print-subscriptions.json").0, "");
        for path in [
            "__MACOSX/Takeout/Google Photos/A/x.jpg",
            "Takeout/Google Photos/A/._x.jpg",
            "Takeout/Google Photos/A/.DS_Store",
            "Takeout/Google Photos/A/Thumbs.db",
        ] {
            assert_eq!(location(path).2, Area::Litter, "{path}");
        }
    }

    #[test]
    fn hostile_paths_are_refused() {
        for (path, problem) in [
            ("", PathProblem::Empty),
            ("./.", PathProblem::Empty),
            ("../x.jpg", PathProblem::LeadsOut),
            ("a/../../x.jpg", PathProblem::LeadsOut),
            ("..\\x.jpg", PathProblem::LeadsOut),
            ("/etc/passwd", PathProblem::LeadsOut),
            ("\\\\host\\share", PathProblem::LeadsOut),
            ("C:\\x.jpg", PathProblem::LeadsOut),
            ("C:/x.jpg", PathProblem::LeadsOut),
            ("a/x\0.jpg", PathProblem::Control),
            ("a/x\n.jpg", PathProblem::Control),
        ] {
            assert_eq!(read_path(path), Err(problem), "{path:?}");
        }
        assert_eq!(read_path(&"x".repeat(10_000)), Err(PathProblem::TooLong));
        assert!(read_path("a/x..jpg").is_ok() && read_path("a/...").is_ok());
    }

    #[test]
    fn folders_are_told_by_their_names() {
        for (name, expected) in [
            ("Photos from 2023", FolderName::Year(2023)),
            ("Fotos von 1999", FolderName::Year(1999)),
            ("Fotos del 2021", FolderName::Year(2021)),
            ("2020", FolderName::Year(2020)),
            ("Summer 2019", FolderName::Year(2019)),
            ("Photos from 12023", FolderName::Other),
            ("Photos from 0023", FolderName::Other),
            ("Papierkorb", FolderName::Trash),
            ("Archive", FolderName::Archive),
            ("Locked Folder", FolderName::Locked),
            ("Untitled(3)", FolderName::Untitled),
            ("無題", FolderName::Untitled),
            ("Без названия(2)", FolderName::Untitled),
            ("Bin there", FolderName::Other),
            ("", FolderName::Other),
            ("é23", FolderName::Other),
        ] {
            assert_eq!(read_folder(name), expected, "{name}");
        }
    }

    #[test]
    fn numbers_and_endings_are_taken_apart() {
        assert_eq!(split_number("IMG_1(12)"), ("IMG_1", 12));
        for text in ["IMG_1", "IMG(01)", "IMG()", "(1)", "IMG(1234567)", "IMG(1", "IMG(a)", "IMG(１)", "IMG(0)"] {
            assert_eq!(split_number(text), (text, 0));
        }
        assert_eq!(split_number("a(1)(2)"), ("a(1)", 2));
        assert_eq!(split_ending("a.b.jpg"), ("a.b", ".jpg"));
        assert_eq!(split_ending("X.MP~2"), ("X", ".MP~2"));
        assert_eq!((split_ending("none"), split_ending(".nomedia")), (("none", ""), (".nomedia", "")));
    }

    #[test]
    fn code_units_are_counted_not_characters_nor_bytes() {
        assert_eq!(cut_utf16("a😀b", 3), "a😀");
        assert_eq!(cut_utf16("a😀b", 2), "a");
        assert_eq!(cut_utf16("äöü", 2), "äö");
        assert_eq!(len_utf16("a😀ä"), 4);
    }

    proptest! {
        #[test]
        fn any_path_is_refused_or_stays_inside(path in "([a-z.é/\\\\:\u{0}]|Takeout/|Google Photos/|\\.\\./){0,30}") {
            if let Ok(location) = read_path(&path) {
                prop_assert!(!location.name.is_empty() && location.name != "..");
                prop_assert!(!location.folder.split('/').any(|segment| segment == ".." || segment == "."));
            }
        }

        #[test]
        fn a_cut_is_a_beginning_and_not_too_long(text in "\\PC{0,60}", most in 0usize..60) {
            let cut = cut_utf16(&text, most);
            prop_assert!(text.starts_with(cut) && len_utf16(cut) <= most);
            prop_assert!(cut == text || len_utf16(cut) + 1 >= most);
        }

        #[test]
        fn forms_of_one_name_are_one_name(name in "[éüñàö]{1,20}[a-zA-Zé가-힣]{0,10}") {
            let decomposed: String = name.nfd().collect();
            prop_assert_eq!(nfc(&decomposed), nfc(&name));
            let once = folded(&name);
            prop_assert_eq!(folded(&once), once.clone());
        }
    }
}
