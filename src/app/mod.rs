//! The screens, and the composition root: adapters become services, services and state become actions, and the frame
//! shows a screen by the address.
//!
//! Signals carry state to every screen; a screen calls an action for what should happen. Only the actions write the
//! shared signals; only `services` and this root know the browser's adapters.

#![allow(
    unreachable_pub,
    reason = "leptos writes public items beside every component, also beside those of a room's own"
)]

pub mod actions;
mod afterwards;
pub mod confirm;
pub mod export;
pub mod filter;
pub mod frame;
pub mod import;
pub mod insights;
pub mod kept_pictures;
pub mod late;
pub mod later;
pub mod library;
pub mod nothing_yet;
pub mod places;
pub mod services;
pub mod settings;
pub mod sign_in;
pub mod state;
pub mod table;
pub mod upload;
pub mod welcome;
pub mod widgets;
pub mod words;

use albumen_core::protocol::World;
use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use self::actions::{Actions, use_actions};
use self::import::ImportScreen;
use self::insights::Insights;
use self::late::{Late, opening};
use self::later::{Framed, Load};
use self::library::Photos;
use self::places::Places;
use self::services::Services;
use self::settings::Settings;
use self::sign_in::{ClientDialog, ConsentDialog, ElsewhereDialog};
use self::state::{Phase, Screen, SignIn, State, provide_address};
use self::table::TableScreen;
use self::upload::UploadScreen;
use self::welcome::Welcome;
use self::widgets::Toasts;
use self::words::Wait;
use crate::browser::panic;

/// Replaces the shell of `index.html` by the page. `load` brings what is not needed at first.
pub fn start(load: Load) {
    panic::install(show_panic);
    let Some(body) = document().body() else { return };
    let body: web_sys::HtmlElement = body.unchecked_into();
    if let Some(shell) = document().get_element_by_id("shell") {
        shell.remove();
    }
    mount_to(body, move || view! { <Page load/> }).forget();
}

/// All there is. No screen is rebuilt because the address names a photo or a filter.
#[component]
fn Page(load: Load) -> impl IntoView {
    let services = Services::new();
    let last_world = services.last_world();
    let world = last_world.unwrap_or(World::Google);
    let (state, writers) = State::new(world);
    let address = provide_address(services);
    let actions = Actions::new(state, writers, services, address);
    provide_context(actions);
    let is_first_visit = last_world.is_none();
    if is_first_visit && !services.has_callback() {
        actions.open_when_wished();
    } else {
        later::prepare(load);
        actions.open(world);
    }

    let nothing_here = Memo::new(move |_| {
        let is_importing = state.import.with(Option::is_some) || state.adding.with(Option::is_some);
        state.is_empty() && !is_importing && state.account.with(Option::is_none) && state.world.get() == World::Google
    });
    let face = Memo::new(move |_| {
        let at_photos = address.screen.get() == Some(Screen::Photos);
        match state.phase.get() {
            // Nobody who comes for the first time waits for an engine that has nothing to tell.
            Phase::Reading | Phase::Waking if nothing_here.get() && !is_first_visit => Face::Opening,
            _ if nothing_here.get() && at_photos => Face::Welcome,
            _ => Face::Frame,
        }
    });
    // The dialogs are made when the first of them is to open, and stay: a first visit does not wait for what hardly
    // anybody sees.
    let is_asked = Memo::new(move |before| {
        let is_signing_in = || state.sign_in.with(|at| matches!(at, SignIn::Pretend { .. } | SignIn::Elsewhere));
        before == Some(&true) || state.setting_up.get() || is_signing_in()
    });
    view! {
        {move || match face.get() {
            Face::Opening => view! { <Outline wait=opening(state)/> }.into_any(),
            Face::Welcome => view! { <Welcome/> }.into_any(),
            Face::Frame => view! { <Framed load/> }.into_any(),
        }}
        {move || is_asked.get().then(|| view! {
            <ClientDialog/>
            <ConsentDialog/>
            <ElsewhereDialog/>
        })}
        <Toasts toaster=actions.toaster/>
    }
}

/// The frame, still empty: what `index.html` shows until the program runs.
#[component]
fn Outline(#[prop(into)] wait: Signal<Wait>) -> impl IntoView {
    view! {
        <div class="frame">
            <div class="rail"><div class="rail-head"><span class="wordmark">"Albumen"</span></div></div>
            <main class="screen">
                <p class="unseen" role="status">"Opening…"</p>
                <Late wait/>
            </main>
        </div>
    }
}

/// What the page shows as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Face {
    /// What was kept is being read.
    Opening,
    /// There is nothing yet: the ways in.
    Welcome,
    Frame,
}

/// The screen that the address names.
#[component]
fn Screens() -> impl IntoView {
    let actions = use_actions();
    move || {
        let screen = actions.address.screen.get();
        actions
            .services
            .set_title(&screen.map_or_else(|| "Albumen".into(), |screen| format!("{} · Albumen", screen.name())));
        match screen {
            Some(Screen::Photos) => view! { <Photos/> }.into_any(),
            Some(Screen::Insights) => view! { <Insights/> }.into_any(),
            Some(Screen::Places) => view! { <Places/> }.into_any(),
            Some(Screen::Table) => view! { <TableScreen/> }.into_any(),
            Some(Screen::Upload) => view! { <UploadScreen/> }.into_any(),
            Some(Screen::Import) => view! { <ImportScreen/> }.into_any(),
            Some(Screen::Settings) => view! { <Settings/> }.into_any(),
            None => view! { <Nowhere/> }.into_any(),
        }
    }
}

#[component]
fn Nowhere() -> impl IntoView {
    view! {
        <div class="sheet">
            <h1 class="sheet-head">"There is nothing at this address"</h1>
            <p><a href=Screen::Photos.path()>"Go to Photos"</a></p>
        </div>
    }
}

/// A panic has ended the program: nothing reacts any more. What is left to do is to say so, outside of everything that
/// may be broken.
fn show_panic(message: &str) {
    let document = document();
    let Some(body) = document.body() else { return };
    let element = |tag: &str, class: &str, text: &str| {
        let element = document.create_element(tag).ok()?;
        element.set_class_name(class);
        element.set_text_content(Some(text));
        Some(element)
    };
    let parts = [
        element("p", "wordmark", "Albumen"),
        element("p", "", "Something in Albumen broke, and the page has stopped. What was kept on this device is safe."),
    ];
    let Some(shell) = element("div", "broken", "") else { return };
    let _ = shell.set_attribute("role", "alert");
    for part in parts.into_iter().flatten() {
        let _ = shell.append_child(&part);
    }
    // A link needs no program to work.
    if let Some(link) = element("a", "button", "Reload") {
        let _ = link.set_attribute("href", "./");
        let _ = link.set_attribute("rel", "external");
        let _ = shell.append_child(&link);
    }
    let folded = [element("summary", "", "What a report should say"), element("pre", "", message)];
    if let Some(details) = element("details", "disclosure", "") {
        for part in folded.into_iter().flatten() {
            let _ = details.append_child(&part);
        }
        let _ = shell.append_child(&details);
    }
    body.replace_children_with_node_1(&shell);
}
