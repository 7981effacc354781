//! Short news that needs no act, at the foot of the screen for a few seconds.

use std::time::Duration;

use leptos::prelude::*;

/// How long a toast stays: long enough to read a sentence twice.
const STAYS: Duration = Duration::from_secs(5);

/// Says short news.
#[derive(Clone, Copy, Debug)]
pub struct Toaster {
    shown: RwSignal<Vec<(u32, String)>>,
    next: StoredValue<u32>,
}

impl Toaster {
    pub fn new() -> Self {
        Self { shown: RwSignal::new(Vec::new()), next: StoredValue::new(0) }
    }

    /// Shows `sentence` for five seconds.
    pub fn say(self, sentence: impl Into<String>) {
        let id = self.next.get_value();
        self.next.set_value(id.wrapping_add(1));
        self.shown.update(|all| all.push((id, sentence.into())));
        let shown = self.shown;
        set_timeout(move || shown.update(|all| all.retain(|(other, _)| *other != id)), STAYS);
    }
}

impl Default for Toaster {
    fn default() -> Self {
        Self::new()
    }
}

/// Where the toasts appear; once on the page. The place is there from the beginning, since a reader of the screen tells
/// only of what comes into a place that it knows; what fills it is made with the first toast.
#[component]
pub fn Toasts(toaster: Toaster) -> impl IntoView {
    let has_spoken = Memo::new(move |before| before == Some(&true) || !toaster.shown.with(Vec::is_empty));
    view! {
        <div class="toasts" role="status">
            {move || has_spoken.get().then(|| view! {
                <For
                    each=move || toaster.shown.get()
                    key=|(id, _)| *id
                    children=|(_, sentence)| view! { <p class="toast">{sentence}</p> }
                />
            })}
        </div>
    }
}
