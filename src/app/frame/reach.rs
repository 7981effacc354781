//! What can be seen here and why no more, said on every screen.

use albumen_core::protocol::World;
use leptos::prelude::*;

use crate::app::actions::use_actions;
use crate::app::state::Screen;

/// Stands at the foot of every screen.
#[component]
pub(super) fn Reach() -> impl IntoView {
    let actions = use_actions();
    let state = actions.state;
    let has_export = Memo::new(move |_| state.import.with(Option::is_some));
    let words = move || sentence(state.world.get(), actions.address.screen.get(), has_export.get());
    view! { <p class="reach">{words}</p> }
}

fn sentence(world: World, screen: Option<Screen>, has_export: bool) -> &'static str {
    match (world, screen, has_export) {
        (_, Some(Screen::Import), _) => {
            "An export shows everything that is in it, with places. It is read on this device, and nothing leaves it."
        }
        (World::Sandbox, Some(Screen::Upload), _) => {
            "A pretend Google inside this page: files that you add here do not leave your device."
        }
        (World::Sandbox, ..) => {
            "A pretend account. Of a real one, Google shows an app only what was uploaded through its own OAuth client; a Takeout export shows everything."
        }
        (World::Google, Some(Screen::Upload), _) => {
            "What you upload here can be seen here. Google shows an app nothing else of your library; a Takeout export shows everything."
        }
        (World::Google, Some(Screen::Insights), true) => {
            "Counted is everything in the exports that were imported, and of your account what Google shows this app."
        }
        (World::Google, _, true) => {
            "Everything in the exports that were imported is here. Newer photos come with a newer export; of your account Google shows this app only what came through its own OAuth client."
        }
        (World::Google, Some(Screen::Insights), false) => {
            "Counted is what was fetched here: Google shows an app only what was uploaded through its own OAuth client. A Takeout export shows everything."
        }
        (World::Google, _, false) => {
            "Since 31 March 2025 Google shows an app only what was uploaded through its own OAuth client. A Takeout export shows everything: see Import."
        }
    }
}
