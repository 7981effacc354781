//! What a photo is called, for those who do not see it.

use albumen_core::photo::Kind;

use crate::app::actions::Actions;
use crate::app::services::DateStyle;

/// "Photo, June 12, 2019 at 2:22:33 PM"
pub(super) fn photo_words(actions: Actions, row: u32) -> String {
    let (kind, taken_s) = actions.state.with_hot_untracked(|hot| (hot.kind(row), hot.taken_s(row)));
    let what = match kind {
        Kind::Photo => "Photo",
        Kind::Video => "Video",
    };
    match taken_s {
        Some(taken_s) => {
            let civil_s = taken_s + i64::from(actions.zone().offset_min(taken_s)) * 60;
            format!("{what}, {}", actions.services.date(civil_s, DateStyle::DateAndTime))
        }
        None => format!("{what} without a date"),
    }
}
