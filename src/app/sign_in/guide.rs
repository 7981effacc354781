//! How a Google Cloud client is made, with the exact values to paste.

use leptos::prelude::*;

use crate::app::actions::use_actions;
use crate::app::widgets::CopyValue;
use crate::app::words::{AUDIENCE, CREDENTIALS, ENABLE_API};

/// The console's names are Google's own (Google: Cloud console, Google Auth Platform).
#[component]
pub(super) fn Guide() -> impl IntoView {
    let actions = use_actions();
    let copy = move |text| actions.copy(text);
    view! {
        <details class="disclosure guide">
            <summary>"How to make a client"</summary>
            <ol class="steps">
                <li>
                    "In a Google Cloud project, "
                    <a href=ENABLE_API target="_blank" rel="noreferrer">"enable the Photos Library API"</a>
                    "."
                </li>
                <li>
                    "Under "
                    <a href=AUDIENCE target="_blank" rel="noreferrer">"Audience"</a>
                    ", choose “External”. While it is in “Testing”, add your own address as a test user; Google then ends every sign-in after seven days, until you publish."
                </li>
                <li>
                    "Under "
                    <a href=CREDENTIALS target="_blank" rel="noreferrer">"Clients"</a>
                    ", create one of the kind “Web application”."
                </li>
                <li>
                    "Add under “Authorized JavaScript origins”"
                    <CopyValue value=actions.services.origin() what="the origin" on_copy=copy/>
                </li>
                <li>
                    "Add under “Authorized redirect URIs”"
                    <CopyValue value=actions.services.base_url() what="the redirect URI" on_copy=copy/>
                </li>
                <li>"Create it, and download its JSON at once: Google shows the secret only then. Drop the file above."</li>
            </ol>
        </details>
    }
}
