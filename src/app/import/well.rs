//! The well for the parts of an export: dropped, or chosen as files or as a folder.

use leptos::prelude::*;

use crate::app::actions::use_actions;
use crate::app::services::{Chosen, dropped_export};
use crate::app::widgets::{DropPlace, FileButton};

#[component]
pub(super) fn Well() -> impl IntoView {
    let actions = use_actions();
    let adding = actions.state.adding;
    let chosen = Callback::new(move |input| actions.import(Chosen::from_input(&input)));
    view! {
        <DropPlace class="well" on_drop=Callback::new(move |event| actions.import(dropped_export(&event)))>
            <p>"Drop your Google Takeout export here"</p>
            <p class="soft small">
                "Several .zip, several .tgz, or the unpacked folder: all parts together, or one after another. You then see everything that is in the export, with places, original times and people. It is read on this device, and nothing leaves it."
            </p>
            <div class="buttons">
                <FileButton
                    label="Choose files"
                    multiple=true
                    primary=true
                    on_choose=chosen
                    in_place=move || actions.pick_archives()
                />
                <FileButton
                    label="Choose a folder"
                    folder=true
                    on_choose=chosen
                    in_place=move || actions.pick_folder()
                />
            </div>
            <p class="soft small numbers" role="status">
                {move || adding.get().map(|adding| {
                    let count = actions.services.count(adding.files);
                    let files = if adding.files == 1 { "file" } else { "files" };
                    format!("Taking what you chose… {count} {files} so far")
                })}
            </p>
        </DropPlace>
    }
}
