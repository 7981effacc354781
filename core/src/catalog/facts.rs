//! What is known of many rows, handed out one after another where it lies.

use crate::photo::{ExportFacts, ItemFacts, Place};
use crate::ports::{Store, StoreError};
use crate::store::keys;

use super::cameras::Cameras;
use super::codec::{ColdExport, kind_from};
use super::ledger::{Ledger, number_of, place_of};
use super::merging::marks_of;
use super::segment::Segment;
use super::source::Source;
use super::{Hot, MOST_SEGMENTS, ROWS_PER_SEGMENT, RowSet, in_order};

/// How many hot segments are read at once.
const SEGMENTS_AT_ONCE: usize = 32;

impl Ledger {
    /// The rows of a set that are present, newest first, undated ones last: in the order of the grid. It reads all hot
    /// segments, and lets them go again.
    ///
    /// # Errors
    /// Whatever the store refuses to read.
    pub async fn in_order<S: Store>(&self, store: &S, rows: &RowSet) -> Result<Vec<u32>, StoreError> {
        let mut hot = Hot::new();
        hot.reserve(self.len().div_ceil(ROWS_PER_SEGMENT));
        let names = store.names(keys::HOT).await?;
        for names in names.chunks(SEGMENTS_AT_ONCE) {
            for (name, record) in names.iter().zip(store.read(names).await?) {
                let (Some((number, place)), Some(record)) = (keys::piece_in(keys::HOT, name), record) else { continue };
                if number < MOST_SEGMENTS {
                    // What cannot be read is set aside, as whoever opens the page is told.
                    let _ = hot.set_rows(number * ROWS_PER_SEGMENT as u32 + place as u32, &record);
                }
            }
        }
        Ok(in_order(&hot, rows))
    }

    /// Reads the segment of a row, so that it is at hand when it is visited.
    ///
    /// # Errors
    /// Whatever the store refuses to read.
    pub async fn prepare<S: Store>(&self, store: &S, row: u32) -> Result<(), StoreError> {
        self.segment(store, number_of(row)).await.map(drop)
    }

    /// Hands out what is known of rows of one segment, in their order and with their place among `rows`. Those of which
    /// nothing is known are passed over. Albums are not known here.
    ///
    /// # Errors
    /// Whatever the store refuses to read.
    pub async fn visit<S: Store>(
        &self,
        store: &S,
        rows: &[u32],
        visit: &mut dyn FnMut(usize, ItemFacts<'_>),
    ) -> Result<(), StoreError> {
        let Some(first) = rows.first() else { return Ok(()) };
        let segment = self.segment(store, number_of(*first)).await?;
        self.visit_segment(&segment, rows, visit);
        Ok(())
    }

    #[inline(never)] // Generic callers are made for their size, where they are called.
    fn visit_segment(&self, segment: &Segment, rows: &[u32], visit: &mut dyn FnMut(usize, ItemFacts<'_>)) {
        let cameras = self.cameras.borrow();
        for (at, row) in rows.iter().enumerate() {
            if let Some(facts) = segment.facts(place_of(*row), &cameras) {
                visit(at, facts);
            }
        }
    }

    /// The segment that a row is in.
    pub fn segment_of(row: u32) -> u32 {
        number_of(row)
    }
}

impl Segment {
    /// What is known of the row at `place`; `None` if nothing is.
    fn facts<'a>(&'a self, place: usize, cameras: &'a Cameras) -> Option<ItemFacts<'a>> {
        let kind = kind_from(*self.hot.kind.get(place)?)?;
        let (cold, text) = (self.cold.get(place)?, self.text.get(place)?);
        let camera = cameras.list().get(usize::from(self.hot.camera[place]));
        let flags = self.hot.flags[place];
        let is_exported = Source::Takeout.is_of(flags);
        Some(ItemFacts {
            id: &cold.id,
            file_name: &text.file_name,
            description: &text.description,
            mime_type: &cold.mime_type,
            kind,
            product_url: &cold.product_url,
            moment: self.shown(place),
            is_corrected: cold.correction.is_some(),
            width_px: self.hot.width_px[place],
            height_px: self.hot.height_px[place],
            camera_make: camera.map_or("", |camera| &camera.make),
            camera_model: camera.map_or("", |camera| &camera.model),
            exposure: cold.exposure.clone(),
            is_in_account: Source::Account.is_of(flags),
            export: is_exported.then(|| self.export_facts(place, cold.export.as_deref())),
            albums: Vec::new(),
        })
    }

    fn export_facts<'a>(&'a self, place: usize, cold: Option<&'a ColdExport>) -> ExportFacts<'a> {
        let altitude_m = cold.and_then(|cold| cold.altitude_m);
        let mut facts = ExportFacts {
            place: self.hot.local(place).place().map(|place| Place { altitude_m, ..place }),
            marks: marks_of(self.hot.flags[place]),
            ..ExportFacts::default()
        };
        if let Some(cold) = cold {
            facts.lens = &cold.lens;
            facts.focal_length_35mm = cold.focal_length_35mm;
            facts.origin = cold.origin;
            facts.people = cold.people.iter().map(String::as_str).collect();
            facts.has_motion = cold.has_motion;
            facts.has_edited = cold.has_edited;
        }
        facts
    }
}
