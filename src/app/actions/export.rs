//! Rows written to a file: pieces are asked of the engine and handed to the browser, which says when it can take more.

use albumen_core::catalog::RowSet;
use albumen_core::export::Format;
use albumen_core::protocol::{Answer, Wish};
use albumen_core::trouble::{SaveError, Trouble};
use futures_util::future::join;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Actions;
use crate::app::services::{Piece, SavePlace, Saving};
use crate::app::state::{ExportState, ExportWork};
use crate::app::words::export::{not_saved, saved};

/// How often it is said how far an export is.
const TOLD_EVERY_MS: i64 = 250;

/// Why an export came to no file.
enum Broken {
    Cancelled,
    Engine(Trouble),
    File(SaveError),
}

impl From<Trouble> for Broken {
    fn from(trouble: Trouble) -> Self {
        Self::Engine(trouble)
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
        let begun = self.ask(Wish::BeginExport { rows: rows.to_bytes(), format }).await;
        let export = match begun {
            Ok(Answer::ExportBegun { export, rows }) => {
                self.update_export(|state| state.of = rows);
                export
            }
            Ok(other) => {
                saving.abort().await;
                return Err(Trouble::OutOfPlace(format!("an export was answered with {other:?}")).into());
            }
            Err(trouble) => {
                saving.abort().await;
                return Err(trouble.into());
            }
        };
        match self.write_pieces(export, &saving).await {
            Ok(written) => {
                saving.end().await?;
                Ok(written)
            }
            Err(broken) => {
                saving.abort().await;
                // It may have ended by itself.
                let _ = self.ask(Wish::CancelExport { export }).await;
                Err(broken)
            }
        }
    }

    /// While a piece is written the next is made.
    async fn write_pieces(self, export: u32, saving: &Saving) -> Result<u32, Broken> {
        let mut made: Vec<Piece> = Vec::new();
        let (mut bytes, mut told_ms) = (0, self.services.now_ms());
        loop {
            let next = self.services.ask_for_pieces(Wish::NextOfExport { export });
            let (answered, is_written) = join(next, write(saving, &made)).await;
            is_written?;
            bytes += made.iter().map(Piece::size).sum::<u64>();
            let (answer, pieces) = answered?;
            let Answer::Exported { done, written, is_last } = answer else {
                return Err(Trouble::OutOfPlace(format!("an export was answered with {answer:?}")).into());
            };
            // What says it anew is painted anew, which takes from what makes the pieces.
            if self.services.now_ms() - told_ms >= TOLD_EVERY_MS {
                told_ms = self.services.now_ms();
                self.update_export(|state| (state.done, state.bytes) = (done, bytes));
            }
            if self.is_export_cancelled() {
                return Err(Broken::Cancelled);
            }
            made = pieces;
            if is_last {
                write(saving, &made).await?;
                return if self.is_export_cancelled() { Err(Broken::Cancelled) } else { Ok(written) };
            }
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

async fn write(saving: &Saving, pieces: &[Piece]) -> Result<(), SaveError> {
    for piece in pieces {
        saving.write(piece).await?;
    }
    Ok(())
}
