//! Parts that are not at hand: a browser gives a page its files only until it is closed.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::parts::needs_file;
use crate::app::actions::use_actions;
use crate::app::services::Chosen;
use crate::app::widgets::{Button, ButtonLook, FileButton, Icon, Sign};
use crate::app::words::import::counted;

/// How many parts are not at hand, and of how many something is still to be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Absent {
    parts: u32,
    unread: u32,
}

/// Nothing while all parts are at hand, or are being taken.
#[component]
pub(super) fn Away() -> impl IntoView {
    let actions = use_actions();
    let state = actions.state;
    let absent = Memo::new(move |_| {
        state.import.with(|import| {
            let parts = import.as_ref().map(|import| import.parts.as_slice()).unwrap_or_default();
            Absent {
                parts: parts.iter().filter(|part| !part.is_here).count() as u32,
                unread: parts.iter().filter(|part| needs_file(part)).count() as u32,
            }
        })
    });
    let is_shown = Memo::new(move |_| absent.get().parts > 0 && state.adding.with(Option::is_none));
    view! {
        <Show when=move || is_shown.get()>
            <AskAgain absent/>
        </Show>
    }
}

#[component]
fn AskAgain(absent: Memo<Absent>) -> impl IntoView {
    let actions = use_actions();
    let services = actions.services;
    let world = actions.state.world.get_untracked();
    let is_remembered = RwSignal::new(false);
    spawn_local(async move {
        let handles = services.remembered_handles(world).await;
        // The parts may be at hand by now, and this be gone.
        is_remembered.try_set(!handles.is_empty());
    });
    let sentence = move || {
        let Absent { parts, unread } = absent.get();
        let numbers = services.numbers();
        let are = if parts == 1 { "is" } else { "are" };
        let what = counted(parts, "part", "parts", numbers);
        let then = if unread > 0 {
            "Add them again to go on with the import."
        } else {
            "All that was read is kept; to see their pictures, add them again."
        };
        format!("{what} {are} not at hand: the browser gave their files only until the page was closed. {then}")
    };
    view! {
        <div class="import-away">
            <p><Icon sign=Sign::Info/><span>{sentence}</span></p>
            <div class="buttons">
                <Show when=move || is_remembered.get()>
                    <Button look=ButtonLook::Primary on_press=move || actions.use_files_again()>
                        "Use the files again"
                    </Button>
                </Show>
                <FileButton
                    label="Choose them again"
                    multiple=true
                    on_choose=Callback::new(move |input| actions.import(Chosen::from_input(&input)))
                    in_place=move || actions.pick_archives()
                />
            </div>
        </div>
    }
}
