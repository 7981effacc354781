//! What can be seen here and why no more, said on every screen.

use albumen_core::protocol::World;
use leptos::prelude::*;

use crate::app::actions::use_actions;
use crate::app::state::Screen;

/// Stands at the foot of every screen.
#[component]
pub(super) fn Reach() -> impl IntoView {
    let actions = use_actions();
    let (world, screen) = (actions.state.world, actions.address.screen);
    view! { <p class="reach">{move || sentence(world.get(), screen.get())}</p> }
}

fn sentence(world: World, screen: Option<Screen>) -> &'static str {
    match (world, screen) {
        (World::Sandbox, Some(Screen::Upload)) => {
            "A pretend Google inside this page: files that you add here do not leave your device."
        }
        (World::Sandbox, _) => {
            "A pretend account. Of a real one, Google shows an app only what was uploaded through its own OAuth client."
        }
        (World::Google, Some(Screen::Insights)) => {
            "Counted is what was fetched here: Google shows an app only what was uploaded through its own OAuth client."
        }
        (World::Google, Some(Screen::Upload)) => {
            "What you upload here can be seen here. Google shows an app nothing else of your library."
        }
        (World::Google, _) => {
            "Since 31 March 2025 Google shows an app only what was uploaded through its own OAuth client."
        }
    }
}
