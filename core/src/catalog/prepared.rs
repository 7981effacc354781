//! A filter made ready for one catalog: what it says of texts and cameras is looked up, so that a row is only numbers.

use std::ops::RangeInclusive;

use crate::photo::{Camera, DayReader, Kind};

use super::codec::{ABSENT, kind_number};
use super::{Filter, Hot, Orientation, RowSet};

/// A filter made ready for one catalog, by [`Filter::prepare`].
#[derive(Clone, Debug)]
pub struct Prepared<'a> {
    /// From the first to the last day.
    days: Option<RangeInclusive<i32>>,
    hour: Option<u8>,
    kind: Option<Kind>,
    cameras: Option<Chosen>,
    matches: Option<&'a RowSet>,
    orientation: Option<Orientation>,
    has_place: bool,
    favorite: bool,
}

/// The numbers of the dictionary that name the camera that is asked for.
#[derive(Clone, Debug)]
struct Chosen {
    by_number: Vec<bool>,
    /// A number past the dictionary's end is an unknown camera.
    past_the_end: bool,
}

impl Filter {
    /// Makes it ready for a catalog with this dictionary of cameras. `matches` are the rows that its text finds; where
    /// they are not known yet, the text leaves everything in.
    pub fn prepare<'a>(&self, cameras: &[Camera], matches: Option<&'a RowSet>) -> Prepared<'a> {
        let chosen = |wanted: &Camera| Chosen {
            by_number: cameras.iter().map(|camera| camera == wanted).collect(),
            past_the_end: *wanted == Camera::default(),
        };
        Prepared {
            days: self.days.map(|days| days.first.0..=days.last.0),
            hour: self.hour,
            kind: self.kind,
            cameras: self.camera.as_ref().map(chosen),
            matches: matches.filter(|_| self.text.is_some()),
            orientation: self.orientation,
            has_place: self.has_place,
            favorite: self.favorite,
        }
    }
}

impl Prepared<'_> {
    /// Whether it asks for days or hours.
    pub(super) fn reads_time(&self) -> bool {
        self.days.is_some() || self.hour.is_some()
    }

    /// Whether it asks for anything else.
    pub(super) fn reads_facts(&self) -> bool {
        let looks_up = self.cameras.is_some() || self.matches.is_some();
        looks_up || self.kind.is_some() || self.orientation.is_some() || self.has_place || self.favorite
    }

    /// Whether something taken at this second of the local clock is left in. What has no date is left in only when
    /// neither days nor an hour are asked for.
    pub(super) fn admits_time(&self, reader: &mut DayReader, local_s: Option<i64>) -> bool {
        let Some(local_s) = local_s else { return !self.reads_time() };
        self.days.as_ref().is_none_or(|days| days.contains(&reader.day(local_s).0))
            && self.hour.is_none_or(|wanted| wanted == reader.hour(local_s))
    }

    /// Whether a row is present and all but its instant is as asked for.
    pub(super) fn admits_facts(&self, hot: &Hot, row: u32) -> bool {
        let kind = hot.kind_column().get(row as usize).copied().unwrap_or(ABSENT);
        kind != ABSENT
            && self.kind.is_none_or(|wanted| kind_number(wanted) == kind)
            && self.matches.is_none_or(|matches| matches.contains(row))
            && self.cameras.as_ref().is_none_or(|chosen| chosen.is(hot.camera(row)))
            && self
                .orientation
                .is_none_or(|wanted| Orientation::of(hot.width_px(row), hot.height_px(row)) == Some(wanted))
            && (!self.has_place || hot.has_place(row))
            && (!self.favorite || hot.is_favorite(row))
    }
}

impl Chosen {
    fn is(&self, number: u16) -> bool {
        self.by_number.get(usize::from(number)).copied().unwrap_or(self.past_the_end)
    }
}
