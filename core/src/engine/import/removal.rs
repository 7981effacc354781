//! Takes imports out of the catalog again. That they are to go is stored first, so that a removal which was broken off
//! goes on when the world is opened again.

use std::rc::Rc;

use super::{Break, Import};
use crate::catalog::ROWS_PER_SEGMENT;
use crate::engine::Engine;
use crate::engine::control::Halt;
use crate::engine::keep::Untold;
use crate::photo::AlbumSource;
use crate::ports::{Batch, Locks, Store, World};
use crate::protocol::{Answer, ImportStep, News, Work};
use crate::store::keys;
use crate::trouble::Trouble;

/// Rows that are looked at in one transaction.
const AT_ONCE: u32 = ROWS_PER_SEGMENT as u32;

impl<W: World + 'static> Engine<W> {
    /// Takes all that exports told out of the catalog. An import that runs is ended before.
    pub(in crate::engine) async fn remove_imports(self: &Rc<Self>) -> Result<Answer, Trouble> {
        self.halt_import(Halt::Pause).await?;
        let puts = vec![(keys::IMPORT_REMOVAL.to_owned(), Vec::new())];
        self.commit(Batch { puts, strict: true, ..Batch::default() }).await?;
        self.work_on_import();
        self.import_control.ended().await;
        match self.import.borrow().record.work.clone() {
            Work::Stopped(why) => Err(why),
            Work::Paused => Err(Trouble::OutOfPlace("the removal was paused before it came to its end".into())),
            _ => Ok(Answer::Done),
        }
    }

    /// Goes on with a removal that was broken off.
    pub(in crate::engine) async fn take_up_removal(self: &Rc<Self>) -> Result<(), Trouble> {
        if self.is_removal_due().await? {
            self.work_on_import();
        }
        Ok(())
    }

    pub(super) async fn is_removal_due(&self) -> Result<bool, Trouble> {
        Ok(self.world.store().read(&[keys::IMPORT_REMOVAL.to_owned()]).await?.pop().flatten().is_some())
    }

    pub(super) async fn run_removal(&self) {
        let outcome = self.remove_all_imported().await;
        let import = &mut *self.import.borrow_mut();
        match outcome {
            // All that memory knows of imports is gone, once the store has lost it.
            Ok(()) => *import = Import::default(),
            Err(Break::Halted(_)) => import.record.work = Work::Paused,
            Err(Break::Failed(why)) => import.record.work = Work::Stopped(why),
        }
    }

    async fn remove_all_imported(&self) -> Result<(), Break> {
        self.import.borrow_mut().record.work = Work::Running;
        // Another tab may have imported since.
        self.world.locks().exclusive("catalog", self.catch_up()).await?;
        let end = self.ledger().len() as u32;
        self.set_step(ImportStep::Removing, u64::from(end));
        let mut untold = Untold::default();
        for first in (0..end).step_by(AT_ONCE as usize) {
            self.breathe().await?;
            let rows = self.imported_rows(first..end.min(first + AT_ONCE)).await?;
            if !rows.is_empty() {
                untold.add(self.give_back(&rows, Batch::default).await?);
                self.tell_kept(&mut untold);
            }
            self.import.borrow_mut().record.done = u64::from(first);
            self.tell_progress(&mut untold).await;
        }
        self.forget_thumbnails().await?;
        let removed = self.albums_of(AlbumSource::Takeout).await?;
        let batch = Batch {
            deletes: removed.iter().map(|album| keys::album(album.0)).collect(),
            delete_prefixes: vec![keys::IMPORT.into()],
            strict: true,
            ..Batch::default()
        };
        self.commit(batch).await?;
        if !removed.is_empty() {
            (self.tell)(News::Albums { removed, listed: self.are_albums_listed() }, Vec::new());
        }
        Ok(())
    }

    /// Those of some rows that exports tell of.
    async fn imported_rows(&self, rows: std::ops::Range<u32>) -> Result<Vec<u32>, Trouble> {
        let (ledger, store) = (self.ledger(), self.world.store());
        let mut imported = Vec::new();
        for row in rows {
            if ledger.details(store, row).await?.is_some_and(|item| item.export.is_some()) {
                imported.push(row);
            }
        }
        Ok(imported)
    }
}
