//! Rows written to a file: pieces are asked of the engine and handed to the browser, which says when it can take more.

mod stages;

use albumen_core::catalog::{RowSet, in_order};
use albumen_core::export::Format;
use albumen_core::protocol::{Answer, Wish};
use albumen_core::table::write_rows;
use albumen_core::trouble::{ParquetError, SaveError, Trouble};
use futures_util::future::join;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Actions;
use crate::app::services::{ParquetMaker, SavePlace, Saving};
use crate::app::state::{ExportState, ExportWork};
use crate::app::words::export::{not_made, not_saved, saved};

/// Why an export came to no file.
enum Broken {
    Cancelled,
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

impl Actions {
    /// Asks where the file is to go, and writes it there. `begun` is run once the person has chosen a place. One export at
    /// a time. Within the click only.
    pub fn export(self, rows: RowSet, format: Format, begun: impl FnOnce() + 'static) {
        if self.is_exporting() {
            return;
        }
        let name = format!("albumen-photos.{}", format.ending());
        spawn_local(async move {
            let Some(place) = SavePlace::ask(&name, format.mime_type()).await else { return };
            let file_name = place.file_name();
            let of = rows.len() as u32;
            let work = ExportWork::Running { is_cancelled: false };
            let begins = ExportState { file_name: file_name.clone(), done: 0, of, bytes: 0, work };
            self.writers.exporting.set(Some(begins));
            begun();
            match self.write_export(&rows, format, place).await {
                Ok(written) => {
                    self.writers.exporting.set(None);
                    self.toaster.say(saved(&file_name, written, of, self.services.numbers()));
                }
                Err(Broken::Cancelled) => {
                    self.writers.exporting.set(None);
                    self.toaster.say("The export was cancelled: no file was written.");
                }
                Err(Broken::Engine(trouble)) => self.export_failed(self.explain(&trouble).sentence),
                Err(Broken::Parquet(error)) => self.export_failed(not_made(&error)),
                Err(Broken::File(error)) => self.export_failed(not_saved(&error)),
            }
        });
    }

    /// Ends the export that is under way, or takes away what is said of the one that failed.
    pub fn end_export(self) {
        self.writers.exporting.update(|state| match state {
            Some(ExportState { work: ExportWork::Running { is_cancelled }, .. }) => *is_cancelled = true,
            _ => *state = None,
        });
    }

    /// Whether one is under way.
    pub fn is_exporting(self) -> bool {
        self.state.exporting.with_untracked(|state| {
            state.as_ref().is_some_and(|state| matches!(state.work, ExportWork::Running { .. }))
        })
    }

    /// How many rows are in the file, once it is whole. Of what was broken off nothing is left.
    async fn write_export(self, rows: &RowSet, format: Format, place: SavePlace) -> Result<u32, Broken> {
        let saving = place.begin().await?;
        match self.write_into(&saving, rows, format).await {
            Ok(written) => {
                saving.end().await?;
                Ok(written)
            }
            Err(broken) => {
                saving.abort().await;
                Err(broken)
            }
        }
    }

    async fn write_into(self, saving: &Saving, rows: &RowSet, format: Format) -> Result<u32, Broken> {
        let (begun, maker) = join(self.begin_export(rows, format), self.maker_of(format)).await;
        let export = begun?;
        let outcome = match maker {
            Ok(maker) => self.write_pieces(export, maker, saving).await,
            Err(broken) => Err(broken),
        };
        if outcome.is_err() {
            // It may have ended by itself.
            let _ = self.ask(Wish::CancelExport { export }).await;
        }
        outcome
    }

    async fn begin_export(self, rows: &RowSet, format: Format) -> Result<u32, Broken> {
        let rows = write_rows(&self.state.with_hot_untracked(|hot| in_order(hot, rows)));
        match self.ask(Wish::BeginExport { rows, format }).await? {
            Answer::ExportBegun { export, rows } => {
                self.update_export(|state| state.of = rows);
                Ok(export)
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

    /// Another world may be open by now: its exports are others.
    fn is_export_cancelled(self) -> bool {
        !self.state.exporting.with_untracked(|state| {
            state.as_ref().is_some_and(|state| state.work == ExportWork::Running { is_cancelled: false })
        })
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
