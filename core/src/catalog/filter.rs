//! What narrows a view, and its words in the address bar.

use std::collections::BTreeSet;

use form_urlencoded::Serializer;

use super::{Clock, Selected, SizeClass, Source};
use crate::photo::{AlbumKey, Bounds, Camera, Day, DayRange, Exposed, Facet, Kind};

/// What is left out of Photos, Insights and Places. The default leaves nothing out; whoever is to be left in must be all that
/// is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only these local days.
    pub days: Option<DayRange>,
    /// Only this local hour, 0 to 23.
    pub hour: Option<u8>,
    /// By which clock days and hours are read.
    pub clock: Clock,
    pub kind: Option<Kind>,
    /// Only this camera, by its very make and model; with neither, only what has no known camera.
    pub camera: Option<Camera>,
    /// Only what is in any of these albums, where there are any.
    pub albums: BTreeSet<AlbumKey>,
    /// Only where all words of this occur in file name or description, as typed; never blank.
    pub text: Option<String>,
    pub orientation: Option<Orientation>,
    /// Only what this source told of, whoever else did.
    pub source: Option<Source>,
    /// Only what is known to have been taken somewhere; or what is not.
    pub place: Option<bool>,
    /// Only what is known to have been taken in this part of the Earth.
    pub within: Option<Bounds>,
    /// Only what the person marked as a favorite.
    pub favorite: bool,
    /// Only what is archived; or what is not.
    pub archived: Option<bool>,
    /// Only what is in the trash; or what is not.
    pub trashed: Option<bool>,
    /// Only what is in the locked folder; or what is not.
    pub locked: Option<bool>,
    /// Only these rows.
    pub selected: Option<Selected>,
    /// Only this day of the week, 0 (Monday) to 6.
    pub weekday: Option<u8>,
    /// Only this month of any year, 1 to 12.
    pub month: Option<u8>,
    /// Only pictures of this size.
    pub size: Option<SizeClass>,
    /// Only what was so exposed.
    pub exposed: Exposed,
    /// Days that are laid over those that are asked for. They leave nothing out.
    pub beside: Option<DayRange>,
}

/// The shape of a picture as shown. One of unknown size has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Orientation {
    /// Wider than tall.
    Landscape,
    /// Taller than wide.
    Portrait,
    /// As wide as tall, to the pixel.
    Square,
}

impl Filter {
    /// Reads `days=2019-01-01..2019-12-31&hour=14&zone=utc&kind=video&make=Canon&model=EOS+R&text=at+sea&`
    /// `album=0123456789abcdef&orientation=landscape&source=takeout&place=yes&within=48.1,16.2,48.3,16.6&favorite=yes&`
    /// `archived=no&trashed=no&locked=no&selected=3-17.20&weekday=mon&month=6&megapixels=12&lens=…&focal=24..34.9&`
    /// `f=1.4..1.99&exposure=0.001..&iso=100..199&with=2018-01-01..2018-12-31`, with or without the `?`; there may be
    /// several albums. What is unknown or makes no
    /// sense is passed over: an address comes from anywhere.
    pub fn from_query(query: &str) -> Self {
        let mut filter = Self::default();
        for (key, value) in form_urlencoded::parse(query.trim_start_matches('?').as_bytes()) {
            match &*key {
                "days" => filter.days = read_days(&value).or(filter.days),
                "hour" => filter.hour = value.parse().ok().filter(|hour| *hour < 24).or(filter.hour),
                "zone" => filter.clock = Clock::read(&value),
                "kind" => filter.kind = read_kind(&value).or(filter.kind),
                "make" => filter.camera.get_or_insert_default().make = value.into_owned(),
                "model" => filter.camera.get_or_insert_default().model = value.into_owned(),
                "album" => filter.albums.extend(AlbumKey::parse(&value)),
                "text" => filter.text = (!value.trim().is_empty()).then(|| value.into_owned()).or(filter.text),
                "orientation" => filter.orientation = Orientation::read(&value).or(filter.orientation),
                "source" => filter.source = read_source(&value).or(filter.source),
                "place" => filter.place = read_answer(&value).or(filter.place),
                "within" => filter.within = Bounds::parse(&value).or(filter.within),
                "favorite" => filter.favorite = value == "yes",
                "archived" => filter.archived = read_answer(&value).or(filter.archived),
                "trashed" => filter.trashed = read_answer(&value).or(filter.trashed),
                "locked" => filter.locked = read_answer(&value).or(filter.locked),
                "weekday" => filter.weekday = read_weekday(&value).or(filter.weekday),
                "month" => filter.month = value.parse().ok().filter(|month| (1..=12).contains(month)).or(filter.month),
                "megapixels" => filter.size = SizeClass::read(&value).or(filter.size),
                "lens" => filter.exposed.lens = Some(value.into_owned()),
                "with" => filter.beside = read_days(&value).or(filter.beside),
                "selected" => filter.selected = Selected::read(&value).or(filter.selected),
                key => {
                    if let Some(facet) = Facet::ALL.into_iter().find(|facet| facet_word(*facet) == key) {
                        let span = facet.read(&value).or(filter.exposed.span(facet));
                        filter.exposed = filter.exposed.with_span(facet, span);
                    }
                }
            }
        }
        filter
    }

