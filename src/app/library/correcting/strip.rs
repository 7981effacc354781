//! Times that are being corrected: how far that is, and what one may do about it.

use albumen_core::protocol::{CorrectingState, Wish, Work};
use leptos::prelude::*;

use crate::app::actions::{Actions, use_actions};
use crate::app::widgets::{Button, ButtonLook, Failure, Progress};
use crate::app::words::{Explained, Next, correcting};

/// Lies below the bar while there is something to say.
#[component]
pub(in crate::app::library) fn CorrectingStrip() -> impl IntoView {
    let actions = use_actions();
    let is_shown = Memo::new(move |_| super::is_under_way(actions));
    view! {
        <Show when=move || is_shown.get()>
            <section class="sync-strip" aria-label="Correction of times">
                <UnderWay/>
            </section>
        </Show>
    }
}

#[component]
fn UnderWay() -> impl IntoView {
    let actions = use_actions();
    let state = actions.state.correcting;
    let work = Memo::new(move |_| state.with(|state| state.as_ref().map(|state| state.work.clone())));
    let is_still = Memo::new(move |_| !matches!(work.get(), Some(Work::Running)));
    let numbers = move || said(actions, |state| correcting::progress(state, actions.services.numbers()));
    let done =
        move || state.with(|state| state.as_ref().map(|state| f64::from(state.done) / f64::from(state.of.max(1))));
    view! {
        {move || match work.get() {
            Some(Work::Stopped(trouble)) => Some(view! {
                <Failure
                    explained=without_again(actions.explain(&trouble))
                    on_next=move |next| actions.next(next, || {})
                    on_copy=move |text| actions.copy(text)
                />
            }),
            _ => None,
        }}
        <div class="sync-numbers numbers">
            <span>{numbers}</span>
            <Progress done=Signal::derive(done) label=Signal::derive(|| "Correction of times".to_owned())/>
        </div>
        <div class="buttons">
            <Show when=move || is_still.get()>
                <Button look=ButtonLook::Primary on_press=move || actions.wish(Wish::ResumeCorrecting)>"Go on"</Button>
            </Show>
            <Button look=ButtonLook::Quiet on_press=move || actions.wish(Wish::CancelCorrecting)>"Stop here"</Button>
        </div>
    }
}

fn said(actions: Actions, say: impl Fn(&CorrectingState) -> String) -> Option<String> {
    actions.state.correcting.with(|state| state.as_ref().map(say))
}

/// "Go on" stands below, and does the same as another try.
fn without_again(explained: Explained) -> Explained {
    let next = if explained.next == Next::TryAgain { Next::Nothing } else { explained.next };
    Explained { next, ..explained }
}
