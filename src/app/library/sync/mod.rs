//! Fetching: the button in the bar, what to fetch, and how far it has come.

mod choose;
mod making;
mod strip;

pub(super) use self::choose::{Choice, Choose};
pub(super) use self::making::MakeButton;
pub(super) use self::strip::SyncStrip;

use albumen_core::protocol::{Access, SyncState, Work};
use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;

use crate::app::actions::use_actions;
use crate::app::state::State;
use crate::app::widgets::{Button, ButtonLook, Dialog, IconButton, Sign, hand_on_focus};

/// What may be done about fetching. What is shown changes with these few states; the numbers inside follow by
/// themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    SignedOut,
    /// Nothing runs: the days can be chosen.
    Ready,
    Running,
    /// It stands still and can go on.
    Still,
}

fn stage(state: State) -> Memo<Stage> {
    Memo::new(move |_| {
        if let Some(stage) = state.sync.with(|sync| sync.as_ref().and_then(stage_of)) {
            return stage;
        }
        if state.account.with(Option::is_some) { Stage::Ready } else { Stage::SignedOut }
    })
}

fn stage_of(sync: &SyncState) -> Option<Stage> {
    match sync.work {
        Work::Running | Work::Waiting { .. } => Some(Stage::Running),
        Work::Paused | Work::Stopped(_) => Some(Stage::Still),
        Work::Idle | Work::Cancelled | Work::Finished => None,
    }
}

/// At the end of the bar, once there are photos: before that, the empty screen itself asks what to fetch.
#[component]
pub(super) fn SyncButton(choice: Choice) -> impl IntoView {
    let actions = use_actions();
    let state = actions.state;
    let stage = stage(state);
    let is_empty = Memo::new(move |_| state.is_empty());
    let is_unmade = making::is_unmade(state);
    let choosing = RwSignal::new(false);
    view! {
        <div class="sync">
            {move || match (stage.get(), is_empty.get(), is_unmade.get()) {
                (Stage::SignedOut, ..) => view! {
                    <Button on_press=move || actions.sign_in(Access::Read)>"Sign in with Google"</Button>
                }
                .into_any(),
                (Stage::Ready, false, true) => view! { <MakeButton/> }.into_any(),
                (Stage::Ready, false, false) => view! {
                    <LastSync/>
                    <Button
                        look=ButtonLook::Primary
                        disabled=Signal::derive(move || !choice.is_whole())
                        on_press=move || choice.sync(actions)
                    >
                        "Sync"
                    </Button>
                    <IconButton sign=Sign::Settings label="What to sync" on_press=move || choosing.set(true)/>
                }
                .into_any(),
                _ => ().into_any(),
            }}
        </div>
        <Dialog open=choosing title="What to sync" on_close=move || choosing.set(false)>
            <p class="soft">"What is known already is fetched again and brought up to date; nothing is doubled."</p>
            <Choose choice on_sync=move || choosing.set(false)/>
        </Dialog>
    }
}

/// Where there is something to press about fetching.
const PLACES: &str = ".sync, .sync-strip, .nothing";
/// What comes in the place of what was pressed, or of what ended by itself: in the strip, in the bar, on the empty screen.
const NEXT: [&str; 3] = [".sync-strip .buttons button", ".sync .button", ".nothing .button"];

/// Buttons come and go with what may be done: the focus goes on to the next one if it was on one that has gone.
fn keep_focus(stage: Memo<Stage>) {
    let is_here = StoredValue::new(false);
    let note = move |event: &ev::Event| {
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        is_here.set_value(target.is_some_and(|target| target.closest(PLACES).ok().flatten().is_some()));
    };
    let focused = window_event_listener(ev::focusin, move |event| note(&event));
    let pressed = window_event_listener(ev::pointerdown, move |event| note(&event));
    on_cleanup(move || {
        focused.remove();
        pressed.remove();
    });
    Effect::new(move |before: Option<Stage>| {
        let now = stage.get();
        if before.is_some_and(|before| before != now) && is_here.get_value() {
            hand_on_focus(NEXT.map(str::to_owned));
        }
        now
    });
}

/// What the last fetch brought.
#[component]
pub(super) fn LastSync() -> impl IntoView {
    let actions = use_actions();
    let last = move || {
        actions.state.sync.with(|sync| {
            let sync = sync.as_ref().filter(|sync| sync.work == Work::Finished)?;
            Some(making::came(actions, sync))
        })
    };
    move || last().map(|text| view! { <span class="sync-last soft small numbers">{text}</span> })
}
