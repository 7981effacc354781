//! Changing what Google says of a media item.

use super::Engine;
use crate::google::edit::{edit_description_request, parse_edited};
use crate::ports::{Batch, World};
use crate::protocol::Answer;
use crate::trouble::Trouble;

impl<W: World + 'static> Engine<W> {
    /// Has Google change the description of a row, and keeps the item as Google answers it.
    pub(super) async fn edit_description(&self, row: u32, description: &str) -> Result<Answer, Trouble> {
        let id = self.ledger().ids(self.world.store(), &[row]).await?.pop().flatten();
        let id = id.ok_or_else(|| Trouble::OutOfPlace(format!("row {row} is not in the catalog")))?;
        let reply = self.google(|token| edit_description_request(token, &id, description), &|_| {}).await?;
        let item = parse_edited(&reply, &id)?;
        self.keep(&[item], |_| Batch::default()).await?;
        self.details(row).await
    }
}
