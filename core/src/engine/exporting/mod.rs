//! Rows written down as a file, piece by piece, as whoever keeps the file asks for them.
//!
//! Nothing of an export is stored: the file is the page's, and one that is broken off is begun anew.

mod gathered;
mod titles;

use futures_util::future::join;

use crate::catalog::{Ledger, RowSet};
use crate::export::{Format, Gathering, Writer};
use crate::photo::ItemFacts;
use crate::ports::{Clock, ParquetWriter, World};
use crate::protocol::Answer;
use crate::trouble::Trouble;

use self::gathered::{GATHERED_AT_ONCE, Gathered, is_scattered};
use self::titles::Titles;
use super::keep::read_generation;
use super::{Answered, Engine};

/// About how many bytes a piece has.
const PIECE_BYTES: usize = 1 << 22;
/// Rows that are gone through for a piece, at most: where few of them have a place, a map's file grows slowly.
const ROWS_A_PIECE: usize = 1 << 16;
/// Rows of a row group of Parquet; and so many bytes end one too.
const GROUP_ROWS: u32 = 1 << 15;
const GROUP_BYTES: usize = 1 << 24;
/// Rows that were gathered and are written in one go.
const WRITTEN_AT_ONCE: usize = 4096;

/// The export that is under way.
#[derive(Default)]
pub(super) struct Exports {
    /// The number of the last one that was begun.
    last: u32,
    /// All up to this one are to end.
    ended: u32,
    /// While a piece is made, it is with whoever makes it.
    current: Option<Exporting>,
}

impl Exports {
    /// Ends whatever is under way.
    pub(super) fn end(&mut self) {
        self.ended = self.last;
        self.current = None;
    }
}

struct Exporting {
    number: u32,
    /// Newest first.
    rows: Vec<u32>,
    /// Those before are done.
    next: usize,
    is_begun: bool,
    /// Rows that are in the file.
    written: u32,
    titles: Titles,
    gathered: Option<Gathered>,
    output: Output,
}

enum Output {
    Text(Writer),
    Parquet(Gathering, Box<dyn ParquetWriter>),
}

