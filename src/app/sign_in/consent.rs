//! The consent screen of the pretend Google, and the wait for the real one in its own window.

use albumen_core::protocol::ConsentScreen;
use leptos::prelude::*;

use crate::app::actions::use_actions;
use crate::app::state::SignIn;
use crate::app::widgets::{Button, ButtonLook, Dialog, Note};

/// Open while the pretend Google asks.
#[component]
pub fn ConsentDialog() -> impl IntoView {
    let actions = use_actions();
    let sign_in = actions.state.sign_in;
    let asked = Memo::new(move |_| match sign_in.get() {
        SignIn::Pretend { screen, url } => Some((screen, url)),
        _ => None,
    });
    let cancel = move || {
        if let Some((_, url)) = asked.get_untracked() {
            actions.consent(url, false, Vec::new());
        }
    };
    view! {
        <Dialog open=Signal::derive(move || asked.get().is_some()) title="Pretend Google" on_close=cancel>
            {move || asked.get().map(|(screen, url)| view! { <ConsentForm screen url/> })}
        </Dialog>
    }
}

#[component]
fn ConsentForm(screen: ConsentScreen, url: String) -> impl IntoView {
    let actions = use_actions();
    let ticked: Vec<(String, RwSignal<bool>)> =
        screen.scopes.iter().map(|(scope, _)| (scope.clone(), RwSignal::new(true))).collect();
    let boxes = screen
        .scopes
        .iter()
        .zip(&ticked)
        .map(|((_, sentence), (_, is_ticked))| {
            let is_ticked = *is_ticked;
            view! {
                <label class="choice">
                    <input
                        type="checkbox"
                        prop:checked=is_ticked
                        on:change=move |event| is_ticked.set(event_target_checked(&event))
                    />
                    <span>{sentence.clone()}</span>
                </label>
            }
        })
        .collect_view();
    let answer = {
        let url = url.clone();
        move |allow: Choice| {
            let scopes = ticked.iter().filter(|(_, ticked)| ticked.get_untracked()).map(|(scope, _)| scope.clone());
            actions.consent(url.clone(), allow == Choice::Allow, scopes.collect());
        }
    };
    let (allow, cancel) = (answer.clone(), answer);
    view! {
        <Note>"This is not Google. It asks what Google would ask, and its photos are drawn by this page."</Note>
        <p>
            <strong>{screen.app_name}</strong>
            " wants access to the pretend account "
            <strong>{screen.email}</strong>
        </p>
        <div>{boxes}</div>
        <div class="dialog-foot">
            <Button on_press=move || cancel(Choice::Cancel)>"Cancel"</Button>
            <Button look=ButtonLook::Primary on_press=move || allow(Choice::Allow)>"Allow"</Button>
        </div>
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Choice {
    Allow,
    Cancel,
}

/// Open while Google's own page asks in another window.
#[component]
pub fn ElsewhereDialog() -> impl IntoView {
    let actions = use_actions();
    let sign_in = actions.state.sign_in;
    view! {
        <Dialog
            open=Signal::derive(move || sign_in.get() == SignIn::Elsewhere)
            title="Waiting for Google"
            on_close=move || actions.give_up_sign_in()
        >
            <p>"Answer in the window that has opened. If you have closed it, give up here; nothing is lost."</p>
            <div class="dialog-foot">
                <Button on_press=move || actions.give_up_sign_in()>"Cancel"</Button>
            </div>
        </Dialog>
    }
}
