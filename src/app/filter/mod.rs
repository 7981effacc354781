//! The one filter that Photos, Insights, Places and Table share: a text, chips that read like a sentence, and how many
//! photos are left.

mod albums;
mod chips;
mod editor;
mod exposure;
mod text;

use albumen_core::catalog::Filter;
use leptos::prelude::*;

use self::chips::{Chip, Part};
use self::editor::Editor;
use self::text::TextFilter;
use crate::app::actions::{Actions, use_actions};
use crate::app::widgets::{Button, ButtonLook, Dialog, Icon, Sign};

/// Lies on top of a screen that is narrowed by the filter. `left` is how many photos the filter leaves in.
#[component]
pub fn FilterBar(#[prop(into)] left: Signal<u64>) -> impl IntoView {
    let actions = use_actions();
    let address = actions.address;
    let is_editing = RwSignal::new(false);
    let cleared = RwSignal::new(0_u32);
    let clear = move || {
        address.narrow(&Filter { clock: address.filter.get_untracked().clock, ..Filter::default() });
        // The fields are made anew, empty.
        cleared.update(|times| *times = times.wrapping_add(1));
    };
    let parts = Memo::new(move |_| {
        address.filter.with(|filter| Part::ALL.into_iter().filter(|part| part.is_set(filter)).collect::<Vec<_>>())
    });
    let count = Signal::derive(move || count_words(actions, left.get()));
    view! {
        <div class="filter">
            <TextFilter/>
            <Button small=true look=ButtonLook::Quiet on_press=move || is_editing.set(true)>
                <Icon sign=Sign::Add/>
                "Filter"
            </Button>
            <div class="filter-chips">
                <For each=move || parts.get() key=|part| *part children=|part| view! { <Chip part/> }/>
            </div>
            <span class="filter-count" role="status">{move || count.get()}</span>
        </div>
        <Dialog open=is_editing title="Filter" on_close=move || is_editing.set(false)>
            <For each=move || [cleared.get()] key=|times| *times children=|_| view! { <Editor/> }/>
            <div class="dialog-foot">
                <p class="filter-count filter-editor-count" role="status">{move || count.get()}</p>
                <Button
                    disabled=Signal::derive(move || !address.filter.get().is_narrowing())
                    on_press=clear
                >
                    "Clear all"
                </Button>
                <Button look=ButtonLook::Primary on_press=move || is_editing.set(false)>"Done"</Button>
            </div>
        </Dialog>
    }
}

/// "1,284 of 48,210", or all of them.
fn count_words(actions: Actions, left: u64) -> String {
    let services = actions.services;
    let all = actions.state.with_hot(|hot| hot.len()) as u64;
    match (actions.address.filter.with(Filter::is_narrowing), all) {
        (_, 0) => String::new(),
        (true, _) => format!("{} of {}", services.count(left), services.count(all)),
        (false, 1) => "1 photo".to_owned(),
        (false, _) => format!("{} photos", services.count(all)),
    }
}
