//! One segment's hot, cold and text rows together, and how new facts are put into them.

use crate::photo::{Camera, Exposure, MediaItem};

use super::cameras::Cameras;
use super::codec::{
    ABSENT, ColdFacts, ColdRow, HotSegment, TextRow, UNKNOWN_TAKEN, decode_cold, decode_hot, decode_text, kind_from,
    kind_number,
};

/// One segment's rows. All parts have the same length.
#[derive(Clone, Debug, Default)]
pub(super) struct Segment {
    pub(super) hot: HotSegment,
    pub(super) cold: Vec<ColdRow>,
    pub(super) text: Vec<TextRow>,
}

/// Which parts of a segment are different now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Changed {
    pub(super) hot: bool,
    pub(super) cold: bool,
    pub(super) text: bool,
}

impl Segment {
    pub(super) fn len(&self) -> usize {
        self.cold.len()
    }

    /// Adds the rows of one piece, from `place` to `end`, of its hot, cold and text records. What cannot be read is
    /// blank. The first may be all `rows` rows of the segment, if it was written anew since the pieces were counted.
    pub(super) fn extend(&mut self, records: [Option<Vec<u8>>; 3], place: usize, end: usize, rows: usize) {
        let most = if place == 0 { rows } else { end } - place;
        let least = end - place;
        let [hot, cold, text] = records;
        let hot = hot.and_then(|record| decode_hot(&record).ok());
        if self.hot.len() <= place {
            self.hot.extend(fitting(hot, HotSegment::len, least).unwrap_or_else(|| HotSegment::absent(least)), most);
        }
        let cold = cold.and_then(|record| decode_cold(&record).ok());
        if self.cold.len() <= place {
            let piece = fitting(cold, Vec::len, least).unwrap_or_else(|| vec![ColdRow::default(); least]);
            self.cold.extend(piece.into_iter().take(most));
        }
        let text = text.and_then(|record| decode_text(&record).ok());
        if self.text.len() <= place {
            let piece = fitting(text, Vec::len, least).unwrap_or_else(|| vec![TextRow::default(); least]);
            self.text.extend(piece.into_iter().take(most));
        }
    }

    /// The media item at `place`; `None` if nothing is known of it.
    pub(super) fn item(&self, place: usize, cameras: &Cameras) -> Option<MediaItem> {
        let kind = kind_from(*self.hot.kind.get(place)?)?;
        let cold = self.cold.get(place)?.clone();
        let text = self.text.get(place)?.clone();
        let taken_s = self.hot.taken_s[place];
        Some(MediaItem {
            id: cold.id,
            file_name: text.file_name,
            description: text.description,
            mime_type: cold.mime_type,
            kind,
            product_url: cold.product_url,
            base_url: None,
            taken_s: (taken_s != UNKNOWN_TAKEN).then_some(taken_s),
            width_px: self.hot.width_px[place],
            height_px: self.hot.height_px[place],
            camera: cameras.get(self.hot.camera[place]),
            exposure: cold.exposure,
            export: None,
        })
    }

    /// Puts what `item` says at `place`, which is a row of the segment or the one after its last.
    pub(super) fn put(&mut self, place: usize, item: &MediaItem, cameras: &mut Cameras) -> Changed {
        let is_new = place >= self.len();
        if is_new {
            let blank = HotSegment::absent(1);
            self.hot.taken_s.extend(blank.taken_s);
            self.hot.width_px.extend(blank.width_px);
            self.hot.height_px.extend(blank.height_px);
            self.hot.kind.extend(blank.kind);
            self.hot.camera.extend(blank.camera);
            self.hot.flags.extend(blank.flags);
            self.cold.push(ColdRow::default());
            self.text.push(TextRow::default());
        }
        // A new row makes every part longer, also one of which it says nothing.
        Changed {
            hot: self.put_hot(place, item, cameras) | is_new,
            cold: put_cold(&mut self.cold[place], item) | is_new,
            text: put_text(&mut self.text[place], item) | is_new,
        }
    }

    fn put_hot(&mut self, place: usize, item: &MediaItem, cameras: &mut Cameras) -> bool {
        let hot = &mut self.hot;
        let before =
            (hot.taken_s[place], hot.width_px[place], hot.height_px[place], hot.kind[place], hot.camera[place]);
        if before.3 == ABSENT {
            hot.taken_s[place] = UNKNOWN_TAKEN;
        }
        if let Some(taken_s) = item.taken_s {
            hot.taken_s[place] = taken_s;
        }
        // A size is one fact: half of one would be a shape that no picture has.
        if item.width_px != 0 && item.height_px != 0 {
            hot.width_px[place] = item.width_px;
            hot.height_px[place] = item.height_px;
        }
        hot.kind[place] = kind_number(item.kind);
        let old = cameras.get(hot.camera[place]);
        let camera = Camera { make: newest(old.make, &item.camera.make), model: newest(old.model, &item.camera.model) };
        hot.camera[place] = cameras.number(&camera);
        before != (hot.taken_s[place], hot.width_px[place], hot.height_px[place], hot.kind[place], hot.camera[place])
    }
}

/// A piece that has as many rows as are known, or more: those were committed a moment ago and are about to be applied.
fn fitting<T>(piece: Option<T>, rows: impl Fn(&T) -> usize, least: usize) -> Option<T> {
    piece.filter(|piece| rows(piece) >= least)
}

/// Adds the hot columns of an item that was not known.
pub(super) fn push_hot(hot: &mut HotSegment, item: &MediaItem, cameras: &mut Cameras) {
    let has_size = item.width_px != 0 && item.height_px != 0;
    hot.taken_s.push(item.taken_s.unwrap_or(UNKNOWN_TAKEN));
    hot.width_px.push(if has_size { item.width_px } else { 0 });
    hot.height_px.push(if has_size { item.height_px } else { 0 });
    hot.kind.push(kind_number(item.kind));
    hot.camera.push(cameras.number(&item.camera));
    hot.flags.push(0);
}

/// The cold columns of an item.
pub(super) fn cold_facts(item: &MediaItem) -> ColdFacts<'_> {
    ColdFacts { id: &item.id, mime_type: &item.mime_type, product_url: &item.product_url, exposure: &item.exposure }
}

/// The rule of merging, for texts: what is newer counts, but nothing new is no news.
fn newest(old: String, new: &str) -> String {
    if new.is_empty() { old } else { new.to_string() }
}

fn put_cold(row: &mut ColdRow, item: &MediaItem) -> bool {
    let merged = ColdRow {
        id: item.id.clone(),
        mime_type: newest(row.mime_type.clone(), &item.mime_type),
        product_url: newest(row.product_url.clone(), &item.product_url),
        exposure: Exposure {
            f_number: item.exposure.f_number.or(row.exposure.f_number),
            exposure_s: item.exposure.exposure_s.or(row.exposure.exposure_s),
            iso: item.exposure.iso.or(row.exposure.iso),
            focal_length_mm: item.exposure.focal_length_mm.or(row.exposure.focal_length_mm),
            frames_per_s: item.exposure.frames_per_s.or(row.exposure.frames_per_s),
        },
    };
    let changed = *row != merged;
    *row = merged;
    changed
}

fn put_text(row: &mut TextRow, item: &MediaItem) -> bool {
    let merged = TextRow {
        file_name: newest(row.file_name.clone(), &item.file_name),
        // The exception: Google leaves an empty description out, so that none is how it says that it was deleted.
        description: item.description.clone(),
    };
    let changed = *row != merged;
    *row = merged;
    changed
}
