//! One photo as large as it goes, on black, with everything that is known of it beside.

mod description;
mod details;
mod looking;
mod notice;
mod original;
mod panel;
mod stage;

use std::sync::Arc;

use albumen_core::library::zoom::Zoom;
use albumen_core::photo::Kind;
use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;

use self::details::Details;
use self::looking::Looking;
use self::notice::NoticeBar;
use self::original::{Film, save};
use self::stage::Stage;
use super::pictures::Pictures;
use crate::app::actions::use_actions;
use crate::app::services::{can_fill_screen, fill_screen, fills_screen, viewport_px};
use crate::app::widgets::{IconButton, Sign, Toasts};

/// How far one key zooms.
const KEY_ZOOM: f64 = 1.5;
/// From this width on the details stand beside the photo when it opens.
const WIDE_PX: f64 = 900.0;

/// Open while the address names a photo. `rows` are the rows as the grid shows them, for what comes before and after.
#[component]
pub(super) fn Viewer(rows: Memo<Arc<Vec<u32>>>, pictures: Pictures) -> impl IntoView {
    let actions = use_actions();
    let address = actions.address;
    let looking = Looking::new(actions, rows);
    let node = NodeRef::<html::Dialog>::new();
    let room = NodeRef::<html::Div>::new();
    let is_open = Memo::new(move |_| looking.row.get().is_some());
    Effect::new(move |_| {
        let Some(dialog) = node.get() else { return };
        if is_open.get() && !dialog.open() {
            // It fails only for an element outside of the document, which a node reference is not.
            let _ = dialog.show_modal();
        } else if !is_open.get() && dialog.open() {
            dialog.close();
        }
    });
    let shows_details = RwSignal::new(viewport_px().0 >= WIDE_PX);
    let is_full = RwSignal::new(false);
    // A dialog itself cannot fill the screen (Fullscreen API), what is in it can.
    let toggle_full = move || {
        if let Some(room) = room.get_untracked() {
            fill_screen(&room, !is_full.get_untracked());
        }
    };
    let toggle_details = move || shows_details.update(|shows| *shows = !*shows);
    let on_key = move |event: ev::KeyboardEvent| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() || is_for_the_field(&event) {
            return;
        }
        match event.key().as_str() {
            "ArrowLeft" => looking.jump(-1),
            "ArrowRight" => looking.jump(1),
            "+" | "=" => looking.change_zoom(|zoom, frame| zoom.zoomed(frame, KEY_ZOOM, (0.0, 0.0))),
            "-" => looking.change_zoom(|zoom, frame| zoom.zoomed(frame, 1.0 / KEY_ZOOM, (0.0, 0.0))),
            "0" => looking.change_zoom(|_, _| Zoom::FIT),
            "f" => toggle_full(),
            "i" => toggle_details(),
            "D" => save(looking),
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
            <Show when=move || is_open.get()>
                <div class="viewer-room" node_ref=room on:fullscreenchange=move |_| is_full.set(fills_screen())>
                    <Stage looking pictures/>
                    <div class="viewer-top">
                        <IconButton sign=Sign::Close label="Close" on_press=move || address.hide_photo()/>
                        <span class="viewer-gap"></span>
                        <IconButton sign=Sign::Save label="Save" on_press=move || save(looking)/>
                        <Show when=can_fill_screen>
                            {move || match is_full.get() {
                                false => view! { <IconButton sign=Sign::Grow label="Full screen" on_press=toggle_full/> },
                                true => view! { <IconButton sign=Sign::Shrink label="Leave full screen" on_press=toggle_full/> },
                            }}
                        </Show>
                        <IconButton sign=Sign::Info label="Details" on_press=toggle_details/>
                    </div>
                    {move || looking.row.get().filter(|row| looking.kind(*row) == Kind::Video).map(|row| view! {
                        <Film row looking/>
                    })}
                    <NoticeBar looking/>
                    <Show when=move || shows_details.get()>
                        <Details looking/>
                    </Show>
                    <p class="unseen" role="status">{move || looking.row.get().map(|row| looking.words(row))}</p>
                    // What lies beneath a modal dialog is not seen, the page's own toasts among it.
                    <Toasts toaster=actions.toaster/>
                </div>
            </Show>
        </dialog>
    }
}

/// Whether a key belongs to what has the focus: text that is written, a video's own controls.
fn is_for_the_field(event: &ev::KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|element| ["TEXTAREA", "INPUT", "SELECT", "VIDEO"].contains(&element.tag_name().as_str()))
}
