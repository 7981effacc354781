//! Files on their way to Google Photos: a well that takes them, a row each, totals that stay in view.

mod row;
mod totals;

use albumen_core::protocol::{Answer, UploadState, Wish, Work};
use leptos::prelude::*;
use leptos::task::spawn_local;

use self::row::UploadRow;
use self::totals::Totals;
use crate::app::actions::{Actions, use_actions};
use crate::app::services::{PickedFile, chosen_files, dropped_files};
use crate::app::widgets::{DropWell, Failure};

#[component]
pub fn UploadScreen() -> impl IntoView {
    let actions = use_actions();
    let state = actions.state;
    // The newest trouble first, then what is under way, what waits, and what is done.
    let order = Memo::new(move |_| {
        state.uploads.with(|uploads| {
            let mut ids: Vec<(u8, u32)> = uploads.values().map(|upload| (rank(&upload.state), upload.id)).collect();
            ids.sort_unstable_by_key(|(rank, id)| (*rank, if *rank == 0 { u32::MAX - id } else { *id }));
            ids.into_iter().map(|(_, id)| id).collect::<Vec<u32>>()
        })
    });
    let stopped = Memo::new(move |_| match state.uploads_work.get() {
        Work::Stopped(trouble) => Some(trouble),
        _ => None,
    });
    view! {
        <div class="sheet upload">
            <div class="sheet-head"><h1>"Upload"</h1></div>
            <DropWell
                button="Choose files"
                accept="image/*,video/*"
                multiple=true
                on_choose=Callback::new(move |input| add(actions, chosen_files(&input)))
                on_drop=Callback::new(move |event| {
                    let dropped = dropped_files(&event);
                    if dropped.folders > 0 {
                        actions.toaster.say("Folders are left out. Choose the files inside of them.");
                    }
                    add(actions, dropped.files);
                })
            >
                <p>"Drop photos and videos here"</p>
                <p class="soft small">
                    "Photos up to 200 MB, videos up to 20 GB. They go to Google Photos in full quality and count against your storage there."
                </p>
            </DropWell>
            {move || stopped.get().map(|trouble| view! {
                <div class="upload-stopped">
                    <Failure
                        explained=actions.explain(&trouble)
                        on_next=move |next| actions.next(next, move || actions.start_uploads())
                        on_copy=move |text| actions.copy(text)
                    />
                </div>
            })}
            <Show when=move || !order.with(Vec::is_empty)>
                <Totals/>
                <ul class="upload-list">
                    <For each=move || order.get() key=|id| *id children=|id| view! { <UploadRow id/> }/>
                </ul>
            </Show>
        </div>
    }
}

fn rank(state: &UploadState) -> u8 {
    match state {
        UploadState::Failed(_) | UploadState::NeedsFile => 0,
        UploadState::Sending { .. } | UploadState::Sent => 1,
        UploadState::Waiting => 2,
        UploadState::Created { .. } => 3,
    }
}

fn add(actions: Actions, files: Vec<PickedFile>) {
    if files.is_empty() {
        return;
    }
    spawn_local(async move {
        let described = files.iter().map(PickedFile::describe).collect();
        match actions.services.ask_with(Wish::AddFiles { files: described }, files).await {
            Ok((Answer::Added { already }, _)) if already > 0 => {
                let count = actions.services.count(already);
                let were = if already == 1 { "file was" } else { "files were" };
                actions.toaster.say(format!("{count} {were} in the list already"));
            }
            Ok(_) => {}
            Err(trouble) => actions.toaster.say(actions.explain(&trouble).sentence),
        }
    });
}
