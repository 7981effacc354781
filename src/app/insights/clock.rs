//! Whose clock days and hours are read from, and how many photos tell of their own.

use albumen_core::catalog::{Clock, Filter, ZoneName};
use leptos::prelude::*;

use super::counts::Numbers;
use crate::app::actions::{Actions, use_actions};
use crate::app::state::Screen;

/// Whose clock the hours and days are read from.
#[component]
pub(super) fn ZoneSwitch() -> impl IntoView {
    let actions = use_actions();
    let address = actions.address;
    let choose = move |clock: Clock| {
        address.go_filtered(Screen::Insights, &Filter { clock, ..address.filter.get_untracked() });
    };
    let chosen = Memo::new(move |_| address.filter.with(|filter| filter.clock));
    // It is offered where a photo may know it: exports tell of it.
    let has_local = Memo::new(move |_| chosen.get() == Clock::Local || actions.state.with_hot(|hot| hot.has_local()));
    let option = move |name: String, clock: Clock| {
        view! {
            <label class="segment">
                <input
                    type="radio"
                    name="zone"
                    prop:checked=move || chosen.get() == clock
                    on:change=move |_| choose(clock)
                />
                <span>{name}</span>
            </label>
        }
    };
    view! {
        <div class="zones">
            <div class="segments" role="radiogroup" aria-label="Time zone">
                {option(format!("Your time ({})", person_zone(actions)), Clock::Own)}
                {option("UTC".to_owned(), Clock::Utc)}
                {move || has_local.get().then(|| option("Where each was taken".to_owned(), Clock::Local))}
            </div>
            <ZoneList chosen on_choose=choose/>
        </div>
    }
}

/// All zones that the browser knows.
#[component]
fn ZoneList(chosen: Memo<Clock>, #[prop(into)] on_choose: Callback<Clock>) -> impl IntoView {
    let names: Vec<ZoneName> =
        use_actions().services.zone_names().iter().filter_map(|name| ZoneName::new(name)).collect();
    let is_listed = {
        let names = names.clone();
        move |clock: Clock| names.iter().any(|name| clock == Clock::Zone(*name))
    };
    let options = names
        .into_iter()
        .map(|name| {
            let words = name.as_str().replace('_', " ");
            view! {
                <option value=name.as_str().to_owned() prop:selected=move || chosen.get() == Clock::Zone(name)>{words}</option>
            }
        })
        .collect_view();
    // An address may name one that the list lacks: an old name of a zone.
    let unlisted = move || match chosen.get() {
        Clock::Zone(name) if !is_listed(Clock::Zone(name)) => {
            let words = name.as_str().replace('_', " ");
            Some(view! { <option value=name.as_str().to_owned() prop:selected=true>{words}</option> })
        }
        _ => None,
    };
    view! {
        <select
            class="select zone-list"
            aria-label="Another time zone"
            on:change=move |event| {
                let name = ZoneName::new(&event_target_value(&event));
                on_choose.run(name.map_or(Clock::Own, Clock::Zone));
            }
        >
            <option value="" prop:selected=move || !matches!(chosen.get(), Clock::Zone(_))>"Another time zone"</option>
            {unlisted}
            {options}
        </select>
    }
}

/// The name of the person's own zone.
fn person_zone(actions: Actions) -> String {
    actions.services.local_zone().name().replace('_', " ")
}

/// How many are counted by the clock where they were taken, and by which the others; and that a clock is still being read.
#[component]
pub(super) fn OwnClocks(numbers: Numbers) -> impl IntoView {
    let actions = use_actions();
    let words = Memo::new(move |_| {
        let totals = numbers.counted.with(|counted| counted.as_ref().map(|counted| counted.all.totals()))?;
        let count = |number: u32| actions.services.count(number);
        match actions.address.filter.with(|filter| filter.clock) {
            Clock::Local => {
                let dated = (totals.photos + totals.videos).saturating_sub(totals.undated);
                let own = totals.by_own_clock;
                let all = format!("{} of {} know the local time where they were taken.", count(own), count(dated));
                let others = format!("{all} The others are counted by your time ({}).", person_zone(actions));
                let words = if own < dated { others } else { all };
                Some(if actions.is_own_zone_read() {
                    words
                } else {
                    format!("{words} {}", being_read(&person_zone(actions)))
                })
            }
            Clock::Zone(name) => {
                let is_read = actions.state.zones.with(|zones| zones.named.iter().any(|(known, _)| *known == name));
                (!is_read).then(|| being_read(&name.as_str().replace('_', " ")))
            }
            Clock::Own => (!actions.is_own_zone_read()).then(|| being_read(&person_zone(actions))),
            Clock::Utc => None,
        }
    });
    let undated = Memo::new(move |_| {
        let totals = numbers.counted.with(|counted| counted.as_ref().map(|counted| counted.all.totals()))?;
        (totals.undated > 0)
            .then(|| format!("{} have no date and are in no hour or day.", actions.services.count(totals.undated)))
    });
    view! {
        {move || words.get().map(|words| view! { <p class="soft" role="status">{words}</p> })}
        {move || undated.get().map(|words| view! { <p class="soft small">{words}</p> })}
    }
}

/// What is said while the browser is asked for the clock of a zone.
fn being_read(zone: &str) -> String {
    format!("The clock of {zone} is being read.")
}
