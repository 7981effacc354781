//! What takes unusually long does not stay silent: it says what it waits for.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::actions::use_actions;
use super::state::{Phase, State};
use super::widgets::Failure;
use super::words::{Wait, late};

/// Longer than an opening takes where a machine or a network is only slow.
const LATE_AFTER_MS: u64 = 10_000;

/// What the opening of a world waits for.
pub fn opening(state: State) -> Signal<Wait> {
    Signal::derive(move || match state.phase.get() {
        Phase::Reading => Wait::Storage,
        _ => Wait::Engine,
    })
}

/// Nothing at first. If it still stands there after long, it says what is waited for, and offers a reload.
#[component]
pub fn Late(#[prop(into)] wait: Signal<Wait>) -> impl IntoView {
    let actions = use_actions();
    let is_late = RwSignal::new(false);
    spawn_local(async move {
        actions.services.sleep(LATE_AFTER_MS).await;
        // What was waited for may have come by now, and this be gone.
        is_late.try_set(true);
    });
    move || {
        is_late.get().then(|| {
            view! {
                <div class="frame-failure">
                    <Failure
                        explained=late(wait.get())
                        on_next=move |_| actions.services.reload()
                        on_copy=move |text| actions.copy(text)
                    />
                </div>
            }
        })
    }
}
