//! What went wrong, where it went wrong: a sign, a sentence and one button.

use leptos::prelude::*;

use super::button::Button;
use super::copy_value::CopyValue;
use super::icon::{Icon, Sign};
use crate::app::words::{Explained, Next};

/// Shows an explained failure. `on_next` hears of the press; links to Google's console are followed without it.
#[component]
pub fn Failure(
    explained: Explained,
    #[prop(into)] on_next: Callback<Next>,
    #[prop(into)] on_copy: Callback<String>,
) -> impl IntoView {
    let Explained { sentence, value, next } = explained;
    let act = match next {
        Next::Nothing => None,
        Next::Console(address) => Some(
            view! {
                <a class="button" href=address target="_blank" rel="noreferrer">
                    {next.label()}
                    <Icon sign=Sign::Elsewhere/>
                </a>
            }
            .into_any(),
        ),
        _ => next.label().map(|label| view! { <Button on_press=move || on_next.run(next)>{label}</Button> }.into_any()),
    };
    view! {
        <div class="failure" role="alert">
            <Icon sign=Sign::Trouble/>
            <div class="failure-text">
                <p class="failure-sentence">{sentence}</p>
                {value.map(|value| view! { <CopyValue value on_copy/> })}
            </div>
            {act}
        </div>
    }
}

/// Something worth knowing that needs no act.
#[component]
pub fn Note(children: Children) -> impl IntoView {
    view! {
        <div class="note">
            <Icon sign=Sign::Info/>
            <div>{children()}</div>
        </div>
    }
}
