//! Whose word counts when a media item comes again.
//!
//! Of a row that both the account and an export tell of, the account says what it is called and described as, of which
//! type it is and where its page is; the export, which has the file itself, says when it was taken, how large it is and
//! with which camera and how it was exposed; and it alone knows local time, place, marks and people. Whoever is not the
//! one to say a thing says it where the other one is silent.

use super::codec::{ABSENT, ACCOUNT, ARCHIVED, FAVORITE, HAS_PLACE, LOCKED, LocalFacts, TAKEOUT, TRASHED};
use super::source::Source;
use crate::photo::{Camera, Export, Exposure, Marks, MediaItem};

/// Which of two words on the same thing counts, where both say something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counts {
    Newest,
    Known,
}

/// What counts of an item that comes to a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rule {
    /// For name, description, type, kind and address.
    pub(super) names: Counts,
    /// For the instant, the size, camera and exposure.
    pub(super) facts: Counts,
    /// Whether an empty description says that there is none: Google leaves empty ones out. What an export describes is
    /// not deleted by an account that does not.
    pub(super) erases_description: bool,
}

impl Rule {
    /// For an item that comes to a row of this kind and these flags.
    pub(super) fn of(kind: u8, flags: u8, item: &MediaItem) -> Self {
        let tells = |source: Source| kind != ABSENT && source.is_of(flags);
        let (names, facts) = match &item.export {
            None if tells(Source::Takeout) => (Counts::Newest, Counts::Known),
            Some(export) if !export.is_in_account && tells(Source::Account) => (Counts::Known, Counts::Newest),
            // What says that it is in the account was merged with the account's word already.
            _ => (Counts::Newest, Counts::Newest),
        };
        Self { names, facts, erases_description: names == Counts::Newest && facts == Counts::Newest }
    }
}

impl Counts {
    /// For a fact.
    pub(super) fn fact<T>(self, known: Option<T>, new: Option<T>) -> Option<T> {
        match self {
            Self::Newest => new.or(known),
            Self::Known => known.or(new),
        }
    }

    /// For a text: an empty one says nothing.
    pub(super) fn text(self, known: String, new: &str) -> String {
        let is_known = new.is_empty() || self == Self::Known && !known.is_empty();
        if is_known { known } else { new.to_owned() }
    }

    pub(super) fn camera(self, known: Camera, new: &Camera) -> Camera {
        Camera { make: self.text(known.make, &new.make), model: self.text(known.model, &new.model) }
    }

    pub(super) fn exposure(self, known: &Exposure, new: &Exposure) -> Exposure {
        Exposure {
            f_number: self.fact(known.f_number, new.f_number),
            exposure_s: self.fact(known.exposure_s, new.exposure_s),
            iso: self.fact(known.iso, new.iso),
            focal_length_mm: self.fact(known.focal_length_mm, new.focal_length_mm),
            frames_per_s: self.fact(known.frames_per_s, new.frames_per_s),
        }
    }
}

/// The flags of a row once an item has come to it.
pub(super) fn flags_with(kind: u8, flags: u8, item: &MediaItem) -> u8 {
    let is_known = kind != ABSENT;
    match item.export.as_deref() {
        None if is_known && Source::Takeout.is_of(flags) => flags | ACCOUNT,
        None => flags,
        Some(export) => {
            let is_in_account = export.is_in_account || is_known && Source::Account.is_of(flags);
            let account = if is_in_account { ACCOUNT } else { 0 };
            export_flags(export) | TAKEOUT | account
        }
    }
}

/// An export's marks, and whether it knows the place.
fn export_flags(export: &Export) -> u8 {
    let Marks { favorited, archived, trashed, locked } = export.marks;
    let has_place = LocalFacts::of(export).place().is_some();
    let bits =
        [(favorited, FAVORITE), (has_place, HAS_PLACE), (archived, ARCHIVED), (trashed, TRASHED), (locked, LOCKED)];
    bits.into_iter().filter(|(is_set, _)| *is_set).map(|(_, bit)| bit).sum()
}

/// The marks that flags hold.
pub(super) fn marks_of(flags: u8) -> Marks {
    let is_set = |bit: u8| flags & bit != 0;
    Marks { favorited: is_set(FAVORITE), archived: is_set(ARCHIVED), trashed: is_set(TRASHED), locked: is_set(LOCKED) }
}
