//! The ranks of a column, read from the store and put in order in slices.

use std::cell::RefCell;
use std::rc::Rc;

use futures_util::stream::{self, StreamExt, TryStreamExt};

use crate::catalog::{ColumnPart, SegmentColumns};
use crate::engine::Engine;
use crate::ports::{Clock, World};
use crate::table::{Column, Part, RankMaker, Ranks, Value, cold_value, hot_value, text_value, titles_by_row};
use crate::trouble::Trouble;

/// Segments of one part read at once: one or two megabytes.
const SEGMENTS_AT_ONCE: usize = 8;
/// At most so many reads are under way at once.
const READS_AT_ONCE: usize = 4;

impl<W: World + 'static> Engine<W> {
    /// Those that are kept, or made now; `None` as soon as `is_wanted` says that nobody waits for them.
    pub(super) async fn ranks(
        &self,
        column: Column,
        is_wanted: &dyn Fn() -> bool,
    ) -> Result<Option<Rc<Ranks>>, Trouble> {
        self.keep_up().await?;
        // Albums change without a change of the catalog.
        let is_kept = column.part() != Part::Albums;
        let mark = self.generation.get();
        if let Some(ranks) = self.tables.ranks(mark, column).filter(|_| is_kept) {
            return Ok(Some(ranks));
        }
        let mut maker = RankMaker::new(column, self.ledger().len());
        match column.part() {
            Part::Hot => self.gather(column, ColumnPart::Hot, &mut maker, is_wanted).await?,
            Part::Cold => self.gather(column, ColumnPart::Cold, &mut maker, is_wanted).await?,
            Part::Text => self.gather(column, ColumnPart::Text, &mut maker, is_wanted).await?,
            Part::Albums => {
                for (row, titles) in titles_by_row(&self.albums_at_hand().await?) {
                    maker.put(row, &Value::of_owned(titles));
                }
            }
        }
        loop {
            self.world.clock().turn().await;
            if !is_wanted() {
                return Ok(None);
            }
            if maker.step() {
                break;
            }
        }
        let ranks = Rc::new(maker.finish());
        if is_kept {
            self.tables.keep(mark, column, &ranks);
        }
        Ok(Some(ranks))
    }

    async fn gather(
        &self,
        column: Column,
        part: ColumnPart,
        maker: &mut RankMaker,
        is_wanted: &dyn Fn() -> bool,
    ) -> Result<(), Trouble> {
        let (ledger, maker) = (self.ledger(), RefCell::new(maker));
        let segments: Vec<u32> = (0..ledger.segments()).collect();
        let read = async |segments: &[u32]| {
            if !is_wanted() {
                return Ok(());
            }
            let mut take = |first_row: u32, columns: SegmentColumns<'_>| {
                put_all(column, first_row, columns, &mut maker.borrow_mut());
            };
            ledger.read_columns(self.world.store(), segments, part, &mut take).await
        };
        // While some are gone through, the browser reads the next.
        let reads = stream::iter(segments.chunks(SEGMENTS_AT_ONCE)).map(read).buffered(READS_AT_ONCE);
        reads.try_collect::<()>().await.map_err(Trouble::from)
    }
}

fn put_all(column: Column, first_row: u32, columns: SegmentColumns<'_>, maker: &mut RankMaker) {
    match columns {
        SegmentColumns::Hot(hot) => {
            hot.rows().for_each(|place| maker.put(first_row + place, &hot_value(column, hot, place)));
        }
        SegmentColumns::Cold(rows) => {
            for (place, row) in (0..rows.len()).zip(first_row..) {
                if let Some(cold) = rows.get(place) {
                    maker.put(row, &cold_value(column, &cold));
                }
            }
        }
        SegmentColumns::Text(rows) => {
            rows.iter().zip(first_row..).for_each(|(texts, row)| maker.put(row, &text_value(column, texts.0, texts.1)));
        }
    }
}
