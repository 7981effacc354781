//! Times of selected photos put right: the dialog that asks for it, and the strip while it is under way.

mod form;
mod preview;
mod strip;

pub(super) use strip::CorrectingStrip;

use albumen_core::catalog::Hot;
use albumen_core::library::Selection;
use albumen_core::protocol::{Wish, Work};
use albumen_core::trouble::Trouble;
use leptos::prelude::*;
use leptos::task::spawn_local;

use self::form::{Fields, Form, What};
use self::preview::Preview;
use super::selecting::Selecting;
use crate::app::actions::{Actions, use_actions};
use crate::app::confirm::Refused;
use crate::app::widgets::{Button, ButtonLook, Dialog};

/// The button in the bar of what is selected, and its dialog.
#[component]
pub(super) fn CorrectButton(selecting: Selecting) -> impl IntoView {
    let open = RwSignal::new(false);
    view! {
        <Button small=true on_press=move || open.set(true)>"Correct times…"</Button>
        <Dialog open title="Correct times" on_close=move || open.set(false)>
            <Asking selecting open/>
        </Dialog>
    }
}

#[component]
fn Asking(selecting: Selecting, open: RwSignal<bool>) -> impl IntoView {
    let actions = use_actions();
    let form = Form::new();
    let selection = selecting.selection.get_untracked();
    let count = selection.len() as u64;
    let photos = if count == 1 { "1 photo".to_owned() } else { format!("{} photos", actions.services.count(count)) };
    let first = actions.state.with_hot_untracked(|hot| first_of(hot, &selection));
    let selection = StoredValue::new(selection);
    let trouble = RwSignal::new(None::<Trouble>);
    let is_asked = RwSignal::new(false);
    let can_begin = RwSignal::new(false);
    let asked = Memo::new(move |_| form.asked(actions));
    let begin = move || {
        let Ok(Some(correction)) = asked.get_untracked() else { return };
        is_asked.set(true);
        let rows = selection.with_value(|selection| selection.rows().to_bytes());
        spawn_local(async move {
            let answer = actions.ask(Wish::CorrectTimes { rows, correction }).await;
            // The dialog may be closed by now.
            is_asked.try_set(false);
            match answer {
                Ok(_) => drop(open.try_set(false)),
                Err(why) => drop(trouble.try_set(Some(why))),
            }
        });
    };
    let is_busy = Memo::new(move |_| is_under_way(actions));
    let is_disabled = Signal::derive(move || is_asked.get() || is_busy.get() || !can_begin.get());
    view! {
        <p>
            {format!("Of {photos}. What the files or Google say is kept beside it, and comes back when the correction is taken back.")}
        </p>
        <Fields form/>
        <Preview form asked first can_begin/>
        <Show when=move || is_busy.get()>
            <p role="status">"Other times are being corrected at the moment. This can begin when that is done."</p>
        </Show>
        <Refused trouble again=begin/>
        <div class="dialog-foot">
            <Button on_press=move || open.set(false)>"Cancel"</Button>
            <Button look=ButtonLook::Primary disabled=is_disabled on_press=begin>
                {move || if form.what.get() == What::TakeBack { "Take the correction back" } else { "Correct" }}
            </Button>
        </div>
    }
}

/// Whether times are being corrected, or wait to be gone on with.
fn is_under_way(actions: Actions) -> bool {
    actions.state.correcting.with(|state| {
        state.as_ref().is_some_and(|state| matches!(state.work, Work::Running | Work::Paused | Work::Stopped(_)))
    })
}

/// The newest of them, which the grid shows first; one without a date only where there is no other.
fn first_of(hot: &Hot, selection: &Selection) -> Option<u32> {
    selection.rows().iter().max_by_key(|row| hot.taken_s(*row))
}
