//! Rows written to a file: pieces are asked of the engine and handed to the browser, which says when it can take more.

mod stages;

use albumen_core::catalog::{RowSet, in_order};
use albumen_core::export::Format;
use albumen_core::protocol::{Answer, Wish};
use albumen_core::table::write_rows;
use albumen_core::trouble::{ParquetError, SaveError, Trouble};
use futures_util::future::{AbortHandle, Abortable, join};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Actions;
use crate::app::services::ParquetMaker;
use crate::app::state::{ExportState, ExportWork};
use crate::app::words::export::{not_made, not_saved, saved};

/// Why an export came to no file.
enum Broken {
    Engine(Trouble),
    Parquet(ParquetError),
    File(SaveError),
}

impl From<Trouble> for Broken {
    fn from(trouble: Trouble) -> Self {
        Self::Engine(trouble)
    }
}

impl From<ParquetError> for Broken {
    fn from(error: ParquetError) -> Self {
        Self::Parquet(error)
    }
}

impl From<SaveError> for Broken {
    fn from(error: SaveError) -> Self {
        Self::File(error)
    }
}

/// What the engine has begun to write down, as long as somebody holds it.
struct Begun {
    export: u32,
    /// Of the world that it is of.
    generation: u32,
    actions: Actions,
}

impl Drop for Begun {
    fn drop(&mut self) {
        let Self { export, generation, actions } = *self;
        spawn_local(async move {
            // With its world it has ended by itself.
            if actions.generation.get_value() == generation {
                // It may have ended with its last piece.
                let _ = actions.ask(Wish::CancelExport { export }).await;
            }
        });
    }
}

impl Actions {
    /// Writes a file into the browser's downloads. One export at a time.
    pub fn export(self, rows: RowSet, format: Format) {
        if self.is_exporting() {
            return;
        }
        let file_name = format!("albumen-photos.{}", format.ending());
        let of = rows.len() as u32;
        let begins = ExportState { file_name: file_name.clone(), done: 0, of, bytes: 0, work: ExportWork::Running };
        self.writers.exporting.set(Some(begins));
        let (ending, ends) = AbortHandle::new_pair();
        self.ending_export.set_value(Some(ending));
        spawn_local(async move {
            match Abortable::new(self.write_export(&rows, format, &file_name), ends).await {
                // Whoever broke it off has said so.
                Err(_) => {}
                Ok(Ok(written)) => {
                    self.writers.exporting.set(None);
                    self.toaster.say(saved(&file_name, written, of, self.services.numbers()));
                }
                Ok(Err(Broken::Engine(trouble))) => self.export_failed(self.explain(&trouble).sentence),
                Ok(Err(Broken::Parquet(error))) => self.export_failed(not_made(&error)),
                Ok(Err(Broken::File(error))) => self.export_failed(not_saved(&error)),
            }
        });
    }

    /// Ends the export that is under way, whatever it waits for, or takes away what is said of the one that failed.
    pub fn end_export(self) {
        let is_running = self.is_exporting();
        if let Some(ending) = self.ending_export.try_update_value(Option::take).flatten() {
            ending.abort();
        }
        self.writers.exporting.set(None);
        if is_running {
            self.toaster.say("The export was cancelled: no file was written.");
        }
    }

    /// Whether one is under way.
    pub fn is_exporting(self) -> bool {
        self.state
            .exporting
            .with_untracked(|state| state.as_ref().is_some_and(|state| state.work == ExportWork::Running))
    }

    /// How many rows are in the file, once it is whole. May be dropped at any time: there is no file then.
    async fn write_export(self, rows: &RowSet, format: Format, file_name: &str) -> Result<u32, Broken> {
        let writers = async {
            let maker = self.maker_of(format).await?;
            // Begun last, so that there is no broken download of what could not be made.
            Ok::<_, Broken>((maker, self.services.save(file_name, format.mime_type()).await))
        };
        let (begun, writers) = join(self.begin_export(rows, format), writers).await;
        let (begun, (maker, saving)) = (begun?, writers?);
        let written = self.write_pieces(begun.export, maker, &saving).await?;
        saving.end().await?;
        Ok(written)
    }

    async fn begin_export(self, rows: &RowSet, format: Format) -> Result<Begun, Broken> {
        let generation = self.generation.get_value();
        let rows = write_rows(&self.state.with_hot_untracked(|hot| in_order(hot, rows)));
        match self.ask(Wish::BeginExport { rows, format }).await? {
            Answer::ExportBegun { export, rows } => {
                self.update_export(|state| state.of = rows);
                Ok(Begun { export, generation, actions: self })
            }
            other => Err(out_of_place(&other)),
        }
    }

    /// Whoever makes a file of what the engine gives; `None` where it is written as it comes.
    async fn maker_of(self, format: Format) -> Result<Option<ParquetMaker>, Broken> {
        match format {
            Format::Parquet => Ok(Some(self.services.parquet().await?)),
            _ => Ok(None),
        }
    }

    fn update_export(self, change: impl FnOnce(&mut ExportState)) {
        self.writers.exporting.update(|state| {
            if let Some(state) = state {
                change(state);
            }
        });
    }

    fn export_failed(self, sentence: String) {
        self.update_export(|state| state.work = ExportWork::Failed { sentence });
    }
}

fn out_of_place(answer: &Answer) -> Broken {
    Trouble::OutOfPlace(format!("an export was answered with {answer:?}")).into()
}
