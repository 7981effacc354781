//! Everything that can be asked for, as fields that narrow at once.

use albumen_core::catalog::{Filter, Hot, Orientation, Source};
use albumen_core::photo::{Camera, Day, DayRange, Kind};
use leptos::prelude::*;

use super::albums::AlbumChoice;
use super::chips::{
    FIRST_DAY, LAST_DAY, archived_words, camera_words, kind_words, locked_words, orientation_words, place_words,
    source_words, trashed_words,
};
use super::exposure::ExposureFields;
use crate::app::actions::use_actions;

#[component]
pub(super) fn Editor() -> impl IntoView {
    let actions = use_actions();
    let (address, state) = (actions.address, actions.state);
    let change = move |change: &dyn Fn(&mut Filter)| {
        let mut filter = address.filter.get_untracked();
        change(&mut filter);
        address.narrow(&filter);
    };
    let kind = Choices::of(&[Kind::Photo, Kind::Video], |kind| kind_words(*kind).to_owned());
    let orientations = [Orientation::Landscape, Orientation::Portrait, Orientation::Square];
    let orientation = Choices::of(&orientations, |orientation| orientation_words(*orientation).to_owned());
    let cameras = state.with_hot_untracked(|hot| hot.cameras().to_vec());
    let cameras = Choices::of(&sorted(cameras), camera_words);
    let offered = state.with_hot_untracked(Offered::of);
    view! {
        <div class="filter-editor">
            <Days/>
            <Choose
                label="Kind"
                choices=kind
                chosen=Signal::derive(move || address.filter.get().kind)
                on_choose=move |kind| change(&|filter| filter.kind = kind)
            />
            <Choose
                label="Camera"
                choices=cameras
                chosen=Signal::derive(move || address.filter.get().camera)
                on_choose={move |camera: Option<Camera>| change(&|filter| filter.camera.clone_from(&camera))}
            />
            <Choose
                label="Orientation"
                choices=orientation
                chosen=Signal::derive(move || address.filter.get().orientation)
                on_choose=move |orientation| change(&|filter| filter.orientation = orientation)
            />
            <ExportFields offered/>
            {offered.favorites.then(|| view! {
                <Tick
                    label="Favorites only"
                    ticked=Signal::derive(move || address.filter.get().favorite)
                    on_tick=move |ticked| change(&|filter| filter.favorite = ticked)
                />
            })}
            <AlbumChoice/>
            <ExposureFields/>
        </div>
    }
}

/// Nothing is offered that nothing could answer: these come by exports, which not every library has.
#[derive(Clone, Copy, Default)]
struct Offered {
    places: bool,
    favorites: bool,
    archived: bool,
    trashed: bool,
    locked: bool,
    sources: bool,
}

impl Offered {
    fn of(hot: &Hot) -> Self {
        let any = |is: &dyn Fn(u32) -> bool| hot.rows().any(is);
        if !any(&|row| hot.is_from(row, Source::Takeout)) {
            return Self::default();
        }
        Self {
            places: any(&|row| hot.has_place(row)),
            favorites: any(&|row| hot.is_favorite(row)),
            archived: any(&|row| hot.marks(row).archived),
            trashed: any(&|row| hot.marks(row).trashed),
            locked: any(&|row| hot.marks(row).locked),
            sources: any(&|row| hot.is_from(row, Source::Account)),
        }
    }
}

/// What only exports tell.
#[component]
fn ExportFields(offered: Offered) -> impl IntoView {
    let address = use_actions().address;
    let change = move |change: &dyn Fn(&mut Filter)| {
        let mut filter = address.filter.get_untracked();
        change(&mut filter);
        address.narrow(&filter);
    };
    view! {
        {offered.places.then(|| view! {
            <Choose
                label="Place"
                choices=Choices::of(&[true, false], |has| place_words(*has).to_owned())
                chosen=Signal::derive(move || address.filter.get().place)
                on_choose=move |place| change(&|filter| filter.place = place)
            />
        })}
        {offered.archived.then(|| view! {
            <Choose
                label="Archive"
                choices=Choices::of(&[false, true], |is| archived_words(*is).to_owned())
                chosen=Signal::derive(move || address.filter.get().archived)
                on_choose=move |archived| change(&|filter| filter.archived = archived)
            />
        })}
        {offered.trashed.then(|| view! {
            <Choose
                label="Trash"
                choices=Choices::of(&[false, true], |is| trashed_words(*is).to_owned())
                chosen=Signal::derive(move || address.filter.get().trashed)
                on_choose=move |trashed| change(&|filter| filter.trashed = trashed)
            />
        })}
        {offered.locked.then(|| view! {
            <Choose
                label="Locked folder"
                choices=Choices::of(&[false, true], |is| locked_words(*is).to_owned())
                chosen=Signal::derive(move || address.filter.get().locked)
                on_choose=move |locked| change(&|filter| filter.locked = locked)
            />
        })}
        {offered.sources.then(|| view! {
            <Choose
                label="Source"
                choices=Choices::of(&Source::ALL, |source| source_words(*source).to_owned())
                chosen=Signal::derive(move || address.filter.get().source)
                on_choose=move |source| change(&|filter| filter.source = source)
            />
        })}
    }
}

