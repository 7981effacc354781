//! One photo as large as it goes, on black, with everything that is known of it beside.

use std::sync::Arc;

use leptos::{ev, html, prelude::*};

use super::details::Details;
use super::pictures::{Age, Missing, Picture, Pictures, Size, Ticket};
use crate::app::actions::use_actions;
use crate::app::services::{pixel_ratio, viewport_px};
use crate::app::state::Address;
use crate::app::widgets::{IconButton, Sign};

/// How far a finger must go sideways to turn the page, in CSS pixels.
const SWIPE_PX: f64 = 48.0;

/// Open while the address names a photo. `rows` are the rows as the grid shows them, for what comes before and after.
#[component]
pub(super) fn Viewer(rows: Memo<Arc<Vec<u32>>>, pictures: Pictures) -> impl IntoView {
    let actions = use_actions();
    let address = actions.address;
    let node = NodeRef::<html::Dialog>::new();
    let is_open = Memo::new(move |_| address.photo.get().is_some());
    Effect::new(move |_| {
        let Some(dialog) = node.get() else { return };
        if is_open.get() && !dialog.open() {
            // It fails only for an element outside of the document, which a node reference is not.
            let _ = dialog.show_modal();
        } else if !is_open.get() && dialog.open() {
            dialog.close();
        }
    });
    let shows_details = RwSignal::new(viewport_px().0 >= 900.0);
    let neighbor = move |step: isize| {
        let row = address.photo.get()?;
        rows.with(|rows| {
            let at = rows.iter().position(|other| *other == row)?;
            rows.get(at.checked_add_signed(step)?).copied()
        })
    };
    let (before, after) = (Memo::new(move |_| neighbor(-1)), Memo::new(move |_| neighbor(1)));
    let turn = move |to| turn_to(address, to);
    let on_key = move |event: ev::KeyboardEvent| {
        match event.key().as_str() {
            "ArrowLeft" => turn(before),
            "ArrowRight" => turn(after),
            "i" => shows_details.update(|shows| *shows = !*shows),
            _ => return,
        }
        event.prevent_default();
    };
    view! {
        <dialog
            class="viewer"
            node_ref=node
            aria-label="Photo"
            tabindex="-1"
            autofocus
            on:cancel=move |event: ev::Event| {
                event.prevent_default();
                address.hide_photo();
            }
            on:keydown=on_key
        >
            {move || address.photo.get().map(|row| view! {
                <div class="viewer-top">
                    <IconButton sign=Sign::Close label="Close" on_press=move || address.hide_photo()/>
                    <span class="viewer-gap"></span>
                    <IconButton
                        sign=Sign::Info
                        label="Details"
                        on_press=move || shows_details.update(|shows| *shows = !*shows)
                    />
                </div>
                <Stage row pictures before after/>
                <Show when=move || shows_details.get()>
                    <Details row/>
                </Show>
            })}
        </dialog>
    }
}

fn turn_to(address: Address, to: Memo<Option<u32>>) {
    if let Some(row) = to.get_untracked() {
        address.show_photo(row);
    }
}

/// The picture, and the ways to the ones before and after: arrows beside it, or a finger across it.
#[component]
fn Stage(row: u32, pictures: Pictures, before: Memo<Option<u32>>, after: Memo<Option<u32>>) -> impl IntoView {
    let address = use_actions().address;
    let turn = move |to| turn_to(address, to);
    let touched = StoredValue::new(None::<f64>);
    let on_up = move |event: ev::PointerEvent| {
        let Some(from) = touched.try_update_value(Option::take).flatten() else { return };
        let moved = f64::from(event.client_x()) - from;
        if moved > SWIPE_PX {
            turn(before);
        } else if moved < -SWIPE_PX {
            turn(after);
        }
    };
    view! {
        <div
            class="viewer-stage"
            on:pointerdown=move |event: ev::PointerEvent| {
                let is_finger = event.pointer_type() == "touch" && event.is_primary();
                touched.set_value(is_finger.then(|| f64::from(event.client_x())));
            }
            on:pointerup=on_up
            on:pointercancel=move |_| touched.set_value(None)
        >
            <LargePicture row pictures/>
        </div>
        <Show when=move || before.get().is_some()>
            <div class="viewer-turn" data-side="before">
                <IconButton sign=Sign::Previous label="Previous photo" on_press=move || turn(before)/>
            </div>
        </Show>
        <Show when=move || after.get().is_some()>
            <div class="viewer-turn" data-side="after">
                <IconButton sign=Sign::Next label="Next photo" on_press=move || turn(after)/>
            </div>
        </Show>
    }
}

/// What the stage shows.
#[derive(Clone, Debug)]
enum Shown {
    Nothing,
    Picture(String),
    Missing(Missing),
}

#[component]
fn LargePicture(row: u32, pictures: Pictures) -> impl IntoView {
    let actions = use_actions();
    let shown = RwSignal::new(Shown::Nothing);
    let ticket = StoredValue::new(None::<Ticket>);
    // A drawn picture lives as long as somebody holds it.
    let held = StoredValue::new_local(None::<Picture>);
    let want = move |age: Age| {
        let (width, height) = viewport_px();
        let pixels = |length: f64| (length * pixel_ratio()).ceil().clamp(64.0, 16_383.0) as u32;
        let size = Size { width_px: pixels(width), height_px: pixels(height) };
        let asked = pictures.want(row, size, age, move |answer| {
            let next = match answer {
                Ok(picture) => {
                    let address = picture.address().to_owned();
                    if held.try_update_value(|held| *held = Some(picture)).is_none() {
                        return;
                    }
                    Shown::Picture(address)
                }
                Err(missing) => Shown::Missing(missing),
            };
            shown.try_set(next);
        });
        ticket.set_value(Some(asked));
    };
    want(Age::Any);
    on_cleanup(move || {
        if let Some(ticket) = ticket.try_get_value().flatten() {
            pictures.withdraw(ticket);
        }
    });
    let tried_again = StoredValue::new(false);
    let refused = move |_| {
        if tried_again.get_value() {
            shown.set(Shown::Missing(Missing::Gone));
        } else {
            tried_again.set_value(true);
            want(Age::Fresh);
        }
    };
    move || {
        match shown.get() {
        Shown::Nothing => view! { <p class="viewer-wait" role="status">"Loading…"</p> }.into_any(),
        Shown::Picture(address) => view! {
            <img class="viewer-picture" src=address alt="" referrerpolicy="no-referrer" decoding="async" draggable="false" on:error=refused/>
        }
        .into_any(),
        Shown::Missing(missing) => {
            view! { <p class="viewer-wait" role="alert">{super::missing_words(actions, &missing)}</p> }.into_any()
        }
    }
    }
}
