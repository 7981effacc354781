//! Searching names and descriptions.

use super::{Answered, Engine};
use crate::catalog::SetAside;
use crate::ports::{Locks, World};
use crate::protocol::Answer;

impl<W: World + 'static> Engine<W> {
    pub(super) async fn find_text(&self, text: &str) -> Answered {
        if self.is_behind().await? {
            self.world.locks().exclusive("catalog", self.catch_up()).await?;
        }
        let found = self.ledger().find(self.world.store(), text).await?;
        let set_aside = found.set_aside.iter().map(SetAside::to_string).collect();
        Ok((Answer::Found { count: found.rows.len() as u32, set_aside }, vec![found.rows.to_bytes()]))
    }
}
