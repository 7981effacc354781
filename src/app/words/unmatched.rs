//! A sentence for every file of an export that could not be matched or read, and for every archive.

use albumen_core::ports::FileError;
use albumen_core::protocol::Why;
use albumen_core::takeout::archive::{ArchiveError, Fault, Flaw};
use albumen_core::takeout::matching::{Ignored, Reason};
use albumen_core::takeout::names::PathProblem;
use albumen_core::takeout::sidecar::{Field, JsonError, SidecarProblem};

use super::{Numbers, bytes};

/// What a value that comes from a file may take of a sentence, in characters.
const LONGEST_VALUE: usize = 60;

/// Why a file could not be matched, or what is wrong with it.
pub fn why(why: &Why, numbers: Numbers) -> String {
    match why {
        Why::Unmatched(given) => reason(*given).to_owned(),
        Why::Flaw(given) => flaw(given, numbers),
        Why::Path(given) => path_problem(*given).to_owned(),
        Why::Sidecar(given) => sidecar_problem(given),
    }
}

/// Why a file could not be matched.
pub fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::NoSidecar => {
            "The photo is shown, but no part holds what Google says of it: its date and place come from the file alone. A part may be missing."
        }
        Reason::BrokenSidecar => {
            "The photo is shown, but what Google says of it is damaged: its date and place come from the file alone."
        }
        Reason::NoPhoto => {
            "This says something of a photo that is in none of the parts. The part with the photo may be missing."
        }
        Reason::BadJson(JsonError::NotJson) => "The file is damaged: it should be JSON and is not.",
        Reason::BadJson(JsonError::TooLarge) => "The file is called JSON, but is far too large for what Google writes.",
        Reason::Unreadable => "Its bytes could not be read: they are encrypted, cut off or damaged.",
        Reason::NotRead => "It was not read yet: the import stopped before it.",
        Reason::UnknownJson => "It is JSON, but of no photo and no album.",
        Reason::UnknownKind => "It is neither a photo nor a video by its name, and nothing says that it is one.",
        Reason::SamePath => "Another file has the same path. That one was taken, and this one was left out.",
    }
}

/// The same, of many, to stand before a number.
pub fn reason_name(reason: Reason) -> &'static str {
    match reason {
        Reason::NoSidecar => "Without what Google says of them",
        Reason::BrokenSidecar => "What Google says of them is damaged",
        Reason::NoPhoto => "Their photo is in no part",
        Reason::BadJson(JsonError::NotJson) => "Damaged JSON",
        Reason::BadJson(JsonError::TooLarge) => "JSON that is too large",
        Reason::Unreadable => "Could not be read",
        Reason::NotRead => "Not read yet",
        Reason::UnknownJson => "JSON of no photo and no album",
        Reason::UnknownKind => "Neither photo nor video",
        Reason::SamePath => "A second file of the same path",
    }
}

/// Why files say nothing of a photo, to stand before a number.
pub fn ignored_name(ignored: Ignored) -> &'static str {
    match ignored {
        Ignored::KnownJson => "Print orders, comments, titles of memories",
        Ignored::Page => "Google's own page about the export",
        Ignored::Litter => "Left by the system in folders and archives",
        Ignored::OtherProduct => "Of other Google products",
    }
}

/// Why a path is not read.
pub fn path_problem(problem: PathProblem) -> &'static str {
    match problem {
        PathProblem::Empty => "The file has no name.",
        PathProblem::TooLong => "The file's path is longer than any system allows.",
        PathProblem::LeadsOut => "The file's path leads out of its archive, so it is not touched.",
        PathProblem::Control => "The file's path has characters that no file has.",
    }
}

/// What is wrong with a file of an archive.
pub fn flaw(flaw: &Flaw, numbers: Numbers) -> String {
    match flaw {
        Flaw::Encrypted => "It is encrypted. Unpack the archive with its password, and choose the folder.".to_owned(),
        Flaw::Method(method) => format!(
            "It is packed in a way that is not known here (method {method}). Unpack the archive, and choose the folder."
        ),
        Flaw::NameEmpty => "It has no name in its archive.".to_owned(),
        Flaw::NameEscapes => "Its name leads out of the archive, so it is not touched.".to_owned(),
        Flaw::NameControls => "Its name has signs that no name has.".to_owned(),
        Flaw::NameTooLong { bytes } => format!("Its name is {} characters long.", numbers(*bytes as f64, 0)),
        Flaw::NotAFile => "It is no ordinary file, but a link or a device.".to_owned(),
        Flaw::TooLarge { size, limit } => {
            format!("It has {}, more than the {} that are taken.", bytes(*size, numbers), bytes(*limit, numbers))
        }
        Flaw::Bomb { size, packed } => format!(
            "Its {} would become {}, which no photo and no text does, so it is not unpacked.",
            bytes(*packed, numbers),
            bytes(*size, numbers)
        ),
        Flaw::BeyondEnd => {
            "It is said to lie behind the end of its archive. Download this part again, it may be cut off.".to_owned()
        }
        Flaw::Overlaps => "It is said to lie where another file lies. Download this part again.".to_owned(),
        Flaw::Disagrees => {
            "The archive's list says something else of it than its place. Download this part again.".to_owned()
        }
        Flaw::Damaged => "Its bytes are damaged. Download this part again.".to_owned(),
        Flaw::OtherSize { size } => {
            format!("It has other than the {} that it should have. Download this part again.", bytes(*size, numbers))
        }
        Flaw::CutOff => "The archive ends in the middle of it. Download this part again.".to_owned(),
        Flaw::Streamed => {
            "It can only be read with all that is packed before it, which has passed. Add the part again.".to_owned()
        }
        Flaw::File(error) => file(error),
    }
}

