//! The parts of an export: a row each, and those that must be there and are not.

use albumen_core::protocol::{PartProgress, PartState};
use albumen_core::takeout::report::missing_parts;
use leptos::prelude::*;

use crate::app::actions::{Actions, use_actions};
use crate::app::widgets::{Icon, Progress, Sign};
use crate::app::words::{bytes, import, unmatched};

#[component]
pub(super) fn Parts() -> impl IntoView {
    let actions = use_actions();
    let state = actions.state;
    // The newest trouble first, then what is under way, what waits, and what is done.
    let order = Memo::new(move |_| {
        state.import.with(|import| {
            let parts = import.as_ref().map(|import| import.parts.as_slice()).unwrap_or_default();
            let mut places: Vec<(u8, usize)> = parts.iter().enumerate().map(|(at, part)| (rank(part), at)).collect();
            places.sort_by_key(|(rank, at)| (*rank, if *rank == 0 { usize::MAX - at } else { *at }));
            places.into_iter().map(|(_, at)| at).collect::<Vec<usize>>()
        })
    });
    let words = move || {
        let (services, numbers) = (actions.services, actions.services.numbers());
        state.import.with(|import| {
            let parts = import.as_ref().map(|import| import.parts.as_slice()).unwrap_or_default();
            let read = parts.iter().filter(|part| part.progress == PartProgress::Read).count();
            let size: u64 = parts.iter().map(|part| part.size).fold(0, u64::saturating_add);
            format!(
                "{} of {} read · {}",
                services.count(read as u64),
                import::counted(parts.len() as u32, "part", "parts", numbers),
                bytes(size, numbers),
            )
        })
    };
    view! {
        <section class="import-parts" aria-label="Parts">
            <p class="numbers soft small">{words}</p>
            <ul>
                <For each=move || order.get() key=|at| *at children=|at| view! { <PartRow at/> }/>
            </ul>
        </section>
    }
}

/// Parts that a later one's number tells of.
#[component]
pub(super) fn MissingParts() -> impl IntoView {
    let state = use_actions().state;
    let names = Memo::new(move |_| {
        state.import.with(|import| {
            let parts = import.as_ref().map(|import| import.parts.as_slice()).unwrap_or_default();
            parts.iter().map(|part| part.name.clone()).collect::<Vec<String>>()
        })
    });
    let missing = Memo::new(move |_| names.with(|names| missing_parts(names)));
    move || {
        missing
            .get()
            .iter()
            .map(import::missing_parts)
            .map(|sentence| {
                view! {
                    <p class="import-missing"><Icon sign=Sign::Trouble/><span>{sentence}</span></p>
                }
            })
            .collect_view()
    }
}

fn rank(part: &PartState) -> u8 {
    match part.progress {
        PartProgress::Failed(_) => 0,
        _ if needs_file(part) => 1,
        PartProgress::Reading { .. } => 2,
        PartProgress::Waiting => 3,
        PartProgress::Read => 4,
    }
}

/// Something is still to be read of it, and it is not at hand.
pub(super) fn needs_file(part: &PartState) -> bool {
    !part.is_here && matches!(part.progress, PartProgress::Waiting | PartProgress::Reading { .. })
}

#[component]
fn PartRow(at: usize) -> impl IntoView {
    let actions = use_actions();
    let part = Memo::new(move |_| {
        actions.state.import.with(|import| import.as_ref().and_then(|import| import.parts.get(at).cloned()))
    });
    let numbers = actions.services.numbers();
    let name = Memo::new(move |_| part.with(|part| part.as_ref().map(|part| part.name.clone()).unwrap_or_default()));
    let facts = move || {
        part.with(|part| {
            let part = part.as_ref()?;
            let mut facts = vec![bytes(part.size, numbers)];
            if part.files > 0 {
                facts.push(import::counted(part.files, "file", "files", numbers));
            }
            Some(facts.join(" · "))
        })
    };
    let look = Memo::new(move |_| part.with(|part| part.as_ref().map_or(Look::Waiting, look_of)));
    let done = Signal::derive(move || {
        part.with(|part| match part.as_ref().map(|part| (&part.progress, part.size)) {
            Some((PartProgress::Reading { done }, size)) if size > 0 => Some(*done as f64 / size as f64),
            _ => None,
        })
    });
    view! {
        <li class="import-part" data-stage=move || look.get().name()>
            <div class="import-part-name">
                <span class="import-file">{name}</span>
                <span class="soft small numbers">{facts}</span>
            </div>
            <div class="import-part-state small">
                {move || look_words(actions, look.get(), part)}
                <Show when=move || look.get() == Look::Reading>
                    <Progress done label=Signal::derive(move || format!("Reading {}", name.get()))/>
                </Show>
            </div>
        </li>
    }
}

/// What a row looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    Waiting,
    NeedsFile,
    Reading,
    Read,
    /// Read, and its pictures cannot be shown.
    ReadAndAway,
    Failed,
}

impl Look {
    fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::NeedsFile => "needs-file",
            Self::Reading => "reading",
            Self::Read | Self::ReadAndAway => "read",
            Self::Failed => "failed",
        }
    }
}

fn look_of(part: &PartState) -> Look {
    match part.progress {
        PartProgress::Failed(_) => Look::Failed,
        _ if needs_file(part) => Look::NeedsFile,
        PartProgress::Waiting => Look::Waiting,
        PartProgress::Reading { .. } => Look::Reading,
        PartProgress::Read if part.is_here => Look::Read,
        PartProgress::Read => Look::ReadAndAway,
    }
}

fn look_words(actions: Actions, look: Look, part: Memo<Option<PartState>>) -> AnyView {
    let numbers = actions.services.numbers();
    match look {
        Look::Waiting => view! { <span class="soft">"Waiting"</span> }.into_any(),
        Look::NeedsFile => view! {
            <span class="import-warn"><Icon sign=Sign::Trouble/>"Choose it again to go on"</span>
        }
        .into_any(),
        Look::Reading => {
            let words = move || {
                part.with(|part| match part.as_ref().map(|part| (&part.progress, part.size)) {
                    Some((PartProgress::Reading { done }, size)) => {
                        format!("{} of {}", bytes(*done, numbers), bytes(size, numbers))
                    }
                    _ => String::new(),
                })
            };
            view! { <span class="numbers">{words}</span> }.into_any()
        }
        Look::Read => view! { <span class="import-good"><Icon sign=Sign::Done/>"Read"</span> }.into_any(),
        Look::ReadAndAway => view! {
            <span class="import-good"><Icon sign=Sign::Done/>"Read · not at hand now"</span>
        }
        .into_any(),
        Look::Failed => {
            let sentence = move || {
                part.with(|part| match part.as_ref().map(|part| &part.progress) {
                    Some(PartProgress::Failed(error)) => unmatched::archive(error, numbers),
                    _ => String::new(),
                })
            };
            view! { <span class="import-bad" role="alert"><Icon sign=Sign::Trouble/><span>{sentence}</span></span> }
                .into_any()
        }
    }
}
