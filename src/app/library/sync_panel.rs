//! Fetching: which days, which media, how far it has come, and the three things one may do about it.

use albumen_core::photo::{Day, DayRange};
use albumen_core::protocol::{Access, Media, SyncState, Wish, Work};
use leptos::prelude::*;

use crate::app::actions::{Actions, use_actions};
use crate::app::services::DateStyle;
use crate::app::widgets::{Button, ButtonLook, Failure, Progress};
use crate::app::words::{duration, items_rate};

/// The days to fetch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Preset {
    All,
    LastThirtyDays,
    ThisYear,
    LastYear,
    Custom,
}

impl Preset {
    const ALL: [Self; 5] = [Self::All, Self::LastThirtyDays, Self::ThisYear, Self::LastYear, Self::Custom];

    fn name(self) -> &'static str {
        match self {
            Self::All => "All",
            Self::LastThirtyDays => "Last 30 days",
            Self::ThisYear => "This year",
            Self::LastYear => "Last year",
            Self::Custom => "Custom…",
        }
    }

    /// The days it stands for, seen from `today`; `None` for all of them, and for those that the person gives.
    fn days(self, today: Day) -> Option<DayRange> {
        let year = today.ymd().0;
        let whole = |year| Some(DayRange { first: Day::from_ymd(year, 1, 1)?, last: Day::from_ymd(year, 12, 31)? });
        match self {
            Self::All | Self::Custom => None,
            Self::LastThirtyDays => Some(DayRange { first: Day(today.0 - 29), last: today }),
            Self::ThisYear => whole(year),
            Self::LastYear => whole(year - 1),
        }
    }
}

