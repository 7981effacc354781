//! Light, dark, or as the system has it.

use leptos::prelude::*;

use crate::app::actions::use_actions;
use crate::app::services::Theme;

#[component]
pub(super) fn LookPart() -> impl IntoView {
    let actions = use_actions();
    let chosen = RwSignal::new(actions.services.theme());
    let choice = move |theme: Theme, name: &'static str| {
        view! {
            <label class="choice">
                <input
                    type="radio"
                    name="theme"
                    prop:checked=move || chosen.get() == theme
                    on:change=move |_| {
                        chosen.set(theme);
                        actions.services.set_theme(theme);
                    }
                />
                <span>{name}</span>
            </label>
        }
    };
    view! {
        <section class="part">
            <h2 id="look-title">"Look"</h2>
            <div class="choices" role="radiogroup" aria-labelledby="look-title">
                {choice(Theme::System, "As the system")}
                {choice(Theme::Light, "Light")}
                {choice(Theme::Dark, "Dark")}
            </div>
        </section>
    }
}
