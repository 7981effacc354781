//! Times that the person put right: what the sources say is kept beside what counts.
//!
//! The hot columns hold the time as it counts, so that nobody who reads them knows of corrections. A row that was
//! corrected has in its cold columns the correction and the time as the sources say it. What a source says anew changes
//! that, and the correction is made of it once more; it is never made of what came of it.

use std::rc::Rc;

use crate::photo::{Correction, MediaItem, Moment};
use crate::ports::{Store, StoreError};

use super::cameras::Cameras;
use super::codec::{ABSENT, ColdCorrection, HotSegment, LocalFacts, UNKNOWN_TAKEN};
use super::ledger::{Ledger, Staged};
use super::removal::Word;
use super::segment::{Changed, Segment};

/// Minutes to add to UTC in the zone of an IANA name at an instant (seconds since 1970-01-01T00:00:00Z); `None` where
/// that is not known.
pub type Offsets = Rc<dyn Fn(&str, i64) -> Option<i32>>;

impl Ledger {
    /// As [`stage`](Self::stage), for rows whose times are corrected, in place of how they were corrected before; or
    /// whose correction is taken back. Rows that do not exist are passed over, and so are those whose instant no source
    /// tells, or whose zone is not known then: [`Staged::passed_over`] says how many.
    ///
    /// # Errors
    /// Whatever the store refuses to read.
    pub async fn stage_correcting<S: Store>(
        &self,
        store: &S,
        rows: &[u32],
        correction: Option<&Correction>,
    ) -> Result<Staged, StoreError> {
        self.stage_all(store, (&[], false), rows, Word::Corrected(correction)).await
    }

    /// Takes whoever knows the zones of the world. Until then none is known.
    pub fn set_offsets(&self, offsets: Offsets) {
        *self.offsets.borrow_mut() = Some(offsets);
    }

    /// Takes whoever another ledger has.
    pub fn set_offsets_of(&self, other: &Self) {
        self.offsets.borrow_mut().clone_from(&other.offsets.borrow());
    }

    /// Minutes to add to UTC in the zone of an IANA name.
    pub(super) fn offset_min(&self, zone: &str, utc_s: i64) -> Option<i32> {
        self.offsets.borrow().as_ref()?(zone, utc_s)
    }
}

impl Segment {
    /// When the row at `place` was taken, as it counts.
    pub(super) fn shown(&self, place: usize) -> Moment {
        shown(&self.hot, place)
    }

    /// The same as its sources say it.
    pub(super) fn told(&self, place: usize) -> Moment {
        let correction = self.cold.get(place).and_then(|cold| cold.correction.as_deref());
        correction.map_or_else(|| self.shown(place), |cold| cold.told)
    }

    /// Makes it count, without a word on who says it.
    pub(super) fn show(&mut self, place: usize, moment: Moment) {
        self.hot.taken_s[place] = moment.taken_s.unwrap_or(UNKNOWN_TAKEN);
        self.hot.set_local(place, self.hot.local(place).with_clock(moment.clock));
    }

    /// Corrects the row at `place`, or takes its correction back. The second is whether that could be done.
    pub(super) fn correct(
        &mut self,
        place: usize,
        correction: Option<&Correction>,
        offset_min: &dyn Fn(&str, i64) -> Option<i32>,
    ) -> (Changed, bool) {
        if place >= self.len() || self.hot.kind[place] == ABSENT {
            return (Changed::default(), false);
        }
        let (told, before) = (self.told(place), self.shown(place));
        let corrected = match correction {
            Some(correction) => match correction.of(told, offset_min) {
                Some(shown) => Some((shown, ColdCorrection { correction: correction.clone(), told })),
                None => return (Changed::default(), false),
            },
            None => None,
        };
        let (shown, cold) = corrected.map_or((told, None), |(shown, cold)| (shown, Some(Box::new(cold))));
        self.show(place, shown);
        let changed = Changed { hot: shown != before, cold: self.cold[place].correction != cold, text: false };
        self.cold[place].correction = cold;
        (changed, true)
    }

    /// Makes `item` all that is known of the row at `place`; what the person put right stays, or is no more put right.
    pub(super) fn replace(
        &mut self,
        place: usize,
        item: &MediaItem,
        cameras: &mut Cameras,
        offset_min: &dyn Fn(&str, i64) -> Option<i32>,
    ) -> Changed {
        let known = self.cold.get(place).and_then(|cold| cold.correction.clone());
        let changes = [
            self.remove(place),
            self.put(place, item, cameras, offset_min),
            self.correct(place, known.as_deref().map(|cold| &cold.correction), offset_min).0,
        ];
        changes.into_iter().fold(Changed::default(), |all, one| Changed {
            hot: all.hot | one.hot,
            cold: all.cold | one.cold,
            text: all.text | one.text,
        })
    }

    /// Takes what the sources say now of the row at `place`, which counts `before`; its correction, or the one that
    /// comes with an item, is made of it. Whether the cold columns are different now.
    pub(super) fn tell(
        &mut self,
        place: usize,
        told: Moment,
        before: Moment,
        item: Option<&MediaItem>,
        offset_min: &dyn Fn(&str, i64) -> Option<i32>,
    ) -> bool {
        let known = self.cold[place].correction.take();
        let brought = item.and_then(|item| item.corrected.as_deref());
        let Some(correction) = known.as_ref().map(|cold| &cold.correction).or(brought.map(|own| &own.correction))
        else {
            self.show(place, told);
            return false;
        };
        let is_same = |cold: &ColdCorrection| cold.told == told && before != Moment::default();
        let shown = if known.as_deref().is_some_and(is_same) {
            before
        } else if let Some(brought) = brought.filter(|own| known.is_none() && own.told == told) {
            brought.shown
        } else {
            // A zone that is not known any more had the offset that it had.
            let offset = |zone: &str, utc_s: i64| {
                offset_min(zone, utc_s).or_else(|| before.clock.map(|clock| clock.offset_min.into()))
            };
            correction.of(told, &offset).unwrap_or(told)
        };
        let cold = Some(Box::new(ColdCorrection { correction: correction.clone(), told }));
        self.show(place, shown);
        let is_changed = known != cold;
        self.cold[place].correction = cold;
        is_changed
    }
}

/// The correction that an item brings with it.
pub(super) fn cold_correction(item: &MediaItem) -> Option<Box<ColdCorrection>> {
    let corrected = item.corrected.as_deref()?;
    Some(Box::new(ColdCorrection { correction: corrected.correction.clone(), told: corrected.told }))
}

/// When the row at `place` was taken, as it counts.
pub(super) fn shown(hot: &HotSegment, place: usize) -> Moment {
    if hot.kind[place] == ABSENT {
        return Moment::default();
    }
    let taken_s = Some(hot.taken_s[place]).filter(|taken_s| *taken_s != UNKNOWN_TAKEN);
    Moment { taken_s, clock: hot.local(place).clock() }
}

/// The local time and the place of an item, as hot columns hold them.
pub(super) fn local_facts(item: &MediaItem) -> LocalFacts {
    let facts = item.export.as_deref().map(LocalFacts::of).unwrap_or_default();
    facts.with_clock(item.shown().clock)
}
