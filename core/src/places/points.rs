//! All photos with a place, sorted along a curve through the map (Morton's), so that those of any square lie together.

use std::ops::Range;

use super::mercator::Spot;
use crate::catalog::{Hot, RowSet};
use crate::photo::Bounds;

/// Rows that are looked at in one step of the gathering, and photos that are moved in one step of the sorting: a few
/// milliseconds each.
const ROWS_A_STEP: u32 = 65_536;
const MOVES_A_STEP: usize = 262_144;

/// Bits of a key that are sorted by at once.
const DIGIT_BITS: u32 = 11;
const DIGITS: usize = 1 << DIGIT_BITS;
const PASSES: usize = u64::BITS.div_ceil(DIGIT_BITS) as usize;

/// Stretches of the equator, of which the longest empty one is left out of what is around photos: a power of two.
const MERIDIANS: usize = 4096;

/// Every so many photos it is noted where all before them are together.
const SUMMED: usize = 64;

/// Photos by place. Each has a *key*: the bits of its steps across and down the map, in turns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Points {
    keys: Vec<u64>,
    rows: Vec<u32>,
    /// The sums of the steps across and down of all photos before each [`SUMMED`]th.
    sums: Vec<(u64, u64)>,
}

impl Points {
    /// How many photos there are.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Those whose rows are in `rows`.
    pub fn filtered(&self, rows: &RowSet) -> Self {
        let most = self.len().min(rows.len());
        let (mut keys, mut left) = (Vec::with_capacity(most), Vec::with_capacity(most));
        for (key, row) in self.keys.iter().zip(&self.rows) {
            if rows.contains(*row) {
                keys.push(*key);
                left.push(*row);
            }
        }
        Self::sorted(keys, left)
    }

    /// The rows of a run of photos.
    pub fn rows(&self, photos: Range<usize>) -> &[u32] {
        self.rows.get(photos).unwrap_or_default()
    }

    /// The keys, ascending.
    pub(super) fn keys(&self) -> &[u64] {
        &self.keys
    }

    /// Where a run of photos is on average.
    pub(super) fn middle(&self, photos: Range<usize>) -> Spot {
        let count = photos.len().max(1) as f64;
        let (from, to) = (self.sum_before(photos.start), self.sum_before(photos.end));
        let average = |from: u64, to: u64| (to - from) as f64 / count / super::mercator::STEPS;
        Spot { x: average(from.0, to.0), y: average(from.1, to.1) }
    }

    /// The least that has all photos of some runs in it, to a centimetre, over the meridian of 180° where that way is
    /// shorter. `None` for none.
    pub(super) fn bounds_of(&self, runs: impl Iterator<Item = Range<usize>> + Clone) -> Option<Bounds> {
        let steps = || runs.clone().flat_map(|run| &self.keys[run]).map(|key| steps_of(*key));
        let (mut north, mut south) = (u32::MAX, 0);
        let mut is_taken = [false; MERIDIANS];
        let meridian = |across: u32| (across >> (u32::BITS - MERIDIANS.ilog2())) as usize;
        for (across, down) in steps() {
            (north, south) = (north.min(down), south.max(down));
            is_taken[meridian(across)] = true;
        }
        // West begins after the longest stretch of empty meridians; one that is cut by the world's edge goes on.
        let first = is_taken.iter().position(|is_taken| *is_taken)?;
        let (mut gap, mut widest, mut begin) = (0, 0, first);
        for nth in (first + 1..=first + MERIDIANS).map(|nth| nth % MERIDIANS) {
            if !is_taken[nth] {
                gap += 1;
                continue;
            }
            if gap > widest {
                (widest, begin) = (gap, nth);
            }
            gap = 0;
        }
        let shift = ((begin as u64) << (u32::BITS - MERIDIANS.ilog2())) as u32;
        let (west, east) = steps().fold((u32::MAX, 0), |(west, east), (across, _)| {
            let across = across.wrapping_sub(shift);
            (west.min(across), east.max(across))
        });
        let (first, last) =
            (Spot::of_steps(west.wrapping_add(shift), north), Spot::of_steps(east.wrapping_add(shift), south));
        let (first, last) = (first.place(), last.place());
        Bounds::new(last.latitude, first.longitude, first.latitude, last.longitude)
    }

