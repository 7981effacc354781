//! The rail with the screens' links, the account and what is under way; the screen beside it.

mod reach;

use albumen_core::protocol::{Access, UploadState, Work, World};
use leptos::prelude::*;

use self::reach::Reach;
use crate::app::actions::use_actions;
use crate::app::late::{self, Late};
use crate::app::state::{ExportWork, Phase, Screen, SignIn};
use crate::app::widgets::{Failure, Icon, IconButton, Progress, Sign};
use crate::app::words::import::short_step;

fn sign(screen: Screen) -> Sign {
    match screen {
        Screen::Photos => Sign::Photos,
        Screen::Insights => Sign::Insights,
        Screen::Places => Sign::Places,
        Screen::Table => Sign::Table,
        Screen::Upload => Sign::Upload,
        Screen::Import => Sign::Import,
        Screen::Settings => Sign::Settings,
    }
}

/// On a phone the rail lies at the foot.
#[component]
pub fn Frame(children: Children) -> impl IntoView {
    let actions = use_actions();
    let (state, address) = (actions.state, actions.address);
    let link = move |screen: Screen| {
        view! {
            <a
                class="rail-link"
                href=move || address.link(screen)
                title=screen.name()
                aria-current=move || (address.screen.get() == Some(screen)).then_some("page")
            >
                <Icon sign=sign(screen)/>
                <span>{screen.name()}</span>
            </a>
        }
    };
    view! {
        <div class="frame">
            <nav class="rail" aria-label="Screens">
                <div class="rail-head">
                    <a class="wordmark" href=move || address.link(Screen::Photos)>"Albumen"</a>
                    <Show when=move || state.world.get() == World::Sandbox>
                        <span class="pretend-mark">"Pretend Google"</span>
                    </Show>
                </div>
                <div class="rail-links">{Screen::ALL.map(link)}</div>
                <div class="rail-foot">
                    <SyncLine/>
                    <UploadLine/>
                    <ImportLine/>
                    <ExportLine/>
                    <Show when=move || state.account.with(Option::is_some)>
                        <span class="rail-account">
                            {move || state.account.with(|account| account.as_ref().map(|account| account.email.clone()))}
                        </span>
                    </Show>
                </div>
            </nav>
            <main class="screen">
                <Failures/>
                {children()}
                <Reach/>
            </main>
        </div>
    }
}

/// What concerns every screen: the page could not be opened, or a sign-in did not end in one.
#[component]
fn Failures() -> impl IntoView {
    let actions = use_actions();
    let state = actions.state;
    let opening = Memo::new(move |_| match state.phase.get() {
        Phase::Failed(trouble) => Some(trouble),
        _ => None,
    });
    let is_opening = Memo::new(move |_| matches!(state.phase.get(), Phase::Reading | Phase::Waking));
    let sign_in = Memo::new(move |_| match state.sign_in.get() {
        SignIn::Failed(trouble) => Some(trouble),
        _ => None,
    });
    view! {
        {move || opening.get().map(|trouble| view! {
            <div class="frame-failure">
                <Failure
                    explained=actions.explain(&trouble)
                    on_next=move |next| actions.next(next, move || actions.open(state.world.get_untracked()))
                    on_copy=move |text| actions.copy(text)
                />
            </div>
        })}
        <Show when=move || is_opening.get()><Late wait=late::opening(state)/></Show>
        {move || sign_in.get().map(|trouble| view! {
            <div class="frame-failure">
                <Failure
                    explained=actions.explain(&trouble)
                    on_next=move |next| actions.next(next, move || actions.sign_in(Access::Read))
                    on_copy=move |text| actions.copy(text)
                />
                <IconButton sign=Sign::Close label="Dismiss" on_press=move || actions.give_up_sign_in()/>
            </div>
        })}
        <Show when=move || !state.keeps.get()>
            <p class="frame-failure soft small">"This browser keeps nothing for this page: what you see is here only until the page closes."</p>
        </Show>
    }
}

