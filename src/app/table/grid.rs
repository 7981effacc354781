//! The grid of cells: only what is in view exists, used again as it scrolls, in scroll space that no browser cuts off.

use albumen_core::table::{ColumnInView, HEAD_PX};
use leptos::{ev, prelude::*};

use super::head::Head;
use super::keys::pressed;
use super::line::{Line, cell_id, line_id};
use super::model::Model;
use super::place::keep_place;
use super::pointer::Pointer;
use super::reach::Reach;
use crate::app::services::{SizeWatch, focus};
use crate::app::words::px;

#[component]
pub(super) fn Grid(model: Model) -> impl IntoView {
    let reach = Reach::new(model, NodeRef::new());
    let pointer = Pointer::new(reach);
    watch_element(reach);
    keep_place(reach);
    let slots = Memo::new(move |_| model.lines.get().slots);
    let shift_px = Memo::new(move |_| {
        let position = model.position.get();
        HEAD_PX + model.base_px.get() - position.top_px + position.scroll_px
    });
    let template = Memo::new(move |_| {
        let width = |placed: &ColumnInView| format!("{}px", placed.width_px);
        model.columns.with(|in_view| in_view.columns.iter().map(width).collect::<Vec<_>>().join(" "))
    });
    let rows = move || model.ordered.rows.with(|rows| rows.len() + 1).to_string();
    let columns = move || model.arranged.arrangement.with(|arrangement| arrangement.placed().len()).to_string();
    let active = Memo::new(move |_| {
        let at = model.current.get();
        let in_view =
            model.columns.with(|in_view| in_view.columns.iter().find(|column| column.at == at.column).copied())?;
        match at.line {
            None => Some(super::head::head_id(in_view.column)),
            Some(line) => model.lines.get().slot_of(line).map(|slot| cell_id(slot, in_view.column)),
        }
    });
    // Elements are used again in any order; this is the order in which they are read, as soon as they are at rest.
    let order = Memo::new(move |before: Option<&String>| match before {
        Some(before) if reach.is_moving.get() => before.clone(),
        _ => {
            let lines = model.lines.get();
            lines.range().filter_map(|line| lines.slot_of(line)).map(line_id).collect::<Vec<_>>().join(" ")
        }
    });
    view! {
        <div
            class="table"
            node_ref=reach.node
            role="grid"
            tabindex="0"
            aria-label="Photos"
            aria-multiselectable="true"
            aria-rowcount=rows
            aria-colcount=columns
            aria-busy=move || model.ordered.is_sorting.get().then_some("true")
            aria-activedescendant=move || active.get()
            on:scroll=move |_| reach.scrolled()
            on:keydown=move |event: ev::KeyboardEvent| pressed(&event, reach)
            on:mousedown=move |event: ev::MouseEvent| {
                // The focus stays with the grid itself, whose keys go from cell to cell.
                event.prevent_default();
                if let Some(grid) = reach.node.get_untracked() {
                    focus(&grid);
                }
            }
            on:pointerdown=move |event: ev::PointerEvent| pointer.down(&event)
            on:pointermove=move |event: ev::PointerEvent| pointer.moved(&event)
            on:pointerup=move |_| pointer.up()
            on:pointercancel=move |_| pointer.up()
            on:click=move |event: ev::MouseEvent| pointer.click(&event)
            on:dblclick=move |event: ev::MouseEvent| pointer.double_click(&event)
        >
            <div
                class="table-space"
                role="presentation"
                style:--columns=move || template.get()
                style:--left=move || px(model.columns.with(|in_view| in_view.left_px))
                style:--width=move || px(model.columns.with(|in_view| in_view.all_px))
                style:--height=move || px(model.scroll.get().space_px() + HEAD_PX)
            >
                <Head reach/>
                <div
                    class="table-layer"
                    role="rowgroup"
                    aria-owns=move || order.get()
                    style:transform=move || format!("translateY({})", px(shift_px.get()))
                >
                    <For each=move || 0..slots.get() key=|nth| *nth children=move |nth| view! { <Line nth model/> }/>
                </div>
            </div>
        </div>
    }
}

/// Keeps model and element together when the size or the number of lines changes.
fn watch_element(reach: Reach) {
    let Reach { model, node, .. } = reach;
    let size_watch = StoredValue::new_local(None::<SizeWatch>);
    Effect::new(move |_| {
        let Some(element) = node.get() else { return };
        let element = web_sys::Element::from(element);
        size_watch.set_value(SizeWatch::new(&element, move |width_px, height_px| {
            model.resized(width_px, height_px);
            // An element that was hidden has forgotten where it was. It has its new height with the next frame.
            request_animation_frame(move || reach.put_right());
        }));
    });
    Effect::new(move |before: Option<u32>| {
        model.scroll.track();
        // Another order begins at its beginning; what comes to the same one moves nothing.
        let answered = model.ordered.answered.get();
        let is_other = before.is_some_and(|before| before != answered);
        if is_other {
            model.anchor.set(None);
            // Whoever is in the head stays there.
            model.current.update(|at| at.line = at.line.map(|_| 0));
        }
        request_animation_frame(move || {
            if is_other {
                reach.scroll_to(0.0);
            } else {
                reach.put_right();
            }
        });
        answered
    });
}
