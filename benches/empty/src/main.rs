//! A Leptos page with one button, which counts how often it was pressed.

#[cfg(target_family = "wasm")]
fn main() {
    use leptos::prelude::*;
    mount_to_body(|| {
        let (count, set_count) = signal(0);
        view! {
            <button on:click=move |_| set_count.update(|count| *count += 1)>"Try it now"</button>
            <p>{count}</p>
        }
    });
}

/// The page exists in browsers only; the host builds this program to keep one workspace.
#[cfg(not(target_family = "wasm"))]
fn main() {}
