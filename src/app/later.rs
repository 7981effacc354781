//! The frame and the screens in it. In the release bundle they are a file of their own, which is loaded when there is
//! something to show in them: whoever is still welcomed does without.

use std::pin::Pin;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::actions::use_actions;
use super::afterwards::Afterwards;
use super::frame::Frame;
use super::widgets::Button;
use super::words::Wait;
use super::{Outline, Screens};

/// A reload helps where the file is gone because its build is.
const NOT_LOADED: &str = "This part of Albumen could not be loaded. Check your connection and try again. If that does \
                          not help, reload the page: there may be a newer Albumen.";

/// Makes the frame. It is a function from that file.
pub type Make = fn() -> AnyView;

/// Loads that file; once it is there, at once.
pub type Load = fn() -> Pin<Box<dyn Future<Output = Result<Make, NotLoaded>>>>;

/// The file could not be had.
#[derive(Clone, Copy, Debug)]
pub struct NotLoaded;

impl From<leptos::wasm_split::SplitLoaderError> for NotLoaded {
    fn from(_: leptos::wasm_split::SplitLoaderError) -> Self {
        Self
    }
}

/// The frame, for whoever has it in a file of its own. What it frames is made after it.
pub fn frame() -> AnyView {
    let actions = use_actions();
    actions.search_while_shown();
    actions.find_exposed_while_shown();
    actions.read_zones_while_shown();
    view! { <Frame><Afterwards><Screens/></Afterwards></Frame> }.into_any()
}

/// The frame once it is there; until then, its outline.
#[component]
pub(super) fn Framed(load: Load) -> impl IntoView {
    let services = use_actions().services;
    let loaded = RwSignal::new(None::<Result<Make, NotLoaded>>);
    let begin = move || {
        loaded.set(None);
        spawn_local(async move {
            let answer = load().await;
            // The person may have gone back to the welcome by now.
            loaded.try_set(Some(answer));
        });
    };
    begin();
    move || match loaded.get() {
        None => view! { <Outline wait=Wait::Screens/> }.into_any(),
        Some(Ok(make)) => make(),
        Some(Err(NotLoaded)) => view! {
            <main class="sheet">
                <p role="alert">{NOT_LOADED}</p>
                <div class="buttons">
                    <Button on_press=begin>"Try again"</Button>
                    <Button on_press=move || services.reload()>"Reload"</Button>
                </div>
            </main>
        }
        .into_any(),
    }
}

/// Has the file loaded before it is needed. What goes wrong is said when it is.
pub(super) fn prepare(load: Load) {
    spawn_local(async move {
        let _ = load().await;
    });
}
