//! The rail with the screens' links, the account and what is under way; the screen beside it.

mod jobs;
mod links;
mod reach;

use albumen_core::protocol::{Access, World};
use leptos::prelude::*;

use self::jobs::Jobs;
use self::links::Links;
use self::reach::Reach;
use crate::app::actions::use_actions;
use crate::app::late::{self, Late};
use crate::app::state::{Phase, Screen, SignIn};
use crate::app::widgets::{Failure, IconButton, Sign};

/// On a phone the rail lies at the foot.
#[component]
pub fn Frame(children: Children) -> impl IntoView {
    let actions = use_actions();
    let (state, address) = (actions.state, actions.address);
    view! {
        <div class="frame">
            <nav class="rail" aria-label="Screens">
                <div class="rail-head">
                    <a class="wordmark" href=move || address.link(Screen::Photos)>"Albumen"</a>
                    <Show when=move || state.world.get() == World::Sandbox>
                        <span class="pretend-mark">"Pretend Google"</span>
                    </Show>
                </div>
                <Links/>
                <div class="rail-foot">
                    <Jobs/>
                    <Show when=move || state.account.with(Option::is_some)>
                        <span class="rail-account">
                            {move || state.account.with(|account| account.as_ref().map(|account| account.email.clone()))}
                        </span>
                    </Show>
                </div>
            </nav>
            <main class="screen">
                <Failures/>
                {children()}
                <Reach/>
            </main>
        </div>
    }
}

/// What concerns every screen: the page could not be opened, or a sign-in did not end in one.
#[component]
fn Failures() -> impl IntoView {
    let actions = use_actions();
    let state = actions.state;
    let opening = Memo::new(move |_| match state.phase.get() {
        Phase::Failed(trouble) => Some(trouble),
        _ => None,
    });
    let is_opening = Memo::new(move |_| matches!(state.phase.get(), Phase::Reading | Phase::Waking));
    let sign_in = Memo::new(move |_| match state.sign_in.get() {
        SignIn::Failed(trouble) => Some(trouble),
        _ => None,
    });
    view! {
        {move || opening.get().map(|trouble| view! {
            <div class="frame-failure">
                <Failure
                    explained=actions.explain(&trouble)
                    on_next=move |next| actions.next(next, move || actions.open(state.world.get_untracked()))
                    on_copy=move |text| actions.copy(text)
                />
            </div>
        })}
        <Show when=move || is_opening.get()><Late wait=late::opening(state)/></Show>
        {move || sign_in.get().map(|trouble| view! {
            <div class="frame-failure">
                <Failure
                    explained=actions.explain(&trouble)
                    on_next=move |next| actions.next(next, move || actions.sign_in(Access::Read))
                    on_copy=move |text| actions.copy(text)
                />
                <IconButton sign=Sign::Close label="Dismiss" on_press=move || actions.give_up_sign_in()/>
            </div>
        })}
        <Show when=move || !state.keeps.get()>
            <p class="frame-failure soft small">"This browser keeps nothing for this page: what you see is here only until the page closes."</p>
        </Show>
    }
}