/// An archive that cannot be read, or not to its end, and what to do now.
pub fn archive(error: &ArchiveError, numbers: Numbers) -> String {
    match &error.fault {
        Fault::Unknown => {
            "This is no .zip, .tgz or .tar. Choose the files as Takeout gave them, or the folder they were unpacked to."
                .to_owned()
        }
        Fault::CutOff => {
            "The end of this part is missing: the download was cut off. What was found before counts. Download it again, and add it here."
                .to_owned()
        }
        Fault::Split => {
            "This is one of several pieces of a single zip, which only belong together. Put them together or unpack them, and choose the folder."
                .to_owned()
        }
        Fault::Directory { at } => format!(
            "The list of files in this part is damaged ({} into it). Download it again, and add it here.",
            bytes(*at, numbers)
        ),
        Fault::Encrypted => {
            "The list of files in this part is encrypted. Unpack it with its password, and choose the folder.".to_owned()
        }
        Fault::TooMany { entries } => format!(
            "This part says that it holds {} files, more than are taken. Unpack it, and choose the folder.",
            numbers(*entries as f64, 0)
        ),
        Fault::DirectoryTooLarge { bytes: size } => format!(
            "The list of files in this part has {}, more than is taken. Unpack it, and choose the folder.",
            bytes(*size, numbers)
        ),
        Fault::NoTar => "This is packed with gzip, but is no export: there are no files in it.".to_owned(),
        Fault::Damaged { at } => format!(
            "This part is damaged {} into it. What was found before counts. Download it again, and add it here.",
            bytes(*at, numbers)
        ),
        Fault::Bomb { unpacked, packed } => format!(
            "{} of this part have become {}, which no photos do, so it is not unpacked further.",
            bytes(*packed, numbers),
            bytes(*unpacked, numbers)
        ),
        Fault::Changed => {
            "This part was changed while it was read. Wait until its download is done, and add it again.".to_owned()
        }
        Fault::File(error) => file(error),
    }
}

fn file(error: &FileError) -> String {
    match error {
        FileError::Gone => {
            "The file is gone, or was changed since it was chosen. Choose it again to go on with it.".to_owned()
        }
        FileError::Failed { message } => {
            format!("The browser could not read the file ({}). Choose it again to go on with it.", shortened(message))
        }
    }
}

/// Something in a JSON file that cannot be. The rest of it was taken.
pub fn sidecar_problem(problem: &SidecarProblem) -> String {
    match problem {
        SidecarProblem::NoTime => "It does not say when the photo was taken.".to_owned(),
        SidecarProblem::ZeroTime => {
            "It says that the photo was taken as 1970 began, which is how Google writes that it does not know."
                .to_owned()
        }
        SidecarProblem::BadTime { field, value } => {
            format!("Its {} is no time of a photo: “{}”. It is left out.", field_name(*field), shortened(value))
        }
        SidecarProblem::BadPlace { field, value } => {
            format!("Its {} is no place on Earth: “{}”. It is left out.", field_name(*field), shortened(value))
        }
        SidecarProblem::BadKind { field } => {
            format!("Its {} is of another kind than it should be, and is left out.", field_name(*field))
        }
        SidecarProblem::TooLong { field } => format!("Its {} is very long, and was cut.", field_name(*field)),
        SidecarProblem::ForeignUrl { field } => {
            format!("Its {} does not lead to Google Photos, and is left out.", field_name(*field))
        }
    }
}

fn field_name(field: Field) -> &'static str {
    match field {
        Field::Title => "title",
        Field::Description => "description",
        Field::PhotoTakenTime => "time of capture",
        Field::CreationTime => "time of upload",
        Field::GeoData => "place in Google Photos",
        Field::GeoDataExif => "place in the file",
        Field::People => "list of people",
        Field::Origin => "origin",
        Field::Url => "address in Google Photos",
        Field::Date => "date",
        Field::Access => "way of sharing",
    }
}

