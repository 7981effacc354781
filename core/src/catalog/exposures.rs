//! How photos were exposed and through which lens: facts of the cold records, in memory once they are counted or a filter
//! asks for them.
//!
//! A segment's rows share a list of the different facts, so that a library of a million takes two megabytes and whatever
//! the list takes, and a filter looks at each of the facts once.

use std::collections::HashMap;

use super::codec::ColdRow;
use super::ledger::SetAside;
use super::quick::Quick;
use super::{ROWS_PER_SEGMENT, RowSet};
use crate::photo::{Exposed, Facet};

/// What is asked for: the lens and the numbers of [`Facet::ALL`], in this order.
const ASKED: usize = 1 + Facet::ALL.len();

/// Counts of some rows by how they were exposed. Each leaves out what the filter asks of its own fact, so that the
/// others of its classes can be seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExposureCounts {
    /// Names of lenses, the most used first and of equals by name; the empty one is of those that have none known.
    pub lenses: Vec<(String, u32)>,
    /// By class, for each of [`Facet::ALL`].
    pub classes: [Vec<u32>; Facet::ALL.len()],
    /// How many are counted in each chart and know nothing of its fact, for each of [`Facet::ALL`].
    pub unknown: [u32; Facet::ALL.len()],
    /// How many of the focal lengths are 35 mm equivalents.
    pub equivalents: u32,
}

/// The facts that are in memory.
#[derive(Debug, Default)]
pub(super) struct ExposureIndex {
    /// By number; `None` where they are not read yet.
    segments: Vec<Option<SegmentExposures>>,
    lenses: Lenses,
    /// What could not be read, until somebody is told.
    set_aside: Vec<SetAside>,
    /// Raised when anything is forgotten, so that what is being read meanwhile is not taken in.
    life: u32,
}

#[derive(Debug, Default)]
struct SegmentExposures {
    different: Vec<Facts>,
    /// By place in the segment.
    numbers: Vec<u16>,
}

/// 0 is unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
struct Facts {
    /// Number of the lens.
    lens: u32,
    values: [u32; Facet::ALL.len()],
    is_equivalent: bool,
}

/// Lenses by number; 0 is the unknown one.
#[derive(Debug)]
struct Lenses {
    names: Vec<String>,
    numbers: HashMap<String, u32, Quick>,
}

impl Default for Lenses {
    fn default() -> Self {
        Self { names: vec![String::new()], numbers: HashMap::from_iter([(String::new(), 0)]) }
    }
}

impl Lenses {
    fn number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = self.names.len() as u32;
        self.names.push(name.to_owned());
        self.numbers.insert(name.to_owned(), number);
        number
    }
}

impl ExposureIndex {
    pub(super) fn life(&self) -> u32 {
        self.life
    }

    /// The first segments, `most` at most, that are not read yet; there are `count` of them.
    pub(super) fn missing(&self, count: u32, most: usize) -> Vec<u32> {
        let is_missing = |number: &u32| self.segments.get(*number as usize).is_none_or(Option::is_none);
        (0..count).filter(is_missing).take(most).collect()
    }

