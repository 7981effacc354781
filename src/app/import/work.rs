//! An import under way, or one that stands still: how far it has come and what one may do about it.

use albumen_core::protocol::{ImportState, ImportStep, Wish, Work};
use leptos::prelude::*;

use super::{Stage, stage};
use crate::app::actions::{Actions, use_actions};
use crate::app::state::Screen;
use crate::app::widgets::{Button, ButtonLook, Failure, Icon, Progress, Sign, hand_on_focus};
use crate::app::words::{Explained, Next, Pace, bytes, duration, import};

/// Stays in view above the parts.
#[component]
pub(super) fn UnderWay() -> impl IntoView {
    let actions = use_actions();
    let state = actions.state;
    let stage = stage(state);
    let pace = Memo::new(move |before: Option<&Option<Pace<ImportStep>>>| {
        state.import.with(|import| {
            let import = import.as_ref()?;
            let before = before.copied().flatten();
            Some(Pace::seen(before, import.step, import.done, import.of, import.elapsed_ms))
        })
    });
    let said = move |say: fn(Actions, &ImportState) -> Option<String>| {
        move || state.import.with(|import| import.as_ref().and_then(|import| say(actions, import)))
    };
    let trouble = Memo::new(move |_| {
        state.import.with(|import| match import.as_ref().map(|import| &import.work) {
            Some(Work::Stopped(trouble)) => Some(trouble.clone()),
            _ => None,
        })
    });
    let done = move || {
        let (done, of) = state.import.with(|import| import.as_ref().map(|import| (import.done, import.of)))?;
        (of > 0).then(|| done as f64 / of as f64)
    };
    let numbers = move || {
        let pace = pace.get();
        state.import.with(|import| import.as_ref().map(|import| progress(actions, import, pace)))
    };
    view! {
        <section class="import-totals" aria-label="Progress">
            {move || trouble.get().map(|trouble| view! {
                <Failure
                    explained=without_again(actions.explain(&trouble))
                    on_next=move |next| actions.next(next, || {})
                    on_copy=move |text| actions.copy(text)
                />
            })}
            <div class="import-sum">
                <p class="import-step">{said(headline)}</p>
                <Show when=move || stage.get() != Some(Stage::Over)>
                    <p class="numbers soft small">{numbers}</p>
                </Show>
                <Show when=move || stage.get() == Some(Stage::Running)>
                    <Progress done=Signal::derive(done) label=Signal::derive(|| "Import".to_owned())/>
                </Show>
                <p class="numbers small">{said(found)}</p>
                {move || said(waiting)().map(|why| view! { <p class="soft small">{why}</p> })}
                <p class="unseen" role="status">{said(announced)}</p>
            </div>
            <Acts stage/>
        </section>
    }
}

/// What one may do about all of it.
#[component]
fn Acts(stage: Memo<Option<Stage>>) -> impl IntoView {
    let actions = use_actions();
    let has_photos = Memo::new(move |_| !actions.state.is_empty());
    let press = move |wish: Wish| {
        actions.wish(wish);
        // The button goes with the press; the one that comes in its place takes the focus.
        hand_on_focus([".import-totals .buttons button".to_owned()]);
    };
    view! {
        <div class="buttons">
            {move || match stage.get() {
                Some(Stage::Running) => {
                    view! { <Button on_press=move || press(Wish::PauseImport)>"Pause"</Button> }.into_any()
                }
                Some(Stage::Still) => view! {
                    <Button look=ButtonLook::Primary on_press=move || press(Wish::StartImport)>"Resume"</Button>
                }
                .into_any(),
                Some(Stage::Over) | None => ().into_any(),
            }}
            <Show when=move || matches!(stage.get(), Some(Stage::Running | Stage::Still))>
                <Button look=ButtonLook::Quiet on_press=move || press(Wish::CancelImport)>"Cancel"</Button>
            </Show>
            <Show when=move || has_photos.get()>
                <a class="button" href=move || actions.address.link(Screen::Photos)>
                    <Icon sign=Sign::Photos/>
                    "See the photos"
                </a>
            </Show>
        </div>
    }
}

/// Resume stands beside it, and does the same as another try.
fn without_again(explained: Explained) -> Explained {
    let next = if explained.next == Next::TryAgain { Next::Nothing } else { explained.next };
    Explained { next, ..explained }
}

fn headline(_: Actions, state: &ImportState) -> Option<String> {
    Some(match &state.work {
        Work::Running | Work::Waiting { .. } => import::step(state.step).to_owned(),
        Work::Idle => "Ready to go on".to_owned(),
        Work::Paused => format!("Paused: {}", import::short_step(state.step).to_ascii_lowercase()),
        Work::Stopped(_) => "The import stands still".to_owned(),
        Work::Cancelled => "The import was cancelled. What it had kept by then stays.".to_owned(),
        Work::Finished => "The import is done".to_owned(),
    })
}

/// "1.2 GB of 10 GB · 350 MB a second · 0:26 left · 0:04"
fn progress(actions: Actions, state: &ImportState, pace: Option<Pace<ImportStep>>) -> String {
    let numbers = actions.services.numbers();
    let is_bytes = state.step == ImportStep::Reading;
    let amount = |value: u64| if is_bytes { bytes(value, numbers) } else { actions.services.count(value) };
    let mut parts = Vec::new();
    if state.of > 0 {
        parts.push(format!("{} of {}{}", amount(state.done), amount(state.of), if is_bytes { "" } else { " photos" }));
    }
    if matches!(state.work, Work::Running)
        && let Some(pace) = pace
    {
        parts.extend(pace.per_second().map(|rate| format!("{} a second", amount(rate as u64))));
        parts.extend(pace.left_ms().map(|left_ms| format!("{} left", duration(left_ms))));
    }
    parts.push(duration(state.elapsed_ms));
    parts.join(" · ")
}

/// "20,000 photos and videos found, 312 of them new"
fn found(actions: Actions, state: &ImportState) -> Option<String> {
    let count = |number: u32| actions.services.count(number);
    (state.photos > 0)
        .then(|| format!("{} photos and videos found, {} of them new", count(state.photos), count(state.added)))
}

fn waiting(actions: Actions, state: &ImportState) -> Option<String> {
    match &state.work {
        Work::Waiting { why, .. } => Some(actions.explain(why).sentence),
        _ => None,
    }
}

/// For those who hear the page: at every turn, and not with every number.
fn announced(actions: Actions, state: &ImportState) -> Option<String> {
    match &state.work {
        // The failure is announced by itself.
        Work::Stopped(_) | Work::Idle => None,
        Work::Waiting { .. } => waiting(actions, state),
        Work::Finished => Some(format!(
            "The import is done. {}",
            found(actions, state).unwrap_or_else(|| "No photo was found.".into())
        )),
        Work::Running | Work::Paused | Work::Cancelled => headline(actions, state),
    }
}
