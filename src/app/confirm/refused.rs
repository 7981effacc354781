//! What kept a deed from being done, and a way to try it again.

use albumen_core::trouble::Trouble;
use leptos::prelude::*;

use crate::app::actions::use_actions;
use crate::app::widgets::Failure;

/// Nothing while there is no trouble.
#[component]
pub fn Refused(trouble: RwSignal<Option<Trouble>>, #[prop(into)] again: Callback<()>) -> impl IntoView {
    let actions = use_actions();
    move || {
        trouble.get().map(|trouble| {
            view! {
                <Failure
                    explained=actions.explain(&trouble)
                    on_next=move |next| actions.next(next, move || again.run(()))
                    on_copy=move |text| actions.copy(text)
                />
            }
        })
    }
}
