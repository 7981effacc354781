//! What is asked before an export: which photos, and as what.

use std::sync::Arc;

use albumen_core::catalog::{Hot, RowSet, Source};
use albumen_core::export::{Cells, Format};
use leptos::prelude::*;

use super::Exportable;
use crate::app::actions::{Actions, use_actions};
use crate::app::state::ExportWork;
use crate::app::widgets::{Button, ButtonLook};
use crate::app::words::export::{format_words, place_words};

/// Which rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Which {
    All,
    Shown,
    Selected,
}

/// What is known of the chosen rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Known {
    rows: u64,
    placed: u64,
    from_takeout: u64,
}

#[component]
pub(super) fn Asking(exportable: Exportable, open: RwSignal<bool>) -> impl IntoView {
    let actions = use_actions();
    let all = Memo::new(move |_| actions.state.with_hot(Hot::len) as u64);
    let shown = Memo::new(move |_| exportable.shown_count());
    let selected = Memo::new(move |_| exportable.selected_count());
    let first = match (selected.get_untracked() > 0, shown.get_untracked() < all.get_untracked()) {
        (true, _) => Which::Selected,
        (false, true) => Which::Shown,
        (false, false) => Which::All,
    };
    let which = RwSignal::new(first);
    let format = RwSignal::new(Format::ALL[0]);
    let cells = RwSignal::new(Cells::Defused);
    let rows = Memo::new(move |_| Arc::new(rows_of(actions, exportable, which.get())));
    let known = Memo::new(move |_| rows.with(|rows| actions.state.with_hot(|hot| known_of(hot, rows))));
    let is_busy = move || {
        actions.state.exporting.with(|state| state.as_ref().is_some_and(|state| state.work == ExportWork::Running))
    };
    let written = move || {
        let known = known.get();
        if format.get().is_of_places() { known.placed } else { known.rows }
    };
    let begin = move || {
        let format = match format.get_untracked() {
            Format::Csv(_) => Format::Csv(cells.get_untracked()),
            other => other,
        };
        let rows = rows.with_untracked(|rows| RowSet::clone(rows));
        actions.export(rows, format);
        open.set(false);
    };
    view! {
        <div class="export-which" role="radiogroup" aria-label="Which photos">
            {option(which, Which::All, move || counted(actions, "All", all.get()))}
            <Show when=move || shown.get() < all.get()>
                {option(which, Which::Shown, move || counted(actions, "Filtered", shown.get()))}
            </Show>
            <Show when=move || selected.get() != 0>
                {option(which, Which::Selected, move || counted(actions, "Selected", selected.get()))}
            </Show>
        </div>
        <div class="export-formats" role="radiogroup" aria-label="Format">
            {Format::ALL.map(|offered| view! { <FormatChoice format offered/> })}
        </div>
        <Show when=move || matches!(format.get(), Format::Csv(_))>
            <CellsChoice cells/>
        </Show>
        <p class="soft small" role="status">
            {move || {
                let Known { rows, placed, from_takeout } = known.get();
                place_words(placed, rows, from_takeout, actions.services.numbers())
            }}
        </p>
        <Show when=is_busy>
            <p role="status">"Another export is under way. This one can begin when that is done."</p>
        </Show>
        <div class="dialog-foot">
            <Button on_press=move || open.set(false)>"Cancel"</Button>
            <Button
                look=ButtonLook::Primary
                disabled=Signal::derive(move || is_busy() || written() == 0)
                on_press=begin
            >
                {move || format!("Save {}", format_words(format.get()).0)}
            </Button>
        </div>
    }
}

/// What is done with cells that a spreadsheet would run.
#[component]
fn CellsChoice(cells: RwSignal<Cells>) -> impl IntoView {
    view! {
        <label class="choice">
            <input
                type="checkbox"
                prop:checked=move || cells.get() == Cells::AsTheyAre
                on:change=move |event| {
                    let is_checked = event_target_checked(&event);
                    cells.set(if is_checked { Cells::AsTheyAre } else { Cells::Defused });
                }
            />
            <span>
                "Leave cells as they are (a spreadsheet may run them as formulas)"
                <span class="soft small export-line">
                    "Otherwise texts that begin with =, +, - or @ begin with an apostrophe. For pandas and other programs, leave them."
                </span>
            </span>
        </label>
    }
}

#[component]
fn FormatChoice(format: RwSignal<Format>, offered: Format) -> impl IntoView {
    let (name, line) = format_words(offered);
    view! {
        <label class="choice">
            <input
                type="radio"
                name="export-format"
                prop:checked=move || format.get() == offered
                on:change=move |_| format.set(offered)
            />
            <span>{name}<span class="soft small export-line">{line}</span></span>
        </label>
    }
}

fn option(which: RwSignal<Which>, offered: Which, words: impl Fn() -> String + Send + Sync + 'static) -> impl IntoView {
    view! {
        <label class="choice">
            <input
                type="radio"
                name="export-which"
                prop:checked=move || which.get() == offered
                on:change=move |_| which.set(offered)
            />
            <span>{words}</span>
        </label>
    }
}

/// "All 48,210 photos"
fn counted(actions: Actions, which: &str, count: u64) -> String {
    let photos = if count == 1 { "photo" } else { "photos" };
    format!("{which} {} {photos}", actions.services.count(count))
}

fn rows_of(actions: Actions, exportable: Exportable, which: Which) -> RowSet {
    match which {
        Which::All => actions.state.with_hot(|hot| {
            let present: Vec<u32> = hot.rows().collect();
            let mut rows = RowSet::new();
            rows.insert_all(&present);
            rows
        }),
        Which::Shown => exportable.shown_rows(),
        Which::Selected => exportable.selected_rows(),
    }
}

fn known_of(hot: &Hot, rows: &RowSet) -> Known {
    let (mut placed, mut from_takeout) = (0, 0);
    for row in rows.iter() {
        placed += u64::from(hot.has_place(row));
        from_takeout += u64::from(hot.is_from(row, Source::Takeout));
    }
    Known { rows: rows.len() as u64, placed, from_takeout }
}
