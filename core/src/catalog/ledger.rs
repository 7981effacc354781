//! The worker's side of the catalog: which media item is which row, and what must be written when items come.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;
use std::sync::Arc;

use futures_util::lock::Mutex;

use crate::photo::{Camera, MediaItem};
use crate::ports::{Batch, Store, StoreError};
use crate::store::keys;

use super::cache::Cache;
use super::cameras::Cameras;
use super::codec::{
    ColdCorrection, ColdExport, ColdFacts, HotSegment, encode_cameras, encode_cold, encode_cold_facts, encode_hot,
    encode_keys, encode_text, encode_texts,
};
use super::correcting::{Offsets, cold_correction};
use super::exposures::ExposureIndex;
use super::index::{KeyIndex, NO_KEY, key_of};
use super::opening;
use super::pieces::{LEAST_ROWS, MOST_PIECES, Part, Pieces, until};
use super::quick::Quick;
pub use super::staged::{SetAside, Staged};

use super::removal::{Arrival, Word, by_segment, goings};
use super::segment::{Changed, Segment, cold_export, cold_facts, push_hot};
use super::text::TextIndex;
use super::{MOST_SEGMENTS, ROWS_PER_SEGMENT};

/// Which media item is which row. Holds keys and cameras only; everything else is read when it is needed.
///
/// Adding items takes three steps: [`stage`](Self::stage) says what must be written, the caller commits it together
/// with whatever belongs to it (its cursor), [`apply`](Self::apply) takes it over. A commit that fails is not applied,
/// and the ledger is as it was.
///
/// # When an item comes again
/// The same id is the same row, in one call or years later. Every fact that the newest word gives replaces the old one;
/// what it does not say (`None`, an empty text, a size of 0) does not erase what was known. The one exception is the
/// description: Google leaves out an empty one, so none means that there is none.
///
/// An item with an `export` replaces all that one told of its row before; one without, the account's word, leaves it.
/// Whose word counts for what in a row that both tell of is in the module `merging`.
pub struct Ledger {
    pub(super) index: RefCell<KeyIndex>,
    pub(super) cameras: RefCell<Cameras>,
    pub(super) cache: RefCell<Cache>,
    /// Of which records each segment consists.
    pub(super) pieces: RefCell<Pieces>,
    /// Names and descriptions, from the first search on.
    pub(super) text: RefCell<TextIndex>,
    /// How photos were exposed, from the first question for it on.
    pub(super) exposures: RefCell<ExposureIndex>,
    /// Who knows the zones of the world.
    pub(super) offsets: RefCell<Option<Offsets>>,
    /// Held while texts are read: two searches at a time would read them twice.
    pub(super) reading: Arc<Mutex<()>>,
    /// Held by a [`Staged`]: two at a time would give the same row to two items.
    turn: Arc<Mutex<()>>,
    /// Raised by every change, so that a [`Staged`] is only applied to the ledger it was made for.
    pub(super) revision: Cell<u64>,
}

impl Ledger {
    /// Reads the keys and the cameras, and checks the hot segments.
    ///
    /// Keys that cannot be read are made anew from their cold segment; if that is lost too, the segment is moved under
    /// `catalog/aside/`, its rows are gone, and their items get new rows when they come again. Hot, cold and text
    /// segments that cannot be read stay where they are and are filled again as their items come.
    ///
    /// # Errors
    /// Whatever the store refuses to read.
    pub async fn open<S: Store>(store: &S) -> Result<(Self, Vec<SetAside>), StoreError> {
        let found = opening::read(store).await?;
        let ledger = Self {
            index: RefCell::new(found.index),
            cameras: RefCell::new(found.cameras),
            cache: RefCell::default(),
            pieces: RefCell::new(found.pieces),
            text: RefCell::default(),
            exposures: RefCell::default(),
            offsets: RefCell::default(),
            reading: Arc::default(),
            turn: Arc::default(),
            revision: Cell::new(0),
        };
        Ok((ledger, found.set_aside))
    }

