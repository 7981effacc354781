//! Changing what Google says of a media item.

use super::Engine;
use super::keep::{Change, Kept};
use crate::catalog::Source;
use crate::google::edit::{edit_description_request, parse_edited};
use crate::photo::MediaItem;
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
        let is_cleared = item.description.is_empty();
        self.keep(&[item], |_| Batch::default()).await?;
        if is_cleared {
            self.clear_description(row).await?;
        }
        self.details(row).await
    }

    /// A source that says nothing leaves what another one says; the person who clears it means all of them.
    async fn clear_description(&self, row: u32) -> Result<(), Trouble> {
        let item = self.ledger().details(self.world.store(), row).await?;
        let Some(item) = item.filter(|item| !item.description.is_empty()) else { return Ok(()) };
        let cleared = MediaItem { description: String::new(), ..item };
        let change = Change { taken_back: Some(Source::Account), replacing: vec![cleared], ..Change::default() };
        let (_, mut untold) = self.keep_change(|| (change, |_: &Kept| Batch::default())).await?;
        self.tell_kept(&mut untold);
        Ok(())
    }
}
