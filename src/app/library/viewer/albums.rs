//! The albums that a photo is in, each a way to all of its photos.

use albumen_core::catalog::Filter;
use albumen_core::photo::AlbumKey;
use leptos::prelude::*;

use crate::app::actions::Actions;
use crate::app::state::Screen;
use crate::app::words::{ALBUMS_TO_COME, album_title};

/// The line of the facts.
pub(super) fn albums(actions: Actions, row: u32) -> impl IntoView {
    let address = actions.address;
    let link = move |key: AlbumKey| {
        let clock = address.filter.with_untracked(|filter| filter.clock);
        address.link_to(Screen::Photos, &Filter { albums: [key].into(), clock, ..Filter::default() })
    };
    let list = move || {
        actions.state.albums.with(|list| {
            let list = list.as_ref()?;
            let mut of_row: Vec<_> =
                list.albums.of_row(row).map(|(key, album)| (album_title(&album.album), key)).collect();
            of_row.sort();
            let otherwise = if list.is_listed { "In none that Google shows this app" } else { ALBUMS_TO_COME };
            Some((of_row, otherwise))
        })
    };
    // A photo keeps its albums while others are fetched.
    let list = Memo::new(move |_| list());
    view! {
        <dt>"Albums"</dt>
        {move || match list.get() {
            None => view! { <dd class="soft">"Not known"</dd> }.into_any(),
            Some((of_row, otherwise)) if of_row.is_empty() => view! { <dd class="soft">{otherwise}</dd> }.into_any(),
            Some((of_row, _)) => view! {
                <dd>
                    <ul class="details-albums">
                        {of_row
                            .into_iter()
                            .map(|(title, key)| view! { <li><a href=link(key)><bdi>{title}</bdi></a></li> })
                            .collect_view()}
                    </ul>
                </dd>
            }
            .into_any(),
        }}
    }
}