/// Stands over the grid.
#[component]
pub(super) fn SyncPanel() -> impl IntoView {
    let actions = use_actions();
    let state = actions.state;
    // What is shown changes with these few states; the numbers inside follow by themselves.
    let stage = Memo::new(move |_| {
        if let Some(stage) = state.sync.with(|sync| sync.as_ref().and_then(stage_of)) {
            return stage;
        }
        if state.account.with(Option::is_some) { Stage::Ready } else { Stage::SignedOut }
    });
    view! {
        <section class="sync" aria-label="Sync">
            {move || match stage.get() {
                Stage::SignedOut => view! { <SignedOut/> }.into_any(),
                Stage::Ready => view! { <Ready/> }.into_any(),
                Stage::Running | Stage::Still => view! { <UnderWay is_still=stage.get() == Stage::Still/> }.into_any(),
            }}
        </section>
        <p class="unseen" role="status">{move || state.sync.with(|sync| sync.as_ref().map(|sync| announced(actions, sync)))}</p>
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    SignedOut,
    /// Nothing runs: the days can be chosen.
    Ready,
    Running,
    /// It stands still and can go on.
    Still,
}

fn stage_of(sync: &SyncState) -> Option<Stage> {
    match sync.work {
        Work::Running | Work::Waiting { .. } => Some(Stage::Running),
        Work::Paused | Work::Stopped(_) => Some(Stage::Still),
        Work::Idle | Work::Cancelled | Work::Finished => None,
    }
}

/// For those who hear the page: once a thousand items, and at every turn.
fn announced(actions: Actions, sync: &SyncState) -> String {
    let count = |number: u32| actions.services.count(number);
    match &sync.work {
        Work::Running if sync.items < 1000 => "Sync is running".to_owned(),
        Work::Running => format!("More than {} fetched", count(sync.items / 1000 * 1000)),
        Work::Waiting { why, .. } => actions.explain(why).sentence,
        Work::Paused => "Sync is paused".to_owned(),
        // The failure is announced by itself.
        Work::Stopped(_) | Work::Idle => String::new(),
        Work::Cancelled => "Sync was cancelled".to_owned(),
        Work::Finished => format!("{} fetched, {} of them new", count(sync.items), count(sync.added)),
    }
}

#[component]
fn SignedOut() -> impl IntoView {
    let actions = use_actions();
    view! {
        <span class="soft small">"Nobody is signed in"</span>
        <Button on_press=move || actions.sign_in(Access::Read)>"Sign in with Google"</Button>
    }
}

#[component]
fn Ready() -> impl IntoView {
    let actions = use_actions();
    let preset = RwSignal::new(Preset::All);
    let media = RwSignal::new(Media::All);
    let today = today(actions);
    let from = RwSignal::new(Day(today.0 - 29).to_string());
    let to = RwSignal::new(today.to_string());
    let chosen = Memo::new(move |_| match preset.get() {
        Preset::Custom => {
            let (first, last) = (Day::parse_iso(&from.get())?, Day::parse_iso(&to.get())?);
            (first <= last).then_some(Some(DayRange { first, last }))
        }
        preset => Some(preset.days(today)),
    });
    let sync = move || {
        if let Some(days) = chosen.get_untracked() {
            actions.wish(Wish::Sync { days, media: media.get_untracked() });
        }
    };
    let last = move || {
        actions.state.sync.with(|sync| {
            let sync = sync.as_ref().filter(|sync| sync.work == Work::Finished)?;
            Some(format!("{} fetched, {} new", actions.services.count(sync.items), actions.services.count(sync.added)))
        })
    };
    view! {
        {move || last().map(|text| view! { <span class="sync-last soft small numbers">{text}</span> })}
        <Problems/>
        <select
            class="select"
            aria-label="Days"
            on:change=move |event| {
                let name = event_target_value(&event);
                preset.set(Preset::ALL.into_iter().find(|preset| preset.name() == name).unwrap_or(Preset::All));
            }
        >
            {Preset::ALL.map(|preset| view! { <option value=preset.name()>{preset.name()}</option> })}
        </select>
        <Show when=move || preset.get() == Preset::Custom>
            <DayInput label="From" value=from/>
            <DayInput label="To" value=to/>
        </Show>
        <select
            class="select"
            aria-label="Media"
            on:change=move |event| {
                media
                    .set(match event_target_value(&event).as_str() {
                        "photos" => Media::Photos,
                        "videos" => Media::Videos,
                        _ => Media::All,
                    });
            }
        >
            <option value="all">"Photos and videos"</option>
            <option value="photos">"Photos"</option>
            <option value="videos">"Videos"</option>
        </select>
        <Button
            look=ButtonLook::Primary
            disabled=Signal::derive(move || chosen.get().is_none())
            on_press=sync
        >
            "Sync"
        </Button>
    }
}

#[component]
fn DayInput(label: &'static str, value: RwSignal<String>) -> impl IntoView {
    view! {
        <input
            class="input"
            type="date"
            aria-label=label
            prop:value=value
            on:input=move |event| value.set(event_target_value(&event))
        />
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
    view! {
        {move || trouble().map(|trouble| view! {
            <Failure
                explained=actions.explain(&trouble)
                on_next=move |next| actions.next(next, move || actions.wish(Wish::ResumeSync))
                on_copy=move |text| actions.copy(text)
            />
        })}
        <div class="sync-numbers numbers">
            <span>{move || state.sync.with(|sync| sync.as_ref().map(|sync| numbers(actions, sync)))}</span>
            <Show when=move || waiting().is_some()>
                <span class="sync-waiting">{waiting}</span>
            </Show>
            <Show when=move || !is_still>
                <Progress done=Signal::derive(|| None) label=Signal::derive(|| "Sync".to_owned())/>
            </Show>
        </div>
        <Problems/>
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

/// "12,300 fetched, 12,300 new · 850 a second · 0:14 · down to 3 Mar 2019"
fn numbers(actions: Actions, sync: &SyncState) -> String {
    let services = actions.services;
    let mut parts = vec![format!("{} fetched, {} new", services.count(sync.items), services.count(sync.added))];
    parts.extend(items_rate(sync.items, sync.elapsed_ms, services.numbers()));
    parts.push(duration(sync.elapsed_ms));
    if let Some(day) = sync.reached {
        parts.push(format!("reached {}", services.date(i64::from(day.0) * 86_400, DateStyle::Short)));
    }
    parts.join(" · ")
}

/// What could not be read, for those who want to know.
#[component]
fn Problems() -> impl IntoView {
    let actions = use_actions();
    let problems = Memo::new(move |_| {
        actions.state.sync.with(|sync| {
            sync.as_ref().map(|sync| (sync.problem_count, sync.problems.clone())).filter(|(count, _)| *count > 0)
        })
    });
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

/// The day that the person's calendar shows.
fn today(actions: Actions) -> Day {
    let now_s = actions.services.now_ms().div_euclid(1000);
    Day::of_utc_s(now_s + i64::from(actions.services.local_zone().offset_min(now_s)) * 60)
}
