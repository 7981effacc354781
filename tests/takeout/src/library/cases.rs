//! What is odd about a photo. Each rule of names and each way in which a sidecar fails is a case.

use serde::{Deserialize, Serialize};

use super::evidence::{evidence, mute};
use super::{Home, Kind, Named, Origin, Pair, Photo, Sidecar, titles};
use crate::chance::Chance;
use crate::export::Style;
use crate::library::offset_s;
use crate::places::TOWNS;
use crate::time::zone;
use crate::words::{CREATIONS, EDITED};

/// What is odd about a photo.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Case {
    Plain,
    /// The same title as the photo before, in the same folder.
    Duplicate,
    EditedDuplicate,
    /// The title of the photo before, in other letters of the same.
    OtherLetterCase,
    /// A title whose name is cut for the media at 47 units, for the sidecar at 46.
    LongName,
    /// Like the one before, and only its 47th unit differs: the sidecars collide and the media do not.
    LongTwin,
    LongEmojiName,
    ShortEmojiName,
    /// The extension is cut as well.
    CutExtension,
    CutSupplement,
    NoExtension,
    ForbiddenSigns,
    /// The media file's name is decomposed, the sidecar's is not.
    Decomposed,
    /// Both are.
    BothDecomposed,
    NoBreakSpaces,
    TitleWithNumber,
    LiveMp4,
    LiveMov,
    LiveDuplicate,
    Motion,
    SecondMotion,
    OldMotion,
    Edited,
    EditedCutSuffix,
    /// Nothing is left of the suffix but its dash.
    EditedBareDash,
    /// Made by Google, with a sidecar of its own.
    Creation,
    /// Made by Google of a photo that is there, without a sidecar.
    CreationOfPhoto,
    /// `foo.json` beside `foo.jpg`; in exports of the old style.
    BareSidecar,
    /// `foo(1).jpg.supplemental-metadata.json`; in exports of the new style, with the photo before.
    NumberInside,
    NoSidecar,
    NoSidecarNoExif,
    BrokenSidecar,
    TimeZero,
    /// And nothing but the camera's clock says anything.
    TimeSilent,
    TimeFar,
    TimeWrong,
    Before1970,
    NoTimeAnywhere,
    PlaceInExifPartOnly,
    PlaceOfSidecarOnly,
    PlaceOfFileOnly,
    GpsTimeOnly,
    NameOnly,
    PersonsZone,
    Favorite,
    Archived,
    ArchivedInYear,
    Trashed,
    Locked,
    Partner,
    SharedAlbum,
    FailedVideo,
}

/// In an order in which those that need the photo before have a plain one there.
pub(super) const CASES: &[Case] = &[
    Case::Plain,
    Case::Duplicate,
    Case::EditedDuplicate,
    Case::Plain,
    Case::OtherLetterCase,
    Case::LongName,
    Case::LongTwin,
    Case::LongEmojiName,
    Case::ShortEmojiName,
    Case::CutExtension,
    Case::CutSupplement,
    Case::NoExtension,
    Case::ForbiddenSigns,
    Case::Decomposed,
    Case::BothDecomposed,
    Case::NoBreakSpaces,
    Case::TitleWithNumber,
    Case::LiveMp4,
    Case::LiveDuplicate,
    Case::LiveMov,
    Case::Motion,
    Case::SecondMotion,
    Case::OldMotion,
    Case::Edited,
    Case::EditedCutSuffix,
    Case::EditedBareDash,
    Case::Creation,
    Case::CreationOfPhoto,
    Case::BareSidecar,
    Case::Plain,
    Case::NumberInside,
    Case::NoSidecar,
    Case::NoSidecarNoExif,
    Case::BrokenSidecar,
    Case::TimeZero,
    Case::TimeSilent,
    Case::TimeFar,
    Case::TimeWrong,
    Case::Before1970,
    Case::NoTimeAnywhere,
    Case::PlaceInExifPartOnly,
    Case::PlaceOfSidecarOnly,
    Case::PlaceOfFileOnly,
    Case::GpsTimeOnly,
    Case::NameOnly,
    Case::PersonsZone,
    Case::Favorite,
    Case::Archived,
    Case::ArchivedInYear,
    Case::Trashed,
    Case::Locked,
    Case::Partner,
    Case::SharedAlbum,
    Case::FailedVideo,
];

