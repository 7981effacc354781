//! What a correction would make of the first photo, asked of whoever carries it out.

use albumen_core::photo::{Correction, Moment};
use albumen_core::protocol::{Answer, Wish};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::super::moment::moment_words;
use super::form::{Asked, Form, WRONG};
use crate::app::actions::{Actions, use_actions};
use crate::app::words::correcting::unknown_zone;

/// What is known of the photo.
#[derive(Clone, Debug, PartialEq)]
struct Tried {
    asked: Option<Option<Correction>>,
    shown: Moment,
    told: Moment,
    /// What would come of it; `None` where it cannot be said.
    after: Option<Moment>,
}

/// Before and after, or what is wrong. `can_begin` is raised while what is asked for can be carried out.
#[component]
pub(super) fn Preview(form: Form, asked: Memo<Asked>, first: Option<u32>, can_begin: RwSignal<bool>) -> impl IntoView {
    let actions = use_actions();
    let tried = RwSignal::new(None::<Result<Tried, String>>);
    Effect::new(move |_| {
        let (Ok(asked), Some(row)) = (asked.get(), first) else { return };
        spawn_local(async move {
            let correction = asked.clone().flatten();
            let answer = actions.ask(Wish::TryCorrection { row, correction }).await;
            // Something else may be asked by now; that has an answer of its own.
            if self::is_asked(form, actions, &asked) {
                tried.try_set(match answer {
                    Ok(Answer::Tried { shown, told, after }) => Some(Ok(Tried { asked, shown, told, after })),
                    Ok(_) => None,
                    Err(why) => Some(Err(actions.explain(&why).sentence)),
                });
            }
        });
    });
    let wrong = Memo::new(move |_| match (asked.get(), tried.get()) {
        (Err(wrong), _) | (_, Some(Err(wrong))) => Some(wrong),
        (Ok(asked), Some(Ok(tried))) if tried.asked == asked => what_is_wrong(&tried),
        _ => None,
    });
    Effect::new(move |_| {
        let is_ready = tried.with(|tried| {
            let Some(Ok(tried)) = tried else { return false };
            tried.asked.is_some() && Ok(&tried.asked) == asked.get().as_ref()
        });
        can_begin.set(is_ready && wrong.with(Option::is_none));
    });
    view! {
        <p id=WRONG class="correcting-wrong" role="alert">{move || wrong.get()}</p>
        {move || match tried.get() {
            Some(Ok(tried)) => lines(actions, &tried).into_any(),
            _ => ().into_any(),
        }}
    }
}

/// Whether this is still what the form says. It may be gone.
fn is_asked(form: Form, actions: Actions, asked: &Option<Option<Correction>>) -> bool {
    form.what.try_get_untracked().is_some() && untrack(|| form.asked(actions)).as_ref() == Ok(asked)
}

/// A zone that nobody knows. That nobody tells when the first was taken keeps the others from nothing.
fn what_is_wrong(tried: &Tried) -> Option<String> {
    let zone = match tried.asked.as_ref()?.as_ref()? {
        Correction::Shift { .. } => return None,
        Correction::Zone { zone } | Correction::Clock { zone, .. } => zone,
    };
    (tried.after.is_none() && tried.told.taken_s.is_some()).then(|| unknown_zone(zone))
}

fn lines(actions: Actions, tried: &Tried) -> impl IntoView {
    let words = |moment: Moment| moment_words(actions, moment).unwrap_or_else(|| "Not known".to_owned());
    let is_corrected = tried.shown != tried.told;
    let after = tried.asked.as_ref().and(tried.after);
    view! {
        <div role="status"><dl class="facts">
            <dt>"First photo, now"</dt>
            <dd>{words(tried.shown)}</dd>
            {is_corrected.then(|| view! {
                <dt>"As it is told"</dt>
                <dd>{words(tried.told)}</dd>
            })}
            <dt>"Then"</dt>
            <dd>{after.map_or_else(|| "–".to_owned(), words)}</dd>
        </dl></div>
        {is_corrected.then(|| view! {
            <p class="soft small">"It is corrected already. A correction is made of what is told, and takes the place of the one before."</p>
        })}
    }
}