    /// The query that says it, without the `?`; empty when nothing is narrowed.
    pub fn to_query(&self) -> String {
        let mut query = Serializer::new(String::new());
        if let Some(days) = self.days {
            query.append_pair("days", &days_word(days));
        }
        if let Some(hour) = self.hour {
            query.append_pair("hour", &hour.to_string());
        }
        if let Some(word) = self.clock.word() {
            query.append_pair("zone", word);
        }
        if let Some(kind) = self.kind {
            query.append_pair("kind", kind_word(kind));
        }
        if let Some(Camera { make, model }) = &self.camera {
            query.append_pair("make", make).append_pair("model", model);
        }
        for album in &self.albums {
            query.append_pair("album", &album.to_string());
        }
        if let Some(text) = self.text.as_ref().filter(|text| !text.trim().is_empty()) {
            query.append_pair("text", text);
        }
        if let Some(orientation) = self.orientation {
            query.append_pair("orientation", orientation.word());
        }
        if let Some(source) = self.source {
            query.append_pair("source", source_word(source));
        }
        let answers = [
            ("place", self.place),
            ("favorite", self.favorite.then_some(true)),
            ("archived", self.archived),
            ("trashed", self.trashed),
            ("locked", self.locked),
        ];
        for (key, answer) in answers {
            if let Some(answer) = answer {
                query.append_pair(key, if answer { "yes" } else { "no" });
            }
        }
        if let Some(within) = self.within {
            query.append_pair("within", &within.to_string());
        }
        if let Some(selected) = &self.selected {
            query.append_pair("selected", &selected.word());
        }
        if let Some(weekday) = self.weekday {
            query.append_pair("weekday", weekday_word(weekday));
        }
        if let Some(month) = self.month {
            query.append_pair("month", &month.to_string());
        }
        if let Some(size) = self.size {
            query.append_pair("megapixels", &size.word());
        }
        if let Some(lens) = &self.exposed.lens {
            query.append_pair("lens", lens);
        }
        for facet in Facet::ALL {
            if let Some(span) = self.exposed.span(facet) {
                query.append_pair(facet_word(facet), &facet.write(span));
            }
        }
        if let Some(days) = self.beside {
            query.append_pair("with", &days_word(days));
        }
        query.finish()
    }

    /// Whether it leaves anything out.
    pub fn is_narrowing(&self) -> bool {
        *self != Self { clock: self.clock, beside: self.beside, ..Self::default() }
    }
}