    /// The same of all photos.
    pub fn bounds(&self) -> Option<Bounds> {
        self.bounds_of(std::iter::once(0..self.len()))
    }

    fn sum_before(&self, photo: usize) -> (u64, u64) {
        let noted = (photo / SUMMED).min(self.sums.len().saturating_sub(1));
        let sum = self.sums.get(noted).copied().unwrap_or_default();
        let rest = self.keys.get(noted * SUMMED..photo).unwrap_or_default();
        rest.iter().fold(sum, |(x, y), key| {
            let (across, down) = steps_of(*key);
            (x + u64::from(across), y + u64::from(down))
        })
    }

    fn sorted(keys: Vec<u64>, rows: Vec<u32>) -> Self {
        let mut sums = Vec::with_capacity(keys.len() / SUMMED + 1);
        let mut sum = (0, 0);
        for chunk in keys.chunks(SUMMED) {
            sums.push(sum);
            for key in chunk {
                let (across, down) = steps_of(*key);
                sum = (sum.0 + u64::from(across), sum.1 + u64::from(down));
            }
        }
        sums.push(sum);
        Self { keys, rows, sums }
    }
}

/// Gathers and sorts them, a step at a time: a million in one go would hold up the page.
#[derive(Debug)]
pub struct Gathering {
    next_row: u32,
    keys: Vec<u64>,
    rows: Vec<u32>,
    /// How often each digit of each pass occurs.
    counts: Box<[[u32; DIGITS]; PASSES]>,
    sorting: Option<Sorting>,
}

/// A pass of the sorting: photos are moved in the order of one digit of their keys.
#[derive(Debug)]
struct Sorting {
    pass: usize,
    /// How many were moved in this pass.
    moved: usize,
    /// Where the next of each digit goes.
    places: Vec<u32>,
    keys: Vec<u64>,
    rows: Vec<u32>,
}

impl Default for Gathering {
    fn default() -> Self {
        Self::new()
    }
}

impl Gathering {
    pub fn new() -> Self {
        let counts = vec![[0; DIGITS]; PASSES].into_boxed_slice();
        Self {
            next_row: 0,
            keys: Vec::new(),
            rows: Vec::new(),
            counts: counts.try_into().expect("it is made of this length"),
            sorting: None,
        }
    }

    /// Does a few milliseconds of it; `true` once all is done, and [`Gathering::finish`] may be called. What of the catalog
    /// changes between the steps may be missed: whoever changes it has it gathered anew.
    pub fn step(&mut self, hot: &Hot) -> bool {
        if self.sorting.is_none() && self.next_row < hot.end() && hot.has_local() {
            self.gather(hot);
            return false;
        }
        let sorting = match &mut self.sorting {
            Some(sorting) => sorting,
            none => none.insert(Sorting {
                pass: 0,
                moved: 0,
                places: Vec::new(),
                keys: vec![0; self.keys.len()],
                rows: vec![0; self.rows.len()],
            }),
        };
        // Where all have the same digit, there is nothing to move.
        while sorting.moved == 0 && sorting.pass < PASSES && is_one(&self.counts[sorting.pass], self.keys.len()) {
            sorting.pass += 1;
        }
        if sorting.pass >= PASSES {
            return true;
        }
        sorting.run(&mut self.keys, &mut self.rows, &self.counts);
        false
    }

    /// What was gathered.
    pub fn finish(self) -> Points {
        Points::sorted(self.keys, self.rows)
    }

    /// All in one go.
    pub fn all(hot: &Hot) -> Points {
        let mut gathering = Self::new();
        while !gathering.step(hot) {}
        gathering.finish()
    }

    fn gather(&mut self, hot: &Hot) {
        let end = hot.end().min(self.next_row.saturating_add(ROWS_A_STEP));
        for row in self.next_row..end {
            let Some(place) = hot.place(row).filter(|_| hot.is_present(row)) else { continue };
            let (across, down) = Spot::of(place.latitude, place.longitude).steps();
            let key = key_of(across, down);
            self.keys.push(key);
            self.rows.push(row);
            for (pass, counts) in self.counts.iter_mut().enumerate() {
                counts[digit(key, pass)] += 1;
            }
        }
        self.next_row = end;
    }
}

