//! Export: a button with a dialog, for any screen that has rows to give, and how far an export is.

mod dialog;
mod strip;

pub use strip::ExportStrip;

use std::sync::Arc;

use albumen_core::catalog::RowSet;
use leptos::prelude::*;

use self::dialog::Asking;
use crate::app::widgets::{Button, Dialog};

/// Which rows a screen has to give. Copied freely; nothing is gathered before it is asked for.
#[derive(Clone, Copy)]
pub struct Exportable {
    /// Those that the filter leaves in.
    pub shown: Memo<Arc<Vec<u32>>>,
    pub selected: SelectedRows,
}

/// Rows that are selected on a screen.
#[derive(Clone, Copy)]
pub struct SelectedRows {
    count: Signal<u64>,
    rows: Callback<(), RowSet>,
}

impl SelectedRows {
    /// `count` of them; 0: none is, and `rows` is not asked.
    pub fn new(count: Signal<u64>, rows: impl Fn() -> RowSet + Send + Sync + 'static) -> Self {
        Self { count, rows: Callback::new(move |()| rows()) }
    }
}

impl Exportable {
    fn shown_count(self) -> u64 {
        self.shown.with(|rows| rows.len() as u64)
    }

    fn selected_count(self) -> u64 {
        self.selected.count.get()
    }

    fn shown_rows(self) -> RowSet {
        let mut rows = RowSet::new();
        self.shown.with(|shown| rows.insert_all(shown));
        rows
    }

    fn selected_rows(self) -> RowSet {
        self.selected.rows.run(())
    }
}

/// **Export**, and the dialog that asks what and as what.
#[component]
pub fn ExportButton(exportable: Exportable) -> impl IntoView {
    let open = RwSignal::new(false);
    view! {
        <div class="export-open">
            <Button small=true on_press=move || open.set(true)>"Export"</Button>
            <Dialog open title="Export" on_close=move || open.set(false)>
                <Asking exportable open/>
            </Dialog>
        </div>
    }
}
