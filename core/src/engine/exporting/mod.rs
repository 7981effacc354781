//! Rows written down as a file, piece by piece, as whoever keeps the file asks for them.
//!
//! Nothing of an export is stored: the file is the page's, and one that is broken off is begun anew.

mod gathered;
mod output;
mod titles;

use futures_util::future::join;

use crate::catalog::{Ledger, SegmentRecords};
use crate::export::Format;
use crate::photo::ItemFacts;
use crate::ports::{Clock, World};
use crate::protocol::Answer;
use crate::table::read_rows;
use crate::trouble::Trouble;

use self::gathered::{GATHERED_AT_ONCE, Gathered, is_scattered};
use self::output::Output;
use self::titles::Titles;
use super::keep::read_generation;
use super::{Answered, Engine};

/// Rows that are gone through for a piece, at most: where few of them have a place, a map's file grows slowly.
const ROWS_A_PIECE: usize = 1 << 16;
/// Runs of rows of one segment each that are written in one go, while the segments of the next are read.
const RUNS_AT_ONCE: usize = 4;
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
    /// In the order in which they are written.
    rows: Vec<u32>,
    /// Those before are done.
    next: usize,
    is_begun: bool,
    /// Rows that are in the file.
    written: u32,
    titles: Titles,
    gathered: Option<Gathered>,
    /// The segments of the next runs of rows.
    ahead: Vec<SegmentRecords>,
    output: Output,
}

impl<W: World + 'static> Engine<W> {
    /// Begins an export of rows (as [`read_rows`] reads them), in place of one that is under way.
    pub(super) async fn begin_export(&self, rows: &[u8], format: Format) -> Result<Answer, Trouble> {
        let rows = read_rows(rows).ok_or_else(|| Trouble::OutOfPlace(format!("{} bytes are no rows", rows.len())))?;
        if let Some(row) = rows.iter().find(|row| **row as usize >= self.ledger().len()) {
            return Err(Trouble::OutOfPlace(format!("there is no row {row}")));
        }
        let number = {
            let mut exports = self.exports.borrow_mut();
            exports.end();
            exports.last += 1;
            exports.last
        };
        let output = Output::new(format);
        let titles = Titles::of(self.stored_albums().await?.albums.iter().map(|(album, _)| album));
        let count = rows.len() as u32;
        let (gathered, ahead) = (None, Vec::new());
        let exporting =
            Exporting { number, rows, next: 0, is_begun: false, written: 0, titles, gathered, ahead, output };
        self.put_back(exporting)?;
        Ok(Answer::ExportBegun { export: number, rows: count })
    }

    /// The next piece of a file, or of the columns that one is to be made of; the bytes travel beside the answer. After the
    /// last there is no such export any more.
    pub(super) async fn next_of_export(&self, number: u32) -> Answered {
        let current = self.exports.borrow_mut().current.take_if(|current| current.number == number);
        let mut exporting = current.ok_or_else(no_such_export)?;
        // Another tab may have emptied the catalog: these rows are no photos any more, or others. It is asked while the first
        // of them are read.
        let (generation, made) = join(read_generation(self.world.store()), self.make_piece(&mut exporting)).await;
        if generation? == 0 {
            return Err(no_such_export());
        }
        made?;
        let (done, written) = (exporting.next as u32, exporting.written);
        let is_last = exporting.next == exporting.rows.len();
        if is_last {
            exporting.output.end();
        }
        let buffers = exporting.output.take();
        if !is_last {
            self.put_back(exporting)?;
        } else if self.exports.borrow().ended >= number {
            return Err(no_such_export());
        }
        Ok((Answer::Exported { done, written, is_last }, buffers))
    }

    /// Writes rows until they are enough for a piece, or there are no more.
    async fn make_piece(&self, exporting: &mut Exporting) -> Result<(), Trouble> {
        let until = exporting.rows.len().min(exporting.next + ROWS_A_PIECE);
        if !std::mem::replace(&mut exporting.is_begun, true) {
            exporting.output.begin();
        }
        while !exporting.output.has_piece() && exporting.next < until {
            self.export_some(exporting).await?;
            self.world.clock().turn().await;
        }
        Ok(())
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

    /// Writes the next rows: some runs of one segment each, or some of those that were gathered from all over.
    async fn export_some(&self, exporting: &mut Exporting) -> Result<(), Trouble> {
        let Exporting { rows, next, written, titles, gathered, ahead, output, .. } = exporting;
        let soon = |from: usize| &rows[from..rows.len().min(from + GATHERED_AT_ONCE)];
        if gathered.is_none() && ahead.is_empty() && is_scattered(soon(*next)) {
            *gathered = Some(self.gather_rows(soon(*next)).await?);
        }
        let mut writing = Writing { titles, output, written };
        if let Some(ready) = gathered {
            for (at, facts) in ready.take(WRITTEN_AT_ONCE) {
                writing.row(rows[*next + at], facts);
            }
            *next += ready.step();
            if ready.is_over() {
                *gathered = None;
            }
            return Ok(());
        }
        let (ledger, store) = (self.ledger(), self.world.store());
        if ahead.is_empty() {
            *ahead = ledger.read_segments(store, &segments_of(&runs(&rows[*next..]))).await?;
        }
        let now = std::mem::take(ahead);
        let runs_now: Vec<&[u32]> = runs(&rows[*next..]).into_iter().take(now.len()).collect();
        let then = *next + runs_now.iter().map(|run| run.len()).sum::<usize>();
        // While these are written, the browser reads those that come next, unless they are to be gathered.
        let segments_then = segments_of(&ahead_of(&rows[then..]));
        let read = ledger.read_segments(store, &segments_then);
        let write = async {
            for (segment, run) in now.iter().zip(&runs_now) {
                ledger.visit(segment, run, &mut |at, facts| writing.row(run[at], facts));
                self.world.clock().turn().await;
            }
        };
        let (is_read, ()) = join(read, write).await;
        *next = then;
        *ahead = is_read?;
        Ok(())
    }

    /// Gathers rows that lie all over the catalog, segment by segment.
    async fn gather_rows(&self, rows: &[u32]) -> Result<Gathered, Trouble> {
        let (ledger, store) = (self.ledger(), self.world.store());
        let mut gathered = Gathered::new(rows.len());
        for places in gathered.by_segment(rows).chunks(RUNS_AT_ONCE) {
            let of_segments: Vec<Vec<u32>> =
                places.iter().map(|places| places.iter().map(|at| rows[*at as usize]).collect()).collect();
            let numbers: Vec<u32> = of_segments.iter().map(|rows| Ledger::segment_of(rows[0])).collect();
            let segments = ledger.read_segments(store, &numbers).await?;
            for (segment, (places, rows)) in segments.iter().zip(places.iter().zip(&of_segments)) {
                ledger.visit(segment, rows, &mut |at, facts| gathered.put(places[at] as usize, &facts));
                self.world.clock().turn().await;
            }
        }
        Ok(gathered)
    }
}

