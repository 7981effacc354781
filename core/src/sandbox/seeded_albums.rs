//! The albums that the app has made in the seeded library: one for each trip, some across them, one that is empty.

use std::ops::Range;

use super::calendar::Day;
use super::people::Landscape;
use super::shelf::Shelf;

/// Nobody puts more into an album of one trip, however many were taken; well below Google's 20,000 (Google: Library API,
/// albums.batchAddMediaItems).
const MOST_ITEMS: u32 = 400;

/// An album of the seeded library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SeededAlbum {
    pub(super) title: String,
    /// Whether it was ever made: nobody makes one of a trip without pictures.
    pub(super) is_made: bool,
    /// The numbers of its items, ascending, no two ranges touching or empty.
    pub(super) indexes: Vec<Range<u32>>,
}

impl SeededAlbum {
    fn of_days(shelf: &Shelf, title: impl Into<String>, days: impl Iterator<Item = Range<Day>>) -> Self {
        let mut left = MOST_ITEMS;
        let mut indexes: Vec<Range<u32>> = Vec::new();
        for days in days {
            let (start, end) = (shelf.of_day(days.start).start, shelf.of_day(days.end).start);
            let end = end.min(start.saturating_add(left));
            if start >= end {
                continue;
            }
            left -= end - start;
            match indexes.last_mut() {
                Some(last) if last.end == start => last.end = end,
                _ => indexes.push(start..end),
            }
        }
        Self { title: title.into(), is_made: !indexes.is_empty(), indexes }
    }

    pub(super) fn len(&self) -> usize {
        self.indexes.iter().map(ExactSizeIterator::len).sum()
    }

    pub(super) fn holds(&self, index: u32) -> bool {
        self.indexes.iter().any(|range| range.contains(&index))
    }

    /// Whether it holds any of these.
    pub(super) fn holds_any(&self, of: &Range<u32>) -> bool {
        self.indexes.iter().any(|range| range.start < of.end && of.start < range.end)
    }
}

/// All of them, numbered by their place. Trips come first: what was uploaded into one remembers its number.
pub(super) fn of(shelf: &Shelf) -> Vec<SeededAlbum> {
    let life = &shelf.life;
    let after = |day: Day| Day(day.0 + 1);
    let trips = || life.trips.iter();
    let mut albums: Vec<SeededAlbum> = trips()
        .map(|trip| SeededAlbum::of_days(shelf, trip.title(), std::iter::once(trip.first..after(trip.last))))
        .collect();
    // What lies in these lies in the trips' albums too, some of it in both.
    let by_the_sea = trips().filter(|trip| trip.place.landscapes.contains(&Landscape::Sea));
    albums.push(SeededAlbum::of_days(shelf, "البحر 🌊", by_the_sea.map(|trip| trip.first..after(trip.first))));
    albums.push(SeededAlbum::of_days(shelf, "🌅 First days", trips().map(|trip| trip.first..after(trip.first))));
    let years = life.first.ymd().0..=life.last.ymd().0;
    let feasts = years.filter_map(|year| Some(Day::from_ymd(year, 12, 24)?..Day::from_ymd(year, 12, 27)?));
    albums.push(SeededAlbum::of_days(shelf, "Christmas 🎄", feasts));
    albums.push(SeededAlbum { title: "To be printed".into(), is_made: shelf.len() > 0, indexes: Vec::new() });
    albums
}

#[cfg(test)]
mod tests {
    use super::*;

    fn albums(items: u32) -> (Shelf, Vec<SeededAlbum>) {
        let shelf = Shelf::new(1, items, Day::from_ymd(2026, 11, 1).unwrap());
        let albums = of(&shelf);
        (shelf, albums)
    }

    #[test]
    fn the_same_library_has_the_same_albums_and_an_item_may_lie_in_several() {
        let (shelf, made) = albums(3200);
        assert_eq!(made, albums(3200).1);
        let most = (0..shelf.len()).map(|index| made.iter().filter(|album| album.holds(index)).count()).max();
        assert_eq!(most, Some(3), "on the first day of a trip to the sea");
        assert!(made.iter().any(|album| album.len() == 0));
        let titles: std::collections::BTreeSet<_> = made.iter().map(|album| &album.title).collect();
        assert_eq!(titles.len(), made.len());
    }

    #[test]
    fn ranges_ascend_hold_what_they_say_and_stay_within_the_most() {
        let (shelf, made) = albums(1_000_000);
        for album in made {
            assert!(album.indexes.windows(2).all(|pair| pair[0].end < pair[1].start), "{}", album.title);
            assert!(album.indexes.iter().all(|range| range.start < range.end && range.end <= shelf.len()));
            assert!(album.len() <= MOST_ITEMS as usize);
            assert!(album.indexes.iter().all(|range| album.holds(range.start) && album.holds_any(range)));
        }
    }
}
