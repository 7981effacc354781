//! A question or a short task on top of the screen. Focus stays inside; Escape and the veil close it.

use leptos::{ev, html, prelude::*};

use super::button::IconButton;
use super::icon::Sign;

/// What is inside is made when the dialog opens and dropped when it closes.
#[component]
pub fn Dialog(
    #[prop(into)] open: Signal<bool>,
    #[prop(into)] title: Signal<String>,
    /// Escape, the veil or the cross. The owner of `open` must set it to false.
    #[prop(into)]
    on_close: Callback<()>,
    children: ChildrenFn,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let Some(dialog) = node.get() else { return };
        if open.get() && !dialog.open() {
            // It fails only for an element outside of the document, which a node reference is not.
            let _ = dialog.show_modal();
        } else if !open.get() && dialog.open() {
            dialog.close();
        }
    });
    let asked_to_close = move |event: ev::Event| {
        event.prevent_default();
        on_close.run(());
    };
    let on_veil = move |event: ev::MouseEvent| {
        // A click on the veil is a click on the dialog itself, outside of its own box. What an open list covers may lie
        // out there too, but such a click is the list's.
        let outside = node.get_untracked().is_some_and(|dialog| {
            if event.target().as_ref() != Some(dialog.as_ref()) {
                return false;
            }
            let area = dialog.get_bounding_client_rect();
            let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
            x < area.left() || x > area.right() || y < area.top() || y > area.bottom()
        });
        // A button pressed by the keyboard clicks at 0,0.
        if outside && event.detail() > 0 {
            on_close.run(());
        }
    };
    view! {
        <dialog
            class="dialog"
            node_ref=node
            aria-label=move || title.get()
            on:cancel=asked_to_close
            on:click=on_veil
        >
            <Show when=move || open.get()>
                <div class="dialog-head">
                    <h2 tabindex="-1" autofocus>{move || title.get()}</h2>
                    <IconButton sign=Sign::Close label="Close" on_press=on_close/>
                </div>
                <div class="dialog-body">{children()}</div>
            </Show>
        </dialog>
    }
}
