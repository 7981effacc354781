//! The dialog that takes a client's file or its id, checks it, and leads on to signing in.

use albumen_core::protocol::{Access, Wish};
use albumen_core::trouble::Trouble;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::guide::Guide;
use crate::app::actions::use_actions;
use crate::app::services::{PickedFile, chosen_files, dropped_files};
use crate::app::widgets::{Button, ButtonLook, Dialog, DropWell, Failure, Icon, Note, Sign};

/// Open while `state.setting_up`.
#[component]
pub fn ClientDialog() -> impl IntoView {
    let actions = use_actions();
    view! {
        <Dialog open=actions.state.setting_up title="Set up sign-in" on_close=move || actions.set_up_client(false)>
            <ClientStep/>
        </Dialog>
    }
}

#[component]
fn ClientStep() -> impl IntoView {
    let actions = use_actions();
    let state = actions.state;
    let trouble = RwSignal::new(None::<Trouble>);
    let client_id = RwSignal::new(String::new());

    let read = move |files: Vec<PickedFile>| {
        let Some(file) = files.into_iter().next() else { return };
        spawn_local(async move { trouble.set(actions.read_client(file).await.err()) });
    };
    let use_id = move || {
        let client_id = client_id.get_untracked().trim().to_owned();
        spawn_local(async move { trouble.set(actions.ask(Wish::UseClientId { client_id }).await.err()) });
    };
    view! {
        <p class="soft">
            "Google signs people in to a page only through an OAuth client of a Google Cloud project. Bring one of your own: it is made once, in about five minutes, and costs nothing. It is kept encrypted on this device."
        </p>
        {move || trouble.get().map(|trouble| view! {
            <Failure
                explained=actions.explain(&trouble)
                on_next=move |next| actions.next(next, || {})
                on_copy=move |text| actions.copy(text)
            />
        })}
        <Show
            when=move || state.client.with(Option::is_some)
            fallback=move || view! {
                <DropWell
                    button="Choose client_secret.json"
                    accept=".json,application/json"
                    primary=true
                    on_choose=Callback::new(move |input| read(chosen_files(&input)))
                    on_drop=Callback::new(move |event| read(dropped_files(&event).files))
                >
                    <p>"Drop the client's file here, as the Google Cloud console gives it out"</p>
                </DropWell>
                <form
                    class="client-id"
                    on:submit=move |event| {
                        event.prevent_default();
                        use_id();
                    }
                >
                    <label class="field">
                        <span class="field-label">"Or paste the client id alone; a sign-in then lasts an hour"</span>
                        <input
                            class="input"
                            type="text"
                            name="client-id"
                            autocomplete="off"
                            spellcheck="false"
                            placeholder="1234-abcd.apps.googleusercontent.com"
                            prop:value=client_id
                            on:input=move |event| client_id.set(event_target_value(&event))
                        />
                    </label>
                    <button class="button" type="submit">"Use this client id"</button>
                </form>
                <Guide/>
            }
        >
            <Ready/>
        </Show>
    }
}

/// A client is there: on to Google.
#[component]
fn Ready() -> impl IntoView {
    let actions = use_actions();
    let client = actions.state.client;
    let has_secret = move || client.with(|client| client.as_ref().is_some_and(|client| client.has_secret));
    view! {
        <p class="client-ready">
            <Icon sign=Sign::Done/>
            <span>
                "Sign-in is set up with "
                <code>{move || client.with(|client| client.as_ref().map(|client| client.client_id.clone()))}</code>
            </span>
        </p>
        <Show when=move || !has_secret()>
            <Note>"Without the client's secret a sign-in lasts an hour."</Note>
        </Show>
        <div class="dialog-foot">
            <Button on_press=move || actions.wish(Wish::ForgetClient)>"Forget this client"</Button>
            <Button look=ButtonLook::Primary on_press=move || actions.sign_in(Access::Read)>"Sign in with Google"</Button>
        </div>
    }
}
