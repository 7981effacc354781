//! One photo of the grid, where the layout puts it.

use albumen_core::photo::Kind;
use leptos::prelude::*;

use super::grid::Placing;
use super::missing_words;
use super::pictures::{Age, Missing, Picture, Pictures, Size, Ticket};
use crate::app::actions::use_actions;
use crate::app::services::{DateStyle, pixel_ratio};
use crate::app::widgets::{Icon, Sign};

/// Pictures are asked for in steps of this many pixels, so that a window a little wider shows the same ones.
const SIZE_STEP_PX: f64 = 64.0;

/// A tile moves when the layout changes, and keeps its picture.
#[component]
pub(super) fn Tile(row: u32, placing: Placing, pictures: Pictures) -> impl IntoView {
    let actions = use_actions();
    let address = actions.address;
    let place = Memo::new(move |_| placing.place_of(row));
    let length =
        move |pick: fn(&super::grid::Place) -> f64| move || place.get().map(|place| format!("{:.2}px", pick(&place)));
    let (kind, taken_s) = actions.state.with_hot_untracked(|hot| (hot.kind(row), hot.taken_s(row)));
    let label = move || {
        let what = match kind {
            Kind::Photo => "Photo",
            Kind::Video => "Video",
        };
        match taken_s {
            Some(taken_s) => {
                let civil_s = taken_s + i64::from(actions.zone().offset_min(taken_s)) * 60;
                format!("{what}, {}", actions.services.date(civil_s, DateStyle::DateAndTime))
            }
            None => format!("{what} without a date"),
        }
    };
    view! {
        <button
            type="button"
            class="tile"
            data-row=row
            aria-label=label
            tabindex=move || if placing.is_current(row) { "0" } else { "-1" }
            style:--left=length(|place| place.left)
            style:--top=length(|place| place.top)
            style:--width=length(|place| place.width)
            style:--height=length(|place| place.height)
            on:focus=move |_| placing.set_current(row)
            on:click=move |_| address.show_photo(row)
        >
            <TilePicture row placing pictures/>
            {(kind == Kind::Video).then(|| view! { <span class="tile-video"><Icon sign=Sign::Video/></span> })}
        </button>
    }
}

/// The picture, asked for when the tile is made; asked for once more when its address has died.
#[component]
fn TilePicture(row: u32, placing: Placing, pictures: Pictures) -> impl IntoView {
    let actions = use_actions();
    let picture = RwSignal::new(None::<String>);
    let missing = RwSignal::new(None::<Missing>);
    let is_here = RwSignal::new(false);
    let ticket = StoredValue::new(None::<Ticket>);
    // A drawn picture lives as long as somebody holds it.
    let held = StoredValue::new_local(None::<Picture>);
    let want = move |age: Age| {
        let Some(place) = placing.place_of_untracked(row) else { return };
        let pixels = |length: f64| ((length * pixel_ratio() / SIZE_STEP_PX).ceil() * SIZE_STEP_PX) as u32;
        let size = Size { width_px: pixels(place.width), height_px: pixels(place.height) };
        let asked = pictures.want(row, size, age, move |answer| match answer {
            Ok(found) => {
                let address = found.address().to_owned();
                if held.try_update_value(|held| *held = Some(found)).is_some() {
                    picture.try_set(Some(address));
                }
            }
            Err(why) => {
                missing.try_set(Some(why));
            }
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
        picture.set(None);
        if tried_again.get_value() {
            missing.set(Some(Missing::Gone));
        } else {
            tried_again.set_value(true);
            want(Age::Fresh);
        }
    };
    view! {
        {move || picture.get().map(|source| view! {
            <img
                src=source
                alt=""
                referrerpolicy="no-referrer"
                decoding="async"
                draggable="false"
                data-here=move || is_here.get().then_some("")
                on:load=move |_| is_here.set(true)
                on:error=refused
            />
        })}
        {move || missing.get().map(|why| view! { <span class="tile-missing">{missing_words(actions, &why)}</span> })}
    }
}
