//! Searching names and descriptions, and looking at how photos were exposed.

use super::{Answered, Engine};
use crate::catalog::{ExposureCounts, RowSet, SetAside};
use crate::photo::Exposed;
use crate::ports::{Locks, World};
use crate::protocol::{Answer, ExposureNumbers};
use crate::trouble::Trouble;

impl<W: World + 'static> Engine<W> {
    /// Reads the texts of all rows before anything is searched. What cannot be read is told by the first search.
    pub(super) async fn read_texts(&self) -> Result<Answer, Trouble> {
        self.keep_up().await?;
        self.ledger().read_texts(self.world.store()).await?;
        Ok(Answer::Done)
    }

    pub(super) async fn find_text(&self, text: &str) -> Answered {
        self.keep_up().await?;
        let found = self.ledger().find(self.world.store(), text).await?;
        let set_aside = found.set_aside.iter().map(SetAside::to_string).collect();
        Ok((Answer::Found { count: found.rows.len() as u32, set_aside }, vec![found.rows.to_bytes()]))
    }

    pub(super) async fn find_exposed(&self, exposed: &Exposed) -> Answered {
        self.keep_up().await?;
        let found = self.ledger().find_exposed(self.world.store(), exposed).await?;
        let set_aside = found.set_aside.iter().map(SetAside::to_string).collect();
        Ok((Answer::Found { count: found.rows.len() as u32, set_aside }, vec![found.rows.to_bytes()]))
    }

    pub(super) async fn count_exposures(&self, rows: &[u8], exposed: &Exposed) -> Result<Answer, Trouble> {
        let rows = RowSet::from_bytes(rows).map_err(|why| Trouble::OutOfPlace(why.to_string()))?;
        self.keep_up().await?;
        let counted = self.ledger().count_exposures(self.world.store(), &rows, exposed).await?;
        let ExposureCounts { lenses, classes, unknown, equivalents } = counted.counts;
        let numbers = ExposureNumbers { lenses, classes, unknown, equivalents };
        Ok(Answer::Exposures {
            numbers: Box::new(numbers),
            set_aside: counted.set_aside.iter().map(SetAside::to_string).collect(),
        })
    }

    pub(super) async fn keep_up(&self) -> Result<(), Trouble> {
        if self.is_behind().await? {
            self.world.locks().exclusive("catalog", self.catch_up()).await?;
        }
        Ok(())
    }
}
