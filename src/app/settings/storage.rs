//! What is kept on the device, what today's requests have used, and forgetting everything.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::actions::use_actions;
use crate::app::confirm::Confirm;
use crate::app::kept_pictures::KeptPictures;
use crate::app::services::Room;
use crate::app::state::Screen;
use crate::app::widgets::{Button, ButtonLook, Progress};
use crate::app::words::bytes;

/// Google's limits per project and day (Google: Photos APIs, "API limits and quotas").
const REQUESTS_A_DAY: u32 = 10_000;
const PICTURES_A_DAY: u32 = 75_000;

#[component]
pub(super) fn StoragePart() -> impl IntoView {
    let actions = use_actions();
    let services = actions.services;
    let room = RwSignal::new(None::<Room>);
    let is_persistent = RwSignal::new(None::<bool>);
    spawn_local(async move {
        room.set(services.room().await);
        is_persistent.set(Some(services.is_persistent().await));
    });
    let persist = move || {
        spawn_local(async move {
            let granted = services.ask_to_persist().await;
            is_persistent.set(Some(granted));
            if !granted {
                actions
                    .toaster
                    .say("The browser did not promise it. It may clear this page's data when the disk is full.");
            }
        });
    };
    let photos = move || services.count(actions.state.with_hot(|hot| hot.len()) as u64);
    view! {
        <section class="part">
            <h2>"On this device"</h2>
            <Show
                when=move || actions.state.keeps.get()
                fallback=|| view! { <p>"This browser keeps nothing for this page: everything here is gone when it closes."</p> }
            >
                <p class="soft">
                    "A private window forgets all of this when it closes; a page cannot tell whether it is in one."
                </p>
            </Show>
            <dl class="facts">
                <dt>"Photos known"</dt>
                <dd class="numbers">{photos}</dd>
                <dt>"Room used"</dt>
                <dd class="numbers">
                    {move || match room.get() {
                        Some(room) => format!(
                            "{} of {}",
                            bytes(room.used, services.numbers()),
                            bytes(room.quota, services.numbers()),
                        ),
                        None => "The browser does not tell".to_owned(),
                    }}
                </dd>
                <dt>"Cleared by the browser"</dt>
                <dd>
                    {move || match is_persistent.get() {
                        Some(true) => "Never by itself",
                        Some(false) => "When the disk is full",
                        None => "…",
                    }}
                </dd>
            </dl>
            <Show when=move || { actions.state.thumbnail_bytes.get() > 0 }>
                <KeptPictures/>
            </Show>
            <Show when=move || is_persistent.get() == Some(false)>
                <div class="buttons">
                    <Button on_press=persist>"Ask the browser to keep it"</Button>
                </div>
            </Show>
        </section>
    }
}

#[component]
pub(super) fn QuotaPart() -> impl IntoView {
    let actions = use_actions();
    let quota = actions.state.quota;
    let meter = move |name: &'static str, used: Signal<u32>, limit: u32| {
        let text = move || format!("{} of {}", actions.services.count(used.get()), actions.services.count(limit));
        view! {
            <div class="meter">
                <span>{name}</span>
                <span class="numbers soft">{text}</span>
                <Progress
                    done=Signal::derive(move || Some(f64::from(used.get()) / f64::from(limit)))
                    label=Signal::derive(move || format!("{name} today"))
                />
            </div>
        }
    };
    view! {
        <section class="part">
            <h2>"Today at Google"</h2>
            <p class="soft">"Google counts per project and day, from midnight Pacific time. This page's own share:"</p>
            {meter("Requests", Signal::derive(move || quota.get().requests), REQUESTS_A_DAY)}
            {meter("Pictures", Signal::derive(move || quota.get().pictures), PICTURES_A_DAY)}
        </section>
    }
}

#[component]
pub(super) fn ForgetPart() -> impl IntoView {
    let actions = use_actions();
    let asking = RwSignal::new(false);
    let forgotten = move || {
        actions.toaster.say("Everything is forgotten");
        actions.address.go(Screen::Photos);
    };
    view! {
        <section class="part">
            <h2>"Forget everything"</h2>
            <p>
                "Deletes from this device what Albumen keeps here: the photos' data, the sign-in, the OAuth client, the upload list, what was imported and these settings. Photos at Google and the files of exports stay."
            </p>
            <div class="buttons">
                <Button look=ButtonLook::Danger on_press=move || asking.set(true)>"Forget everything…"</Button>
            </div>
            <Confirm
                open=asking
                title="Forget everything?"
                label="Forget everything"
                look=ButtonLook::Danger
                deed=move || actions.forget_everything()
                on_done=forgotten
            >
                <p>"This cannot be undone. Signing in and fetching again, or importing again, brings the photos' data back."</p>
            </Confirm>
        </section>
    }
}
