//! Every field of one photo, in a photographer's order.

use albumen_core::photo::{Kind, MediaItem};
use albumen_core::protocol::{Answer, Wish};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::super::product_page;
use super::albums::albums;
use super::description::Description;
use super::looking::Looking;
use crate::app::actions::Actions;
use crate::app::services::DateStyle;
use crate::app::widgets::{Icon, Sign};
use crate::app::words::{camera_name, exposure_line};

/// Why a field that a photographer looks for is empty, whichever photo it is.
const NOT_TOLD: &str = "Not told by Google";

#[component]
pub(super) fn Details(looking: Looking) -> impl IntoView {
    view! {
        <aside class="details" aria-label="Details">
            {move || looking.row.get().map(|row| view! { <OfRow row looking/> })}
        </aside>
    }
}

#[component]
fn OfRow(row: u32, looking: Looking) -> impl IntoView {
    let actions = looking.actions;
    let found = RwSignal::new(None::<Result<MediaItem, String>>);
    spawn_local(async move {
        let answered = match actions.ask(Wish::Details { row }).await {
            Ok(Answer::Details(details)) => Ok(details.item),
            Ok(_) => Err("There is nothing more to say of it.".to_owned()),
            Err(trouble) => Err(actions.explain(&trouble).sentence),
        };
        // Another photo may be shown by now.
        found.try_set(Some(answered));
    });
    // What Google answered to a change.
    let changed = RwSignal::new(None::<MediaItem>);
    let shown = move || changed.get().map(Ok).or_else(|| found.get());
    move || {
        shown().map(|item| match item {
            Ok(item) => view! {
                <Description
                    row
                    description=item.description.clone()
                    looking
                    on_saved=move |item| drop(changed.try_set(Some(item)))
                />
                {facts(actions, row, item)}
            }
            .into_any(),
            Err(sentence) => view! { <p role="alert">{sentence}</p> }.into_any(),
        })
    }
}

fn facts(actions: Actions, row_number: u32, item: MediaItem) -> impl IntoView {
    let numbers = actions.services.numbers();
    let taken = item.taken_s.map(|taken_s| {
        let zone = actions.zone();
        let civil_s = taken_s + i64::from(zone.offset_min(taken_s)) * 60;
        format!("{}, {}", actions.services.date(civil_s, DateStyle::DateAndTime), actions.zone_name())
    });
    let size = (item.width_px > 0 && item.height_px > 0).then(|| {
        let megapixels = f64::from(item.width_px) * f64::from(item.height_px) / 1e6;
        format!("{} × {} px · {} MP", item.width_px, item.height_px, numbers(megapixels, 1))
    });
    let kind = match item.kind {
        Kind::Photo => "Photo",
        Kind::Video => "Video",
    };
    let kind = if item.mime_type.is_empty() { kind.to_owned() } else { format!("{kind} · {}", item.mime_type) };
    let row = |name: &'static str, value: Option<String>, otherwise: &'static str| {
        let value = value.filter(|value| !value.is_empty());
        let is_unknown = value.is_none();
        view! {
            <dt>{name}</dt>
            <dd class:soft=is_unknown>{value.unwrap_or_else(|| otherwise.to_owned())}</dd>
        }
    };
    let fact = |name, value| row(name, value, "Not known");
    let link = product_page(item.product_url.clone());
    view! {
        <dl class="facts">
            {fact("Taken", taken)}
            {fact("Camera", camera_name(&item.camera))}
            {row("Lens", None, NOT_TOLD)}
            {fact("Exposure", Some(exposure_line(&item.exposure, numbers)))}
            {fact("Size", size)}
            {fact("File", Some(item.file_name))}
            {fact("Kind", Some(kind))}
            {row("Place", None, NOT_TOLD)}
            {albums(actions, row_number)}
            {fact("Source", Some("Google Photos library".to_owned()))}
        </dl>
        {link.map(|link| view! {
            <a class="button" href=link target="_blank" rel="noreferrer">
                "Open in Google Photos"
                <Icon sign=Sign::Elsewhere/>
            </a>
        })}
    }
}