/// Makes a plain photo odd; `None` where the case needs another photo before it, or another style of export.
pub(super) fn apply(photo: &mut Photo, before: Option<&Photo>, style: Style, chance: &mut Chance) -> Option<()> {
    match photo.case {
        Case::Plain => {}
        Case::Favorite => photo.favorited = true,
        Case::Archived | Case::ArchivedInYear => {
            photo.archived = true;
            if photo.case == Case::Archived {
                photo.home = Home::Archive;
            }
        }
        Case::Trashed => photo.home = Home::Trash,
        Case::Locked => photo.home = Home::Locked,
        Case::Partner => photo.origin = Origin::Partner,
        Case::SharedAlbum => (photo.home, photo.origin) = (Home::AlbumOnly, Origin::SharedAlbum),
        Case::FailedVideo => {
            become_kind(photo, Kind::Mp4);
            photo.home = Home::Failed;
            title(photo, "MOV{id}.mp4");
        }
        Case::LiveMp4 | Case::LiveMov | Case::LiveDuplicate | Case::Motion | Case::SecondMotion | Case::OldMotion => {
            moving(photo, before)?;
        }
        Case::Edited
        | Case::EditedCutSuffix
        | Case::EditedBareDash
        | Case::CreationOfPhoto
        | Case::Creation
        | Case::EditedDuplicate => edited(photo, before, chance)?,
        Case::NoSidecar
        | Case::NoSidecarNoExif
        | Case::BrokenSidecar
        | Case::TimeZero
        | Case::TimeSilent
        | Case::TimeFar
        | Case::TimeWrong
        | Case::Before1970
        | Case::NoTimeAnywhere => sidecar(photo, chance),
        Case::PlaceInExifPartOnly
        | Case::PlaceOfSidecarOnly
        | Case::PlaceOfFileOnly
        | Case::GpsTimeOnly
        | Case::NameOnly
        | Case::PersonsZone => evidence(photo),
        _ => names(photo, before, style)?,
    }
    Some(())
}

fn become_kind(photo: &mut Photo, kind: Kind) {
    photo.kind = kind;
    if kind.is_video() {
        photo.shot = None;
        photo.says.exif_local = kind == Kind::Mov;
        photo.says.exif_offset = kind == Kind::Mov;
        photo.says.gps_time = false;
    }
}

/// A still picture with Exif, whatever it was before.
pub(super) fn still(photo: &mut Photo, kind: Kind) {
    photo.kind = kind;
    photo.shot = photo.shot.filter(|_| kind.has_exif());
    photo.says.exif_offset &= photo.shot.is_some();
    photo.says.exif_local = photo.shot.is_some();
    photo.says.gps &= photo.shot.is_some();
    photo.says.gps_time &= photo.says.gps;
}

pub(super) fn title(photo: &mut Photo, pattern: &str) {
    photo.title = titles::fill(pattern, photo);
    photo.says.name = match pattern {
        _ if pattern.contains("{local}") => Named::Local,
        _ if pattern.contains("{utc}") => Named::Utc,
        _ => Named::Nothing,
    };
}

/// Puts a photo a minute behind another, in the same folder.
fn follow(photo: &mut Photo, before: Option<&Photo>) -> Option<()> {
    let before = before.filter(|before| before.home == Home::Year)?;
    let town = zone(TOWNS[photo.town].zone);
    photo.instant_s = before.instant_s + 60;
    if photo.year() != before.year() {
        photo.instant_s = before.instant_s - 60;
    }
    photo.offset_s = offset_s(&town, photo.instant_s);
    photo.kind = before.kind;
    Some(())
}

/// Gives a photo the title of the one before; its name then says nothing of its own time.
fn same_title(photo: &mut Photo, before: Option<&Photo>) -> Option<()> {
    let before = before.filter(|before| before.says.name == Named::Nothing && !before.kind.is_video())?;
    let kind = before.kind;
    follow(photo, Some(before))?;
    still(photo, kind);
    photo.title.clone_from(&before.title);
    photo.says.name = Named::Nothing;
    Some(())
}

fn names(photo: &mut Photo, before: Option<&Photo>, style: Style) -> Option<()> {
    if matches!(photo.case, Case::Duplicate | Case::NumberInside) {
        if photo.case == Case::NumberInside && style == Style::Old {
            return None;
        }
        return same_title(photo, before.filter(|before| before.case == Case::Plain));
    }
    if photo.case == Case::OtherLetterCase {
        same_title(photo, before.filter(|before| before.case == Case::Plain))?;
        let lower = photo.title.to_lowercase();
        photo.title = if lower == photo.title { photo.title.to_uppercase() } else { lower };
        return Some(());
    }
    if photo.case == Case::LongTwin {
        let before = before.filter(|before| before.case == Case::LongName)?;
        follow(photo, Some(before))?;
        still(photo, Kind::Jpeg);
        // The 47th unit of the name is the last letter of the word before it is cut.
        photo.title = before.title.replace("ORIGINAL", "ORIGINBL");
        photo.says.name = before.says.name;
        return (photo.title != before.title).then_some(());
    }
    still(photo, Kind::Jpeg);
    match photo.case {
        Case::LongName => title(photo, "PIC_{six}09_203449253.LONG_EXPOSURE-02.ORIGINAL.jpg"),
        Case::LongEmojiName => title(photo, "🏔🎿🏔🎿🏔🎿🏔🎿🏔🎿🏔🎿🏔🎿🏔🎿 {id} und noch mehr davon.jpg"),
        Case::ShortEmojiName => title(photo, "Ski 🎿 {id}.jpg"),
        Case::CutExtension => title(photo, "05yqt21kruxwwlhhgrwrdyb6chhwszi9bqm{six} 2.jpg"),
        Case::CutSupplement => title(photo, "Screenshot_{six}27_123303_Facebook.jpg"),
        Case::NoExtension => title(photo, "2003{id}"),
        Case::ForbiddenSigns => title(photo, "What? this & that/{id}.jpg"),
        Case::Decomposed => title(photo, "Überflüssige Ärmel é {id}.jpg"),
        Case::BothDecomposed => title(photo, "Größe ñ Å {id}.jpg"),
        Case::NoBreakSpaces => title(photo, "Screenshot {id}\u{A0}at 8.30.00\u{202F}AM.jpg"),
        Case::TitleWithNumber => title(photo, "holiday {id}(1).jpg"),
        Case::BareSidecar if style == Style::Old => title(photo, "scan {id}.jpg"),
        _ => return None,
    }
    Some(())
}

