//! An exact text to paste elsewhere, with a button that copies it.

use leptos::prelude::*;

use super::button::{Button, ButtonLook};
use super::icon::{Icon, Sign};

/// `on_copy` puts the text on the clipboard.
#[component]
pub fn CopyValue(
    #[prop(into)] value: String,
    /// What the value is, for those who hear the button only.
    #[prop(optional, into)]
    what: Option<String>,
    #[prop(into)] on_copy: Callback<String>,
) -> impl IntoView {
    let copied = value.clone();
    let label = what.map(|what| format!("Copy {what}"));
    view! {
        <div class="copy-value">
            <code>{value}</code>
            <Button look=ButtonLook::Quiet small=true label=label on_press=move || on_copy.run(copied.clone())>
                <Icon sign=Sign::Copy/>
                "Copy"
            </Button>
        </div>
    }
}
