//! A question before something that cannot be undone: carried out once, and said where it failed.

mod refused;

pub use self::refused::Refused;

use albumen_core::trouble::Trouble;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::widgets::{Button, ButtonLook, Dialog};

/// Closes when the deed is done; while it is under way it cannot be done again.
#[component]
pub fn Confirm<F, D, O>(
    open: RwSignal<bool>,
    title: &'static str,
    /// The words on the button.
    label: &'static str,
    #[prop(optional)] look: ButtonLook,
    /// What is confirmed.
    deed: F,
    /// Heard even where the deed has ended the screen that asked for it.
    on_done: O,
    children: ChildrenFn,
) -> impl IntoView
where
    F: Fn() -> D + Copy + Send + Sync + 'static,
    D: Future<Output = Result<(), Trouble>> + 'static,
    O: Fn() + Copy + Send + Sync + 'static,
{
    let trouble = RwSignal::new(None::<Trouble>);
    let is_busy = RwSignal::new(false);
    let confirm = move || {
        is_busy.set(true);
        spawn_local(async move {
            let result = deed().await;
            // The deed may have ended the screen that asked for it.
            is_busy.try_set(false);
            match result {
                Ok(()) => {
                    open.try_set(false);
                    on_done();
                }
                Err(error) => drop(trouble.try_set(Some(error))),
            }
        });
    };
    let close = move || {
        open.set(false);
        trouble.set(None);
    };
    view! {
        <Dialog open title on_close=close>
            {children()}
            <Refused trouble again=confirm/>
            <div class="dialog-foot">
                <Button on_press=close>"Cancel"</Button>
                <Button look disabled=is_busy on_press=confirm>{label}</Button>
            </div>
        </Dialog>
    }
}
