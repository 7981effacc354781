//! Places that take files, dropped or chosen.

use leptos::{ev, prelude::*};

use super::file_button::FileButton;

/// Takes files from a drop anywhere on it.
#[component]
pub fn DropPlace(
    /// Its class, which `data-over` joins while files are held over it.
    class: &'static str,
    on_drop: Callback<web_sys::DragEvent>,
    /// Files are held over it: time to get ready.
    #[prop(optional, into)]
    on_near: Option<Callback<()>>,
    children: Children,
) -> impl IntoView {
    let over = RwSignal::new(false);
    let near = move |event: ev::DragEvent| {
        event.prevent_default();
        if !over.get_untracked() {
            over.set(true);
            if let Some(on_near) = on_near {
                on_near.run(());
            }
        }
    };
    let dropped = move |event: ev::DragEvent| {
        event.prevent_default();
        over.set(false);
        on_drop.run(event);
    };
    view! {
        <div
            class=class
            data-over=move || over.get().then_some("")
            on:dragover=near
            on:dragleave=move |_| over.set(false)
            on:drop=dropped
        >
            {children()}
        </div>
    }
}

/// Files are taken from a drop anywhere on the well or from the dialog of its button.
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
    view! {
        <DropPlace class="well" on_drop>
            {children()}
            <FileButton label=button accept multiple primary on_choose/>
        </DropPlace>
    }
}