    /// Number of rows, absent ones among them.
    pub fn len(&self) -> usize {
        self.index.borrow().len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The row of a media item, if it is known.
    pub fn row_of(&self, id: &str) -> Option<u32> {
        self.index.borrow().row(key_of(id))
    }

    /// The camera dictionary.
    pub fn cameras(&self) -> Vec<Camera> {
        self.cameras.borrow().list().to_vec()
    }

    /// Says what must be written so that `items` are in the catalog, each with a non-empty id. Reads only the segments
    /// that are touched. Nothing is changed before [`apply`](Self::apply).
    ///
    /// # Errors
    /// Whatever the store refuses to read; [`StoreError::Full`] when the catalog has no row numbers left.
    pub async fn stage<S: Store>(&self, store: &S, items: &[MediaItem]) -> Result<Staged, StoreError> {
        self.stage_all(store, (items, false), &[], Word::Gone).await
    }

    /// As [`stage`](Self::stage), with what happens to `rows` before. The second of `items` is whether they are all that
    /// is known of their rows from now on.
    pub(super) async fn stage_all<S: Store>(
        &self,
        store: &S,
        (items, are_only): (&[MediaItem], bool),
        rows: &[u32],
        going: Word<'_>,
    ) -> Result<Staged, StoreError> {
        let turn = Arc::clone(&self.turn).lock_owned().await;
        let goings = goings(rows, self.len());
        let removed = if matches!(going, Word::Gone) { goings.as_slice() } else { &[] };
        let (rows, new_keys) = self.number(items, removed)?;
        let mut staged = Staged {
            rows: Vec::new(),
            added: new_keys.len() as u32,
            removed: Vec::new(),
            passed_over: 0,
            batch: Batch::default(),
            hot: Vec::new(),
            cameras: None,
            new_keys,
            new_cameras: self.cameras.borrow().clone(),
            touched: Vec::new(),
            texts: BTreeSet::new(),
            new_pieces: Vec::new(),
            revision: self.revision.get(),
            _turn: turn,
        };
        let arrivals = by_segment(&goings, going, &rows, (items, are_only));
        for group in arrivals.chunk_by(|a, b| number_of(a.0) == number_of(b.0)) {
            let number = number_of(group[0].0);
            if items.len() >= LEAST_ROWS && self.is_piece(number, group) {
                self.stage_piece(&mut staged, number, group);
                continue;
            }
            let segment = self.segment(store, number).await?;
            self.stage_segment(&mut staged, number, segment, group);
        }
        staged.rows = rows;
        let cameras = staged.new_cameras.list();
        if cameras.len() > self.cameras.borrow().list().len() {
            staged.batch.puts.push((keys::CAMERAS.into(), encode_cameras(cameras)));
            staged.cameras = Some(cameras.to_vec());
        }
        Ok(staged)
    }

    /// Takes over what was committed.
    ///
    /// # Panics
    /// When the ledger was cleared since `staged` was made: its rows are not those that were written.
    #[inline(never)]
    pub fn apply(&self, staged: Staged) {
        assert_eq!(staged.revision, self.revision.get(), "a staged change belongs to the ledger as it was");
        self.revision.set(staged.revision + 1);
        let mut index = self.index.borrow_mut();
        staged.removed.iter().for_each(|row| index.forget(*row));
        for key in &staged.new_keys {
            index.push(*key);
        }
        let mut cache = self.cache.borrow_mut();
        let mut text = self.text.borrow_mut();
        let mut exposures = self.exposures.borrow_mut();
        let mut pieces = self.pieces.borrow_mut();
        for (number, place) in &staged.new_pieces {
            pieces.push(*number, *place);
            cache.forget(*number);
            text.grow(*number);
            exposures.forget(*number);
        }
        for (number, segment) in &staged.touched {
            pieces.join(*number);
            exposures.forget(*number);
            cache.put(*number, Rc::clone(segment));
            if staged.texts.contains(number) {
                text.change(*number, &segment.text);
            }
        }
        *self.cameras.borrow_mut() = staged.new_cameras;
    }

    /// Every field of one row but the base URL; `None` if nothing is known of it. Where its cold or text segment is
    /// lost, the fields of the others alone.
    ///
    /// # Errors
    /// Whatever the store refuses to read.
    pub async fn details<S: Store>(&self, store: &S, row: u32) -> Result<Option<MediaItem>, StoreError> {
        let segment = self.segment(store, number_of(row)).await?;
        Ok(segment.item(place_of(row), &self.cameras.borrow()))
    }

    /// The media item ids of some rows, in their order; `None` where it is not known.
    ///
    /// # Errors
    /// Whatever the store refuses to read.
    pub async fn ids<S: Store>(&self, store: &S, rows: &[u32]) -> Result<Vec<Option<String>>, StoreError> {
        let mut ids = Vec::with_capacity(rows.len());
        for &row in rows {
            let segment = self.segment(store, number_of(row)).await?;
            let id = segment.cold.get(place_of(row)).map(|cold| cold.id.clone());
            ids.push(id.filter(|id| !id.is_empty()));
        }
        Ok(ids)
    }

    /// The row of each item, and the keys of those that are new, in the order of their rows.
    #[inline(never)] // As what follows: generic callers are made for their size, where they are called.
    fn number(&self, items: &[MediaItem], removed: &[u32]) -> Result<(Vec<u32>, Vec<u128>), StoreError> {
        let index = self.index.borrow();
        let mut new_keys = Vec::new();
        let mut new_rows = HashMap::<u128, u32, Quick>::default();
        let mut rows = Vec::with_capacity(items.len());
        for item in items {
            let key = key_of(&item.id);
            let known = index.row(key).filter(|row| removed.binary_search(row).is_err());
            let row = known.unwrap_or_else(|| {
                *new_rows.entry(key).or_insert_with(|| {
                    new_keys.push(key);
                    (index.len() + new_keys.len() - 1) as u32
                })
            });
            rows.push(row);
        }
        if index.len() + new_keys.len() > MOST_SEGMENTS as usize * ROWS_PER_SEGMENT {
            return Err(StoreError::Full);
        }
        Ok((rows, new_keys))
    }

    /// Puts the items of one segment into it, and what changed into the batch.
    #[inline(never)]
    fn stage_segment(&self, staged: &mut Staged, number: u32, mut shared: Rc<Segment>, arrivals: &[Arrival<'_>]) {
        let rows_before = shared.len();
        let removed_before = staged.removed.len();
        let segment = Rc::make_mut(&mut shared);
        let mut changed = Changed::default();
        let offset_min = |zone: &str, utc_s: i64| self.offset_min(zone, utc_s);
        for (row, word) in arrivals {
            let place = place_of(*row);
            let (row_changed, is_gone) = match word {
                Word::Item(item) => (segment.put(place, item, &mut staged.new_cameras, &offset_min), false),
                Word::Only(item) => (segment.replace(place, item, &mut staged.new_cameras, &offset_min), false),
                Word::Gone => (segment.remove(place), true),
                Word::TakenBack(source) => segment.take_back(place, *source, &offset_min),
                Word::Corrected(correction) => {
                    let (row_changed, is_done) = segment.correct(place, *correction, &offset_min);
                    staged.passed_over += u32::from(!is_done);
                    (row_changed, false)
                }
            };
            if is_gone && self.index.borrow().keys()[*row as usize] != NO_KEY {
                staged.removed.push(*row);
            }
            changed.hot |= row_changed.hot;
            changed.cold |= row_changed.cold;
            changed.text |= row_changed.text;
        }
        let is_forgetting = staged.removed.len() > removed_before;
        if changed == Changed::default() && !is_forgetting {
            return;
        }
        let pieces = self.pieces.borrow().places(number);
        let is_joined = pieces.len() > 1;
        let old = pieces[1..].iter().flat_map(|place| Part::ALL.map(|part| part.name(number, *place)));
        staged.batch.deletes.extend(old);
        if changed.hot || is_joined {
            let record = encode_hot(&segment.hot);
            staged.batch.puts.push((keys::hot(number), record.clone()));
            if changed.hot {
                staged.hot.push((first_row_of(number), record));
            }
        }
        if changed.cold || is_joined {
            staged.batch.puts.push((keys::cold(number), encode_cold(&segment.cold)));
        }
        if changed.text || is_joined {
            staged.batch.puts.push((keys::text(number), encode_text(&segment.text)));
        }
        if changed.text {
            staged.texts.insert(number);
        }
        if segment.len() > rows_before || is_joined || is_forgetting {
            let record = encode_keys(&self.keys_with(staged, number));
            staged.batch.puts.push((keys::keys_segment(number), record));
        }
        staged.touched.push((number, shared));
    }

    /// Whether these arrivals can be written without what their segment holds already: new ones alone, none twice.
    fn is_piece(&self, number: u32, arrivals: &[Arrival<'_>]) -> bool {
        arrivals[0].0 as usize >= self.len()
            && self.pieces.borrow().count(number) < MOST_PIECES
            && arrivals.windows(2).all(|pair| pair[0].0 < pair[1].0)
    }

    #[inline(never)]
    fn stage_piece(&self, staged: &mut Staged, number: u32, arrivals: &[Arrival<'_>]) {
        let first_row = arrivals[0].0;
        let place = place_of(first_row);
        let items: Vec<&MediaItem> = arrivals.iter().filter_map(|(_, word)| word.item()).collect();
        let mut hot = HotSegment::default();
        for item in &items {
            push_hot(&mut hot, item, &mut staged.new_cameras);
        }
        let exports: Vec<Option<Box<ColdExport>>> = items.iter().map(|item| cold_export(item)).collect();
        let corrections: Vec<Option<Box<ColdCorrection>>> = items.iter().map(|item| cold_correction(item)).collect();
        let parts = items.iter().zip(exports.iter().zip(&corrections));
        let cold = parts.map(|(item, (export, correction))| cold_facts(item, export.as_deref(), correction.as_deref()));
        let cold: Vec<ColdFacts<'_>> = cold.collect();
        let texts = items.iter().map(|item| (item.file_name.as_str(), item.description.as_str()));
        let from = first_row as usize - self.len();
        let hot = encode_hot(&hot);
        staged.batch.puts.extend([
            (Part::Hot.name(number, place), hot.clone()),
            (Part::Cold.name(number, place), encode_cold_facts(&cold)),
            (Part::Text.name(number, place), encode_texts(texts)),
            (Part::Keys.name(number, place), encode_keys(&staged.new_keys[from..from + arrivals.len()])),
        ]);
        staged.hot.push((first_row, hot));
        staged.new_pieces.push((number, place));
    }

    /// The keys of one segment as they will be once what is staged is applied.
    fn keys_with(&self, staged: &Staged, number: u32) -> Vec<u128> {
        let index = self.index.borrow();
        let from = number as usize * ROWS_PER_SEGMENT;
        let all = index.keys().iter().chain(&staged.new_keys);
        let mut keys: Vec<u128> = all.skip(from).take(ROWS_PER_SEGMENT).copied().collect();
        let removed = staged.removed.iter().filter(|row| number_of(**row) == number);
        removed.for_each(|row| keys[place_of(*row)] = NO_KEY);
        keys
    }

    /// One segment's rows; those that cannot be read are blank.
    pub(super) async fn segment<S: Store>(&self, store: &S, number: u32) -> Result<Rc<Segment>, StoreError> {
        if let Some(segment) = self.cache.borrow_mut().get(number) {
            return Ok(segment);
        }
        let rows = self.len().saturating_sub(number as usize * ROWS_PER_SEGMENT).min(ROWS_PER_SEGMENT);
        if rows == 0 {
            return Ok(Rc::default());
        }
        let revision = self.revision.get();
        let places = self.pieces.borrow().places(number);
        let parts = [Part::Hot, Part::Cold, Part::Text];
        let names: Vec<String> = places.iter().flat_map(|place| parts.map(|part| part.name(number, *place))).collect();
        let mut records = store.read(&names).await?.into_iter();
        let mut next = || records.next().flatten();
        let mut segment = Segment::default();
        for at in 0..places.len() {
            segment.extend([next(), next(), next()], places[at], until(&places, at).unwrap_or(rows), rows);
        }
        let segment = Rc::new(segment);
        // What was read while something else was applied may be old.
        if self.revision.get() == revision {
            self.cache.borrow_mut().put(number, Rc::clone(&segment));
        }
        Ok(segment)
    }
}

fn first_row_of(number: u32) -> u32 {
    number * ROWS_PER_SEGMENT as u32
}

pub(super) fn number_of(row: u32) -> u32 {
    row / ROWS_PER_SEGMENT as u32
}

pub(super) fn place_of(row: u32) -> usize {
    row as usize % ROWS_PER_SEGMENT
}
