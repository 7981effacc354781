//! One line of cells: an element that shows another row when the one that it showed has left the window.

use albumen_core::table::{Column, ColumnInView, LINE_PX};
use leptos::prelude::*;

use super::model::Model;
use crate::app::words::px;

/// The id of a line's element.
pub(super) fn line_id(slot: u32) -> String {
    format!("line-{slot}")
}

/// The id of a cell's element.
pub(super) fn cell_id(slot: u32, column: Column) -> String {
    format!("cell-{slot}-{}", column.id())
}

#[component]
pub(super) fn Line(nth: u32, model: Model) -> impl IntoView {
    let line = Memo::new(move |_| {
        let lines = model.lines.get();
        (nth < lines.slots).then(|| lines.of_slot(nth))
    });
    let row = Memo::new(move |_| model.row_at(line.get()?));
    let shift = move || {
        let top_px = line.get().map_or(0.0, |line| f64::from(line) * LINE_PX - model.base_px.get());
        format!("translateY({})", px(top_px))
    };
    view! {
        <div
            class="table-line"
            role="row"
            id=line_id(nth)
            aria-rowindex=move || line.get().map(|line| (line + 2).to_string())
            data-current=move || (line.get() == model.current.get().line).then_some("")
            style:transform=shift
        >
            <For
                each=move || model.columns.with(|in_view| in_view.columns.clone())
                key=|placed| (placed.column, placed.at)
                children=move |placed| view! { <TableCell nth placed line row model/> }
            />
        </div>
    }
}

#[component]
fn TableCell(
    nth: u32,
    placed: ColumnInView,
    line: Memo<Option<u32>>,
    row: Memo<Option<u32>>,
    model: Model,
) -> impl IntoView {
    let ColumnInView { column, at, .. } = placed;
    // `None`: the engine has not told yet.
    let text = Memo::new(move |_| model.cells.text(row.get()?, column));
    let is_selected = Memo::new(move |_| {
        let selection = model.selection.get();
        selection.zip(line.get()).is_some_and(|(selection, line)| selection.holds(line, at))
    });
    let is_current = Memo::new(move |_| {
        let current = model.current.get();
        current.column == at && current.line.is_some() && current.line == line.get()
    });
    view! {
        <div
            class="table-cell"
            role="gridcell"
            id=cell_id(nth, column)
            dir="auto"
            aria-colindex=(at + 1).to_string()
            aria-selected=move || if is_selected.get() { "true" } else { "false" }
            data-end=column.is_at_end().then_some("")
            data-current=move || is_current.get().then_some("")
            data-waiting=move || text.with(Option::is_none).then_some("")
        >
            {move || text.get()}
        </div>
    }
}
