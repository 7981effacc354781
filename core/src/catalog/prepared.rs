//! A filter made ready for one catalog: what it says of texts and cameras is looked up, so that a row is only numbers.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use crate::photo::{Bounds, Camera, Kind, LocalHour};

use super::codec::{ARCHIVED, FAVORITE, HAS_PLACE, LOCKED, TRASHED, kind_number};
use super::{Clock, Filter, Hot, Orientation, RowSet, Selected, SizeClass, Source};

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
    source: Option<Source>,
    flags: WantedFlags,
    within: Option<Bounds>,
    selected: Option<Cow<'a, RowSet>>,
    /// Days and hours are read from the clock where each photo was taken, if anything tells of it.
    by_local_clocks: bool,
    weekday: Option<u8>,
    month: Option<u8>,
    size: Option<SizeClass>,
}

/// The flags that are asked for, and which of them must be set.
#[derive(Clone, Copy, Debug)]
struct WantedFlags {
    asked: u8,
    set: u8,
}

/// The numbers of the dictionary that name the camera that is asked for.
#[derive(Clone, Debug)]
struct Chosen {
    by_number: Vec<bool>,
    /// A number past the dictionary's end is an unknown camera.
    past_the_end: bool,
}

impl Filter {
    /// Makes it ready for a catalog with this dictionary of cameras. `matches` are the rows that its text finds and its
    /// albums hold, and that were exposed as it asks; where they are not known yet, these leave everything in.
    pub fn prepare<'a>(&self, cameras: &[Camera], matches: Option<&'a RowSet>) -> Prepared<'a> {
        self.prepare_with(cameras, matches, None)
    }

    /// Whether it asks for what the columns do not hold.
    fn is_looked_up(&self) -> bool {
        self.text.is_some() || !self.albums.is_empty() || self.exposed.asks()
    }

    /// The same where the rows that it names may be kept elsewhere: `kept` are those. Where they are not known any more,
    /// none are left in.
    pub fn prepare_with<'a>(
        &self,
        cameras: &[Camera],
        matches: Option<&'a RowSet>,
        kept: Option<&'a RowSet>,
    ) -> Prepared<'a> {
        let chosen = |wanted: &Camera| Chosen {
            by_number: cameras.iter().map(|camera| camera == wanted).collect(),
            past_the_end: *wanted == Camera::default(),
        };
        Prepared {
            days: self.days.map(|days| days.first.0..=days.last.0),
            hour: self.hour,
            kind: self.kind,
            cameras: self.camera.as_ref().map(chosen),
            matches: matches.filter(|_| self.is_looked_up()),
            orientation: self.orientation,
            source: self.source,
            flags: WantedFlags::of(self),
            within: self.within,
            selected: match &self.selected {
                None => None,
                Some(Selected::Rows(rows)) => Some(Cow::Owned(rows.clone())),
                Some(Selected::Kept(_)) => Some(kept.map_or_else(Cow::default, Cow::Borrowed)),
            },
            by_local_clocks: self.clock == Clock::Local,
            weekday: self.weekday,
            month: self.month,
            size: self.size,
        }
    }
}

impl Prepared<'_> {
    /// Whether it asks for nothing at all.
    pub(crate) fn leaves_all_in(&self) -> bool {
        !self.reads_time() && !self.reads_facts()
    }

    /// Whether it asks for days, hours or what is read from them.
    pub(super) fn reads_time(&self) -> bool {
        self.days.is_some() || self.hour.is_some() || self.weekday.is_some() || self.month.is_some()
    }

    /// Whether days and hours are read from the clock where each photo was taken.
    pub(crate) fn reads_local_clocks(&self) -> bool {
        self.by_local_clocks
    }

    /// Whether it asks for anything else.
    fn reads_facts(&self) -> bool {
        let looks_up = self.cameras.is_some() || self.matches.is_some() || self.selected.is_some();
        let is_flagged = self.source.is_some() || self.flags.asked != 0 || self.within.is_some() || self.size.is_some();
        looks_up || is_flagged || self.kind.is_some() || self.orientation.is_some()
    }

    /// Whether something taken in this hour is left in. What has no date is left in only when neither days nor an hour
    /// are asked for.
    pub(super) fn admits_time(&self, hour: Option<LocalHour>) -> bool {
        let Some(LocalHour { day, hour, .. }) = hour else { return !self.reads_time() };
        self.days.as_ref().is_none_or(|days| days.contains(&day.0))
            && self.hour.is_none_or(|wanted| wanted == hour)
            && self.weekday.is_none_or(|wanted| wanted == day.weekday())
            && self.month.is_none_or(|wanted| u32::from(wanted) == day.ymd().1)
    }

    /// The rows that are present and as asked for in all but their instants; `None` where that is all that are present.
    /// One fact after another, each only of those that are left: rows lie in the columns in this order.
    pub(super) fn facts(&self, hot: &Hot) -> Option<RowSet> {
        if !self.reads_facts() {
            return None;
        }
        let mut left = hot.present_rows();
        if let Some(matches) = self.matches {
            left.intersect(matches);
        }
        if let Some(selected) = &self.selected {
            left.intersect(selected);
        }
        if let Some(wanted) = self.kind.map(kind_number) {
            let kinds = hot.kind_column();
            left.retain(|row| kinds[row as usize] == wanted);
        }
        if let Some(chosen) = &self.cameras {
            let cameras = hot.camera_column();
            left.retain(|row| chosen.is(cameras[row as usize]));
        }
        if let Some(wanted) = self.orientation {
            left.retain(|row| Orientation::of(hot.width_px(row), hot.height_px(row)) == Some(wanted));
        }
        if let Some(wanted) = self.size {
            left.retain(|row| SizeClass::of(hot.width_px(row), hot.height_px(row)) == wanted);
        }
        if let Some(source) = self.source {
            left.retain(|row| source.is_of(hot.flags(row)));
        }
        if self.flags.asked != 0 {
            left.retain(|row| hot.flags(row) & self.flags.asked == self.flags.set);
        }
        if let Some(within) = &self.within {
            left.retain(|row| hot.is_within(row, within));
        }
        Some(left)
    }
}

