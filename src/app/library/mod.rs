//! Photos: the bar with the filter and fetching, or with what is selected; the grid by day, the viewer.

mod ahead;
mod asked_picture;
mod correcting;
mod grid;
mod headings;
mod importing;
mod in_view;
mod keys;
mod model;
mod moment;
mod names;
mod pictures;
mod place;
mod press;
mod reach;
mod ready;
mod row_height;
mod scrubber;
mod selecting;
mod selection_bar;
mod shortcuts;
mod spare;
mod sync;
mod tile;
mod tiles;
mod viewer;

use std::sync::Arc;

use albumen_core::catalog::{Filter, shown};
use albumen_core::protocol::{Work, World};
use leptos::prelude::*;

use self::correcting::CorrectingStrip;
use self::grid::Grid;
use self::importing::Importing;
use self::pictures::{Missing, Pictures};
use self::place::{ViewedBefore, forget_place_of_nothing};
use self::row_height::{RowHeight, RowHeightButtons};
use self::selecting::Selecting;
use self::selection_bar::SelectionBar;
use self::shortcuts::Shortcuts;
use self::sync::{Choice, Choose, LastSync, MakeButton, SyncButton, SyncStrip};
use self::viewer::Viewer;
use crate::app::actions::{Actions, use_actions};
use crate::app::afterwards::Afterwards;
use crate::app::export::{ExportButton, ExportStrip, Exportable, SelectedRows};
use crate::app::filter::FilterBar;
use crate::app::services::timed;
use crate::app::state::Screen;
use crate::app::widgets::Button;
use crate::app::words::no_thumbnail;

#[component]
pub fn Photos() -> impl IntoView {
    let actions = use_actions();
    let state = actions.state;
    let pictures = Pictures::new(actions);
    let choice = Choice::new(actions);
    let rows = Memo::new_with_compare(
        move |_| {
            let _timed = timed("albumen:order");
            let zone = actions.zone();
            Arc::new(actions.with_filtered(|filter| filter, |hot, filter| shown(hot, filter, zone.hours())))
        },
        // Comparing a million rows costs more than drawing those in view again.
        |_, _| true,
    );
    let is_empty = Memo::new(move |_| state.is_empty());
    let is_nothing_left = Memo::new(move |_| rows.with(|rows| rows.is_empty()));
    forget_place_of_nothing(actions, is_empty);
    let viewed_before = ViewedBefore::new(actions);
    let (selecting, row_height) = (Selecting::new(actions), RowHeight::new(actions));
    let selection = selecting.selection;
    let selected =
        SelectedRows::new(Signal::derive(move || selection.with(|selection| selection.len() as u64)), move || {
            selection.with(|selection| selection.rows().clone())
        });
    let exportable = Exportable { shown: rows, selected };
    view! {
        <h1 class="unseen">"Photos"</h1>
        <Show when=move || !is_empty.get() || state.account.with(Option::is_none)>
            <div class="bar">
                // What the selection's bar lies over must not be reached.
                <div class="bar-parts" inert=move || !selecting.is_empty.get()>
                    <FilterBar left=Signal::derive(move || rows.with(|rows| rows.len() as u64))/>
                    <SyncButton choice/>
                    <Show when=move || !is_empty.get()>
                        <ExportButton exportable/>
                        <RowHeightButtons row_height/>
                        <Shortcuts/>
                    </Show>
                </div>
                <SelectionBar selecting exportable/>
            </div>
        </Show>
        <SyncStrip/>
        <CorrectingStrip/>
        <ExportStrip/>
        <Afterwards>
            {move || match (is_empty.get(), is_nothing_left.get()) {
                (true, _) => view! { <NothingYet choice/> }.into_any(),
                (false, true) => view! { <NothingLeft/> }.into_any(),
                (false, false) => view! { <Grid rows pictures selecting row_height viewed_before/> }.into_any(),
            }}
            <Viewer rows pictures/>
        </Afterwards>
    }
}

/// There are no photos so far.
#[component]
fn NothingYet(choice: Choice) -> impl IntoView {
    let actions = use_actions();
    let state = actions.state;
    let is_importing = importing::is_importing(state);
    move || match is_importing.get() {
        true => view! { <Importing/> }.into_any(),
        false => view! { <NothingFetched choice/> }.into_any(),
    }
}

#[component]
fn NothingFetched(choice: Choice) -> impl IntoView {
    let actions = use_actions();
    let state = actions.state;
    let was_empty = move || {
        state.sync.with(|sync| sync.as_ref().is_some_and(|sync| sync.work == Work::Finished && sync.items == 0))
    };
    let is_running = move || {
        state
            .sync
            .with(|sync| sync.as_ref().is_some_and(|sync| matches!(sync.work, Work::Running | Work::Waiting { .. })))
    };
    let is_made = move || state.makes.get().is_some();
    view! {
        <div class="nothing">
            <h2>
                {move || {
                    if is_running() && is_made() {
                        "Making photos…"
                    } else if is_running() {
                        "Fetching…"
                    } else if was_empty() {
                        "Google has nothing to show for these days"
                    } else {
                        "No photos here yet"
                    }
                }}
            </h2>
            <Show when=move || state.account.with(Option::is_none)>
                <p>{move || if is_made() { "Sign in first." } else { "Sign in, and choose the days to fetch; or import a Takeout export, which has everything." }}</p>
                <a class="button" href=Screen::Import.path()>"Import a Takeout export"</a>
            </Show>
            <Show when=move || !is_running() && state.account.with(Option::is_some)>
                {move || match (state.world.get(), state.makes.get()) {
                    (World::Sandbox, Some(_)) => view! {
                        <p>
                            "This pretend library holds more photos than a day's requests to Google can fetch, so they are not fetched: what is known of them is made on this device, in less than a minute."
                        </p>
                    }
                    .into_any(),
                    (World::Sandbox, None) => view! {
                        <p>"Press Sync to fetch the pretend account's photos. Every part works as it would with Google."</p>
                    }
                    .into_any(),
                    (World::Google, _) => view! {
                        <p>
                            "Press Sync to fetch what Google shows. Since 31 March 2025 that is only what was uploaded, and the albums that were made, through your own OAuth client, so the first photos here may be those you upload. "
                            <a href=Screen::Import.path()>"A Takeout export"</a>
                            " has your whole library, with places."
                        </p>
                    }
                    .into_any(),
                }}
                {move || match is_made() {
                    true => view! { <MakeButton/> }.into_any(),
                    false => view! { <Choose choice/> }.into_any(),
                }}
                <LastSync/>
            </Show>
        </div>
    }
}

/// There are photos, and none that the filter leaves in.
#[component]
fn NothingLeft() -> impl IntoView {
    let address = use_actions().address;
    let clear = move || address.narrow(&Filter { clock: address.filter.get_untracked().clock, ..Filter::default() });
    view! {
        <div class="nothing">
            <h2>"No photo is like that"</h2>
            <p>"The filter above leaves none of the photos that are here."</p>
            <Button on_press=clear>"Clear the filter"</Button>
        </div>
    }
}

/// The page of Google Photos that shows an item. Only its pages are linked to: the address comes from outside.
fn product_page(product_url: String) -> Option<String> {
    Some(product_url).filter(|url| url.starts_with("https://photos.google.com/"))
}

/// Why a picture is not there.
fn missing_words(actions: Actions, missing: &Missing) -> String {
    match missing {
        Missing::Gone => "Google no longer gives this picture".to_owned(),
        Missing::Exported { why, .. } => no_thumbnail(why),
        Missing::Trouble(trouble) => actions.explain(trouble).sentence,
    }
}
