//! All keys of the grid, the scrubber and the viewer, in one list that `?` shows.

use leptos::{ev, prelude::*};

use crate::app::widgets::{Dialog, IconButton, Sign};

/// What some keys do.
struct Shortcut {
    /// Any of these, each as keys that are pressed together.
    keys: &'static [&'static [&'static str]],
    does: &'static str,
}

const fn shortcut(keys: &'static [&'static [&'static str]], does: &'static str) -> Shortcut {
    Shortcut { keys, does }
}

/// Keys that are heard in one place, under its name.
const SHORTCUTS: &[(&str, &[Shortcut])] = &[
    (
        "Photos",
        &[
            shortcut(&[&["←"], &["→"], &["↑"], &["↓"]], "Go from photo to photo"),
            shortcut(&[&["Page Up"], &["Page Down"]], "Go a window up or down"),
            shortcut(&[&["Home"], &["End"]], "Go to the newest or the oldest photo"),
            shortcut(&[&["Enter"]], "Open the photo"),
            shortcut(&[&["x"], &["Space"]], "Select the photo, or let it go"),
            shortcut(&[&["Shift", "arrows"]], "Select on the way"),
            shortcut(&[&["Shift", "click"]], "Select up to there"),
            shortcut(&[&["Ctrl", "a"]], "Select all that is shown"),
            shortcut(&[&["Escape"]], "Let the selection go"),
            shortcut(&[&["+"], &["−"], &["Ctrl", "wheel"]], "Larger or smaller photos"),
            shortcut(&[&["/"]], "Search in names and descriptions"),
            shortcut(&[&["?"]], "Show this list"),
        ],
    ),
    (
        "Months at the right edge",
        &[
            shortcut(&[&["↑"], &["↓"]], "A month later or earlier"),
            shortcut(&[&["Page Up"], &["Page Down"]], "A year later or earlier"),
            shortcut(&[&["Home"], &["End"]], "The first or the last month shown"),
        ],
    ),
    (
        "One photo",
        &[
            shortcut(&[&["←"], &["→"]], "The photo before or after"),
            shortcut(&[&["+"], &["−"]], "Closer or farther"),
            shortcut(&[&["0"]], "The whole photo"),
            shortcut(&[&["f"]], "Full screen"),
            shortcut(&[&["i"]], "Details"),
            shortcut(&[&["Shift", "d"]], "Save the photo"),
            shortcut(&[&["Escape"]], "Back to all photos"),
        ],
    ),
];

/// The button in the bar, the key, and the list that both open.
#[component]
pub(super) fn Shortcuts() -> impl IntoView {
    let is_open = RwSignal::new(false);
    let heard = window_event_listener(ev::keydown, move |event| {
        if event.key() == "?" && super::keys::is_free(&event) {
            event.prevent_default();
            is_open.set(true);
        }
    });
    on_cleanup(move || heard.remove());
    view! {
        <div class="shortcuts-button">
            <IconButton sign=Sign::Keys label="Keyboard shortcuts" on_press=move || is_open.set(true)/>
        </div>
        <Dialog open=is_open title="Keyboard shortcuts" on_close=move || is_open.set(false)>
            {SHORTCUTS.iter().map(group).collect_view()}
        </Dialog>
    }
}

fn group((place, shortcuts): &(&'static str, &'static [Shortcut])) -> impl IntoView + use<> {
    let shown = shortcuts.iter().map(|shortcut| {
        let keys = shortcut.keys.iter().enumerate().map(|(at, together)| {
            let or = (at > 0).then_some(" or ");
            let keys = together.iter().enumerate().map(|(at, key)| {
                view! {
                    {(at > 0).then_some(" + ")}
                    <kbd>{*key}</kbd>
                }
            });
            view! { {or} {keys.collect_view()} }
        });
        view! {
            <dt>{keys.collect_view()}</dt>
            <dd>{shortcut.does}</dd>
        }
    });
    view! {
        <h3>{*place}</h3>
        <dl class="shortcuts">{shown.collect_view()}</dl>
    }
}
