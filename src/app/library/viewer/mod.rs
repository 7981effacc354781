//! One photo as large as it goes, on black, with everything that is known of it beside.

mod albums;
mod description;
mod details;
mod halves;
mod looking;
mod notice;
mod original;
mod panel;
mod stage;
mod unpacking;

use std::sync::Arc;

use albumen_core::library::zoom::Zoom;
use albumen_core::photo::Kind;
use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;

use self::details::Details;
use self::halves::Halves;
use self::looking::Looking;
use self::notice::NoticeBar;
use self::original::{Film, save};
use self::stage::Stage;
use self::unpacking::UnpackingBar;
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
        let is_ours = is_open.get_untracked() && node.get_untracked().is_some_and(|dialog| is_for(&dialog, &event));
        if !is_ours || event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        match event.key().as_str() {
            "ArrowLeft" => looking.jump(-1),
            "ArrowRight" => looking.jump(1),
            "+" | "=" => looking.change_zoom(|zoom, frame| zoom.zoomed(frame, KEY_ZOOM, (0.0, 0.0))),
            "-" => looking.change_zoom(|zoom, frame| zoom.zoomed(frame, 1.0 / KEY_ZOOM, (0.0, 0.0))),
            "0" => looking.change_zoom(|_, _| Zoom::FIT),
            // A key that is held down goes on and on: these do their work once.
            "f" | "i" | "D" if event.repeat() => {}
            "f" => toggle_full(),
            "i" => toggle_details(),
            "D" => save(looking),
            _ => return,
        }
        event.prevent_default();
    };
    let keys = window_event_listener(ev::keydown, on_key);
    on_cleanup(move || keys.remove());
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
        >
            <Show when=move || is_open.get()>
                <div class="viewer-room" node_ref=room on:fullscreenchange=move |_| is_full.set(fills_screen())>
                    <Stage looking pictures/>
                    <TopBar looking is_full toggle_full toggle_details/>
                    {move || looking.row.get().filter(|row| looking.kind(*row) == Kind::Video).map(|row| view! {
                        <Film row looking/>
                    })}
                    {move || looking.row.get().map(|row| view! { <Halves row looking/> })}
                    <UnpackingBar looking/>
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

#[component]
fn TopBar(
    looking: Looking,
    is_full: RwSignal<bool>,
    #[prop(into)] toggle_full: Callback<()>,
    #[prop(into)] toggle_details: Callback<()>,
) -> impl IntoView {
    view! {
        <div class="viewer-top">
            <IconButton sign=Sign::Close label="Close" on_press=move || looking.actions.address.hide_photo()/>
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
    }
}

/// Whether a key is the viewer's: pressed inside of it, or on nothing, which is where the focus goes when the button that
/// had it leaves; and not on what has keys of its own, text that is written or a video.
fn is_for(dialog: &web_sys::HtmlDialogElement, event: &ev::KeyboardEvent) -> bool {
    let Some(target) = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()) else {
        return false;
    };
    match target.tag_name().as_str() {
        "TEXTAREA" | "INPUT" | "SELECT" | "VIDEO" => false,
        "BODY" => true,
        _ => dialog.contains(Some(&target)),
    }
}