    /// Takes in what was read of a segment.
    pub(super) fn fill<'a>(&mut self, number: u32, rows: impl Iterator<Item = &'a ColdRow>) {
        let mut segment = SegmentExposures::default();
        let mut known = HashMap::<Facts, u16, Quick>::default();
        for row in rows.take(ROWS_PER_SEGMENT) {
            let facts = Facts::of(row, &mut self.lenses);
            let number = *known.entry(facts).or_insert_with(|| {
                segment.different.push(facts);
                (segment.different.len() - 1) as u16
            });
            segment.numbers.push(number);
        }
        let at = number as usize;
        if self.segments.len() <= at {
            self.segments.resize_with(at + 1, || None);
        }
        self.segments[at] = Some(segment);
    }

    /// A segment has changed: it is read again when it is asked for.
    pub(super) fn forget(&mut self, number: u32) {
        self.life = self.life.wrapping_add(1);
        if let Some(segment) = self.segments.get_mut(number as usize) {
            *segment = None;
        }
    }

    /// Forgets everything.
    pub(super) fn clear(&mut self) {
        *self = Self { life: self.life.wrapping_add(1), ..Self::default() };
    }

    /// Notes what could not be read.
    pub(super) fn set_aside(&mut self, what: SetAside) {
        self.set_aside.push(what);
    }

    /// What could not be read, once.
    pub(super) fn take_set_aside(&mut self) -> Vec<SetAside> {
        std::mem::take(&mut self.set_aside)
    }

    /// The rows that were so exposed. Rows of which nothing is known are found where a lens is asked for that nobody knows.
    pub(super) fn find(&self, exposed: &Exposed) -> RowSet {
        let asked = self.asked(exposed);
        let mut found = RowSet::new();
        for (first, segment) in self.filled() {
            let is_so: Vec<bool> = segment.different.iter().map(|facts| asked.fails(facts) == 0).collect();
            let rows = (first..).zip(&segment.numbers).filter(|(_, number)| is_so[usize::from(**number)]);
            found.insert_all(&rows.map(|(row, _)| row).collect::<Vec<_>>());
        }
        found
    }

    /// Counts these rows, by what of the filter is of no concern to each chart.
    pub(super) fn count(&self, rows: &RowSet, exposed: &Exposed) -> ExposureCounts {
        let asked = self.asked(exposed);
        let mut counts =
            ExposureCounts { classes: Facet::ALL.map(|facet| vec![0; facet.starts().len()]), ..Default::default() };
        let mut lenses = vec![0; self.lenses.names.len()];
        let mut seen = 0;
        for (first, segment) in self.filled() {
            let mut times = vec![0_u32; segment.different.len()];
            for row in rows.iter_in(first..first + segment.numbers.len() as u32) {
                times[usize::from(segment.numbers[(row - first) as usize])] += 1;
            }
            for (facts, times) in segment.different.iter().zip(times).filter(|(_, times)| *times > 0) {
                seen += times;
                asked.count(facts, times, &mut counts, &mut lenses);
            }
        }
        // Of rows whose records are lost nothing is known.
        let lost = rows.len() as u32 - seen;
        if lost > 0 {
            asked.count(&Facts::default(), lost, &mut counts, &mut lenses);
        }
        counts.lenses = self.lenses.names.iter().cloned().zip(lenses).filter(|(_, count)| *count > 0).collect();
        counts.lenses.sort_by(|(a, of_a), (b, of_b)| of_b.cmp(of_a).then_with(|| a.cmp(b)));
        counts
    }

    /// Segments that are read, with the first of their rows.
    fn filled(&self) -> impl Iterator<Item = (u32, &SegmentExposures)> {
        let firsts = (0..).step_by(ROWS_PER_SEGMENT);
        firsts.zip(&self.segments).filter_map(|(first, segment)| Some((first, segment.as_ref()?)))
    }

    fn asked<'a>(&self, exposed: &'a Exposed) -> Asked<'a> {
        let lens = exposed.lens.as_ref().map(|lens| self.lenses.numbers.get(lens).copied());
        Asked { exposed, lens }
    }
}

/// A filter with its lens looked up.
struct Asked<'a> {
    exposed: &'a Exposed,
    /// Its number; `Some(None)` where no photo was taken through it.
    lens: Option<Option<u32>>,
}

impl Asked<'_> {
    /// A bit for each of what is asked and is not so: the lens's is the first.
    fn fails(&self, facts: &Facts) -> u8 {
        let mut fails = u8::from(self.lens.is_some_and(|lens| lens != Some(facts.lens)));
        for (at, facet) in Facet::ALL.into_iter().enumerate() {
            let is_so = self.exposed.span(facet).is_none_or(|span| span.contains(facts.values[at]));
            fails |= u8::from(!is_so) << (at + 1);
        }
        fails
    }

    fn count(&self, facts: &Facts, times: u32, counts: &mut ExposureCounts, lenses: &mut [u32]) {
        let fails = self.fails(facts);
        let counts_for = |asked: usize| fails & !(1 << asked) == 0;
        if counts_for(0) {
            lenses[facts.lens as usize] += times;
        }
        for asked in (1..ASKED).filter(|asked| counts_for(*asked)) {
            let (at, value) = (asked - 1, facts.values[asked - 1]);
            match value {
                0 => counts.unknown[at] += times,
                _ => counts.classes[at][Facet::ALL[at].class_of(value)] += times,
            }
        }
        let focal_length = Facet::FocalLength as usize;
        if facts.is_equivalent && facts.values[focal_length] > 0 && counts_for(1 + focal_length) {
            counts.equivalents += times;
        }
    }
}

