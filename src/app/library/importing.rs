//! An export is being read, and its first photos are not here yet.

use albumen_core::protocol::{ImportState, ImportStep, Work};
use leptos::prelude::*;

use crate::app::actions::{Actions, use_actions};
use crate::app::state::{Screen, State};
use crate::app::widgets::Progress;
use crate::app::words::{bytes, import};

/// Whether photos may come of an export by themselves.
pub(super) fn is_importing(state: State) -> Memo<bool> {
    Memo::new(move |_| {
        let is_running = |import: &ImportState| matches!(import.work, Work::Running | Work::Waiting { .. });
        state.adding.with(Option::is_some) || state.import.with(|import| import.as_ref().is_some_and(is_running))
    })
}

/// Stands in the place of the grid until there is one.
#[component]
pub(super) fn Importing() -> impl IntoView {
    let actions = use_actions();
    let state = actions.state;
    let done = move || {
        let (done, of) = state.import.with(|import| import.as_ref().map(|import| (import.done, import.of)))?;
        (of > 0).then(|| done as f64 / of as f64)
    };
    let step = Memo::new(move |_| state.import.with(|import| import.as_ref().map(|import| import.step)));
    let numbers = move || match (
        state.import.with(|import| import.as_ref().and_then(|import| read(actions, import))),
        state.adding.get(),
    ) {
        (Some(read), _) => read,
        (None, Some(adding)) => {
            format!("{} taken so far", import::counted(adding.files, "file", "files", actions.services.numbers()))
        }
        (None, None) => String::new(),
    };
    view! {
        <div class="nothing importing">
            <h2>"Your export is being read"</h2>
            <p role="status">{move || step.get().map_or("Taking the files", import::step)}</p>
            <Progress done=Signal::derive(done) label=Signal::derive(|| "Import".to_owned())/>
            <p class="numbers soft small">{numbers}</p>
            <p class="soft">
                "Photos appear here as they are found. "
                <a href=Screen::Import.path()>"Watch the import"</a>
            </p>
        </div>
    }
}

/// "1.2 GB of 10 GB"
fn read(actions: Actions, state: &ImportState) -> Option<String> {
    let numbers = actions.services.numbers();
    let is_bytes = state.step == ImportStep::Reading;
    let amount = |value: u64| if is_bytes { bytes(value, numbers) } else { actions.services.count(value) };
    (state.of > 0).then(|| format!("{} of {}", amount(state.done), amount(state.of)))
}