/// The first runs of rows of one segment each.
fn runs(rows: &[u32]) -> Vec<&[u32]> {
    let is_together = |a: &u32, b: &u32| Ledger::segment_of(*a) == Ledger::segment_of(*b);
    rows.chunk_by(is_together).take(RUNS_AT_ONCE).collect()
}

/// The same; none where rows lie all over the catalog: those are gathered.
fn ahead_of(rows: &[u32]) -> Vec<&[u32]> {
    if is_scattered(&rows[..rows.len().min(GATHERED_AT_ONCE)]) { Vec::new() } else { runs(rows) }
}

fn segments_of(runs: &[&[u32]]) -> Vec<u32> {
    runs.iter().map(|run| Ledger::segment_of(run[0])).collect()
}

/// Rows on their way into the file.
struct Writing<'a> {
    titles: &'a Titles,
    output: &'a mut Output,
    /// How many are in the file.
    written: &'a mut u32,
}

impl Writing<'_> {
    #[inline(never)] // Generic callers are made for their size, where they are called.
    fn row<'b>(&'b mut self, row: u32, mut facts: ItemFacts<'b>) {
        facts.albums = self.titles.of_row(row);
        *self.written += u32::from(self.output.row(&facts));
    }
}

fn no_such_export() -> Trouble {
    Trouble::OutOfPlace("this export has ended, or its photos are gone".into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::ROWS_PER_SEGMENT;

    #[test]
    fn rows_that_lie_together_are_read_ahead_until_they_lie_all_over() {
        const FULL: u32 = ROWS_PER_SEGMENT as u32;
        let together = 0..20 * FULL;
        let all_over = (0..8 * FULL).map(|at| (20 + at % 8) * FULL + at / 8);
        let rows: Vec<u32> = together.chain(all_over).collect();
        assert_eq!(segments_of(&ahead_of(&rows)), [0, 1, 2, 3]);
        assert_eq!(segments_of(&ahead_of(&rows[20 * FULL as usize..])), [0; 0]);
        assert_eq!(segments_of(&ahead_of(&[])), [0; 0]);
    }
}