impl<W: World + 'static> Engine<W> {
    /// Begins an export of rows (a [`RowSet`] as bytes), in place of one that is under way.
    pub(super) async fn begin_export(&self, rows: &[u8], format: Format) -> Result<Answer, Trouble> {
        let rows = RowSet::from_bytes(rows).map_err(|why| Trouble::OutOfPlace(why.to_string()))?;
        let number = {
            let mut exports = self.exports.borrow_mut();
            exports.end();
            exports.last += 1;
            exports.last
        };
        let output = match Writer::new(format) {
            Some(writer) => Output::Text(writer),
            None => Output::Parquet(Gathering::new(), self.world.parquet().begin().await?),
        };
        let titles = Titles::of(self.stored_albums().await?.albums.iter().map(|(album, _)| album));
        let rows = self.ledger().in_order(self.world.store(), &rows).await?;
        let count = rows.len() as u32;
        let gathered = None;
        let exporting = Exporting { number, rows, next: 0, is_begun: false, written: 0, titles, gathered, output };
        self.put_back(exporting)?;
        Ok(Answer::ExportBegun { export: number, rows: count })
    }

    /// The next piece of a file; the bytes travel beside the answer. After the last there is no such export any more.
    pub(super) async fn next_of_export(&self, number: u32) -> Answered {
        let current = self.exports.borrow_mut().current.take_if(|current| current.number == number);
        let mut exporting = current.ok_or_else(no_such_export)?;
        // Another tab may have emptied the catalog: these rows are no photos any more, or others.
        if read_generation(self.world.store()).await? == 0 {
            return Err(no_such_export());
        }
        let until = exporting.next + ROWS_A_PIECE;
        let mut bytes = Vec::with_capacity(PIECE_BYTES + PIECE_BYTES / 4);
        if !std::mem::replace(&mut exporting.is_begun, true) {
            exporting.output.begin(&mut bytes);
        }
        while bytes.len() < PIECE_BYTES && exporting.next < exporting.rows.len().min(until) {
            self.export_some(&mut exporting, &mut bytes).await?;
            self.world.clock().turn().await;
        }
        let (done, written) = (exporting.next as u32, exporting.written);
        let is_last = exporting.next == exporting.rows.len();
        if is_last {
            exporting.output.end(&mut bytes)?;
            if self.exports.borrow().ended >= number {
                return Err(no_such_export());
            }
        } else {
            self.put_back(exporting)?;
        }
        Ok((Answer::Exported { done, written, is_last }, vec![bytes]))
    }

    /// Ends an export; what was handed out of it is no file.
    pub(super) fn cancel_export(&self, number: u32) -> Answer {
        let mut exports = self.exports.borrow_mut();
        if exports.last == number {
            exports.end();
        }
        Answer::Done
    }

    fn put_back(&self, exporting: Exporting) -> Result<(), Trouble> {
        let mut exports = self.exports.borrow_mut();
        if exports.ended >= exporting.number {
            return Err(no_such_export());
        }
        exports.current = Some(exporting);
        Ok(())
    }

    /// Writes the next rows that lie together, or those that were gathered from all over.
    async fn export_some(&self, exporting: &mut Exporting, bytes: &mut Vec<u8>) -> Result<(), Trouble> {
        let (ledger, store) = (self.ledger(), self.world.store());
        let Exporting { rows, next, written, titles, gathered, output, .. } = exporting;
        if gathered.is_none() {
            let ahead = &rows[*next..rows.len().min(*next + GATHERED_AT_ONCE)];
            if is_scattered(ahead) {
                let mut new = Gathered::new(ahead.len());
                for run in new.by_segment(ahead) {
                    let of_segment: Vec<u32> = run.iter().map(|at| ahead[*at as usize]).collect();
                    ledger.visit(store, &of_segment, &mut |at, facts| new.put(run[at] as usize, &facts)).await?;
                    self.world.clock().turn().await;
                }
                *gathered = Some(new);
            }
        }
        let mut outcome = Ok(());
        let mut write = |row: u32, facts: ItemFacts<'_>| {
            let facts = ItemFacts { albums: titles.of_row(row), ..facts };
            match output.row(&facts, bytes) {
                Ok(is_written) => *written += u32::from(is_written),
                Err(why) => outcome = Err(why),
            }
        };
        if let Some(ready) = gathered {
            for (at, facts) in ready.take(WRITTEN_AT_ONCE) {
                write(rows[*next + at], facts);
            }
            *next += ready.step();
            if ready.is_over() {
                *gathered = None;
            }
        } else {
            let segment = Ledger::segment_of(rows[*next]);
            let length = rows[*next..].iter().take_while(|row| Ledger::segment_of(**row) == segment).count();
            let (together, then) = rows[*next..].split_at(length);
            // While these are written, the browser reads those that come next.
            let ahead = async {
                match then.first() {
                    Some(row) => ledger.prepare(store, *row).await,
                    None => Ok(()),
                }
            };
            ledger.prepare(store, together[0]).await?;
            let mut visit = |at: usize, facts: ItemFacts<'_>| write(together[at], facts);
            let (is_ahead, is_visited) = join(ahead, ledger.visit(store, together, &mut visit)).await;
            is_ahead.and(is_visited)?;
            *next += length;
        }
        outcome
    }
}

impl Output {
    fn begin(&mut self, bytes: &mut Vec<u8>) {
        if let Self::Text(writer) = self {
            writer.begin(bytes);
        }
    }

    /// Whether the row is in the file.
    #[inline(never)] // Generic callers are made for their size, where they are called.
    fn row(&mut self, facts: &ItemFacts<'_>, bytes: &mut Vec<u8>) -> Result<bool, Trouble> {
        match self {
            Self::Text(writer) => Ok(writer.row(facts, bytes)),
            Self::Parquet(gathering, file) => {
                gathering.push(facts);
                if gathering.rows() >= GROUP_ROWS || gathering.bytes() >= GROUP_BYTES {
                    bytes.extend(file.write(gathering.take())?);
                }
                Ok(true)
            }
        }
    }

    fn end(&mut self, bytes: &mut Vec<u8>) -> Result<(), Trouble> {
        match self {
            Self::Text(writer) => writer.end(bytes),
            Self::Parquet(gathering, file) => {
                if gathering.rows() > 0 {
                    bytes.extend(file.write(gathering.take())?);
                }
                bytes.extend(file.end()?);
            }
        }
        Ok(())
    }
}

fn no_such_export() -> Trouble {
    Trouble::OutOfPlace("this export has ended, or its photos are gone".into())
}
