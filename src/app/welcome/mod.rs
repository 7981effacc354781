//! The first visit: what this is, three ways in, and what each of them can see.

use albumen_core::protocol::{Access, World};
use leptos::prelude::*;

use crate::app::actions::use_actions;
use crate::app::services::{Chosen, dropped_export};
use crate::app::state::{Phase, Screen, SignIn};
use crate::app::widgets::{Button, ButtonLook, DropPlace, Failure, FileButton, Icon, Sign};

#[component]
pub fn Welcome() -> impl IntoView {
    let actions = use_actions();
    let state = actions.state;
    let is_set_up = move || state.client.with(Option::is_some);
    let failed = move || match (state.sign_in.get(), state.phase.get()) {
        (SignIn::Failed(trouble), _) | (_, Phase::Failed(trouble)) => Some(trouble),
        _ => None,
    };
    // The browser's first word on its zone takes longer than a frame: it is asked while nothing happens, and where a
    // browser does not tell of that, before the drop.
    let ask_zone = move || drop(actions.services.local_zone());
    request_idle_callback(ask_zone);
    view! {
        <DropPlace
            class="welcome-place"
            on_near=move |()| ask_zone()
            on_drop=Callback::new(move |event| actions.import(dropped_export(&event)))
        >
            <main class="welcome">
                <div class="welcome-head">
                    <h1 class="wordmark">"Albumen"</h1>
                    <p class="welcome-sentence">"Your Google Photos as data, in your own browser."</p>
                </div>
                {move || failed().map(|trouble| view! {
                    <div class="welcome-failure">
                        <Failure
                            explained=actions.explain(&trouble)
                            on_next=move |next| actions.next(next, move || actions.open(World::Google))
                            on_copy=move |text| actions.copy(text)
                        />
                    </div>
                })}
                <div class="ways">
                    <section class="way">
                        <Button look=ButtonLook::Primary on_press=move || actions.try_it_now()>"Try it now"</Button>
                        <p class="soft">
                            "A pretend Google account with a few thousand photos over fifteen years: no account is needed, and nothing leaves this page."
                        </p>
                    </section>
                    <section class="way way-export">
                        <FileButton
                            label="Drop a Takeout export"
                            multiple=true
                            on_choose=Callback::new(move |input| actions.import(Chosen::from_input(&input)))
                            in_place=move || actions.pick_archives()
                        />
                        <p class="soft">
                            "Your whole library, with places: drop the .zip or .tgz parts or the unpacked folder anywhere here. No account is needed, and nothing leaves this device. "
                            <a href=Screen::Import.path()>"How to get one"</a>
                        </p>
                    </section>
                    <section class="way">
                        <Button
                            disabled=Signal::derive(move || state.sign_in.get() == SignIn::Working)
                            on_press=move || actions.sign_in(Access::Read)
                        >
                            "Sign in with Google"
                        </Button>
                        <p class="soft">
                            "Your own account, which begins empty: since 31 March 2025 Google shows an app only the photos and albums that this same app has made."
                        </p>
                        <Show when=is_set_up>
                            <p class="note small">
                                <Icon sign=Sign::Done/>
                                <span>"Sign-in is set up"</span>
                            </p>
                        </Show>
                    </section>
                </div>
                <footer class="welcome-foot small soft">
                    <Show
                        when=move || state.keeps.get()
                        fallback=|| view! { <p>"This browser keeps nothing for this page: photos are here only until it closes."</p> }
                    >
                        <p>"Photos' data is kept in this browser. A private window forgets it when it closes."</p>
                    </Show>
                    <p>"There is no server behind this page. It talks to Google and to nobody else. " <a href=Screen::Settings.path()>"Settings"</a></p>
                </footer>
            </main>
        </DropPlace>
    }
}