impl WantedFlags {
    fn of(filter: &Filter) -> Self {
        let wanted = [
            (filter.place, HAS_PLACE),
            (filter.favorite.then_some(true), FAVORITE),
            (filter.archived, ARCHIVED),
            (filter.trashed, TRASHED),
            (filter.locked, LOCKED),
        ];
        let sum =
            |is: fn(bool) -> bool| wanted.iter().filter(|(want, _)| want.is_some_and(is)).map(|(_, bit)| bit).sum();
        Self { asked: sum(|_| true), set: sum(|want| want) }
    }
}

impl Chosen {
    fn is(&self, number: u16) -> bool {
        self.by_number.get(usize::from(number)).copied().unwrap_or(self.past_the_end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::codec::LocalFacts;
    use crate::catalog::codec::{HotSegment, encode_hot};
    use crate::catalog::shown;
    use crate::photo::{AlbumKey, Export, Place};

    #[test]
    fn a_part_of_the_earth_leaves_in_what_was_taken_there() {
        let mut segment = HotSegment::absent(4);
        segment.kind = vec![0, 1, 0, 0];
        let place = |latitude, longitude| {
            LocalFacts::of(&Export { place: Place::new(latitude, longitude, None), ..Export::default() })
        };
        segment.local = vec![place(48.2, 16.4), LocalFacts::NONE, place(-17.5, 180.0), place(48.3, 16.5)];
        let mut hot = Hot::new();
        hot.set_segment(0, &encode_hot(&segment)).unwrap();
        let rows = |south, west, north, east| {
            let filter = Filter { within: Bounds::new(south, west, north, east), ..Filter::default() };
            shown(&hot, &filter.prepare(&[], None), |utc_s| LocalHour::at(utc_s, 0, i64::MIN))
        };
        assert_eq!(rows(48.0, 16.0, 48.2, 16.4), [0], "edges are in it");
        assert_eq!(rows(48.0, 16.0, 49.0, 17.0), [0, 3]);
        assert_eq!(rows(-20.0, 175.0, 0.0, -175.0), [2]);
        assert_eq!(rows(-90.0, -180.0, 90.0, 180.0), [0, 2, 3], "what has no place is nowhere");
    }

    #[test]
    fn albums_leave_in_what_they_hold_as_soon_as_that_is_known() {
        let mut segment = HotSegment::absent(4);
        segment.kind = vec![0, 1, 255, 0];
        let mut hot = Hot::new();
        hot.set_segment(0, &encode_hot(&segment)).unwrap();
        let filter = Filter { albums: [AlbumKey(7)].into(), ..Filter::default() };
        let rows =
            |filter: &Filter, held| shown(&hot, &filter.prepare(&[], held), |utc_s| LocalHour::at(utc_s, 0, i64::MIN));
        // Row 2 is in the album and is not here any more.
        let (held, none) = (RowSet::from_iter([1, 2, 9]), RowSet::new());
        assert_eq!((rows(&filter, None), rows(&filter, Some(&held))), (vec![0, 1, 3], vec![1]));
        assert_eq!(rows(&filter, Some(&none)), [] as [u32; 0], "an empty album has no photo");
        assert_eq!(rows(&Filter::default(), Some(&held)), [0, 1, 3], "nobody asks for an album");
    }
}