/// Values come from files, as long as they like.
fn shortened(value: &str) -> String {
    let mut kept: String = value.chars().take(LONGEST_VALUE).collect();
    if kept.len() < value.len() {
        kept.push('…');
    }
    kept
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::plain_numbers;
    use super::*;

    /// Each is a sentence of its own, and none is the name of a value.
    fn told(sentences: &[String]) {
        for sentence in sentences {
            assert!(sentence.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit()), "{sentence}");
            assert!(sentence.ends_with('.') && sentence.len() > 15 && !sentence.contains('{'), "{sentence}");
        }
        let distinct: BTreeSet<&String> = sentences.iter().collect();
        assert_eq!(distinct.len(), sentences.len(), "two of them share a sentence: {sentences:?}");
    }

    fn reasons() -> Vec<Reason> {
        vec![
            Reason::NoSidecar,
            Reason::BrokenSidecar,
            Reason::NoPhoto,
            Reason::BadJson(JsonError::NotJson),
            Reason::BadJson(JsonError::TooLarge),
            Reason::Unreadable,
            Reason::NotRead,
            Reason::UnknownJson,
            Reason::UnknownKind,
            Reason::SamePath,
        ]
    }

    fn flaws() -> Vec<Flaw> {
        vec![
            Flaw::Encrypted,
            Flaw::Method(98),
            Flaw::NameEmpty,
            Flaw::NameEscapes,
            Flaw::NameControls,
            Flaw::NameTooLong { bytes: 10_000 },
            Flaw::NotAFile,
            Flaw::TooLarge { size: 6_000_000, limit: 4_000_000 },
            Flaw::Bomb { size: 4_000_000_000, packed: 4_000 },
            Flaw::BeyondEnd,
            Flaw::Overlaps,
            Flaw::Disagrees,
            Flaw::Damaged,
            Flaw::OtherSize { size: 12 },
            Flaw::CutOff,
            Flaw::Streamed,
            Flaw::File(FileError::Gone),
            Flaw::File(FileError::Failed { message: "NotReadableError".into() }),
        ]
    }

    fn faults() -> Vec<Fault> {
        vec![
            Fault::Unknown,
            Fault::CutOff,
            Fault::Split,
            Fault::Directory { at: 12_000_000 },
            Fault::Encrypted,
            Fault::TooMany { entries: 90_000_000 },
            Fault::DirectoryTooLarge { bytes: 9_000_000_000 },
            Fault::NoTar,
            Fault::Damaged { at: 77_000 },
            Fault::Bomb { unpacked: 9_000_000_000, packed: 9_000 },
            Fault::Changed,
            Fault::File(FileError::Gone),
            Fault::File(FileError::Failed { message: "NotReadableError".into() }),
        ]
    }

    #[test]
    fn every_reason_every_flaw_and_every_path_has_its_sentence() {
        let of = |all: Vec<Why>| all.iter().map(|one| why(one, plain_numbers)).collect::<Vec<String>>();
        told(&of(reasons().into_iter().map(Why::Unmatched).collect()));
        told(&of(flaws().into_iter().map(Why::Flaw).collect()));
        let paths = [PathProblem::Empty, PathProblem::TooLong, PathProblem::LeadsOut, PathProblem::Control];
        told(&of(paths.map(Why::Path).into()));
        let names: BTreeSet<&str> = reasons().into_iter().map(reason_name).collect();
        assert_eq!(names.len(), reasons().len());
        let ignored = [Ignored::KnownJson, Ignored::Page, Ignored::Litter, Ignored::OtherProduct];
        assert_eq!(ignored.into_iter().map(ignored_name).collect::<BTreeSet<_>>().len(), ignored.len());
    }

    #[test]
    fn every_broken_archive_is_told_with_what_to_do() {
        let said = |fault| archive(&ArchiveError { file: "takeout-003.zip".into(), fault }, plain_numbers);
        told(&faults().into_iter().map(said).collect::<Vec<_>>());
        assert!(said(Fault::CutOff).contains("Download it again"));
        assert!(said(Fault::Encrypted).contains("password"));
    }

    #[test]
    fn every_field_that_cannot_be_is_told() {
        let fields = [
            Field::Title,
            Field::Description,
            Field::PhotoTakenTime,
            Field::CreationTime,
            Field::GeoData,
            Field::GeoDataExif,
            Field::People,
            Field::Origin,
            Field::Url,
            Field::Date,
            Field::Access,
        ];
        let mut problems = vec![SidecarProblem::NoTime, SidecarProblem::ZeroTime];
        for field in fields {
            problems.extend([
                SidecarProblem::BadTime { field, value: "-1".into() },
                SidecarProblem::BadPlace { field, value: "999".into() },
                SidecarProblem::BadKind { field },
                SidecarProblem::TooLong { field },
                SidecarProblem::ForeignUrl { field },
            ]);
        }
        told(&problems.into_iter().map(|problem| why(&Why::Sidecar(problem), plain_numbers)).collect::<Vec<_>>());
    }

    #[test]
    fn what_a_file_says_is_told_in_short() {
        let value = "9".repeat(10_000);
        let said = sidecar_problem(&SidecarProblem::BadTime { field: Field::PhotoTakenTime, value });
        assert!(said.len() < 150 && said.contains("999…"), "{said}");
    }
}
