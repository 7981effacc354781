//! What narrows the view, a chip each.

use std::collections::BTreeSet;

use albumen_core::catalog::{Filter, Orientation, Selected, Source};
use albumen_core::photo::{AlbumKey, Camera, Day, DayRange, Facet, Kind};
use leptos::prelude::*;

use crate::app::actions::{Actions, use_actions};
use crate::app::services::{DateStyle, month_name, weekday_name};
use crate::app::widgets::{IconButton, Sign, hand_on_focus};
use crate::app::words::{album_title, album_titles, camera_name, lens_name, places, size_words, span_words};

/// The first and last day that a date field can say: an end that is left open.
pub(super) const FIRST_DAY: &str = "0001-01-01";
pub(super) const LAST_DAY: &str = "9999-12-31";

/// A part of the filter that is shown as a chip: all but the text, which stands in its own field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Part {
    Days,
    Hour,
    Kind,
    Camera,
    Albums,
    Orientation,
    Place,
    Within,
    Favorite,
    Archived,
    Trashed,
    Locked,
    Source,
    Selected,
    Weekday,
    Month,
    Size,
    Lens,
    Exposure(Facet),
}

impl Part {
    /// In the order of a sentence: "2019–2021 · Pixel 6 · with a place".
    pub(super) const ALL: [Self; 22] = [
        Self::Selected,
        Self::Days,
        Self::Month,
        Self::Weekday,
        Self::Hour,
        Self::Kind,
        Self::Size,
        Self::Orientation,
        Self::Camera,
        Self::Lens,
        Self::Exposure(Facet::FocalLength),
        Self::Exposure(Facet::FNumber),
        Self::Exposure(Facet::ExposureTime),
        Self::Exposure(Facet::Iso),
        Self::Albums,
        Self::Place,
        Self::Within,
        Self::Favorite,
        Self::Archived,
        Self::Trashed,
        Self::Locked,
        Self::Source,
    ];

    pub(super) fn is_set(self, filter: &Filter) -> bool {
        match self {
            Self::Selected => filter.selected.is_some(),
            Self::Days => filter.days.is_some(),
            Self::Hour => filter.hour.is_some(),
            Self::Kind => filter.kind.is_some(),
            Self::Camera => filter.camera.is_some(),
            Self::Albums => !filter.albums.is_empty(),
            Self::Orientation => filter.orientation.is_some(),
            Self::Place => filter.place.is_some(),
            Self::Within => filter.within.is_some(),
            Self::Favorite => filter.favorite,
            Self::Archived => filter.archived.is_some(),
            Self::Trashed => filter.trashed.is_some(),
            Self::Locked => filter.locked.is_some(),
            Self::Source => filter.source.is_some(),
            Self::Weekday => filter.weekday.is_some(),
            Self::Month => filter.month.is_some(),
            Self::Size => filter.size.is_some(),
            Self::Lens => filter.exposed.lens.is_some(),
            Self::Exposure(facet) => filter.exposed.span(facet).is_some(),
        }
    }

    fn removed(self, filter: Filter) -> Filter {
        match self {
            Self::Days => Filter { days: None, ..filter },
            Self::Hour => Filter { hour: None, ..filter },
            Self::Kind => Filter { kind: None, ..filter },
            Self::Camera => Filter { camera: None, ..filter },
            Self::Albums => Filter { albums: BTreeSet::new(), ..filter },
            Self::Orientation => Filter { orientation: None, ..filter },
            Self::Place => Filter { place: None, ..filter },
            Self::Within => Filter { within: None, ..filter },
            Self::Favorite => Filter { favorite: false, ..filter },
            Self::Archived => Filter { archived: None, ..filter },
            Self::Trashed => Filter { trashed: None, ..filter },
            Self::Locked => Filter { locked: None, ..filter },
            Self::Source => Filter { source: None, ..filter },
            Self::Selected => Filter { selected: None, ..filter },
            Self::Weekday => Filter { weekday: None, ..filter },
            Self::Month => Filter { month: None, ..filter },
            Self::Size => Filter { size: None, ..filter },
            Self::Lens => Filter { exposed: filter.exposed.with_lens(None), ..filter },
            Self::Exposure(facet) => Filter { exposed: filter.exposed.with_span(facet, None), ..filter },
        }
    }

