//! A thin line that fills, or travels while nobody knows how much is left.

use leptos::prelude::*;

use crate::app::words::decimal;

/// How far something is, from 0 to 1; `None` while nobody knows.
#[component]
pub fn Progress(#[prop(into)] done: Signal<Option<f64>>, #[prop(into)] label: Signal<String>) -> impl IntoView {
    let share = move || done.get().map(|d| if d.is_finite() { d.clamp(0.0, 1.0) } else { 0.0 });
    view! {
        <div
            class="progress"
            role="progressbar"
            aria-label=move || label.get()
            aria-valuemin="0"
            aria-valuemax="100"
            aria-valuenow=move || share().map(|d| decimal(d * 100.0, 0))
            data-open=move || share().is_none().then_some("")
        >
            <div class="progress-done" style:--done=move || share().map(|d| decimal(d, 4)).unwrap_or_default()></div>
        </div>
    }
}
