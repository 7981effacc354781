//! Why there is nothing on the map, and how that is put right.

use albumen_core::catalog::Source;
use albumen_core::protocol::World;
use leptos::prelude::*;

use crate::app::actions::use_actions;
use crate::app::state::Screen;
use crate::app::words::places::{NONE_ACCOUNT, NONE_EXPORT, NONE_PRETEND, have_a_place};

/// Stands in place of the map where no photo of the library has a place.
#[component]
pub(super) fn Absent() -> impl IntoView {
    let actions = use_actions();
    let why = Memo::new(move |_| {
        let has_export = actions.state.with_hot(|hot| hot.rows().any(|row| hot.is_from(row, Source::Takeout)));
        match (has_export, actions.state.world.get()) {
            (true, _) => NONE_EXPORT,
            (false, World::Sandbox) => NONE_PRETEND,
            (false, World::Google) => NONE_ACCOUNT,
        }
    });
    let count = move || {
        let all = actions.state.with_hot(|hot| hot.len()) as u64;
        have_a_place(0, all, actions.services.numbers())
    };
    view! {
        <div class="sheet">
            <h2 class="sheet-head">{count}</h2>
            <p class="places-why">{why}</p>
            <p class="buttons"><a class="button" data-kind="primary" href=Screen::Import.path()>"Import an export"</a></p>
        </div>
    }
}
