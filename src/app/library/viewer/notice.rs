//! What could not be done with a photo, at the foot of the stage: a sentence, and a way around where there is one.

use leptos::prelude::*;

use super::looking::Looking;
use crate::app::widgets::{Icon, IconButton, Sign};

/// What is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Notice {
    pub(super) sentence: String,
    /// An address on Google's own hosts, for a tab of its own, and what stands on the link.
    pub(super) link: Option<(String, &'static str)>,
}

impl Notice {
    pub(super) fn new(sentence: impl Into<String>) -> Self {
        Self { sentence: sentence.into(), link: None }
    }
}

#[component]
pub(super) fn NoticeBar(looking: Looking) -> impl IntoView {
    let close = move || {
        if let Some(row) = looking.row.get_untracked() {
            looking.say(row, None);
        }
    };
    move || {
        looking.notice().map(|Notice { sentence, link }| {
            view! {
                <div class="viewer-notice" role="alert">
                    <p>{sentence}</p>
                    {link.map(|(address, words)| view! {
                        <a class="button" data-size="small" href=address target="_blank" rel="noreferrer">
                            {words}
                            <Icon sign=Sign::Elsewhere/>
                        </a>
                    })}
                    <IconButton sign=Sign::Close label="Dismiss" on_press=close/>
                </div>
            }
        })
    }
}