impl Orientation {
    /// Of a size in pixels; `None` where either is unknown (0).
    pub fn of(width_px: u32, height_px: u32) -> Option<Self> {
        match (width_px, height_px) {
            (0, _) | (_, 0) => None,
            (width, height) if width > height => Some(Self::Landscape),
            (width, height) if width < height => Some(Self::Portrait),
            _ => Some(Self::Square),
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Landscape => "landscape",
            Self::Portrait => "portrait",
            Self::Square => "square",
        }
    }

    fn read(word: &str) -> Option<Self> {
        [Self::Landscape, Self::Portrait, Self::Square].into_iter().find(|orientation| orientation.word() == word)
    }
}

fn kind_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Photo => "photo",
        Kind::Video => "video",
    }
}

fn read_kind(word: &str) -> Option<Kind> {
    [Kind::Photo, Kind::Video].into_iter().find(|kind| kind_word(*kind) == word)
}

fn source_word(source: Source) -> &'static str {
    match source {
        Source::Account => "account",
        Source::Takeout => "takeout",
    }
}

fn read_source(word: &str) -> Option<Source> {
    Source::ALL.into_iter().find(|source| source_word(*source) == word)
}

fn read_answer(word: &str) -> Option<bool> {
    match word {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

fn weekday_word(weekday: u8) -> &'static str {
    WEEKDAYS[usize::from(weekday) % WEEKDAYS.len()]
}

fn read_weekday(word: &str) -> Option<u8> {
    WEEKDAYS.iter().position(|weekday| *weekday == word).map(|at| at as u8)
}

fn facet_word(facet: Facet) -> &'static str {
    match facet {
        Facet::FocalLength => "focal",
        Facet::FNumber => "f",
        Facet::ExposureTime => "exposure",
        Facet::Iso => "iso",
    }
}

fn days_word(days: DayRange) -> String {
    let DayRange { first, last } = days;
    if first == last { first.to_string() } else { format!("{first}..{last}") }
}

