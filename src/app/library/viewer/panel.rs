//! One picture on the stage: first as large as it fits, and sharper when it is looked at closely.

use albumen_core::library::zoom::LARGEST_PX;
use albumen_core::photo::Kind;
use albumen_core::protocol::Thumbnail;
use leptos::{html, prelude::*};

use super::looking::Looking;
use crate::app::library::asked_picture::{Asked, AskedPicture};
use crate::app::library::missing_words;
use crate::app::library::pictures::{Missing, Pictures, Size};
use crate::app::services::{pixel_ratio, viewport_px};
use crate::app::words::{decimal, px};

/// How long a zoom must rest before a larger picture is asked for.
const REST_MS: u64 = 150;

/// The photo that is looked at, or one beside it, which is loaded already for when it is turned to.
#[component]
pub(super) fn Panel(row: u32, looking: Looking, pictures: Pictures) -> impl IntoView {
    let place = Memo::new(move |_| {
        if looking.before.get() == Some(row) {
            -1
        } else if looking.after.get() == Some(row) {
            1
        } else {
            0
        }
    });
    let zoom = Memo::new(move |_| looking.zoom_of(row));
    // One size for every photo, whatever stands beside the stage: opening the details loads nothing anew.
    let (width, height) = viewport_px();
    let pixels = |length: f64| (length * pixel_ratio()).ceil().clamp(64.0, f64::from(LARGEST_PX)) as u32;
    let size = Size { width_px: pixels(width), height_px: pixels(height) };
    let sharper = Memo::new(move |before: Option<&Vec<Size>>| {
        let zoom = zoom.get();
        if !zoom.is_in() {
            return Vec::new();
        }
        let frame = looking.frame(row);
        let (width_px, height_px) = frame.sharp_px(zoom.scale);
        let mut sizes = before.cloned().unwrap_or_default();
        if width_px > sizes.last().map_or(frame.sharp_px(1.0).0, |last| last.width_px) {
            sizes.push(Size { width_px, height_px });
        }
        sizes
    });
    view! {
        <div
            class="viewer-panel"
            aria-hidden=move || (place.get() != 0).then_some("true")
            style:--place=move || place.get().to_string()
            style:--zoom=move || decimal(zoom.get().scale, 4)
            style:--x=move || px(zoom.get().x)
            style:--y=move || px(zoom.get().y)
        >
            <Whole row size place looking pictures/>
            <For
                each=move || sharper.get()
                key=|size| *size
                children=move |size| {
                    let is_wanted = Memo::new(move |_| sharper.with(|sizes| sizes.last() == Some(&size)));
                    view! { <Sharper row size is_wanted pictures/> }
                }
            />
        </div>
    }
}

/// The picture as it fits, or why there is none.
#[component]
fn Whole(row: u32, size: Size, place: Memo<i32>, looking: Looking, pictures: Pictures) -> impl IntoView {
    let asked = AskedPicture::whole(pictures);
    asked.ask(row, size);
    move || match asked.latest() {
        Asked::Here { address, .. } => {
            let is_here = RwSignal::new(false);
            let priority = if place.get_untracked() == 0 { "high" } else { "low" };
            view! {
                <Shown asked address is_here alt=looking.words(row) priority/>
                <Show when=move || !is_here.get()>
                    <p class="viewer-wait" role="status">"Loading…"</p>
                </Show>
            }
            .into_any()
        }
        Asked::Waiting => view! { <p class="viewer-wait" role="status">"Loading…"</p> }.into_any(),
        // Where there is only no small picture of a video, the sign that plays it says enough.
        Asked::Missing(Missing::Exported { why: Thumbnail::Unknown { .. }, .. })
            if looking.kind(row) == Kind::Video =>
        {
            ().into_any()
        }
        Asked::Missing(missing) => {
            view! { <p class="viewer-missing" role="alert">{missing_words(looking.actions, &missing)}</p> }.into_any()
        }
    }
}

/// A larger picture over the one that fits, seen once it is here; where it cannot be had the other one stays.
#[component]
fn Sharper(row: u32, size: Size, is_wanted: Memo<bool>, pictures: Pictures) -> impl IntoView {
    let asked = AskedPicture::whole(pictures);
    set_timeout(
        move || {
            if is_wanted.try_get_untracked() == Some(true) {
                asked.ask(row, size);
            }
        },
        std::time::Duration::from_millis(REST_MS),
    );
    move || match asked.latest() {
        Asked::Here { address, .. } => {
            Some(view! { <Shown asked address is_here=RwSignal::new(false) alt=String::new() priority="auto"/> })
        }
        Asked::Waiting | Asked::Missing(_) => None,
    }
}

/// An image that is seen once it is here.
#[component]
fn Shown(
    asked: AskedPicture,
    address: String,
    is_here: RwSignal<bool>,
    alt: String,
    priority: &'static str,
) -> impl IntoView {
    let node = NodeRef::<html::Img>::new();
    on_cleanup(move || {
        // An image that is only taken out of the page goes on loading.
        if let Some(image) = node.try_get_untracked().flatten() {
            let _ = image.remove_attribute("src");
        }
    });
    view! {
        <img
            class="viewer-picture"
            node_ref=node
            src=address
            alt=alt
            referrerpolicy="no-referrer"
            decoding="async"
            fetchpriority=priority
            draggable="false"
            data-here=move || is_here.get().then_some("")
            on:load=move |_| is_here.set(true)
            on:error=move |_| asked.refused()
        />
    }
}
