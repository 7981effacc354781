//! One element of the grid: it shows a photo where the layout puts it, and takes another when that one leaves.

use albumen_core::photo::Kind;
use leptos::{ev, prelude::*};

use super::asked_picture::{Asked, AskedPicture};
use super::in_view::{Place, Shown};
use super::missing_words;
use super::model::Model;
use super::pictures::{Missing, Pictures, Size};
use super::selecting::Selecting;
use crate::app::actions::{Actions, use_actions};
use crate::app::services::{DateStyle, pixel_ratio};
use crate::app::widgets::{Icon, Sign};
use crate::app::words::px;

/// Pictures are asked for in steps of this many pixels, so that a window a little wider shows the same ones.
const SIZE_STEP_PX: f64 = 64.0;

/// The element's name in the document.
pub(super) fn element_id(id: u32) -> String {
    format!("tile-{id}")
}

/// Clicks and keys are heard by the grid: a tile only shows. It is an option of a list box, since screen readers hand
/// the arrow keys of a list box over to the page and say "5 of 1,284" from `aria-posinset`; a list's items get no keys,
/// and a grid's rows and columns change their meaning with every width.
#[component]
pub(super) fn Tile(id: u32, model: Model, pictures: Pictures, selecting: Selecting) -> impl IntoView {
    let actions = use_actions();
    let shown = Memo::new(move |_| model.in_view.with(|in_view| in_view.shown_by(id)));
    let row = Memo::new(move |_| shown.get().map(|shown| shown.row));
    let place =
        move |pick: fn(&Place) -> f64| move || shown.get().map(|shown| px(pick(&shown.place))).unwrap_or_default();
    let kind = move || row.get().map(|row| actions.state.with_hot(|hot| hot.kind(row))).unwrap_or_default();
    let is_selected = move || row.get().is_some_and(|row| selecting.contains(row));
    let is_tab_stop = Memo::new(move |_| {
        let current = model.current.get();
        shown.get().is_some_and(|shown| {
            current == Some(shown.row)
                || model.in_view.with(|in_view| {
                    current.is_none_or(|row| in_view.shown_of(row).is_none())
                        && in_view.order.first() == Some(&shown.row)
                })
        })
    });
    view! {
        <button
            type="button"
            class="tile"
            id=element_id(id)
            role="option"
            hidden=move || row.get().is_none()
            data-row=move || row.get()
            aria-label=move || row.get().map(|row| label(actions, row))
            aria-selected=move || if is_selected() { "true" } else { "false" }
            aria-posinset=move || shown.get().map(|shown| shown.index + 1)
            aria-setsize=move || model.laid.with(|laid| laid.rows.len())
            tabindex=move || if is_tab_stop.get() { "0" } else { "-1" }
            style:--left=place(|place| place.left)
            style:--top=place(|place| place.top)
            style:--width=place(|place| place.width)
            style:--height=place(|place| place.height)
        >
            <TilePicture shown pictures/>
            {move || (kind() == Kind::Video).then(|| view! { <span class="tile-video"><Icon sign=Sign::Video/></span> })}
        </button>
    }
}

fn label(actions: Actions, row: u32) -> String {
    let (kind, taken_s) = actions.state.with_hot(|hot| (hot.kind(row), hot.taken_s(row)));
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
}

/// The picture. It is seen only once it is there, so that an element that takes another photo never shows the one
/// before in its place.
#[component]
fn TilePicture(shown: Memo<Option<Shown>>, pictures: Pictures) -> impl IntoView {
    let actions = use_actions();
    let asked = AskedPicture::new(pictures);
    let wanted = Memo::new(move |before: Option<&Option<(u32, Size)>>| {
        let Shown { row, place, .. } = shown.get()?;
        let size = size_for(&place);
        // A smaller tile is served by the picture that it has.
        let had = before.copied().flatten().filter(|(had, size_had)| *had == row && covers(size_had, &size));
        had.or(Some((row, size)))
    });
    Effect::new(move |_| match wanted.get() {
        Some((row, size)) => asked.ask(row, size),
        None => asked.forget(),
    });
    let what = Memo::new(move |_| wanted.get().map(|(row, _)| asked.of(row)));
    let address = Memo::new(move |_| match what.get() {
        Some(Asked::Here { address, .. }) => Some(address),
        _ => None,
    });
    let loaded = RwSignal::new(None::<String>);
    let is_here = move || address.with(|address| address.is_some() && loaded.with(|loaded| loaded == address));
    let on_load = move |_: ev::Event| loaded.set(address.get_untracked());
    view! {
        <img
            src=move || address.get()
            alt=""
            referrerpolicy="no-referrer"
            decoding="async"
            draggable="false"
            data-here=move || is_here().then_some("")
            data-quick=move || matches!(what.get(), Some(Asked::Here { at_once: true, .. })).then_some("")
            on:load=on_load
            on:error=move |_| asked.refused()
        />
        {move || match what.get() {
            Some(Asked::Missing(why)) => {
                let short = match why {
                    Missing::Gone => "No picture",
                    Missing::Trouble(_) => "Not loaded",
                };
                Some(view! {
                    <span class="tile-missing" title=missing_words(actions, &why)><Icon sign=Sign::Trouble/>{short}</span>
                })
            }
            _ => None,
        }}
    }
}

fn size_for(place: &Place) -> Size {
    let pixels = |length: f64| ((length * pixel_ratio() / SIZE_STEP_PX).ceil() * SIZE_STEP_PX) as u32;
    Size { width_px: pixels(place.width), height_px: pixels(place.height) }
}

fn covers(size: &Size, other: &Size) -> bool {
    size.width_px >= other.width_px && size.height_px >= other.height_px
}
