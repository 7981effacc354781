//! One file of the list: what it is, what is said about it, and how far it has come.

use albumen_core::google::edit::LONGEST_DESCRIPTION;
use albumen_core::protocol::{Upload, UploadState, Wish};
use leptos::prelude::*;

use crate::app::actions::{Actions, use_actions};
use crate::app::widgets::{Button, ButtonLook, Icon, Progress, Sign};
use crate::app::words::{Next, bytes};

#[component]
pub(super) fn UploadRow(id: u32) -> impl IntoView {
    let actions = use_actions();
    let upload = Memo::new(move |_| actions.state.uploads.with(|uploads| uploads.get(&id).cloned()));
    // What never changes is read once: rows are taken out when their upload is.
    let first = upload.get_untracked();
    let name = first.as_ref().map(|upload| upload.file.name.clone()).unwrap_or_default();
    let size = first.as_ref().map_or(0, |upload| upload.file.size);
    let description = first.map(|upload| upload.description).unwrap_or_default();
    let stage = Memo::new(move |_| upload.with(|upload| upload.as_ref().map_or(Stage::Done, stage_of)));
    // Trying again does not help a file that Google takes in no case.
    let may_retry = Memo::new(move |_| {
        upload.with(|upload| match upload.as_ref().map(|upload| &upload.state) {
            Some(UploadState::Failed(trouble)) => actions.explain(trouble).next != Next::Nothing,
            _ => false,
        })
    });
    let sent = Signal::derive(move || {
        upload.with(|upload| match upload.as_ref().map(|upload| &upload.state) {
            Some(UploadState::Sending { sent }) if size > 0 => Some(*sent as f64 / size as f64),
            Some(UploadState::Sent) => Some(1.0),
            _ => None,
        })
    });
    let (retry_label, remove_label) = (format!("Retry {name}"), format!("Remove {name}"));
    let (description_label, progress_label) = (format!("Description of {name}"), format!("Upload of {name}"));
    view! {
        <li class="upload-row" data-stage=move || stage.get().name()>
            <div class="upload-name">
                <span class="upload-file">{name}</span>
                <span class="soft small numbers">{bytes(size, actions.services.numbers())}</span>
            </div>
            <input
                class="input upload-description"
                type="text"
                maxlength=LONGEST_DESCRIPTION.to_string()
                placeholder="Description"
                aria-label=description_label
                prop:value=description
                disabled=move || stage.get() == Stage::Done || stage.get() == Stage::Moving
                on:change=move |event| {
                    actions.wish(Wish::Describe { upload: id, description: event_target_value(&event) });
                }
            />
            <div class="upload-state small">
                {move || stage_words(actions, stage.get(), upload)}
                <Show when=move || stage.get() == Stage::Moving>
                    <Progress done=sent label=progress_label.clone()/>
                </Show>
            </div>
            <div class="upload-acts">
                <Show when=move || may_retry.get()>
                    <Button
                        small=true
                        label=retry_label.clone()
                        on_press=move || actions.wish(Wish::RetryUploads { uploads: vec![id] })
                    >
                        "Retry"
                    </Button>
                </Show>
                <Show when=move || stage.get() != Stage::Moving>
                    <Button
                        small=true
                        look=ButtonLook::Quiet
                        label=remove_label.clone()
                        on_press=move || actions.wish(Wish::RemoveUpload { upload: id })
                    >
                        "Remove"
                    </Button>
                </Show>
            </div>
        </li>
    }
}

/// What a row looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Waiting,
    NeedsFile,
    Moving,
    Done,
    Failed,
}

impl Stage {
    fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::NeedsFile => "needs-file",
            Self::Moving => "moving",
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }
}

fn stage_of(upload: &Upload) -> Stage {
    match upload.state {
        UploadState::Waiting => Stage::Waiting,
        UploadState::NeedsFile => Stage::NeedsFile,
        UploadState::Sending { .. } | UploadState::Sent => Stage::Moving,
        UploadState::Created { .. } => Stage::Done,
        UploadState::Failed(_) => Stage::Failed,
    }
}

fn stage_words(actions: Actions, stage: Stage, upload: Memo<Option<Upload>>) -> AnyView {
    match stage {
        Stage::Waiting => view! { <span class="soft">"Waiting"</span> }.into_any(),
        Stage::NeedsFile => view! {
            <span class="upload-warn"><Icon sign=Sign::Trouble/>"Choose this file again to go on"</span>
        }
        .into_any(),
        Stage::Moving => {
            let words = move || {
                upload.with(|upload| match upload.as_ref().map(|upload| (&upload.state, upload.file.size)) {
                    Some((UploadState::Sending { sent }, size)) => {
                        let numbers = actions.services.numbers();
                        format!("{} of {}", bytes(*sent, numbers), bytes(size, numbers))
                    }
                    _ => "At Google, being added to the library".to_owned(),
                })
            };
            view! { <span class="numbers">{words}</span> }.into_any()
        }
        Stage::Done => {
            let link = move || {
                upload.with(|upload| match upload.as_ref().map(|upload| &upload.state) {
                    Some(UploadState::Created { row }) => format!("photos?photo={row}"),
                    _ => "photos".to_owned(),
                })
            };
            view! {
                <span class="upload-good"><Icon sign=Sign::Done/>"In the library · "<a href=link>"Show"</a></span>
            }
            .into_any()
        }
        Stage::Failed => {
            let sentence = move || {
                upload.with(|upload| match upload.as_ref().map(|upload| &upload.state) {
                    Some(UploadState::Failed(trouble)) => actions.explain(trouble).sentence,
                    _ => String::new(),
                })
            };
            view! { <span class="upload-bad" role="alert"><Icon sign=Sign::Trouble/><span>{sentence}</span></span> }
                .into_any()
        }
    }
}
