//! How far all of it has come, and what one may do about all of it.

use albumen_core::protocol::{UploadState, Wish, Work};
use leptos::prelude::*;

use crate::app::actions::use_actions;
use crate::app::widgets::{Button, ButtonLook, Progress};
use crate::app::words::{Next, bytes};

/// The list in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Sum {
    files: u32,
    created: u32,
    failed: u32,
    /// Of the failed ones, those that trying again may help.
    may_retry: u32,
    /// Waiting, or on its way.
    open: u32,
    needs_file: u32,
    bytes: u64,
    bytes_sent: u64,
}

/// Stays in view above the list.
#[component]
pub(super) fn Totals() -> impl IntoView {
    let actions = use_actions();
    let state = actions.state;
    let sum = Memo::new(move |_| {
        state.uploads.with(|uploads| {
            let mut sum = Sum::default();
            for upload in uploads.values() {
                let size = upload.file.size;
                sum.files += 1;
                sum.bytes = sum.bytes.saturating_add(size);
                let (counter, sent) = match upload.state {
                    UploadState::Waiting => (&mut sum.open, 0),
                    UploadState::Sending { sent } => (&mut sum.open, sent),
                    UploadState::Sent => (&mut sum.open, size),
                    UploadState::NeedsFile => (&mut sum.needs_file, 0),
                    UploadState::Created { .. } => (&mut sum.created, size),
                    UploadState::Failed(_) => (&mut sum.failed, 0),
                };
                *counter += 1;
                if let UploadState::Failed(trouble) = &upload.state {
                    sum.may_retry += u32::from(actions.explain(trouble).next != Next::Nothing);
                }
                sum.bytes_sent = sum.bytes_sent.saturating_add(sent.min(size));
            }
            sum
        })
    });
    let waits_for = move || match state.uploads_work.get() {
        Work::Waiting { why, .. } => Some(actions.explain(&why).sentence),
        _ => None,
    };
    let words = move || {
        let Sum { files, created, failed, needs_file, bytes: all, bytes_sent, .. } = sum.get();
        let (services, numbers) = (actions.services, actions.services.numbers());
        let mut parts = vec![
            format!("{} of {} in the library", services.count(created), services.count(files)),
            format!("{} of {}", bytes(bytes_sent, numbers), bytes(all, numbers)),
        ];
        if failed > 0 {
            parts.push(format!("{} failed", services.count(failed)));
        }
        if needs_file > 0 {
            parts.push(format!("{} to be chosen again", services.count(needs_file)));
        }
        parts.join(" · ")
    };
    let share = Signal::derive(move || {
        let sum = sum.get();
        Some(if sum.bytes == 0 { 0.0 } else { sum.bytes_sent as f64 / sum.bytes as f64 })
    });
    view! {
        <div class="upload-totals">
            <div class="upload-sum">
                <p class="numbers">{words}</p>
                <Progress done=share label=Signal::derive(|| "All files".to_owned())/>
                {move || waits_for().map(|why| view! { <p class="soft small">{why}</p> })}
                <p class="unseen" role="status">
                    {move || {
                        let Sum { created, failed, open, .. } = sum.get();
                        (open == 0 && created + failed > 0).then(|| format!("{created} uploaded, {failed} failed"))
                    }}
                </p>
            </div>
            <Acts sum/>
        </div>
    }
}

/// What one may do about all of it.
#[component]
fn Acts(sum: Memo<Sum>) -> impl IntoView {
    let actions = use_actions();
    let state = actions.state;
    let is_paused = Memo::new(move |_| state.uploads_work.get() == Work::Paused);
    let is_running = Memo::new(move |_| matches!(state.uploads_work.get(), Work::Running | Work::Waiting { .. }));
    let retry_all = move || {
        let uploads = state.uploads.with_untracked(|uploads| {
            let failed = uploads.values().filter(|upload| match &upload.state {
                UploadState::Failed(trouble) => actions.explain(trouble).next != Next::Nothing,
                _ => false,
            });
            failed.map(|upload| upload.id).collect()
        });
        actions.wish(Wish::RetryUploads { uploads });
    };
    view! {
            <div class="buttons">
                <Show when=move || { sum.get().may_retry > 1 }>
                    <Button look=ButtonLook::Quiet on_press=retry_all>"Retry failed"</Button>
                </Show>
                <Show when=move || { sum.get().created > 0 }>
                    <Button look=ButtonLook::Quiet on_press=move || actions.wish(Wish::ClearUploads)>"Clear finished"</Button>
                </Show>
                <Show
                    when=move || is_running.get()
                    fallback=move || view! {
                        <Button
                            look=ButtonLook::Primary
                            disabled=Signal::derive(move || sum.get().open == 0)
                            on_press=move || actions.start_uploads()
                        >
                            {move || if is_paused.get() { "Resume" } else { "Start upload" }}
                        </Button>
                    }
                >
                    <Button on_press=move || actions.wish(Wish::PauseUploads)>"Pause"</Button>
                </Show>
            </div>
    }
}
