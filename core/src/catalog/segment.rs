//! One segment's hot, cold and text rows together, and how new facts are put into them.

use crate::photo::{Corrected, Export, MediaItem, Moment, Place};

use super::cameras::Cameras;
use super::codec::{
    ABSENT, ACCOUNT, ColdCorrection, ColdExport, ColdFacts, ColdRow, HotSegment, LocalFacts, TextRow, UNKNOWN_TAKEN,
    decode_cold, decode_hot, decode_text, kind_from, kind_number,
};
use super::correcting::local_facts;
use super::merging::{Counts, Rule, flags_with, marks_of};
use super::source::Source;

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
        let shown = self.shown(place);
        let corrected = |cold: Box<ColdCorrection>| {
            let ColdCorrection { correction, told } = *cold;
            Box::new(Corrected { correction, told, shown })
        };
        Some(MediaItem {
            id: cold.id,
            file_name: text.file_name,
            description: text.description,
            mime_type: cold.mime_type,
            kind,
            product_url: cold.product_url,
            base_url: None,
            taken_s: shown.taken_s,
            width_px: self.hot.width_px[place],
            height_px: self.hot.height_px[place],
            camera: cameras.get(self.hot.camera[place]),
            exposure: cold.exposure,
            export: self.export(place, cold.export),
            corrected: cold.correction.map(corrected),
        })
    }

    /// What an export told of the row at `place`, put together again; `None` if none did.
    fn export(&self, place: usize, cold: Option<Box<ColdExport>>) -> Option<Box<Export>> {
        let (flags, local) = (self.hot.flags[place], self.hot.local(place));
        if !Source::Takeout.is_of(flags) {
            return None;
        }
        let ColdExport { lens, focal_length_35mm, altitude_m, origin, people, has_motion, has_edited } =
            cold.map(|cold| *cold).unwrap_or_default();
        Some(Box::new(Export {
            clock: local.clock(),
            place: local.place().map(|place| Place { altitude_m, ..place }),
            lens,
            focal_length_35mm,
            marks: marks_of(flags),
            origin,
            people,
            has_motion,
            has_edited,
            is_in_account: Source::Account.is_of(flags),
        }))
    }

    /// Puts what `item` says at `place`, which is a row of the segment or the one after its last.
    pub(super) fn put(
        &mut self,
        place: usize,
        item: &MediaItem,
        cameras: &mut Cameras,
        offset_min: &dyn Fn(&str, i64) -> Option<i32>,
    ) -> Changed {
        let is_new = place >= self.len();
        if is_new {
            self.hot.extend(HotSegment::absent(1), 1);
            self.cold.push(ColdRow::default());
            self.text.push(TextRow::default());
        }
        let rule = Rule::of(self.hot.kind[place], self.hot.flags[place], item);
        let (told, before) = (self.told(place), self.shown(place));
        let before_all = self.hot_row(place);
        self.put_hot(place, item, rule, cameras);
        let told = Moment {
            taken_s: rule.facts.fact(told.taken_s, item.told().taken_s),
            clock: if item.export.is_some() { item.told().clock } else { told.clock },
        };
        let is_corrected = self.tell(place, told, before, Some(item), offset_min);
        // A new row makes every part longer, also one of which it says nothing.
        Changed {
            hot: before_all != self.hot_row(place) || is_new,
            cold: put_cold(&mut self.cold[place], item, rule) | is_corrected | is_new,
            text: put_text(&mut self.text[place], item, rule) | is_new,
        }
    }

    /// Makes nothing known of the row at `place` any more.
    pub(super) fn remove(&mut self, place: usize) -> Changed {
        if place >= self.len() {
            return Changed::default();
        }
        let before = self.hot_row(place);
        self.hot.taken_s[place] = UNKNOWN_TAKEN;
        self.hot.width_px[place] = 0;
        self.hot.height_px[place] = 0;
        self.hot.kind[place] = ABSENT;
        self.hot.camera[place] = 0;
        self.hot.flags[place] = 0;
        self.hot.set_local(place, LocalFacts::NONE);
        Changed {
            hot: before != self.hot_row(place),
            cold: std::mem::take(&mut self.cold[place]) != ColdRow::default(),
            text: std::mem::take(&mut self.text[place]) != TextRow::default(),
        }
    }

    /// Takes back what one source told of the row at `place`; the second is whether nobody else told of it, so that it
    /// must be removed. What both told stays: of a row without its export the instant, size, camera and exposure are
    /// those of its file until the account tells of them again.
    pub(super) fn take_back(
        &mut self,
        place: usize,
        source: Source,
        offset_min: &dyn Fn(&str, i64) -> Option<i32>,
    ) -> (Changed, bool) {
        let Some(flags) = self.hot.flags.get(place).copied().filter(|_| self.hot.kind[place] != ABSENT) else {
            return (Changed::default(), false);
        };
        if !source.is_of(flags) {
            return (Changed::default(), false);
        }
        if !Source::ALL.into_iter().any(|other| other != source && other.is_of(flags)) {
            return (self.remove(place), true);
        }
        let before = self.hot_row(place);
        let (told, shown) = (self.told(place), self.shown(place));
        let cold = match source {
            Source::Account => {
                self.hot.flags[place] &= !ACCOUNT;
                false
            }
            Source::Takeout => {
                self.hot.flags[place] = 0;
                self.hot.set_local(place, LocalFacts::NONE);
                let told = Moment { clock: None, ..told };
                self.tell(place, told, shown, None, offset_min) | self.cold[place].export.take().is_some()
            }
        };
        (Changed { hot: before != self.hot_row(place), cold, text: false }, false)
    }

    /// All but when it was taken.
    fn put_hot(&mut self, place: usize, item: &MediaItem, rule: Rule, cameras: &mut Cameras) {
        let hot = &mut self.hot;
        let (kind, flags) = (hot.kind[place], hot.flags[place]);
        let known = size_of(hot.width_px[place], hot.height_px[place]);
        let size = rule.facts.fact(known, size_of(item.width_px, item.height_px));
        (hot.width_px[place], hot.height_px[place]) = size.unwrap_or_default();
        if kind == ABSENT || rule.names == Counts::Newest {
            hot.kind[place] = kind_number(item.kind);
        }
        let camera = rule.facts.camera(cameras.get(hot.camera[place]), &item.camera);
        hot.camera[place] = cameras.number(&camera);
        hot.flags[place] = flags_with(kind, flags, item);
        if let Some(export) = &item.export {
            hot.set_local(place, LocalFacts::of(export));
        }
    }

    /// All hot columns of a row.
    fn hot_row(&self, place: usize) -> (i64, [u32; 2], [u8; 2], u16, LocalFacts) {
        let hot = &self.hot;
        (
            hot.taken_s[place],
            [hot.width_px[place], hot.height_px[place]],
            [hot.kind[place], hot.flags[place]],
            hot.camera[place],
            hot.local(place),
        )
    }
}

