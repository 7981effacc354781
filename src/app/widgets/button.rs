//! What is pressed.

use leptos::prelude::*;

use super::icon::{Icon, Sign};

/// How much a button wants to be pressed. One primary a screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonLook {
    Primary,
    #[default]
    Plain,
    /// Without an outline, for what stands beside something more important.
    Quiet,
    /// For what cannot be undone.
    Danger,
}

impl ButtonLook {
    fn name(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Plain => "plain",
            Self::Quiet => "quiet",
            Self::Danger => "danger",
        }
    }
}

/// A button with words on it.
#[component]
pub fn Button(
    #[prop(optional)] look: ButtonLook,
    #[prop(optional)] small: bool,
    #[prop(optional, into)] disabled: Signal<bool>,
    /// More words for those who do not see where the button stands: "Retry beach.jpg".
    #[prop(optional, into)]
    label: MaybeProp<String>,
    #[prop(into)] on_press: Callback<()>,
    children: Children,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="button"
            data-kind=look.name()
            data-size=small.then_some("small")
            aria-label=move || label.get()
            disabled=move || disabled.get()
            on:click=move |_| on_press.run(())
        >
            {children()}
        </button>
    }
}

/// A button with a sign on it and its words for those who do not see.
#[component]
pub fn IconButton(sign: Sign, #[prop(into)] label: String, #[prop(into)] on_press: Callback<()>) -> impl IntoView {
    view! {
        <button type="button" class="icon-button" title=label.clone() aria-label=label on:click=move |_| on_press.run(())>
            <Icon sign/>
        </button>
    }
}
