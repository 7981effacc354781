//! What is under way, in thin lines at the rail's foot.

use albumen_core::protocol::{UploadState, Work};
use leptos::prelude::*;

use crate::app::actions::use_actions;
use crate::app::state::{ExportWork, Screen};
use crate::app::widgets::Progress;
use crate::app::words::import::short_step;

/// All of it.
#[component]
pub(super) fn Jobs() -> impl IntoView {
    view! {
        <SyncLine/>
        <UploadLine/>
        <ImportLine/>
        <ExportLine/>
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
