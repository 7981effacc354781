//! Export: a button with a dialog, for any screen that has rows to give, and how far an export is.

mod dialog;
mod strip;

pub use strip::ExportStrip;

use albumen_core::catalog::RowSet;
use leptos::prelude::*;

use self::dialog::Asking;
use crate::app::widgets::{Button, Dialog};

/// Which rows a screen has to give. Copied freely; nothing is gathered before it is asked for.
#[derive(Clone, Copy)]
pub struct Exportable {
    /// How many the filter leaves in.
    pub shown: Signal<u64>,
    pub shown_rows: Callback<(), RowSet>,
    /// How many are selected.
    pub selected: Signal<u64>,
    pub selected_rows: Callback<(), RowSet>,
}

/// **Export**, and the dialog that asks what and as what.
#[component]
pub fn ExportButton(exportable: Exportable) -> impl IntoView {
    let open = RwSignal::new(false);
    view! {
        <Button small=true on_press=move || open.set(true)>"Export"</Button>
        <Dialog open title="Export" on_close=move || open.set(false)>
            <Asking exportable open/>
        </Dialog>
    }
}
