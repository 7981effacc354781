//! Sentences for bytes of a photo or video that this page cannot have.

use albumen_core::protocol::{Original, Thumbnail};

use super::{Numbers, bytes};

/// What they were wanted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    Save,
    Play,
}

/// Why the page cannot have them, and what a person can do. `limit` is how many bytes the page would take, where there
/// are more. `is_pretend`: in the pretend library, where there is no other tab to go to.
pub fn not_readable(
    purpose: Purpose,
    is_video: bool,
    limit: Option<u64>,
    is_pretend: bool,
    numbers: Numbers,
) -> String {
    let what = if is_video { "video" } else { "photo" };
    let why = match (limit, is_video) {
        (Some(limit), _) => format!("This {what} is larger than the {} that this page takes.", bytes(limit, numbers)),
        (None, true) => "Google did not let this page read the bytes of this video.".to_owned(),
        (None, false) => "Google does not let this page read the bytes of this photo.".to_owned(),
    };
    let then = match (is_pretend, purpose) {
        (true, _) => "With your own library a link to it would stand here.",
        (false, Purpose::Save) => "Open it in a new tab, and save it from there.",
        (false, Purpose::Play) => "Open it in a new tab, where the browser plays or saves it.",
    };
    format!("{why} {then}")
}

/// The part of an export that holds it is not at hand.
pub fn part_away(part: &str) -> String {
    format!("“{part}” holds it, and is not at hand. Add that file again on the Import page.")
}

/// Why an export does not give the whole of a photo or video; of an original that it gives nothing is said.
pub fn not_in_export(original: &Original, numbers: Numbers) -> String {
    match original {
        Original::PartAway { part } => part_away(part),
        Original::Packed { part } => format!(
            "“{part}” can only be read from its beginning on. Unpack it, and add the folder on the Import page."
        ),
        Original::TooLarge { part, size, limit } => {
            let (size, limit) = (bytes(*size, numbers), bytes(*limit, numbers));
            format!(
                "It is packed in “{part}”, and its {size} are more than the {limit} that this page unpacks. Unpack the archive, and add the folder on the Import page."
            )
        }
        Original::Broken { part } => {
            format!("“{part}” is damaged where this file lies. Download that part again, and add it.")
        }
        _ => String::new(),
    }
}

/// Why an export gives no small picture of a photo.
pub fn no_thumbnail(why: &Thumbnail) -> String {
    match why {
        Thumbnail::Here { .. } => String::new(),
        Thumbnail::PartAway { part } => part_away(part),
        Thumbnail::Unknown { mime_type } if mime_type.starts_with("video/") => "Open it to play the video.".to_owned(),
        Thumbnail::Unknown { mime_type } => format!("This browser does not show pictures of type {mime_type}."),
        Thumbnail::Passed => {
            "Only what was kept while its .tgz was read can be shown. Unpack it, and add the folder on the Import page."
                .to_owned()
        }
        Thumbnail::Broken => "Its file in the export is damaged.".to_owned(),
        Thumbnail::NotHere => "No part that is known holds its file.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::plain_numbers;
    use super::*;

    #[test]
    fn each_says_why_and_what_to_do() {
        let said =
            |purpose, is_video, limit, is_pretend| not_readable(purpose, is_video, limit, is_pretend, plain_numbers);
        let video = said(Purpose::Play, true, None, false);
        assert_eq!(
            video,
            "Google did not let this page read the bytes of this video. Open it in a new tab, where the browser plays or saves it."
        );
        assert!(said(Purpose::Save, false, None, false).contains("this photo. Open it in a new tab, and save"));
        assert!(said(Purpose::Save, false, Some(67_108_864), false).starts_with("This photo is larger than the 67"));
        assert!(
            said(Purpose::Save, true, None, true).ends_with("With your own library a link to it would stand here.")
        );
    }
}