/// `2019-01-01..2019-12-31`, or one day.
fn read_days(value: &str) -> Option<DayRange> {
    let (first, last) = value.split_once("..").unwrap_or((value, value));
    let days = DayRange { first: Day::parse_iso(first)?, last: Day::parse_iso(last)? };
    (days.first <= days.last).then_some(days)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::ZoneName;
    use crate::photo::Span;
    use proptest::option;
    use proptest::prelude::*;

    #[test]
    fn foreign_and_hostile_queries_narrow_nothing() {
        for query in [
            "",
            "?",
            "a=b",
            "days=",
            "days=2019-02-30",
            "days=2019-02-02..2019-02-01",
            "hour=24",
            "hour=-1",
            "zone=mars",
            "kind=sound",
            "text=",
            "text=+%20%09",
            "orientation=round",
            "album=",
            "album=0123456789ABCDEF",
            "album=+123456789abcdef",
            "place=maybe",
            "within=",
            "within=2,0,1,0",
            "favorite=no",
            "source=mars",
            "archived=",
            "selected=",
            "selected=k",
            "zone=a/%00",
            "weekday=Monday",
            "weekday=7",
            "month=0",
            "month=13",
            "megapixels=3",
            "iso=..",
            "f=x",
            "with=2019",
            "%",
            "=&&=",
        ] {
            assert_eq!(Filter::from_query(query), Filter::default(), "{query}");
        }
    }

    #[test]
    fn words_of_an_address_are_read_as_a_person_writes_them() {
        let filter = Filter::from_query("?days=2019-01-01..2019-12-31&kind=video&make=Canon&text=am%20Meer+%26+so");
        assert_eq!(filter.camera, Some(Camera { make: "Canon".into(), model: String::new() }));
        assert_eq!((filter.kind, filter.text.as_deref()), (Some(Kind::Video), Some("am Meer & so")));
        assert_eq!(filter.to_query(), "days=2019-01-01..2019-12-31&kind=video&make=Canon&model=&text=am+Meer+%26+so");
        assert_eq!(Filter::from_query("kind=photo&kind=x").kind, Some(Kind::Photo), "nonsense undoes no sense");
    }

    #[test]
    fn whose_clock_is_read_leaves_nothing_out() {
        for clock in [Clock::Own, Clock::Utc, Clock::Local, Clock::Zone(ZoneName::new("Asia/Tokyo").unwrap())] {
            assert!(!Filter { clock, ..Filter::default() }.is_narrowing());
        }
        let beside = Some(DayRange { first: Day(0), last: Day(1) });
        assert!(!Filter { beside, ..Filter::default() }.is_narrowing());
        assert!(Filter { favorite: true, ..Filter::default() }.is_narrowing());
    }

    prop_compose! {
        fn any_filter()(
            days in option::of((-700_000_i32..2_900_000, 0..10_000_i32)),
            hour in option::of(0_u8..24),
            clock in prop_oneof![
                Just(Clock::Own),
                Just(Clock::Utc),
                Just(Clock::Local),
                "[A-Z][a-z_]{0,9}/[A-Z][a-z+-]{0,9}".prop_map(|name| ZoneName::new(&name).map(Clock::Zone).unwrap()),
            ],
            (weekday, month, size) in (option::of(0_u8..7), option::of(1_u8..13), option::of(0..SizeClass::COUNT)),
            (lens, spans) in (option::of(any::<String>()), prop::array::uniform4(option::of((2_u32..9_000, 0_u32..9_000)))),
            beside in option::of((-700_000_i32..2_900_000, 0..10_000_i32)),
            source in option::of(prop_oneof![Just(Source::Account), Just(Source::Takeout)]),
            place: Option<bool>,
            within in option::of((-900_i32..=0, -1800..=1800_i32, 0..=900_i32, -1800..=1800_i32)),
            favorite: bool,
            [archived, trashed, locked]: [Option<bool>; 3],
            kind in option::of(prop_oneof![Just(Kind::Photo), Just(Kind::Video)]),
            albums in prop::collection::btree_set(any::<u64>().prop_map(AlbumKey), 0..4),
            camera in option::of((any::<String>(), any::<String>())),
            text in option::of(any::<String>()),
            selected in option::of(prop_oneof![
                proptest::collection::btree_set(0..900_u32, 1..20).prop_map(|rows| Selected::Rows(rows.into_iter().collect())),
                "[0-9a-f]{1,16}".prop_map(Selected::Kept),
            ]),
            orientation in option::of(prop_oneof![Just(Orientation::Landscape), Just(Orientation::Portrait), Just(Orientation::Square)]),
        ) -> Filter {
            let range = |(first, length): (i32, i32)| DayRange { first: Day(first), last: Day(first + length) };
            let spans = Facet::ALL.into_iter().zip(spans.map(|span| span.map(|(least, more)| Span { least, most: least + more })));
            Filter {
                days: days.map(range),
                weekday,
                month,
                size: size.and_then(|number| SizeClass::all().nth(number)),
                exposed: spans.fold(Exposed::default().with_lens(lens), |exposed, (facet, span)| exposed.with_span(facet, span)),
                beside: beside.map(range),
                hour,
                clock,
                kind,
                camera: camera.map(|(make, model)| Camera { make, model }),
                albums,
                text: text.filter(|text| !text.trim().is_empty()),
                orientation,
                source,
                place,
                within: within.and_then(|(south, west, north, east)| {
                    let tenth = |number: i32| f64::from(number) / 10.0;
                    Bounds::new(tenth(south), tenth(west), tenth(north), tenth(east))
                }),
                favorite,
                archived,
                trashed,
                locked,
                selected,
            }
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(filter in any_filter()) {
            let query = filter.to_query();
            prop_assert_eq!(Filter::from_query(&query), filter.clone());
            prop_assert_eq!(Filter::from_query(&format!("?{query}&photo=7")), filter);
        }

        #[test]
        fn any_query_can_be_read(query in "\\PC*") {
            let _ = Filter::from_query(&query);
        }
    }
}
