//! Which albums: ticked in a list, which can be searched where it is long.

use albumen_core::photo::AlbumKey;
use leptos::prelude::*;

use crate::app::actions::{Actions, use_actions};
use crate::app::state::AlbumList;
use crate::app::words::{ALBUMS_TO_COME, NO_ALBUMS, album_count, album_title};

/// More albums than this are searched rather than looked through.
const FEW: usize = 8;
/// As many are shown at once; a search finds the others.
const MOST_SHOWN: usize = 100;

/// An album as it is offered.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Offer {
    key: AlbumKey,
    title: String,
    count: String,
}

#[component]
pub(super) fn AlbumChoice() -> impl IntoView {
    let actions = use_actions();
    let albums = actions.state.albums;
    let offers = Memo::new(move |_| albums.with(|list| list.as_ref().map(|list| offers(actions, list))));
    let wanted = RwSignal::new(String::new());
    let found = Memo::new(move |_| {
        let wanted = wanted.get().to_lowercase();
        let is_wanted = |offer: &&Offer| offer.title.to_lowercase().contains(wanted.trim());
        offers.with(|offers| offers.iter().flatten().filter(is_wanted).cloned().collect::<Vec<_>>())
    });
    let how_many = Memo::new(move |_| offers.with(|offers| offers.as_ref().map(Vec::len)));
    let is_listed = Memo::new(move |_| albums.with(|list| list.as_ref().is_some_and(|list| list.is_listed)));
    let left_out = move || found.with(|found| found.len().saturating_sub(MOST_SHOWN));
    let has_more = move || left_out() > 0;
    let is_long = move || how_many.get().is_some_and(|many| many > FEW);
    let is_in_vain = move || how_many.get().is_some_and(|many| many > 0) && found.with(Vec::is_empty);
    view! {
        <Show when=move || how_many.get().is_some()>
            <fieldset class="filter-albums">
                <legend class="field-label">"Albums"</legend>
                <Show when=move || how_many.get() == Some(0)>
                    <p class="soft">{move || if is_listed.get() { NO_ALBUMS } else { ALBUMS_TO_COME }}</p>
                </Show>
                <Show when=is_long>
                    <input
                        class="input"
                        type="search"
                        aria-label="Find an album"
                        placeholder="Find an album"
                        autocomplete="off"
                        on:input=move |event| wanted.set(event_target_value(&event))
                    />
                </Show>
                <div class="filter-albums-list">
                    <For
                        each=move || found.with(|found| found.iter().take(MOST_SHOWN).cloned().collect::<Vec<_>>())
                        key=Clone::clone
                        children=|offer| view! { <Offered offer/> }
                    />
                </div>
                <Show when=is_in_vain>
                    <p class="soft" role="status">"No album is called so."</p>
                </Show>
                <Show when=has_more>
                    <p class="soft">{move || format!("and {} more", actions.services.count(left_out() as u64))}</p>
                </Show>
            </fieldset>
        </Show>
    }
}

#[component]
fn Offered(offer: Offer) -> impl IntoView {
    let address = use_actions().address;
    let key = offer.key;
    let tick = move |is_ticked: bool| {
        let mut filter = address.filter.get_untracked();
        if is_ticked {
            filter.albums.insert(key);
        } else {
            filter.albums.remove(&key);
        }
        address.narrow(&filter);
    };
    view! {
        <label class="choice">
            <input
                type="checkbox"
                prop:checked=move || address.filter.with(|filter| filter.albums.contains(&key))
                on:change=move |event| tick(event_target_checked(&event))
            />
            <span>
                <bdi>{offer.title}</bdi>
                " "
                <span class="filter-albums-count soft">{offer.count}</span>
            </span>
        </label>
    }
}

/// All albums, by title.
fn offers(actions: Actions, list: &AlbumList) -> Vec<Offer> {
    let offer = |(key, album): (AlbumKey, &albumen_core::catalog::AlbumRows)| Offer {
        key,
        title: album_title(&album.album),
        count: album_count(album.rows.len(), album.missing, |number| actions.services.count(number)),
    };
    let mut offers: Vec<Offer> = list.albums.iter().map(offer).collect();
    offers.sort_by_cached_key(|offer| (offer.title.to_lowercase(), offer.key));
    offers
}
