//! A place that takes files, dropped or chosen.

use leptos::{ev, html, prelude::*};

/// Files are taken from a drop anywhere on the well or from the dialog of its button.
///
/// The native file input lies invisibly in its label, so that keyboards, screen readers and scripts find it.
#[component]
pub fn DropWell(
    /// What stands on the button that opens the file dialog.
    #[prop(into)]
    button: String,
    /// The file dialog's filter, as the `accept` attribute says it; empty for any file.
    #[prop(optional, into)]
    accept: String,
    #[prop(optional)] multiple: bool,
    #[prop(optional)] primary: bool,
    /// The files of the dialog.
    on_choose: Callback<web_sys::HtmlInputElement>,
    on_drop: Callback<web_sys::DragEvent>,
    children: Children,
) -> impl IntoView {
    let over = RwSignal::new(false);
    let input = NodeRef::<html::Input>::new();
    let chosen = move |_| {
        if let Some(input) = input.get_untracked() {
            on_choose.run(input.clone());
            // The same file may be chosen again after it was changed.
            input.set_value("");
        }
    };
    let dropped = move |event: ev::DragEvent| {
        event.prevent_default();
        over.set(false);
        on_drop.run(event);
    };
    view! {
        <div
            class="well"
            data-over=move || over.get().then_some("")
            on:dragover=move |event| {
                event.prevent_default();
                over.set(true);
            }
            on:dragleave=move |_| over.set(false)
            on:drop=dropped
        >
            {children()}
            <label class="button" data-kind=if primary { "primary" } else { "plain" }>
                {button}
                <input
                    class="unseen"
                    type="file"
                    node_ref=input
                    accept=(!accept.is_empty()).then_some(accept)
                    multiple=multiple
                    on:change=chosen
                />
            </label>
        </div>
    }
}
