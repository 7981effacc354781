//! Searching names and descriptions.

use super::{Answered, Engine};
use crate::catalog::SetAside;
use crate::ports::{Locks, World};
use crate::protocol::Answer;
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

    pub(super) async fn keep_up(&self) -> Result<(), Trouble> {
        if self.is_behind().await? {
            self.world.locks().exclusive("catalog", self.catch_up()).await?;
        }
        Ok(())
    }
}