    fn words(self, actions: Actions, filter: &Filter) -> Option<String> {
        match self {
            Self::Days => filter.days.map(|days| days_words(actions, days)),
            Self::Hour => filter.hour.map(|hour| format!("{hour:02}:00–{hour:02}:59, {}", actions.zone_name())),
            Self::Kind => filter.kind.map(|kind| kind_words(kind).to_owned()),
            Self::Camera => filter.camera.as_ref().map(camera_words),
            Self::Albums => (!filter.albums.is_empty()).then(|| albums_words(actions, &filter.albums)),
            Self::Orientation => filter.orientation.map(|orientation| orientation_words(orientation).to_owned()),
            Self::Place => filter.place.map(|has| place_words(has).to_owned()),
            Self::Within => filter.within.map(|within| places::area(within, actions.services.numbers())),
            Self::Favorite => filter.favorite.then(|| "Favorites".to_owned()),
            Self::Archived => filter.archived.map(|is| archived_words(is).to_owned()),
            Self::Trashed => filter.trashed.map(|is| trashed_words(is).to_owned()),
            Self::Locked => filter.locked.map(|is| locked_words(is).to_owned()),
            Self::Source => filter.source.map(|source| source_words(source).to_owned()),
            Self::Selected => filter.selected.as_ref().map(|selected| selected_words(actions, selected)),
            Self::Weekday => filter.weekday.map(|weekday| weekday_name(actions.services, weekday)),
            Self::Month => filter.month.map(|month| month_name(actions.services, month)),
            Self::Size => filter.size.map(size_words),
            Self::Lens => filter.exposed.lens.as_deref().map(lens_name),
            Self::Exposure(facet) => {
                filter.exposed.span(facet).map(|span| span_words(facet, span, actions.services.numbers()))
            }
        }
    }
}

#[component]
pub(super) fn Chip(part: Part) -> impl IntoView {
    let actions = use_actions();
    let address = actions.address;
    let words = Memo::new(move |_| address.filter.with(|filter| part.words(actions, filter)).unwrap_or_default());
    let remove = move || {
        let filter = address.filter.get_untracked();
        let place = Part::ALL.iter().filter(|other| other.is_set(&filter)).position(|other| *other == part);
        address.narrow(&part.removed(filter));
        // The chip that comes into its place, or the last one, or where chips come from.
        let next = format!(".filter-chips > :nth-child({}) button", place.unwrap_or_default() + 1);
        hand_on_focus([next, ".filter-chips > :last-child button".to_owned(), ".filter > .button".to_owned()]);
    };
    view! {
        <span class="chip">
            <bdi>{words}</bdi>
            // Its words change with what it says.
            {move || view! { <IconButton sign=Sign::Close label=format!("Remove {}", words.get()) on_press=remove/> }}
        </span>
    }
}

/// How many there are, or that nobody knows any more: they are kept by the tab in which they were selected.
fn selected_words(actions: Actions, selected: &Selected) -> String {
    match actions.selected_rows(selected).map(|rows| rows.len()) {
        Some(1) => "1 selected photo".to_owned(),
        Some(count) => format!("{} selected photos", actions.services.count(count as u64)),
        None => "Photos selected in another tab, not known here".to_owned(),
    }
}

pub(super) fn kind_words(kind: Kind) -> &'static str {
    match kind {
        Kind::Photo => "Photos",
        Kind::Video => "Videos",
    }
}

pub(super) fn orientation_words(orientation: Orientation) -> &'static str {
    match orientation {
        Orientation::Landscape => "Landscape",
        Orientation::Portrait => "Portrait",
        Orientation::Square => "Square",
    }
}

pub(super) fn place_words(has: bool) -> &'static str {
    if has { "With a place" } else { "Without a place" }
}

pub(super) fn archived_words(is: bool) -> &'static str {
    if is { "Archived" } else { "Not archived" }
}

pub(super) fn trashed_words(is: bool) -> &'static str {
    if is { "In the trash" } else { "Not in the trash" }
}

pub(super) fn locked_words(is: bool) -> &'static str {
    if is { "In the locked folder" } else { "Not in the locked folder" }
}

pub(super) fn source_words(source: Source) -> &'static str {
    match source {
        Source::Account => "From the account",
        Source::Takeout => "From Takeout",
    }
}

pub(super) fn camera_words(camera: &Camera) -> String {
    camera_name(camera).unwrap_or_else(|| "Unknown camera".to_owned())
}

fn albums_words(actions: Actions, albums: &BTreeSet<AlbumKey>) -> String {
    actions.state.albums.with(|list| {
        let title = |key: &AlbumKey| match list {
            None => "Album".to_owned(),
            Some(list) => list
                .albums
                .get(*key)
                .map_or_else(|| "Album that is not here".to_owned(), |album| album_title(&album.album)),
        };
        album_titles(&albums.iter().map(title).collect::<Vec<_>>())
    })
}

fn days_words(actions: Actions, days: DayRange) -> String {
    let date = |day: Day| actions.services.date(i64::from(day.0) * 86_400, DateStyle::Short);
    let (is_begun, is_ended) = (days.first.to_string() != FIRST_DAY, days.last.to_string() != LAST_DAY);
    match (is_begun, is_ended) {
        _ if days.first == days.last => date(days.first),
        (true, false) => format!("From {}", date(days.first)),
        (false, true) => format!("Until {}", date(days.last)),
        _ => format!("{} – {}", date(days.first), date(days.last)),
    }
}
