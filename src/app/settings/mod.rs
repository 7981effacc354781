//! Client, account, storage, quota, look, and the ways out.

mod account;
mod client;
mod look;
mod sandbox;
mod storage;

use albumen_core::protocol::World;
use leptos::prelude::*;

use crate::app::actions::use_actions;
use account::AccountPart;
use client::ClientPart;
use look::LookPart;
use sandbox::SandboxPart;
use storage::{ForgetPart, QuotaPart, StoragePart};

#[component]
pub fn Settings() -> impl IntoView {
    let actions = use_actions();
    let state = actions.state;
    view! {
        <div class="sheet settings">
            <div class="sheet-head"><h1>"Settings"</h1></div>
            <Show when=move || state.world.get() == World::Sandbox>
                <SandboxPart/>
            </Show>
            <AccountPart/>
            <ClientPart/>
            <StoragePart/>
            <QuotaPart/>
            <LookPart/>
            <ForgetPart/>
            <section class="part">
                <h2>"About"</h2>
                <p>
                    "Albumen is a page without a server. Your photos' data stays in this browser; requests go to Google and nowhere else."
                </p>
                <p class="soft small">"Build " <code>{actions.services.build()}</code></p>
            </section>
        </div>
    }
}
