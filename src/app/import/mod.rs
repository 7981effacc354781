//! Exports of Google Takeout: a well that takes them, how far they have come, and what they came to.

mod away;
mod guide;
mod parts;
mod remove;
mod report;
mod results;
mod unmatched;
mod well;
mod work;

use albumen_core::protocol::{ImportState, Work, World};
use leptos::prelude::*;

use self::away::Away;
use self::guide::Guide;
use self::parts::{MissingParts, Parts};
use self::remove::Remove;
use self::results::Results;
use self::well::Well;
use self::work::UnderWay;
use crate::app::actions::use_actions;
use crate::app::kept_pictures::KeptPictures;
use crate::app::state::State;
use crate::app::widgets::Note;

#[component]
pub fn ImportScreen() -> impl IntoView {
    let actions = use_actions();
    let state = actions.state;
    let is_known = Memo::new(move |_| state.import.with(Option::is_some));
    view! {
        <div class="sheet import">
            <div class="sheet-head"><h1>"Import"</h1></div>
            <Well/>
            <Show when=move || state.world.get() == World::Sandbox>
                <div class="import-note">
                    <Note>
                        "This is the pretend library: what you import here stays with it. Leave Try it now in Settings to import into your own."
                    </Note>
                </div>
            </Show>
            <Show when=move || is_known.get() fallback=|| view! { <Guide/> }>
                <UnderWay/>
                <MissingParts/>
                <Away/>
                <Parts/>
                <Results/>
                <section class="part">
                    <h2>"On this device"</h2>
                    <KeptPictures/>
                    <Remove/>
                </section>
            </Show>
        </div>
    }
}

/// What may be done about an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Running,
    /// It stands still and can go on.
    Still,
    Over,
}

fn stage(state: State) -> Memo<Option<Stage>> {
    Memo::new(move |_| state.import.with(|import| import.as_ref().map(stage_of)))
}

fn stage_of(import: &ImportState) -> Stage {
    match import.work {
        Work::Running | Work::Waiting { .. } => Stage::Running,
        Work::Idle | Work::Paused | Work::Stopped(_) => Stage::Still,
        Work::Cancelled | Work::Finished => Stage::Over,
    }
}
