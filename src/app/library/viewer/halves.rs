//! What an export has of a photo besides what is shown: its moving half, and the photo before it was edited.

use std::rc::Rc;

use albumen_core::catalog::Source;
use albumen_core::photo::Kind;
use albumen_core::protocol::{Answer, Which, Wish};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::looking::Looking;
use super::notice::Notice;
use super::original::{address_of, fetch};
use crate::app::services::ObjectUrl;
use crate::app::words::Purpose;

/// What is laid over the photo.
#[derive(Clone)]
enum Over {
    Nothing,
    Here(Which, Rc<ObjectUrl>),
}

/// Buttons for what there is, and what was asked for over the photo.
#[component]
pub(super) fn Halves(row: u32, looking: Looking) -> impl IntoView {
    let actions = looking.actions;
    let (has_motion, has_edited) = (RwSignal::new(false), RwSignal::new(false));
    let is_exported =
        actions.state.with_hot_untracked(|hot| hot.is_from(row, Source::Takeout) && hot.kind(row) == Kind::Photo);
    if is_exported {
        spawn_local(async move {
            if let Ok(Answer::Details(details)) = actions.ask(Wish::Details { row }).await
                && let Some(export) = details.item.export
            {
                // Another photo may be shown by now.
                has_motion.try_set(export.has_motion);
                has_edited.try_set(export.has_edited);
            }
        });
    }
    let over = RwSignal::new_local(Over::Nothing);
    let toggle = move |which: Which| {
        if over.with_untracked(|over| matches!(over, Over::Here(shown, _) if *shown == which)) {
            over.set(Over::Nothing);
            return;
        }
        looking.say(row, None);
        spawn_local(async move {
            match fetch(looking, row, which, Purpose::Play).await.and_then(address_of) {
                Ok(address) => drop(over.try_set(Over::Here(which, Rc::new(address)))),
                Err(notice) => looking.say(row, Some(notice)),
            }
        });
    };
    let cannot = move |_| {
        over.set(Over::Nothing);
        looking.say(row, Some(Notice::new("This browser cannot show this file of the export.")));
    };
    let button = move |which: Which, show: &'static str, hide: &'static str| {
        let is_shown = move || over.with(|over| matches!(over, Over::Here(shown, _) if *shown == which));
        view! {
            <button type="button" class="button" data-size="small" on:click=move |_| toggle(which)>
                {move || if is_shown() { hide } else { show }}
            </button>
        }
    };
    view! {
        {move || match over.get() {
            Over::Nothing => ().into_any(),
            Over::Here(Which::Motion, address) => {
                let source = address.as_str().to_owned();
                view! { <video class="viewer-video" src=source controls autoplay playsinline on:error=cannot></video> }
                    .into_any()
            }
            Over::Here(_, address) => {
                let source = address.as_str().to_owned();
                view! { <img class="viewer-video" src=source alt="The photo before it was edited" on:error=cannot/> }
                    .into_any()
            }
        }}
        <Show when=move || has_motion.get() || has_edited.get()>
            <div class="viewer-halves">
                {move || has_motion.get().then(|| button(Which::Motion, "Play motion", "Show the photo"))}
                {move || has_edited.get().then(|| button(Which::Unedited, "Show unedited", "Show edited"))}
            </div>
        </Show>
    }
}
