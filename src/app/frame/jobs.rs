//! What is under way, in thin lines at the rail's foot.

use albumen_core::protocol::{UploadState, Work};
use leptos::prelude::*;

use crate::app::actions::{Actions, use_actions};
use crate::app::state::{ExportWork, Screen};
use crate::app::widgets::Progress;
use crate::app::words::import::short_step;

/// All of it.
#[component]
pub(super) fn Jobs() -> impl IntoView {
    let actions = use_actions();
    view! {
        <Line screen=Screen::Photos job=Memo::new(move |_| sync(actions))/>
        <Line screen=Screen::Upload job=Memo::new(move |_| upload(actions))/>
        <Line screen=Screen::Import job=Memo::new(move |_| import(actions))/>
        <Line screen=Screen::Photos job=Memo::new(move |_| export(actions))/>
    }
}

/// What a job's line says while the job runs.
#[derive(Clone, Debug, PartialEq)]
struct Job {
    name: &'static str,
    words: String,
    /// How much of it is done, from 0 to 1; `None` where nobody knows.
    share: Option<f64>,
}

impl Job {
    fn shared(actions: Actions, name: &'static str, words: &str, share: f64) -> Self {
        let share = share.min(1.0);
        let words = format!("{words} · {} %", actions.services.count((share * 100.0) as u32));
        Self { name, words, share: Some(share) }
    }
}

/// A job's line, which leads to its screen.
#[component]
fn Line(screen: Screen, job: Memo<Option<Job>>) -> impl IntoView {
    let name = move || job.with(|job| job.as_ref().map_or("", |job| job.name).to_owned());
    view! {
        <Show when=move || job.with(Option::is_some)>
            <a class="rail-job" href=screen.path()>
                <span>{move || job.with(|job| job.as_ref().map(|job| job.words.clone()))}</span>
                <Progress
                    done=Signal::derive(move || job.with(|job| job.as_ref().and_then(|job| job.share)))
                    label=Signal::derive(name)
                />
            </a>
        </Show>
    }
}

/// The fetch, or the making of a library. Google does not say how many photos there will be.
fn sync(actions: Actions) -> Option<Job> {
    actions.state.sync.with(|sync| {
        let sync = sync.as_ref().filter(|sync| matches!(sync.work, Work::Running | Work::Waiting { .. }))?;
        let name = if sync.is_made { "Making" } else { "Sync" };
        Some(Job { name, words: format!("{name} · {}", actions.services.count(sync.items)), share: None })
    })
}

/// The upload queue: bytes sent of all bytes.
fn upload(actions: Actions) -> Option<Job> {
    if !matches!(actions.state.uploads_work.get(), Work::Running | Work::Waiting { .. }) {
        return None;
    }
    let share = actions.state.uploads.with(|uploads| {
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
    });
    Some(Job::shared(actions, "Upload", "Upload", share))
}

/// The import: its step, and how much of that is done.
fn import(actions: Actions) -> Option<Job> {
    actions.state.import.with(|import| {
        let import = import.as_ref().filter(|import| matches!(import.work, Work::Running | Work::Waiting { .. }))?;
        let (name, step) = ("Import", short_step(import.step));
        Some(match import.of {
            0 => Job { name, words: step.to_owned(), share: None },
            of => Job::shared(actions, name, step, import.done as f64 / of as f64),
        })
    })
}

/// The export: rows that are done of all.
fn export(actions: Actions) -> Option<Job> {
    actions.state.exporting.with(|state| {
        let state = state.as_ref().filter(|state| state.work == ExportWork::Running)?;
        Some(Job::shared(actions, "Export", "Export", f64::from(state.done) / f64::from(state.of.max(1))))
    })
}