fn moving(photo: &mut Photo, before: Option<&Photo>) -> Option<()> {
    match photo.case {
        Case::LiveDuplicate => {
            let before = before.filter(|before| before.pair.is_some())?;
            same_title(photo, Some(before))?;
            photo.pair = before.pair;
        }
        Case::LiveMp4 | Case::LiveMov => {
            still(photo, Kind::Heic);
            title(photo, "IMG_{id}.HEIC");
            photo.pair = Some(if photo.case == Case::LiveMp4 { Pair::Mp4 } else { Pair::Mov });
        }
        Case::OldMotion => {
            still(photo, Kind::Jpeg);
            title(photo, "MVIMG_{local}.jpg");
            photo.pair = Some(Pair::Mp4);
        }
        _ => {
            still(photo, Kind::Jpeg);
            title(photo, "PXL_{utc}{ms}.MP.jpg");
            photo.pair = Some(if photo.case == Case::Motion { Pair::Mp } else { Pair::Mp2 });
        }
    }
    Some(())
}

fn edited(photo: &mut Photo, before: Option<&Photo>, chance: &mut Chance) -> Option<()> {
    // Once a suffix for each language, and then by chance.
    let suffix = EDITED.get((photo.id / 7) as usize % EDITED.len()).copied().unwrap_or(EDITED[0]);
    if photo.case == Case::EditedDuplicate {
        same_title(photo, before.filter(|before| matches!(before.case, Case::Plain | Case::Duplicate)))?;
        photo.edited = Some(suffix);
        return Some(());
    }
    still(photo, Kind::Jpeg);
    match photo.case {
        Case::Creation => {
            title(photo, &format!("IMG_{{id}}{}.jpg", chance.one(CREATIONS)));
            photo.origin = Origin::Composition;
        }
        Case::CreationOfPhoto => {
            title(photo, "IMG_{id}.jpg");
            photo.edited = Some(*chance.one(CREATIONS));
        }
        Case::EditedCutSuffix => {
            // Forty-four units: "-ed" is left of it in any language whose word begins so.
            title(photo, "original_6f0d8a34-1b2c-4d5e-8f90-a1b2_{six}.jpg");
            photo.edited = Some("-edited");
        }
        Case::EditedBareDash => {
            title(photo, "original_6f0d8a34-1b2c-4d5e-8f90-a1b2_{six}_n.jpg");
            photo.edited = Some("-edited");
        }
        _ => {
            title(photo, "IMG_{id}.jpg");
            photo.edited = Some(suffix);
        }
    }
    Some(())
}

fn sidecar(photo: &mut Photo, chance: &mut Chance) {
    if !matches!(photo.kind, Kind::Jpeg | Kind::Heic) {
        still(photo, Kind::Jpeg);
    }
    // A name that tells the time would be one more witness.
    title(photo, if photo.kind == Kind::Heic { "IMG_{id}.HEIC" } else { "DSC{id}.JPG" });
    photo.says.sidecar = match photo.case {
        Case::NoSidecar | Case::NoSidecarNoExif => Sidecar::Missing,
        Case::BrokenSidecar => Sidecar::Broken,
        Case::TimeZero | Case::NoTimeAnywhere => Sidecar::Zero,
        Case::TimeSilent => Sidecar::Silent,
        Case::TimeFar => Sidecar::Far,
        // No zone is off by this.
        Case::TimeWrong => Sidecar::Off(*chance.one(&[263_843, -97_111, 1_000_007])),
        _ => Sidecar::Right,
    };
    match photo.case {
        Case::NoSidecarNoExif | Case::NoTimeAnywhere => mute(photo),
        Case::TimeSilent => {
            // The camera's clock, and not a word of its zone.
            let says = &mut photo.says;
            (says.exif_offset, says.gps, says.gps_time) = (false, false, false);
            (says.geo_data, says.geo_data_exif) = (false, false);
        }
        Case::Before1970 => {
            mute(photo);
            photo.instant_s = -(1_000_000 + chance.below(400_000_000) as i64);
            photo.offset_s = offset_s(&zone(TOWNS[photo.town].zone), photo.instant_s);
        }
        _ => {}
    }
}