/// A size is one fact: half of one would be a shape that no picture has.
fn size_of(width_px: u32, height_px: u32) -> Option<(u32, u32)> {
    (width_px != 0 && height_px != 0).then_some((width_px, height_px))
}

/// A piece that has as many rows as are known, or more: those were committed a moment ago and are about to be applied.
fn fitting<T>(piece: Option<T>, rows: impl Fn(&T) -> usize, least: usize) -> Option<T> {
    piece.filter(|piece| rows(piece) >= least)
}

/// Adds the hot columns of an item that was not known.
pub(super) fn push_hot(hot: &mut HotSegment, item: &MediaItem, cameras: &mut Cameras) {
    let (width_px, height_px) = size_of(item.width_px, item.height_px).unwrap_or_default();
    let local = local_facts(item);
    if !hot.local.is_empty() {
        hot.local.push(local);
    }
    hot.taken_s.push(item.taken_s.unwrap_or(UNKNOWN_TAKEN));
    hot.width_px.push(width_px);
    hot.height_px.push(height_px);
    hot.kind.push(kind_number(item.kind));
    hot.camera.push(cameras.number(&item.camera));
    hot.flags.push(flags_with(ABSENT, 0, item));
    hot.set_local(hot.len() - 1, local);
}

/// The cold columns of an item, with the parts of its export and its correction that are among them.
pub(super) fn cold_facts<'a>(
    item: &'a MediaItem,
    export: Option<&'a ColdExport>,
    correction: Option<&'a ColdCorrection>,
) -> ColdFacts<'a> {
    ColdFacts {
        id: &item.id,
        mime_type: &item.mime_type,
        product_url: &item.product_url,
        exposure: &item.exposure,
        export,
        correction,
    }
}

/// The part of its export.
pub(super) fn cold_export(item: &MediaItem) -> Option<Box<ColdExport>> {
    item.export.as_deref().and_then(ColdExport::of)
}

fn put_cold(row: &mut ColdRow, item: &MediaItem, rule: Rule) -> bool {
    let merged = ColdRow {
        id: item.id.clone(),
        mime_type: rule.names.text(row.mime_type.clone(), &item.mime_type),
        product_url: rule.names.text(row.product_url.clone(), &item.product_url),
        exposure: rule.facts.exposure(&row.exposure, &item.exposure),
        export: if item.export.is_some() { cold_export(item) } else { row.export.clone() },
        correction: row.correction.clone(),
    };
    let changed = *row != merged;
    *row = merged;
    changed
}

fn put_text(row: &mut TextRow, item: &MediaItem, rule: Rule) -> bool {
    let description = if rule.erases_description {
        item.description.clone()
    } else {
        rule.names.text(row.description.clone(), &item.description)
    };
    let merged = TextRow { file_name: rule.names.text(row.file_name.clone(), &item.file_name), description };
    let changed = *row != merged;
    *row = merged;
    changed
}
