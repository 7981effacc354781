//! The head: what columns are called, by which rows are in order, their edges to be moved.

use albumen_core::table::{Arrangement, Column, ColumnInView, SortKey, Type};
use leptos::{ev, html, prelude::*};

use super::model::Model;
use super::reach::Reach;
use crate::app::widgets::{Icon, Sign};

/// The id of the element at the head of a column.
pub(super) fn head_id(column: Column) -> String {
    format!("head-{}", column.id())
}

/// What is said of a column that is empty, and why.
pub(super) fn exports_words(column: Column) -> Option<&'static str> {
    column
        .is_of_exports()
        .then_some("Only a Takeout export tells this. It is empty for photos that only the account told of.")
}

/// "ascending" and "descending" in the words of what is in order.
pub(super) fn direction_words(key: SortKey) -> &'static str {
    match (key.column.holds(), key.descending) {
        (Type::Instant, false) => "oldest first",
        (Type::Instant, true) => "newest first",
        (Type::Text, false) => "A to Z",
        (Type::Text, true) => "Z to A",
        (Type::Number, false) => "least first",
        (Type::Number, true) => "greatest first",
        (Type::Flag, false) => "false first",
        (Type::Flag, true) => "true first",
    }
}

#[component]
pub(super) fn Head(reach: Reach) -> impl IntoView {
    let model = reach.model;
    view! {
        <div class="table-head" role="rowgroup">
            <div class="table-heads" role="row" aria-rowindex="1">
                <For
                    each=move || model.columns.with(|in_view| in_view.columns.clone())
                    key=|placed| (placed.column, placed.at)
                    children=move |placed| view! { <HeadCell placed reach/> }
                />
            </div>
        </div>
    }
}

#[component]
fn HeadCell(placed: ColumnInView, reach: Reach) -> impl IntoView {
    let model = reach.model;
    let ColumnInView { column, at, .. } = placed;
    let key = Memo::new(move |_| model.arranged.key_of(column));
    let has_several = Memo::new(move |_| model.arranged.keys.with(|keys| keys.len() > 1));
    // Only one head may bear it; the others say so in words.
    let aria_sort = move || {
        key.get().filter(|(place, _)| *place == 0).map(|(_, key)| match key.descending {
            true => "descending",
            false => "ascending",
        })
    };
    let sort = move |event: ev::MouseEvent| match event.shift_key() {
        true => model.arranged.sort_also_by(column),
        false => model.arranged.sort_by(column),
    };
    let said = move || {
        let (place, key) = key.get().filter(|(place, _)| *place > 0)?;
        Some(format!(", key {} of the order, {}", place + 1, direction_words(key)))
    };
    let is_current = move || {
        let current = model.current.get();
        current.line.is_none() && current.column == at
    };
    view! {
        <div
            class="table-title"
            role="columnheader"
            id=head_id(column)
            aria-colindex=(at + 1).to_string()
            aria-sort=aria_sort
            data-end=column.is_at_end().then_some("")
            data-current=move || is_current().then_some("")
            data-sorted=move || key.get().is_some().then_some("")
        >
            <button type="button" class="table-sort" tabindex="-1" title=exports_words(column) on:click=sort>
                <span class="table-name">{column.title()}</span>
                {(!column.unit().is_empty()).then(|| view! { " " <span class="soft">{column.unit()}</span> })}
                {move || key.get().map(|(place, key)| {
                    let arrow = if key.descending { "↓" } else { "↑" };
                    let number = if has_several.get() { (place + 1).to_string() } else { String::new() };
                    view! { <span class="table-arrow" aria-hidden="true">{arrow}{number}</span> }
                })}
                {move || said().map(|said| view! { <span class="unseen">{said}</span> })}
            </button>
            <button
                type="button"
                class="table-more"
                tabindex="-1"
                title="More on this column"
                aria-label=format!("More on {}", column.title())
                on:click=move |_| model.opened.set(Some(column))
            >
                <Icon sign=Sign::More/>
            </button>
            <Edge placed model/>
        </div>
    }
}

/// The right edge of a head, which makes its column wider or narrower.
#[component]
fn Edge(placed: ColumnInView, model: Model) -> impl IntoView {
    let node = NodeRef::<html::Span>::new();
    let column = placed.column;
    let width_px = move || {
        let at =
            move |arrangement: &Arrangement| arrangement.place_of(column).map(|at| arrangement.placed()[at].width_px);
        model.arranged.arrangement.with_untracked(at).unwrap_or(column.width_px())
    };
    // Where the hand took it, and how wide the column was.
    let held = StoredValue::new(None::<(i32, u16)>);
    let down = move |event: ev::PointerEvent| {
        event.stop_propagation();
        held.set_value(Some((event.client_x(), width_px())));
        if let Some(edge) = node.get_untracked() {
            // It fails where the pointer has gone already.
            let _ = edge.set_pointer_capture(event.pointer_id());
        }
    };
    let moved = move |event: ev::PointerEvent| {
        if let Some((from, width_px)) = held.get_value() {
            event.stop_propagation();
            let wide = (i32::from(width_px) + event.client_x() - from).clamp(0, i32::from(u16::MAX)) as u16;
            model.arranged.change_for_now(|arrangement| arrangement.widen(column, wide));
        }
    };
    let up = move |_: ev::PointerEvent| {
        if held.try_update_value(Option::take).flatten().is_some() {
            model.arranged.keep();
        }
    };
    view! {
        <span
            class="table-edge"
            node_ref=node
            aria-hidden="true"
            on:pointerdown=down
            on:pointermove=moved
            on:pointerup=up
            on:pointercancel=up
            on:click=|event| event.stop_propagation()
            on:dblclick=move |event| {
                event.stop_propagation();
                model.arranged.change(|arrangement| arrangement.widen(column, column.width_px()));
            }
        ></span>
    }
}
