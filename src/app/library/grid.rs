//! The grid: only what is in view exists, placed by the layout, in scroll space that no browser cuts off.

use std::cell::Cell;
use std::sync::Arc;
use std::time::Duration;

use leptos::{ev, prelude::*};

use super::ahead::fetch_ahead;
use super::headings::{Headings, month_words, stuck_month};
use super::keys::use_keys;
use super::model::Model;
use super::pictures::Pictures;
use super::place::{ViewedBefore, keep_place};
use super::press::Presses;
use super::reach::Reach;
use super::row_height::RowHeight;
use super::scrubber::ScrubberTrack;
use super::selecting::Selecting;
use super::spare::make_beforehand;
use super::tile::{Tile, element_id};
use super::tiles::Tiles;
use crate::app::actions::use_actions;
use crate::app::services::{SizeWatch, once_drawn};
use crate::app::words::px;

#[component]
pub(super) fn Grid(
    rows: Memo<Arc<Vec<u32>>>,
    pictures: Pictures,
    selecting: Selecting,
    row_height: RowHeight,
    viewed_before: ViewedBefore,
) -> impl IntoView {
    let model = Model::new(use_actions(), rows, row_height, viewed_before);
    let reach = Reach::new(model, NodeRef::new());
    use_keys(reach, selecting);
    watch_element(reach);
    follow_viewer(reach, viewed_before);
    keep_place(reach);
    fetch_ahead(reach, pictures);
    make_beforehand(model);
    // The pictures outlive a grid whose photos are all gone.
    pictures.look_at(move |row| {
        let (position, size) = (model.position.try_get_untracked(), model.size.try_get_untracked());
        let seen = position.zip(size).and_then(|(position, (_, height_px))| {
            model.in_view.try_with_untracked(|in_view| in_view.is_seen(row, position.top_px, height_px))
        });
        seen.unwrap_or(true)
    });
    view! {
        <div class="grid-frame" data-selecting=move || (!selecting.is_empty.get()).then_some("")>
            <Scrolled reach pictures selecting/>
            <ScrubberTrack reach/>
        </div>
    }
}

/// The element that scrolls, and all that is in it.
#[component]
fn Scrolled(reach: Reach, pictures: Pictures, selecting: Selecting) -> impl IntoView {
    let actions = use_actions();
    let Reach { model, node, .. } = reach;
    let presses = Presses::new(reach, selecting);
    let tiles = Tiles::new(reach, pictures, selecting);
    // It changes with jumps only: what scrolls by little takes its layer along.
    let shift_px = Memo::new(move |_| {
        let position = model.position.get();
        model.in_view.with(|in_view| in_view.base_px) - position.top_px + position.scroll_px
    });
    // No custom property: everything in the layer would inherit it, and be styled anew.
    let shift = move || format!("translateY({})", px(shift_px.get()));
    let stuck = Memo::new(move |_| {
        let top_px = model.position.get().top_px;
        model.laid.with(|laid| stuck_month(&laid.layout, top_px))
    });
    // Elements are used again in any order; this is the order in which they are read, as soon as they are at rest.
    let order = Memo::new(move |before: Option<&String>| match before {
        Some(before) if reach.is_moving.get() => before.clone(),
        _ => model
            .in_view
            .with(|in_view| in_view.ids_in_order().into_iter().map(element_id).collect::<Vec<_>>().join(" ")),
    });
    let ids = Memo::new(move |_| model.in_view.with(|in_view| in_view.ids()));
    view! {
        <div
            class="grid"
            node_ref=node
            tabindex="-1"
            on:scroll=move |event: ev::Event| reach.scrolled(event.time_stamp())
            on:click=move |event: ev::MouseEvent| presses.click(&event)
            on:pointerdown=move |event: ev::PointerEvent| presses.down(&event)
            on:pointermove=move |event: ev::PointerEvent| presses.moved(&event)
            on:pointerup=move |_| presses.up()
            on:pointercancel=move |_| presses.up()
            on:contextmenu=move |event: ev::MouseEvent| presses.menu(&event)
            on:focusin=move |event: ev::FocusEvent| presses.focused(&event)
        >
            <div class="grid-stuck" aria-hidden="true">
                {move || stuck.get().map(|day| view! { <p>{month_words(actions, day)}</p> })}
            </div>
            // No custom property here either.
            <div class="grid-space" style:height=move || px(model.scroll.get().space_px())>
                <div class="grid-layer" style:transform=shift>
                    <Headings model selecting/>
                    <div role="listbox" aria-label="Photos" aria-multiselectable="true" aria-owns=move || order.get()>
                        <For
                            each=move || ids.get()
                            key=|id| *id
                            children=move |id| view! { <Tile id tiles/> }
                        />
                    </div>
                </div>
            </div>
        </div>
    }
}

/// Keeps model and element together when the size or the layout changes.
fn watch_element(reach: Reach) {
    let Reach { model, node, .. } = reach;
    let size_watch = StoredValue::new_local(None::<SizeWatch>);
    Effect::new(move |_| {
        let Some(element) = node.get() else { return };
        let element = web_sys::Element::from(element);
        let is_first = Cell::new(true);
        size_watch.set_value(SizeWatch::new(&element, move |width_px, height_px| {
            let resize = move || {
                // The grid may be gone by then.
                if model.size.try_get_untracked().is_none() {
                    return;
                }
                model.resized(width_px, height_px);
                // An element that was hidden has forgotten where it was. It has its new height with the next frame.
                request_animation_frame(move || reach.put_right());
            };
            if !is_first.replace(false) {
                return resize();
            }
            // The browser asks in the midst of a frame, which all that comes into view at first would hold up.
            let begin = move || {
                resize();
                once_drawn(move || {
                    let _ = model.is_begun.try_set(true);
                });
            };
            set_timeout(begin, Duration::ZERO);
        }));
    });
    Effect::new(move |_| {
        model.laid.track();
        // After the element has got its new height.
        request_animation_frame(move || reach.follow_layout());
    });
}

/// Whoever leaves the viewer finds the grid at the photo that was looked at last.
fn follow_viewer(reach: Reach, viewed_before: ViewedBefore) {
    let address = reach.model.actions.address;
    Effect::new(move |before: Option<Option<u32>>| {
        let photo = address.photo.get();
        if let (Some(Some(seen)), None) = (before, photo) {
            viewed_before.take();
            request_animation_frame(move || reach.go_to_row(seen));
        }
        photo
    });
}
