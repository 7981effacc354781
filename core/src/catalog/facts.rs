//! What is known of many rows, handed out one after another where it lies.

use crate::photo::{ExportFacts, ItemFacts, Place};
use crate::ports::{Store, StoreError};

use super::cameras::Cameras;
use super::codec::{ColdExport, ColdFacts, ColdRows, HotSegment, decode_hot, kind_from, read_text};
use super::correcting::shown;
use super::ledger::{Ledger, number_of, place_of};
use super::merging::marks_of;
use super::pieces::Part;
use super::records::{Piece, SegmentRecords};
use super::segment::Segment;
use super::source::Source;

impl Ledger {
    /// Reads segments whose rows are to be visited, all at once: half a megabyte each.
    ///
    /// # Errors
    /// Whatever the store refuses to read.
    pub async fn read_segments<S: Store>(
        &self,
        store: &S,
        segments: &[u32],
    ) -> Result<Vec<SegmentRecords>, StoreError> {
        self.read_records(store, segments, &[Part::Hot, Part::Cold, Part::Text]).await
    }

    /// Hands out what is known of rows of one segment, in their order and with their place among `rows`. Those of which
    /// nothing is known are passed over. Albums are not known here.
    #[inline(never)] // Generic callers are made for their size, where they are called.
    pub fn visit(&self, segment: &SegmentRecords, rows: &[u32], visit: &mut dyn FnMut(usize, ItemFacts<'_>)) {
        let cameras = self.cameras.borrow();
        let Some(pieces) = lying(segment) else {
            let together = put_together(segment);
            for (at, row) in rows.iter().enumerate() {
                if let Some(facts) = together.facts(place_of(*row), &cameras) {
                    visit(at, facts);
                }
            }
            return;
        };
        let mut scratch = Vec::new();
        for (at, row) in rows.iter().enumerate() {
            let place = place_of(*row);
            let piece = &pieces[pieces.partition_point(|piece| piece.place <= place).saturating_sub(1)];
            if let Some(facts) = piece.facts(place - piece.place, &cameras, &mut scratch) {
                visit(at, facts);
            }
        }
    }

    /// The segment that a row is in.
    pub fn segment_of(row: u32) -> u32 {
        number_of(row)
    }
}

/// A piece whose texts are where they lie in its records. All parts have the same length.
struct Lying<'a> {
    /// The place of its first row in the segment.
    place: usize,
    hot: HotSegment,
    cold: ColdRows<'a>,
    text: Vec<(&'a str, &'a str)>,
}

/// All pieces of a segment, at least one; `None` where not all of it can be read, or not all is as it was counted.
fn lying(segment: &SegmentRecords) -> Option<Vec<Lying<'_>>> {
    segment.pieces.iter().map(Lying::read).collect()
}

/// The same whatever is lost of it.
fn put_together(segment: &SegmentRecords) -> Segment {
    let rows = segment.pieces.last().map_or(0, |piece| piece.end);
    let mut together = Segment::default();
    for piece in &segment.pieces {
        let records = piece.records.first_chunk().cloned().unwrap_or_default();
        together.extend(records, piece.place, piece.end, rows);
    }
    together
}

impl<'a> Lying<'a> {
    fn read(piece: &'a Piece) -> Option<Self> {
        let [hot, cold, text] = piece.records.first_chunk()?.each_ref().map(Option::as_deref);
        let (hot, cold, text) = (decode_hot(hot?).ok()?, ColdRows::read(cold?).ok()?, read_text(text?).ok()?);
        let rows = piece.end.checked_sub(piece.place)?;
        let is_whole = [hot.len(), cold.len(), text.len()] == [rows; 3];
        is_whole.then_some(Self { place: piece.place, hot, cold, text })
    }

    /// What is known of the row at `place` of the piece; `None` if nothing is.
    fn facts<'b>(&'b self, place: usize, cameras: &'b Cameras, scratch: &'b mut Vec<u8>) -> Option<ItemFacts<'b>> {
        facts(&self.hot, place, self.cold.facts(place, scratch)?, *self.text.get(place)?, cameras)
    }
}

impl Segment {
    /// What is known of the row at `place`; `None` if nothing is.
    fn facts<'a>(&'a self, place: usize, cameras: &'a Cameras) -> Option<ItemFacts<'a>> {
        let text = self.text.get(place)?;
        facts(&self.hot, place, self.cold.get(place)?.facts(), (&text.file_name, &text.description), cameras)
    }
}

/// What the parts of a row tell together; `None` for a row of which nothing is known.
fn facts<'a>(
    hot: &HotSegment,
    place: usize,
    cold: ColdFacts<'a>,
    (file_name, description): (&'a str, &'a str),
    cameras: &'a Cameras,
) -> Option<ItemFacts<'a>> {
    let kind = kind_from(*hot.kind.get(place)?)?;
    let camera = cameras.list().get(usize::from(hot.camera[place]));
    let flags = hot.flags[place];
    let is_exported = Source::Takeout.is_of(flags);
    Some(ItemFacts {
        id: cold.id,
        file_name,
        description,
        mime_type: cold.mime_type,
        kind,
        product_url: cold.product_url,
        moment: shown(hot, place),
        is_corrected: cold.correction.is_some(),
        width_px: hot.width_px[place],
        height_px: hot.height_px[place],
        camera_make: camera.map_or("", |camera| &camera.make),
        camera_model: camera.map_or("", |camera| &camera.model),
        exposure: cold.exposure.clone(),
        is_in_account: Source::Account.is_of(flags),
        export: is_exported.then(|| export_facts(hot, place, cold.export)),
        albums: Vec::new(),
    })
}

fn export_facts<'a>(hot: &HotSegment, place: usize, cold: Option<&'a ColdExport>) -> ExportFacts<'a> {
    let altitude_m = cold.and_then(|cold| cold.altitude_m);
    let mut facts = ExportFacts {
        place: hot.local(place).place().map(|place| Place { altitude_m, ..place }),
        marks: marks_of(hot.flags[place]),
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
