//! Every field of one photo, in a photographer's order.

use albumen_core::photo::{Export, Kind, MediaItem};
use albumen_core::protocol::{Answer, Wish};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::super::moment::taken_words;
use super::super::product_page;
use super::albums::albums;
use super::description::Description;
use super::looking::Looking;
use crate::app::actions::Actions;
use crate::app::widgets::{Icon, Sign};
use crate::app::words::import::{self, MERGING};
use crate::app::words::{Numbers, camera_name, correcting, exposure_line};

/// Why a field that a photographer looks for is empty in whatever came through the account.
const NOT_TOLD: &str = "Not told by Google; a Takeout export has it";
const NOT_KNOWN: &str = "Not known";

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

/// The photographer's line; with what the focal length would be on 35 mm film, if that is known.
fn exposure_words(item: &MediaItem, numbers: Numbers) -> String {
    let line = exposure_line(&item.exposure, numbers);
    let on_film = item.export.as_deref().and_then(|export| export.focal_length_35mm).filter(|length| *length > 0);
    let on_film = on_film.map(|length| format!("{length} mm on 35 mm film"));
    [Some(line).filter(|line| !line.is_empty()), on_film].into_iter().flatten().collect::<Vec<String>>().join(" · ")
}

/// What an export tells beyond what is known of every photo, where it tells something.
fn told(export: &Export) -> Vec<(&'static str, String)> {
    let also = match (export.has_motion, export.has_edited) {
        (true, true) => Some("A moving half, and a copy edited in Google Photos"),
        (true, false) => Some("A moving half"),
        (false, true) => Some("A copy edited in Google Photos"),
        (false, false) => None,
    };
    let people = (!export.people.is_empty()).then(|| export.people.join(", "));
    let lines = [
        ("People", people),
        ("Marks", import::marks(export.marks)),
        ("Origin", import::origin(export.origin).map(str::to_owned)),
        ("With it", also.map(str::to_owned)),
    ];
    lines.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

fn facts(actions: Actions, row_number: u32, item: MediaItem) -> impl IntoView {
    let numbers = actions.services.numbers();
    let taken = taken_words(actions, item.shown());
    let corrected = item.corrected.as_deref().map(|corrected| {
        let told = taken_words(actions, corrected.told).unwrap_or_else(|| NOT_KNOWN.to_owned());
        [("Corrected", correcting::correction(&corrected.correction, numbers)), ("Told", told)]
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
    let fact = |name, value| row(name, value, NOT_KNOWN);
    // One of the next two lines is there in any case; the rest only where it says something.
    let (lens, place, otherwise) = match item.export.as_deref() {
        Some(export) => {
            let place = export.place.as_ref().map(|place| import::place(place, numbers));
            (Some(export.lens.clone()), place, NOT_KNOWN)
        }
        None => (None, None, NOT_TOLD),
    };
    let exposure = exposure_words(&item, numbers);
    let told = item.export.as_deref().map(told).unwrap_or_default();
    let told = told.into_iter().map(|(name, value)| row(name, Some(value), NOT_KNOWN)).collect_view();
    let (source, is_merged) = match item.export.as_deref() {
        None => ("Google Photos library", false),
        Some(export) if export.is_in_account => ("Takeout export and Google Photos library", true),
        Some(_) => ("Takeout export", false),
    };
    let link = product_page(item.product_url.clone());
    view! {
        <dl class="facts">
            {fact("Taken", taken)}
            {corrected.map(|lines| lines.map(|(name, value)| fact(name, Some(value))).into_iter().collect_view())}
            {fact("Camera", camera_name(&item.camera))}
            {row("Lens", lens, otherwise)}
            {fact("Exposure", Some(exposure))}
            {fact("Size", size)}
            {fact("File", Some(item.file_name))}
            {fact("Kind", Some(kind))}
            {row("Place", place, otherwise)}
            {albums(actions, row_number)}
            {told}
            {fact("Source", Some(source.to_owned()))}
        </dl>
        {is_merged.then(|| view! { <p class="soft small">{MERGING}</p> })}
        {link.map(|link| view! {
            <a class="button" href=link target="_blank" rel="noreferrer">
                "Open in Google Photos"
                <Icon sign=Sign::Elsewhere/>
            </a>
        })}
    }
}
