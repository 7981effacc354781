//! What is made in a task of its own: a screen made all at once would hold the page up for longer than a hand forgives.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::actions::use_actions;

/// Nothing at first, and its children as soon as whatever stands around it is made.
#[component]
pub fn Afterwards(children: ChildrenFn) -> impl IntoView {
    let services = use_actions().services;
    let is_time = RwSignal::new(false);
    spawn_local(async move {
        services.sleep(0).await;
        // All of it may be gone by now.
        is_time.try_set(true);
    });
    move || is_time.get().then(|| children())
}
