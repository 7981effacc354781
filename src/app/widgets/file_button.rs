//! A button that opens the file dialog.

use leptos::{html, prelude::*};

/// The native file input lies invisibly in its label, so that keyboards, screen readers and scripts find it.
#[component]
pub fn FileButton(
    /// What stands on the button.
    #[prop(into)]
    label: String,
    /// The file dialog's filter, as the `accept` attribute says it; empty for any file.
    #[prop(optional, into)]
    accept: String,
    #[prop(optional)] multiple: bool,
    /// Takes a folder, with all that is in it.
    #[prop(optional)]
    folder: bool,
    #[prop(optional)] primary: bool,
    /// The files of the dialog.
    on_choose: Callback<web_sys::HtmlInputElement>,
    /// Hears of the press before the dialog opens; `true` is that something else was opened in its place.
    #[prop(optional, into)]
    in_place: Option<Callback<(), bool>>,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let chosen = move |_| {
        if let Some(input) = input.get_untracked() {
            on_choose.run(input.clone());
            // The same file may be chosen again after it was changed.
            input.set_value("");
        }
    };
    view! {
        <label class="button" data-kind=if primary { "primary" } else { "plain" }>
            {label}
            <input
                class="unseen"
                type="file"
                node_ref=input
                accept=(!accept.is_empty()).then_some(accept)
                multiple=multiple
                prop:webkitdirectory=folder
                on:click=move |event| {
                    if in_place.is_some_and(|in_place| in_place.run(())) {
                        event.prevent_default();
                    }
                }
                on:change=chosen
            />
        </label>
    }
}
