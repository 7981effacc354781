//! The foot of the table: what is selected and what can be done with it, by what rows are in order, and why some columns
//! are empty.

use albumen_core::table::{Column, SortKey};
use leptos::prelude::*;

use super::copying::copy_selection;
use super::head::direction_words;
use super::model::Model;
use crate::app::state::Screen;
use crate::app::widgets::Button;

#[component]
pub(super) fn Foot(model: Model) -> impl IntoView {
    let actions = model.actions;
    let count = move |number: u64| actions.services.count(number);
    let selected = move || {
        let range = model.selection.get()?;
        let rows = model.ordered.rows.with(|rows| rows.len() as u64);
        Some(if range.cells() == 1 {
            format!("Row {} of {}", count(u64::from(range.lines.0) + 1), count(rows))
        } else {
            let (lines, columns) = (range.lines.1 - range.lines.0 + 1, range.columns.1 - range.columns.0 + 1);
            format!("{} × {} cells", count(lines.into()), count(columns.into()))
        })
    };
    let order = Memo::new(move |_| {
        let key = |key: &SortKey| format!("{}, {}", key.column.title(), direction_words(*key));
        model.arranged.keys.with(|keys| keys.iter().map(key).collect::<Vec<_>>().join("; then "))
    });
    let open = move || {
        let line = model.current_now().line.unwrap_or(0);
        if let Some(row) = model.rows().get(line as usize).copied() {
            actions.address.show_photo_among(row, model.rows());
        }
    };
    view! {
        <EmptyColumns model/>
        <div class="table-foot">
            <span class="table-order" role="status">
                {move || if model.ordered.is_sorting.get() { "Sorting… " } else { "" }}
                {move || order.get()}
            </span>
            <span class="table-selected" role="status">{selected}</span>
            <Button small=true on_press=open disabled=Signal::derive(move || model.selection.with(Option::is_none))>
                "Open photo"
            </Button>
            <Button
                small=true
                label="Copy the selected cells"
                on_press=move || copy_selection(model, false)
                disabled=Signal::derive(move || model.selection.with(Option::is_none))
            >
                "Copy"
            </Button>
        </div>
    }
}

/// Says of columns that only exports fill that no export was imported.
#[component]
fn EmptyColumns(model: Model) -> impl IntoView {
    let state = model.actions.state;
    let words = Memo::new(move |_| {
        if state.import.with(Option::is_some) {
            return None;
        }
        let empty: Vec<&str> = model.arranged.arrangement.with(|arrangement| {
            arrangement.columns().into_iter().filter(|column| column.is_of_exports()).map(Column::title).collect()
        });
        let (last, others) = empty.split_last()?;
        Some(match others {
            [] => format!("{last} is empty: only a Takeout export tells it. "),
            _ => format!("{} and {last} are empty: only a Takeout export tells them. ", others.join(", ")),
        })
    });
    move || {
        words.get().map(|words| {
            view! {
                <p class="table-note">{words}<a href=Screen::Import.path()>"Import one"</a></p>
            }
        })
    }
}