impl Facts {
    fn of(row: &ColdRow, lenses: &mut Lenses) -> Self {
        let export = row.export.as_deref();
        let equivalent = export.and_then(|export| export.focal_length_35mm).filter(|length| *length > 0);
        let focal_length =
            equivalent.map_or_else(|| row.exposure.focal_length_mm.map(f64::from), |mm| Some(f64::from(mm)));
        let value = |facet: Facet, number: Option<f64>| number.map_or(0, |number| facet.value(number));
        Self {
            lens: lenses.number(export.map_or("", |export| export.lens.trim())),
            values: [
                value(Facet::FocalLength, focal_length),
                value(Facet::FNumber, row.exposure.f_number.map(f64::from)),
                value(Facet::ExposureTime, row.exposure.exposure_s),
                value(Facet::Iso, row.exposure.iso.map(f64::from)),
            ],
            is_equivalent: equivalent.is_some(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::codec::ColdExport;
    use crate::photo::{Exposure, Span};
    use proptest::prelude::*;

    fn row(lens: &str, focal: Option<u16>, f_number: Option<f32>, iso: Option<u32>) -> ColdRow {
        let export = ColdExport { lens: lens.into(), focal_length_35mm: focal, ..ColdExport::default() };
        ColdRow {
            id: "a".into(),
            exposure: Exposure { f_number, iso, focal_length_mm: Some(4.4), ..Exposure::default() },
            export: (export != ColdExport::default()).then(|| Box::new(export)),
            ..ColdRow::default()
        }
    }

    prop_compose! {
        fn any_row()(
            lens in 0..3_usize,
            focal in proptest::option::of(0_u16..90),
            f_number in proptest::option::of(prop_oneof![Just(f32::NAN), 0.5_f32..9.0]),
            iso in proptest::option::of(0_u32..900),
        ) -> ColdRow {
            row(["", "wide", "tele"][lens], focal, f_number, iso)
        }
    }

    proptest! {
        #[test]
        fn counts_and_finds_are_those_of_a_look_at_every_row(
            segments in proptest::collection::vec(proptest::collection::vec(any_row(), 0..20), 1..4),
            spans in proptest::array::uniform4(proptest::option::of((1_u32..600, 0_u32..600))),
            lens in proptest::option::of(0..4_usize),
            left_out in proptest::collection::btree_set(0_u32..20, 0..9),
        ) {
            let mut index = ExposureIndex::default();
            for (number, rows) in (0..).zip(&segments) {
                index.fill(number, rows.iter());
            }
            let lens = lens.map(|lens| ["", "wide", "tele", "none"][lens].to_owned());
            let exposed = Facet::ALL.into_iter().zip(spans).fold(Exposed::default().with_lens(lens), |exposed, (facet, span)| {
                exposed.with_span(facet, span.map(|(least, more)| Span { least, most: least + more }))
            });
            let all: Vec<(u32, &ColdRow)> = (0..)
                .step_by(ROWS_PER_SEGMENT)
                .zip(&segments)
                .flat_map(|(first, rows): (u32, _)| (first..).zip(rows))
                .collect();
            let rows: RowSet = all.iter().map(|(row, _)| *row).filter(|row| !left_out.contains(row)).collect();
            let value = |row: &ColdRow, facet: Facet| {
                let number = match facet {
                    Facet::FocalLength => {
                        let equivalent = row.export.as_ref().and_then(|export| export.focal_length_35mm).filter(|mm| *mm > 0);
                        Some(equivalent.map_or(4.4, f64::from))
                    }
                    Facet::FNumber => row.exposure.f_number.map(f64::from),
                    Facet::ExposureTime => row.exposure.exposure_s,
                    Facet::Iso => row.exposure.iso.map(f64::from),
                };
                number.map(|number| facet.value(number)).filter(|value| *value > 0)
            };
            let lens_of = |row: &ColdRow| row.export.as_ref().map_or(String::new(), |export| export.lens.clone());
            let is_so = |row: &ColdRow, but: Option<Option<Facet>>| {
                let of_lens = but == Some(None) || exposed.lens.as_ref().is_none_or(|lens| *lens == lens_of(row));
                of_lens && Facet::ALL.into_iter().all(|facet| {
                    but == Some(Some(facet)) || exposed.span(facet).is_none_or(|span| value(row, facet).is_some_and(|v| span.contains(v)))
                })
            };
            let found: RowSet = all.iter().filter(|(_, row)| is_so(row, None)).map(|(row, _)| *row).collect();
            prop_assert_eq!(index.find(&exposed), found);
            let counts = index.count(&rows, &exposed);
            let counted = |is: &dyn Fn(&ColdRow) -> bool| all.iter().filter(|(at, row)| rows.contains(*at) && is(row)).count() as u32;
            for (at, facet) in Facet::ALL.into_iter().enumerate() {
                for (class, count) in counts.classes[at].iter().enumerate() {
                    let is_in = |row: &ColdRow| is_so(row, Some(Some(facet))) && value(row, facet).map(|v| facet.class_of(v)) == Some(class);
                    prop_assert_eq!(*count, counted(&is_in));
                }
                let is_unknown = |row: &ColdRow| is_so(row, Some(Some(facet))) && value(row, facet).is_none();
                prop_assert_eq!(counts.unknown[at], counted(&is_unknown));
            }
            for (lens, count) in &counts.lenses {
                prop_assert_eq!(*count, counted(&|row| is_so(row, Some(None)) && lens_of(row) == *lens));
            }
            prop_assert_eq!(counts.lenses.iter().map(|(_, count)| count).sum::<u32>(), counted(&|row| is_so(row, Some(None))));
        }
    }

    #[test]
    fn rows_of_lost_records_are_counted_as_unknown() {
        let mut index = ExposureIndex::default();
        index.fill(0, [row("wide", Some(24), Some(1.8), Some(100))].iter());
        let counts = index.count(&(0..5).collect(), &Exposed::default());
        assert_eq!(
            (counts.lenses, counts.unknown, counts.equivalents),
            (vec![(String::new(), 4), ("wide".into(), 1)], [4, 4, 5, 4], 1)
        );
        index.forget(0);
        assert_eq!((index.missing(2, 9), index.life()), (vec![0, 1], 1));
    }
}