/// The dictionary by name; the unknown camera at the end.
fn sorted(mut cameras: Vec<Camera>) -> Vec<Camera> {
    cameras.sort_by_key(|camera| (*camera == Camera::default(), camera_words(camera).to_ascii_lowercase()));
    cameras.dedup();
    cameras
}

/// What a list offers: values and their words.
#[derive(Clone)]
struct Choices<T>(Vec<(T, String)>);

impl<T: Clone> Choices<T> {
    fn of(values: &[T], words: impl Fn(&T) -> String) -> Self {
        Self(values.iter().map(|value| (value.clone(), words(value))).collect())
    }
}

/// A list of which one is chosen, or any.
#[component]
fn Choose<T>(
    label: &'static str,
    choices: Choices<T>,
    #[prop(into)] chosen: Signal<Option<T>>,
    #[prop(into)] on_choose: Callback<Option<T>>,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let Choices(choices) = choices;
    let values: Vec<T> = choices.iter().map(|(value, _)| value.clone()).collect();
    let options = choices
        .into_iter()
        .enumerate()
        .map(|(number, (value, words))| {
            view! { <option value=number.to_string() prop:selected=move || chosen.get().as_ref() == Some(&value)>{words}</option> }
        })
        .collect_view();
    view! {
        <label class="field">
            <span class="field-label">{label}</span>
            <select
                class="select"
                on:change=move |event| {
                    let number = event_target_value(&event).parse::<usize>().ok();
                    on_choose.run(number.and_then(|number| values.get(number).cloned()));
                }
            >
                <option value="" prop:selected=move || chosen.get().is_none()>"Any"</option>
                {options}
            </select>
        </label>
    }
}

#[component]
fn Tick(
    label: &'static str,
    #[prop(into)] ticked: Signal<bool>,
    #[prop(into)] on_tick: Callback<bool>,
) -> impl IntoView {
    view! {
        <label class="choice">
            <input type="checkbox" prop:checked=ticked on:change=move |event| on_tick.run(event_target_checked(&event))/>
            <span>{label}</span>
        </label>
    }
}

/// From and to; either may be left open. What is typed stays in the fields, whether it makes a range yet or not.
#[component]
fn Days() -> impl IntoView {
    let address = use_actions().address;
    let days = address.filter.get_untracked().days;
    let written = |day: Option<Day>, open: &str| {
        RwSignal::new(day.map(|day| day.to_string()).filter(|day| day != open).unwrap_or_default())
    };
    let (from, to) = (written(days.map(|days| days.first), FIRST_DAY), written(days.map(|days| days.last), LAST_DAY));
    let range = Memo::new(move |_| read_range(&from.get(), &to.get()));
    let narrow = move || {
        if let Ok(days) = range.get_untracked() {
            // A year that is being typed is many years on the way.
            address.retype(&Filter { days, ..address.filter.get_untracked() });
        }
    };
    let field = move |label: &'static str, value: RwSignal<String>| {
        view! {
            <label class="field">
                <span class="field-label">{label}</span>
                <input
                    class="input"
                    type="date"
                    value=value.get_untracked()
                    on:change=move |event| {
                        value.set(event_target_value(&event));
                        narrow();
                    }
                />
            </label>
        }
    };
    view! {
        {field("From", from)}
        {field("To", to)}
        <Show when=move || range.get().is_err()>
            <p class="filter-days-wrong" role="alert">"From is after To: no day lies between them."</p>
        </Show>
    }
}

/// The days between two fields, of which either may be empty; `Ok(None)` where both are.
fn read_range(from: &str, to: &str) -> Result<Option<DayRange>, BackwardRange> {
    let (first, last) = (Day::parse_iso(from), Day::parse_iso(to));
    if first.is_none() && last.is_none() {
        return Ok(None);
    }
    let ends = first.or(Day::parse_iso(FIRST_DAY)).zip(last.or(Day::parse_iso(LAST_DAY)));
    let days = ends.map(|(first, last)| DayRange { first, last }).filter(|days| days.first <= days.last);
    days.map(Some).ok_or(BackwardRange)
}

/// It would end before it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct BackwardRange;
