//! A fetch under way, or one that stands still: how far it has come and what one may do about it.

use albumen_core::protocol::{AlbumsFetched, SyncState, Wish, Work};
use leptos::prelude::*;

use super::making::came;
use super::{Stage, keep_focus, stage};
use crate::app::actions::{Actions, use_actions};
use crate::app::services::DateStyle;
use crate::app::widgets::{Button, ButtonLook, Failure, Progress};
use crate::app::words::{Explained, Next, duration, items_rate};

/// Lies below the bar while there is something to say.
#[component]
pub(in crate::app::library) fn SyncStrip() -> impl IntoView {
    let actions = use_actions();
    let state = actions.state;
    let stage = stage(state);
    // Here, since the strip is there before anything was fetched, and the button in the bar is not.
    keep_focus(stage);
    let problems = Memo::new(move |_| {
        state.sync.with(|sync| {
            sync.as_ref().map(|sync| (sync.problem_count, sync.problems.clone())).filter(|(count, _)| *count > 0)
        })
    });
    let is_shown =
        Memo::new(move |_| matches!(stage.get(), Stage::Running | Stage::Still) || problems.with(Option::is_some));
    view! {
        <Show when=move || is_shown.get()>
            <section class="sync-strip" aria-label="Sync">
                {move || match stage.get() {
                    Stage::Running | Stage::Still => {
                        view! { <UnderWay is_still=stage.get() == Stage::Still/> }.into_any()
                    }
                    Stage::SignedOut | Stage::Ready => ().into_any(),
                }}
                <Problems problems/>
            </section>
        </Show>
        <p class="unseen" role="status">{move || state.sync.with(|sync| sync.as_ref().map(|sync| announced(actions, sync)))}</p>
    }
}

/// For those who hear the page: once a thousand items, and at every turn.
fn announced(actions: Actions, sync: &SyncState) -> String {
    let count = |number: u32| actions.services.count(number);
    let (deed, done) = if sync.is_made { ("Making photos", "made on this device") } else { ("Sync", "fetched") };
    match &sync.work {
        // A library is made faster than thousands can be said.
        Work::Running if sync.is_made => "Making photos on this device".to_owned(),
        Work::Running if sync.albums.is_some() => "Fetching albums".to_owned(),
        Work::Running if sync.items < 1000 => "Sync is running".to_owned(),
        Work::Running => format!("More than {} fetched", count(sync.items / 1000 * 1000)),
        Work::Waiting { why, .. } => actions.explain(why).sentence,
        Work::Paused => format!("{deed} is paused"),
        // The failure is announced by itself.
        Work::Stopped(_) | Work::Idle => String::new(),
        Work::Cancelled => format!("{deed} was cancelled"),
        Work::Finished => format!("{} {done}, {} of them new", count(sync.items), count(sync.added)),
    }
}

#[component]
fn UnderWay(is_still: bool) -> impl IntoView {
    let actions = use_actions();
    let state = actions.state;
    let trouble = move || {
        state.sync.with(|sync| match sync.as_ref().map(|sync| &sync.work) {
            Some(Work::Stopped(trouble)) => Some(trouble.clone()),
            _ => None,
        })
    };
    let waiting = move || {
        state.sync.with(|sync| match sync.as_ref().map(|sync| &sync.work) {
            Some(Work::Waiting { why, .. }) => Some(actions.explain(why).sentence),
            _ => None,
        })
    };
    let made = move || state.sync.with(|sync| sync.as_ref().filter(|sync| sync.is_made).map(|sync| sync.items));
    // Of a fetch nobody knows how much is to come.
    let done = move || Some(f64::from(made()?) / f64::from(state.makes.get()?));
    let label = move || if made().is_some() { "Making photos" } else { "Sync" }.to_owned();
    view! {
        {move || trouble().map(|trouble| view! {
            <Failure
                explained=without_again(actions.explain(&trouble))
                on_next=move |next| actions.next(next, || {})
                on_copy=move |text| actions.copy(text)
            />
        })}
        <div class="sync-numbers numbers">
            <span>{move || state.sync.with(|sync| sync.as_ref().map(|sync| numbers(actions, sync)))}</span>
            <Show when=move || waiting().is_some()>
                <span class="sync-waiting">{waiting}</span>
            </Show>
            <Show when=move || !is_still>
                <Progress done=Signal::derive(done) label=Signal::derive(label)/>
            </Show>
        </div>
        <div class="buttons">
            {if is_still {
                view! {
                    <Button look=ButtonLook::Primary on_press=move || actions.wish(Wish::ResumeSync)>"Resume"</Button>
                }
                    .into_any()
            } else {
                view! { <Button on_press=move || actions.wish(Wish::PauseSync)>"Pause"</Button> }.into_any()
            }}
            <Button look=ButtonLook::Quiet on_press=move || actions.wish(Wish::CancelSync)>"Cancel"</Button>
        </div>
    }
}

/// Resume stands below, and does the same as another try.
fn without_again(explained: Explained) -> Explained {
    let next = if explained.next == Next::TryAgain { Next::Nothing } else { explained.next };
    Explained { next, ..explained }
}

/// "12,300 fetched, 12,300 new · 850 a second · 0:14 · down to 3 Mar 2019"
fn numbers(actions: Actions, sync: &SyncState) -> String {
    let services = actions.services;
    let mut parts = vec![came(actions, sync)];
    parts.extend(items_rate(sync.items, sync.elapsed_ms, services.numbers()));
    parts.push(duration(sync.elapsed_ms));
    if let Some(albums) = sync.albums {
        parts.push(albums_words(actions, albums));
    } else if let Some(day) = sync.reached {
        parts.push(format!("reached {}", services.date(i64::from(day.0) * 86_400, DateStyle::Short)));
    }
    parts.join(" · ")
}

/// "album 3 of 34"
fn albums_words(actions: Actions, albums: AlbumsFetched) -> String {
    let count = |number: u32| actions.services.count(number);
    match albums.of {
        None => "listing albums".to_owned(),
        Some(of) => format!("album {} of {}", count((albums.done + 1).min(of)), count(of)),
    }
}

/// What could not be read, for those who want to know.
#[component]
fn Problems(problems: Memo<Option<(u32, Vec<String>)>>) -> impl IntoView {
    let actions = use_actions();
    move || {
        problems.get().map(|(count, said)| {
            let more = u64::from(count).saturating_sub(said.len() as u64);
            view! {
                <details class="disclosure problems small">
                    <summary>{format!("{} could not be read as documented", actions.services.count(count))}</summary>
                    <ul>
                        {said.into_iter().map(|problem| view! { <li>{problem}</li> }).collect_view()}
                        {(more > 0).then(|| view! { <li class="soft">{format!("and {} more", actions.services.count(more))}</li> })}
                    </ul>
                </details>
            }
        })
    }
}
