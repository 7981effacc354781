//! The way of an export's pieces: they are asked of the engine, made into a file where they are not one yet, and written.
//! Each of these goes on while the others do.

use std::cell::RefCell;

use albumen_core::protocol::{Answer, Wish};
use futures_channel::mpsc::{Receiver, Sender, channel};
use futures_util::future::{try_join, try_join3};
use futures_util::{FutureExt, SinkExt, StreamExt};

use super::{Broken, out_of_place};
use crate::app::actions::Actions;
use crate::app::services::{ParquetMaker, Piece, Saving};

/// How often it is said how far an export is.
const TOLD_EVERY_MS: i64 = 250;
/// Pieces that whoever makes a file has at a time: one, and the next, so that nothing is waited for in between.
const IN_THE_MAKING: usize = 2;

/// Pieces that are written: the engine makes others in their place.
type Spent = RefCell<Vec<Piece>>;

/// A piece on its way.
struct Step {
    piece: Piece,
    /// Rows that were gone through up to it.
    done: u32,
}

impl Actions {
    /// How many rows are in the file. Between two stages a piece waits at most.
    pub(super) async fn write_pieces(
        self,
        export: u32,
        maker: Option<ParquetMaker>,
        saving: &Saving,
    ) -> Result<u32, Broken> {
        let spent = RefCell::default();
        let (to_make, asked) = channel(0);
        let ask = self.ask_for_steps(export, to_make, &spent);
        match maker {
            None => Ok(try_join(ask, self.write_steps(asked, saving, &spent)).await?.0),
            Some(maker) => {
                let (to_write, made) = channel(0);
                let make = make_steps(&maker, asked, to_write);
                let (written, ..) = try_join3(ask, make, self.write_steps(made, saving, &spent)).await?;
                self.services.keep_parquet(maker);
                Ok(written)
            }
        }
    }

    async fn ask_for_steps(self, export: u32, mut next: Sender<Step>, spent: &Spent) -> Result<u32, Broken> {
        loop {
            let spare = spent.take();
            let (answer, pieces) = self.services.ask_for_pieces(Wish::NextOfExport { export }, spare).await?;
            let Answer::Exported { done, written, is_last } = answer else { return Err(out_of_place(&answer)) };
            for piece in pieces {
                hand_on(&mut next, Step { piece, done }).await;
            }
            if is_last {
                return Ok(written);
            }
        }
    }

    async fn write_steps(self, mut steps: Receiver<Step>, saving: &Saving, spent: &Spent) -> Result<(), Broken> {
        let (mut bytes, mut told_ms) = (0, self.services.now_ms());
        while let Some(Step { piece, done }) = steps.next().await {
            bytes += piece.size();
            let taken = saving.write(piece).await?;
            spent.borrow_mut().extend(taken);
            // What says it anew is painted anew, which takes from what makes the pieces.
            if self.services.now_ms() - told_ms >= TOLD_EVERY_MS {
                told_ms = self.services.now_ms();
                self.update_export(|state| (state.done, state.bytes) = (done, bytes));
            }
        }
        Ok(())
    }
}

async fn make_steps(maker: &ParquetMaker, asked: Receiver<Step>, mut next: Sender<Step>) -> Result<(), Broken> {
    let mut done = 0;
    let write = |step: Step| maker.write(&step.piece).map(move |made| (made, step.done));
    let mut in_the_making = asked.map(write).buffered(IN_THE_MAKING);
    while let Some((made, until)) = in_the_making.next().await {
        done = until;
        hand_on(&mut next, Step { piece: made?, done }).await;
    }
    let piece = maker.end().await?;
    hand_on(&mut next, Step { piece, done }).await;
    Ok(())
}

/// Waits until the next stage can take it. One that has ended has failed, and with it all of them.
async fn hand_on(next: &mut Sender<Step>, step: Step) {
    let _ = next.send(step).await;
}