/// The fetch, or the making of a library, while it runs.
#[component]
fn SyncLine() -> impl IntoView {
    let actions = use_actions();
    let items = Memo::new(move |_| {
        actions.state.sync.with(|sync| {
            let sync = sync.as_ref()?;
            matches!(sync.work, Work::Running | Work::Waiting { .. }).then_some((sync.is_made, sync.items))
        })
    });
    let deed = move || if items.get().is_some_and(|(is_made, _)| is_made) { "Making" } else { "Sync" };
    view! {
        <Show when=move || items.get().is_some()>
            <a class="rail-job" href=Screen::Photos.path()>
                <span>{move || format!("{} · {}", deed(), actions.services.count(items.get().unwrap_or_default().1))}</span>
                <Progress done=Signal::derive(|| None) label=Signal::derive(move || deed().to_owned())/>
            </a>
        </Show>
    }
}

/// The upload queue, while it runs: bytes sent of all bytes.
#[component]
fn UploadLine() -> impl IntoView {
    let actions = use_actions();
    let state = actions.state;
    let is_running = Memo::new(move |_| matches!(state.uploads_work.get(), Work::Running | Work::Waiting { .. }));
    let share = Memo::new(move |_| {
        state.uploads.with(|uploads| {
            let (mut sent, mut all) = (0.0, 0.0);
            for upload in uploads.values() {
                let size = upload.file.size as f64;
                all += size;
                sent += match upload.state {
                    UploadState::Sending { sent } => sent as f64,
                    UploadState::Sent | UploadState::Created { .. } | UploadState::Failed(_) => size,
                    UploadState::Waiting | UploadState::NeedsFile => 0.0,
                };
            }
            if all > 0.0 { sent / all } else { 0.0 }
        })
    });
    view! {
        <Show when=move || is_running.get()>
            <a class="rail-job" href=Screen::Upload.path()>
                <span>{move || format!("Upload · {} %", actions.services.count((share.get() * 100.0) as u32))}</span>
                <Progress done=Signal::derive(move || Some(share.get())) label=Signal::derive(|| "Upload".to_owned())/>
            </a>
        </Show>
    }
}

/// The import, while it runs: its step, and how much of it is done.
#[component]
fn ImportLine() -> impl IntoView {
    let actions = use_actions();
    let running = Memo::new(move |_| {
        actions.state.import.with(|import| {
            let import =
                import.as_ref().filter(|import| matches!(import.work, Work::Running | Work::Waiting { .. }))?;
            let share = (import.of > 0).then(|| import.done as f64 / import.of as f64);
            Some((import.step, share))
        })
    });
    let words = move || {
        let (step, share) = running.get()?;
        let said = short_step(step);
        Some(share.map_or_else(
            || said.to_owned(),
            |share| format!("{said} · {} %", actions.services.count((share.min(1.0) * 100.0) as u32)),
        ))
    };
    view! {
        <Show when=move || running.with(Option::is_some)>
            <a class="rail-job" href=Screen::Import.path()>
                <span>{words}</span>
                <Progress
                    done=Signal::derive(move || running.get().and_then(|(_, share)| share))
                    label=Signal::derive(|| "Import".to_owned())
                />
            </a>
        </Show>
    }
}

/// The export, while it runs: how much of it is done.
#[component]
fn ExportLine() -> impl IntoView {
    let actions = use_actions();
    let running = Memo::new(move |_| {
        actions.state.exporting.with(|state| {
            let state = state.as_ref().filter(|state| matches!(state.work, ExportWork::Running { .. }))?;
            Some(f64::from(state.done) / f64::from(state.of.max(1)))
        })
    });
    let words = move || {
        running.get().map(|share| format!("Export · {} %", actions.services.count((share.min(1.0) * 100.0) as u32)))
    };
    view! {
        <Show when=move || running.get().is_some()>
            <a class="rail-job" href=Screen::Photos.path()>
                <span>{words}</span>
                <Progress done=running label=Signal::derive(|| "Export".to_owned())/>
            </a>
        </Show>
    }
}
