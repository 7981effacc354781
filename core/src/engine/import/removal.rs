//! Imports taken out of the catalog again.

use crate::catalog::{ROWS_PER_SEGMENT, Source};
use crate::engine::Engine;
use crate::engine::control::Halt;
use crate::engine::keep::{Change, Kept, Untold};
use crate::photo::AlbumSource;
use crate::ports::{Batch, World};
use crate::protocol::{Answer, News};
use crate::store::keys;
use crate::trouble::Trouble;

/// Rows that are looked at in one transaction.
const ROWS_AT_ONCE: usize = 4 * ROWS_PER_SEGMENT;

impl<W: World + 'static> Engine<W> {
    /// Takes all that exports told out of the catalog. Rows go some at a time and what is known of the imports last: if
    /// it is broken off, the imports are still there to be removed, or to be made whole again.
    pub(in crate::engine) async fn remove_imports(&self) -> Result<Answer, Trouble> {
        self.import_control.halt(Halt::Pause);
        self.import_control.ended().await;
        let end = self.ledger().len();
        for from in (0..end).step_by(ROWS_AT_ONCE) {
            let rows = (from as u32..end.min(from + ROWS_AT_ONCE) as u32).collect();
            let change = Change { rows, taken_back: Some(Source::Takeout), ..Change::default() };
            let (_, mut untold): (Kept, Untold) = self.keep_change(|| (change, |_: &Kept| Batch::default())).await?;
            self.tell_kept(&mut untold);
        }
        let removed = self.albums_of(AlbumSource::Takeout).await?;
        let batch = Batch {
            deletes: removed.iter().map(|album| keys::album(album.0)).collect(),
            delete_prefixes: vec![keys::IMPORT.into()],
            strict: true,
            ..Batch::default()
        };
        self.commit(batch).await?;
        self.forget_import();
        if !removed.is_empty() {
            (self.tell)(News::Albums { removed, listed: self.are_albums_listed() }, Vec::new());
        }
        self.forget_thumbnails().await
    }
}
