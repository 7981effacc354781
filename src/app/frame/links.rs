//! The links to the screens. At a phone's foot there is room for a few of them; the others are behind “More”.

use leptos::{html, prelude::*};

use crate::app::actions::use_actions;
use crate::app::state::Screen;
use crate::app::widgets::{Icon, Sign};

/// The name in the document of what “More” shows.
const REST: &str = "rail-rest";

#[component]
pub(super) fn Links() -> impl IntoView {
    let screen = use_actions().address.screen;
    let rest = NodeRef::<html::Div>::new();
    let hide = move || {
        if let Some(rest) = rest.get_untracked() {
            // It throws only where nothing can be shown or hidden.
            let _ = rest.hide_popover();
        }
    };
    // Whoever goes back leaves it behind as well.
    Effect::new(move |_| {
        screen.track();
        hide();
    });
    let is_in_rest = move || screen.get().is_some_and(|screen| !is_on_phones(screen));
    view! {
        <div class="rail-links">
            {Screen::ALL.map(|screen| view! { <ScreenLink screen/> })}
            <button
                type="button"
                class="rail-link rail-more"
                popovertarget=REST
                aria-current=move || is_in_rest().then_some("true")
            >
                <Icon sign=Sign::More/>
                <span>"More"</span>
            </button>
        </div>
        // The browser shows and hides it, with Escape and a press elsewhere too.
        <div class="rail-rest" id=REST popover="auto" node_ref=rest on:click=move |_| hide()>
            {Screen::ALL.into_iter().filter(|screen| !is_on_phones(*screen)).map(|screen| view! { <ScreenLink screen/> }).collect_view()}
        </div>
    }
}

#[component]
fn ScreenLink(screen: Screen) -> impl IntoView {
    let address = use_actions().address;
    view! {
        <a
            class="rail-link"
            href=move || address.link(screen)
            title=screen.name()
            data-rest=(!is_on_phones(screen)).then_some("")
            aria-current=move || (address.screen.get() == Some(screen)).then_some("page")
        >
            <Icon sign=sign(screen)/>
            <span>{screen.name()}</span>
        </a>
    }
}

/// Whether its link is at a phone's foot.
fn is_on_phones(screen: Screen) -> bool {
    matches!(screen, Screen::Photos | Screen::Insights | Screen::Upload | Screen::Import)
}

fn sign(screen: Screen) -> Sign {
    match screen {
        Screen::Photos => Sign::Photos,
        Screen::Insights => Sign::Insights,
        Screen::Places => Sign::Places,
        Screen::Table => Sign::Table,
        Screen::Upload => Sign::Upload,
        Screen::Import => Sign::Import,
        Screen::Settings => Sign::Settings,
    }
}
