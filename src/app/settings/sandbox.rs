//! The pretend Google: how large its library is, and the way out of it.

use albumen_core::protocol::{MOST_FETCHED, World};
use leptos::prelude::*;

use crate::app::actions::use_actions;
use crate::app::confirm::Confirm;
use crate::app::state::Screen;
use crate::app::widgets::{Button, ButtonLook};

/// How many photos a pretend library may hold: what is there in a moment, a large library, what a day's 10,000 requests
/// of a hundred each can fetch, and more than that.
const SIZES: [u32; 4] = [3_200, 100_000, MOST_FETCHED, 1_000_000];

#[component]
pub(super) fn SandboxPart() -> impl IntoView {
    let actions = use_actions();
    let asking = RwSignal::new(false);
    let items = RwSignal::new(SIZES[0]);
    let words = move |items: u32| {
        let count = actions.services.count(items);
        if items > MOST_FETCHED { format!("{count}, made on this device") } else { count }
    };
    view! {
        <section class="part">
            <h2>"Try it now"</h2>
            <p>
                "You are looking at a pretend Google account inside this page. Your own photos, if there are any, lie apart and untouched."
            </p>
            <div class="buttons">
                <Button on_press=move || {
                    actions.open(World::Google);
                    actions.address.go(Screen::Photos);
                }>"Leave Try it now"</Button>
            </div>
            <p>
                "How does it feel with a library like yours? The pretend one can be larger. Fetching 800,000 photos takes some minutes and nearly all the requests that Google allows in a day. A million would take more than that, so those are made on this device instead of being fetched."
            </p>
            <div class="choose">
                <label class="field">
                    <span class="field-label">"Photos in the pretend library"</span>
                    <select
                        class="select"
                        on:change=move |event| items.set(event_target_value(&event).parse().unwrap_or(SIZES[0]))
                    >
                        {SIZES.map(|size| view! { <option value=size.to_string()>{words(size)}</option> })}
                    </select>
                </label>
                <Button on_press=move || asking.set(true)>"Begin anew…"</Button>
            </div>
            <Confirm
                open=asking
                title="Begin anew?"
                label="Begin anew"
                look=ButtonLook::Primary
                deed=move || actions.pretend_library(items.get_untracked())
                on_done=move || actions.address.go(Screen::Photos)
            >
                <p>"What was fetched from the pretend Google, and what was uploaded to it, is forgotten."</p>
            </Confirm>
        </section>
    }
}
