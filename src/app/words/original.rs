//! Sentences for bytes of a photo or video that this page cannot have.

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
