//! Whose library it is, what was granted, and signing out.

use albumen_core::protocol::{Access, Account};
use leptos::prelude::*;

use crate::app::actions::use_actions;
use crate::app::confirm::Confirm;
use crate::app::services::DateStyle;
use crate::app::widgets::{Button, ButtonLook};

#[component]
pub(super) fn AccountPart() -> impl IntoView {
    let actions = use_actions();
    let account = actions.state.account;
    let asking = RwSignal::new(false);
    let granted = move || account.with(|account| account.as_ref().map(granted_words));
    let until = move || {
        let until_ms = account.with(|account| account.as_ref().and_then(|account| account.until_ms))?;
        let zone = actions.services.local_zone();
        let utc_s = until_ms / 1000;
        let civil_s = utc_s + i64::from(zone.offset_min(utc_s)) * 60;
        Some(actions.services.date(civil_s, DateStyle::Time))
    };
    view! {
        <section class="part">
            <h2>"Account"</h2>
            <Show
                when=move || account.with(Option::is_some)
                fallback=move || view! {
                    <p class="soft">"Nobody is signed in."</p>
                    <div class="buttons">
                        <Button look=ButtonLook::Primary on_press=move || actions.sign_in(Access::Read)>
                            "Sign in with Google"
                        </Button>
                    </div>
                }
            >
                <dl class="facts">
                    <dt>"Signed in as"</dt>
                    <dd>{move || account.with(|account| account.as_ref().map(|account| account.email.clone()))}</dd>
                    <dt>"Granted"</dt>
                    <dd>{granted}</dd>
                    {move || until().map(|time| view! {
                        <dt>"Lasts until"</dt>
                        <dd>{time}</dd>
                    })}
                </dl>
                <div class="buttons">
                    <Button on_press=move || asking.set(true)>"Sign out"</Button>
                </div>
            </Show>
            <SignOutDialog asking/>
        </section>
    }
}

/// What the person has allowed, as one phrase.
fn granted_words(account: &Account) -> String {
    let all = [
        (account.may_read, "see photos that this app has uploaded"),
        (account.may_upload, "add photos"),
        (account.may_edit, "change their descriptions"),
    ];
    let granted: Vec<&str> = all.into_iter().filter(|(is_granted, _)| *is_granted).map(|(_, words)| words).collect();
    let phrase = match granted.as_slice() {
        [] => return "Nothing: every box was left unticked".into(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    };
    phrase[..1].to_ascii_uppercase() + &phrase[1..]
}

#[component]
fn SignOutDialog(asking: RwSignal<bool>) -> impl IntoView {
    let actions = use_actions();
    let remove_rows = RwSignal::new(true);
    view! {
        <Confirm
            open=asking
            title="Sign out"
            label="Sign out"
            look=ButtonLook::Primary
            deed=move || actions.sign_out(remove_rows.get_untracked())
            on_done=move || actions.toaster.say("Signed out")
        >
            <p>
                "Albumen gives its permission back to Google and deletes the sign-in from this device. The photos at Google are not touched."
            </p>
            <label class="choice">
                <input
                    type="checkbox"
                    prop:checked=remove_rows
                    on:change=move |event| remove_rows.set(event_target_checked(&event))
                />
                <span>"Also remove the photos that came through this account from this device"</span>
            </label>
        </Confirm>
    }
}