impl Sorting {
    fn run(&mut self, keys: &mut Vec<u64>, rows: &mut Vec<u32>, counts: &[[u32; DIGITS]; PASSES]) {
        if self.moved == 0 {
            let mut place = 0;
            self.places.clear();
            self.places.extend(counts[self.pass].iter().map(|count| {
                place += count;
                place - count
            }));
        }
        let end = keys.len().min(self.moved + MOVES_A_STEP);
        for (key, row) in keys[self.moved..end].iter().zip(&rows[self.moved..end]) {
            let place = &mut self.places[digit(*key, self.pass)];
            self.keys[*place as usize] = *key;
            self.rows[*place as usize] = *row;
            *place += 1;
        }
        self.moved = end;
        if end == keys.len() {
            std::mem::swap(keys, &mut self.keys);
            std::mem::swap(rows, &mut self.rows);
            (self.pass, self.moved) = (self.pass + 1, 0);
        }
    }
}

fn is_one(counts: &[u32; DIGITS], all: usize) -> bool {
    all == 0 || counts.iter().any(|count| *count as usize == all)
}

fn digit(key: u64, pass: usize) -> usize {
    (key >> (pass as u32 * DIGIT_BITS)) as usize & (DIGITS - 1)
}

/// The bits of both in turns, those down above those across.
pub(super) fn key_of(across: u32, down: u32) -> u64 {
    spread(across) | spread(down) << 1
}

/// Steps across and down of a key.
pub(super) fn steps_of(key: u64) -> (u32, u32) {
    (gathered(key), gathered(key >> 1))
}

/// Each bit at twice its place.
fn spread(bits: u32) -> u64 {
    let mut bits = u64::from(bits);
    bits = (bits | bits << 16) & 0x0000_ffff_0000_ffff;
    bits = (bits | bits << 8) & 0x00ff_00ff_00ff_00ff;
    bits = (bits | bits << 4) & 0x0f0f_0f0f_0f0f_0f0f;
    bits = (bits | bits << 2) & 0x3333_3333_3333_3333;
    (bits | bits << 1) & 0x5555_5555_5555_5555
}

