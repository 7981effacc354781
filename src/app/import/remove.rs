//! Taking an import out again.

use leptos::prelude::*;

use crate::app::actions::use_actions;
use crate::app::confirm::Confirm;
use crate::app::widgets::{Button, ButtonLook, hand_on_focus};

#[component]
pub(super) fn Remove() -> impl IntoView {
    let actions = use_actions();
    let asking = RwSignal::new(false);
    view! {
        <div class="buttons">
            <Button look=ButtonLook::Danger on_press=move || asking.set(true)>"Remove what was imported…"</Button>
        </div>
        <Confirm
            open=asking
            title="Remove what was imported?"
            label="Remove what was imported"
            look=ButtonLook::Danger
            deed=move || actions.remove_imports()
            on_done=move || {
                actions.toaster.say("What was imported is removed");
                // The button is gone with what it removed; what imports again is next.
                hand_on_focus([".import .well input".to_owned()]);
            }
        >
            <p>
                "All photos that came by exports leave this device's library, with their small pictures and this report. Photos that your account tells of stay, as the account has them. The export's own files are not touched: importing them again brings everything back."
            </p>
        </Confirm>
    }
}
