//! The numbers of an import.

use albumen_core::photo::TimeBasis;
use albumen_core::protocol::ImportReport;
use albumen_core::takeout::report::Report as Numbers;
use leptos::prelude::*;

use super::unmatched::Unmatched;
use crate::app::actions::{Actions, use_actions};
use crate::app::services::DateStyle;
use crate::app::widgets::Progress;
use crate::app::words::bytes;
use crate::app::words::import::{basis, percent};
use crate::app::words::unmatched::{ignored_name, path_problem, reason_name};

/// A name and a number.
type Line = (&'static str, String);

#[component]
pub(super) fn Report(told: ImportReport) -> impl IntoView {
    let actions = use_actions();
    let numbers = told.report.clone();
    let unmatched: u32 = numbers.unmatched.values().sum::<u32>() + numbers.refused.values().sum::<u32>();
    view! {
        <Figures numbers=numbers.clone()/>
        <h3>"Photos"</h3>
        {facts(photos(actions, &numbers))}
        <h3>"Against the import before, and the account"</h3>
        {facts(living(actions, &told))}
        <h3>"How local times are known"</h3>
        <Bases numbers=numbers.clone()/>
        <h3>"Files"</h3>
        {facts(files(actions, &numbers))}
        <h3>{format!("Not matched: {}", actions.services.count(unmatched))}</h3>
        {facts(reasons(actions, &numbers))}
        <Unmatched files=told.unmatched all=unmatched.saturating_add(numbers.problems)/>
    }
}

/// Four large numbers: what a person looks for first.
#[component]
fn Figures(numbers: Numbers) -> impl IntoView {
    let actions = use_actions();
    let count = |number: u32| actions.services.count(number);
    let all = numbers.photos + numbers.videos;
    let placed = percent(numbers.with_place, numbers.with_place + numbers.without_place, actions.services.numbers());
    let figures = [
        (count(numbers.photos), "photos"),
        (count(numbers.videos), "videos"),
        (if all == 0 { "0 %".to_owned() } else { placed }, "with a place"),
        (count(numbers.albums), "albums"),
    ];
    view! {
        <dl class="import-figures">
            {figures.into_iter().map(|(value, name)| view! {
                <div>
                    <dd class="figure-value">{value}</dd>
                    <dt class="figure-name">{name}</dt>
                </div>
            }).collect_view()}
        </dl>
    }
}

/// The share of each basis, the surest first.
#[component]
fn Bases(numbers: Numbers) -> impl IntoView {
    let actions = use_actions();
    let of: u32 = numbers.bases.values().sum();
    let shares = TimeBasis::ALL.into_iter().filter_map(|each| Some((each, *numbers.bases.get(&each)?)));
    let rows = shares.filter(|(_, count)| *count > 0).map(|(each, count)| {
        let said = percent(count, of, actions.services.numbers());
        let share = f64::from(count) / f64::from(of);
        view! {
            <div class="meter">
                <span>{capital(basis(each))}</span>
                <span class="numbers soft">{format!("{} · {said}", actions.services.count(count))}</span>
                <Progress done=Signal::derive(move || Some(share)) label=Signal::derive(move || basis(each).to_owned())/>
            </div>
        }
    });
    let rows = rows.collect_view();
    let without = (numbers.without_time > 0).then(|| {
        view! { <p class="soft small">{format!("{} have no time at all.", actions.services.count(numbers.without_time))}</p> }
    });
    view! { <div class="import-bases">{rows}{without}</div> }
}

fn facts(lines: Vec<Line>) -> impl IntoView {
    view! {
        <dl class="facts">
            {lines.into_iter().map(|(name, value)| view! {
                <dt>{name}</dt>
                <dd class="numbers">{value}</dd>
            }).collect_view()}
        </dl>
    }
}

/// The lines whose number is not 0.
fn counted(actions: Actions, lines: impl IntoIterator<Item = (&'static str, u32)>) -> impl Iterator<Item = Line> {
    lines
        .into_iter()
        .filter(|(_, number)| *number > 0)
        .map(move |(name, number)| (name, actions.services.count(number)))
}

fn photos(actions: Actions, numbers: &Numbers) -> Vec<Line> {
    let services = actions.services;
    let span = numbers.span_s.map(|(first_s, last_s)| {
        let date = |seconds| services.date(seconds, DateStyle::Short);
        ("Taken", format!("{} to {}", date(first_s), date(last_s)))
    });
    let places = [
        ("With a place", services.count(numbers.with_place)),
        ("Without a place", services.count(numbers.without_place)),
    ];
    let more = [
        ("With a moving half", numbers.motion),
        ("Copies edited in Google Photos", numbers.edited),
        ("Favorites", numbers.favorites),
        ("In the archive", numbers.archived),
        ("In the trash", numbers.trashed),
        ("In the locked folder", numbers.locked),
        ("Of partners", numbers.of_partners),
        ("Others', from shared albums", numbers.of_shared_albums),
    ];
    span.into_iter().chain(places).chain(counted(actions, more)).collect()
}

fn living(actions: Actions, told: &ImportReport) -> Vec<Line> {
    let count = |number: u32| actions.services.count(number);
    vec![
        ("New", count(told.new)),
        ("Changed", count(told.changed)),
        ("In no part any more", count(told.gone)),
        ("In your account too, shown once", count(told.merged)),
    ]
}

fn files(actions: Actions, numbers: &Numbers) -> Vec<Line> {
    let services = actions.services;
    let all = format!("{} · {}", services.count(numbers.files), bytes(numbers.bytes, services.numbers()));
    let lines = [
        ("Matched with a photo", numbers.matched),
        ("What Google says of photos", numbers.sidecars),
        ("There once more, counted once", numbers.copies),
        ("With something that cannot be", numbers.problems),
    ];
    let ignored = numbers.ignored.iter().map(|(why, count)| (ignored_name(*why), *count));
    std::iter::once(("In all parts", all)).chain(counted(actions, lines.into_iter().chain(ignored))).collect()
}

fn reasons(actions: Actions, numbers: &Numbers) -> Vec<Line> {
    let reasons = numbers.unmatched.iter().map(|(why, count)| (reason_name(*why), *count));
    let refused = numbers.refused.iter().map(|(why, count)| (path_problem(*why), *count));
    counted(actions, reasons.chain(refused)).collect()
}

/// Sentences begin so; the words are the same within one.
fn capital(text: &'static str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| std::iter::once(first.to_ascii_uppercase()).chain(letters).collect()).unwrap_or_default()
}