/// Every other bit, from the lowest on.
fn gathered(bits: u64) -> u32 {
    let mut bits = bits & 0x5555_5555_5555_5555;
    bits = (bits | bits >> 1) & 0x3333_3333_3333_3333;
    bits = (bits | bits >> 2) & 0x0f0f_0f0f_0f0f_0f0f;
    bits = (bits | bits >> 4) & 0x00ff_00ff_00ff_00ff;
    bits = (bits | bits >> 8) & 0x0000_ffff_0000_ffff;
    (bits | bits >> 16) as u32
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::catalog::ROWS_PER_SEGMENT;
    use crate::catalog::codec::{HotSegment, LocalFacts, encode_hot};
    use crate::photo::{Export, Place};
    use proptest::prelude::*;

    /// A catalog of rows at these places, in degrees, each taken a minute after the one before.
    pub(crate) fn catalog(places: &[Option<(f64, f64)>]) -> Hot {
        let timed: Vec<_> = places.iter().enumerate().map(|(nth, place)| (nth as i64 * 60, *place)).collect();
        timed_catalog(&timed)
    }

    /// A catalog of rows taken at these instants and places.
    pub(crate) fn timed_catalog(rows: &[(i64, Option<(f64, f64)>)]) -> Hot {
        let mut hot = Hot::new();
        for (number, rows) in rows.chunks(ROWS_PER_SEGMENT).enumerate() {
            let mut segment = HotSegment::absent(rows.len());
            segment.kind = vec![0; rows.len()];
            segment.taken_s = rows.iter().map(|(taken_s, _)| *taken_s).collect();
            let facts = |place: &Option<(f64, f64)>| {
                let place = place.and_then(|(latitude, longitude)| Place::new(latitude, longitude, None));
                LocalFacts::of(&Export { place, ..Export::default() })
            };
            segment.local = rows.iter().map(|(_, place)| facts(place)).collect();
            hot.set_segment(number as u32, &encode_hot(&segment)).unwrap();
        }
        hot
    }

    pub(crate) fn places() -> impl Strategy<Value = Vec<Option<(f64, f64)>>> {
        let anywhere = (-85.0..85.0_f64, -180.0..180.0_f64);
        let town = (48.1..48.3_f64, 16.2..16.5_f64);
        let line = (-18.0..-16.0_f64, 179.0..181.0_f64).prop_map(|(latitude, longitude)| {
            (latitude, if longitude > 180.0 { longitude - 360.0 } else { longitude })
        });
        let place = prop_oneof![anywhere, town, line, Just((48.2, 16.37))];
        prop::collection::vec(prop::option::weighted(0.9, place), 0..300)
    }

    #[test]
    fn bits_are_laid_in_turns_and_found_again() {
        assert_eq!(key_of(0b11, 0), 0b101);
        assert_eq!(key_of(0, 0b11), 0b1010);
        assert_eq!(key_of(u32::MAX, u32::MAX), u64::MAX);
    }

    #[test]
    fn a_library_without_places_has_no_points() {
        assert!(Gathering::all(&Hot::new()).is_empty());
        assert!(Gathering::all(&catalog(&[None, None])).is_empty());
    }

    proptest! {
        #[test]
        fn steps_come_back(across: u32, down: u32) {
            prop_assert_eq!(steps_of(key_of(across, down)), (across, down));
        }

        #[test]
        fn every_photo_with_a_place_is_there_once_and_in_order(places in places()) {
            let hot = catalog(&places);
            let points = Gathering::all(&hot);
            let mut rows = points.rows(0..points.len()).to_vec();
            rows.sort_unstable();
            let placed: Vec<u32> = hot.rows().filter(|row| hot.place(*row).is_some()).collect();
            prop_assert_eq!(rows, placed);
            prop_assert!(points.keys().is_sorted());
            for (key, row) in points.keys().iter().zip(points.rows(0..points.len())) {
                let place = hot.place(*row).unwrap();
                prop_assert_eq!(steps_of(*key), Spot::of(place.latitude, place.longitude).steps());
            }
        }

        #[test]
        fn those_of_a_filter_are_what_it_leaves_in(places in places(), kept in prop::collection::btree_set(0..300_u32, 0..300)) {
            let points = Gathering::all(&catalog(&places));
            let rows: RowSet = kept.into_iter().collect();
            let left = points.filtered(&rows);
            let expected: Vec<u32> = points.rows(0..points.len()).iter().copied().filter(|row| rows.contains(*row)).collect();
            prop_assert_eq!(left.rows(0..left.len()), expected);
        }

        #[test]
        fn what_is_around_all_has_all_in_it_and_leaves_the_widest_gap_out(places in places()) {
            let hot = catalog(&places);
            let bounds = Gathering::all(&hot).bounds();
            let exact = Bounds::around(hot.rows().filter_map(|row| hot.place(row)));
            prop_assert_eq!(bounds.is_some(), exact.is_some());
            if let (Some(bounds), Some(exact)) = (bounds, exact) {
                let ([south, west, north, east], [south_is, west_is, north_is, east_is]) = (bounds.degrees(), exact.degrees());
                prop_assert!((south - south_is).abs() < 1e-6 && (north - north_is).abs() < 1e-6);
                let width = |west: f64, east: f64| if east < west { east - west + 360.0 } else { east - west };
                prop_assert!((width(west, east) - width(west_is, east_is)).abs() < 360.0 / 2048.0, "{:?} {:?}", bounds, exact);
            }
        }

        #[test]
        fn the_middle_of_a_run_is_its_average(places in places(), ends in (0..300_usize, 0..300_usize)) {
            let points = Gathering::all(&catalog(&places));
            let (from, to) = (ends.0.min(ends.1).min(points.len()), ends.0.max(ends.1).min(points.len()));
            if from < to {
                let middle = points.middle(from..to);
                let spots = points.keys()[from..to].iter().map(|key| steps_of(*key)).map(|(x, y)| Spot::of_steps(x, y));
                let (x, y) = spots.fold((0.0, 0.0), |sum, spot| (sum.0 + spot.x, sum.1 + spot.y));
                let count = (to - from) as f64;
                prop_assert!((middle.x - x / count).abs() < 1e-9 && (middle.y - y / count).abs() < 1e-9);
            }
        }
    }
}
