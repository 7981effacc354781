//! The small pictures that are kept on the device: how much room they take, and emptying it.

use albumen_core::trouble::Trouble;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::actions::use_actions;
use super::confirm::Refused;
use super::widgets::Button;
use super::words::bytes;

/// What they weigh, and a button. They are made again from the parts of an export that are at hand.
#[component]
pub fn KeptPictures() -> impl IntoView {
    let actions = use_actions();
    let kept = actions.state.thumbnail_bytes;
    let trouble = RwSignal::new(None::<Trouble>);
    let is_busy = RwSignal::new(false);
    let empty = move || {
        is_busy.set(true);
        trouble.set(None);
        spawn_local(async move {
            let result = actions.forget_thumbnails().await;
            // The screen may have been left.
            is_busy.try_set(false);
            trouble.try_set(result.err());
        });
    };
    view! {
        <div class="kept-pictures">
            <span>
                "Small pictures from exports: "
                <span class="numbers">{move || bytes(kept.get(), actions.services.numbers())}</span>
            </span>
            <Button
                small=true
                label="Empty the kept small pictures"
                disabled=Signal::derive(move || is_busy.get() || kept.get() == 0)
                on_press=empty
            >
                "Empty"
            </Button>
        </div>
        <Refused trouble again=empty/>
    }
}
