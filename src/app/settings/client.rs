//! The OAuth client in use, without its secret.

use albumen_core::protocol::{ClientKind, Wish};
use albumen_core::trouble::Trouble;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::actions::use_actions;
use crate::app::confirm::Refused;
use crate::app::widgets::Button;

#[component]
pub(super) fn ClientPart() -> impl IntoView {
    let actions = use_actions();
    let client = actions.state.client;
    let trouble = RwSignal::new(None::<Trouble>);
    let forget = move || {
        spawn_local(async move { trouble.set(actions.ask(Wish::ForgetClient).await.err()) });
    };
    let facts = move || {
        client.get().map(|client| {
            let kind = match client.kind {
                ClientKind::Web => "Web application",
                ClientKind::Desktop => "Desktop app",
            };
            let secret = if client.has_secret { "Kept, encrypted" } else { "None: a sign-in lasts an hour" };
            view! {
                <dl class="facts">
                    <dt>"Client id"</dt>
                    <dd><code>{client.client_id}</code></dd>
                    <dt>"Kind"</dt>
                    <dd>{kind}</dd>
                    <dt>"Secret"</dt>
                    <dd>{secret}</dd>
                </dl>
            }
        })
    };
    view! {
        <section class="part">
            <h2>"OAuth client"</h2>
            <Show
                when=move || client.with(Option::is_some)
                fallback=move || view! {
                    <p class="soft">"None is set up."</p>
                    <div class="buttons">
                        <Button on_press=move || actions.set_up_client(true)>"Set up sign-in…"</Button>
                    </div>
                }
            >
                {facts}
                <Refused trouble again=forget/>
                <div class="buttons">
                    <Button on_press=forget>"Forget this client"</Button>
                </div>
            </Show>
        </section>
    }
}
