//! What was taken: cameras, kinds, sizes, and whether it is known where.

use std::sync::Arc;

use albumen_core::catalog::{Filter, SizeClass};
use albumen_core::photo::{Camera, Kind};
use leptos::prelude::*;

use super::card::{About, BarLine, Bars};
use super::clocked::one_head;
use super::counts::Numbers;
use super::table::Line;
use crate::app::actions::use_actions;
use crate::app::words::{camera_name, size_words};

/// As many cameras or lenses are drawn; the table has all of them.
pub(super) const MOST_BARS: usize = 12;
const BAR_PX: f64 = 24.0;
/// The axis, and the space above.
const AROUND_PX: f64 = 40.0;

/// So high is a chart of this many bars that lie across.
pub(super) fn height_px(bars: Memo<Option<Arc<Vec<BarLine>>>>) -> Signal<f64> {
    Signal::derive(move || {
        let count = bars.with(|bars| bars.as_ref().map_or(0, |bars| bars.len()));
        AROUND_PX + BAR_PX * count.clamp(2, MOST_BARS) as f64
    })
}

/// A name as it is written beside its bar, where a second line would be in the way of other bars.
pub(super) fn label(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// "and 5 more" where not all are drawn.
pub(super) fn more_words(bars: Memo<Option<Arc<Vec<BarLine>>>>) -> MaybeProp<String> {
    let actions = use_actions();
    MaybeProp::derive(move || {
        let more = bars.with(|bars| bars.as_ref().map_or(0, |bars| bars.len().saturating_sub(MOST_BARS)));
        (more > 0).then(|| format!("And {} more, in the numbers.", actions.services.count(more as u64)))
    })
}

/// A line's key is the camera's number in the dictionary.
#[component]
pub(super) fn Cameras(numbers: Numbers) -> impl IntoView {
    let actions = use_actions();
    let address = actions.address;
    let camera = move |number: i32| {
        let number = usize::try_from(number).unwrap_or_default();
        actions.state.with_hot_untracked(|hot| hot.cameras().get(number).cloned()).unwrap_or_default()
    };
    let about = About {
        title: Signal::stored("Photos per camera".to_owned()),
        unit: "Camera",
        file: "photos-per-camera",
        narrowed: Callback::new(move |number| Filter { camera: Some(camera(number)), ..address.filter.get() }),
        widened: Callback::new(move |()| Filter { camera: None, ..address.filter.get() }),
        is_chosen: Callback::new(move |number| address.filter.with(|filter| filter.camera == Some(camera(number)))),
        is_narrowed: Signal::derive(move || address.filter.with(|filter| filter.camera.is_some())),
    };
    let bars = Memo::new(move |_| {
        numbers.counted.with(|counted| {
            let counted = counted.as_ref()?;
            let bar = |(number, count): &(u16, u32)| {
                let name = name_of(&camera(i32::from(*number)));
                BarLine { label: label(&name), line: Line::new(i32::from(*number), name, *count) }
            };
            Some(Arc::new(counted.cameras.cameras().iter().map(bar).collect::<Vec<_>>()))
        })
    });
    view! { <Bars about heads=one_head() bars across=true most=MOST_BARS height_px=height_px(bars) note=more_words(bars)/> }
}

fn name_of(camera: &Camera) -> String {
    camera_name(camera).unwrap_or_else(|| "Unknown camera".to_owned())
}

#[component]
pub(super) fn Kinds(numbers: Numbers) -> impl IntoView {
    let address = use_actions().address;
    let kind = |key: i32| if key == 0 { Kind::Photo } else { Kind::Video };
    let about = About {
        title: Signal::stored("Photos and videos".to_owned()),
        unit: "Kind",
        file: "photos-and-videos",
        narrowed: Callback::new(move |key| Filter { kind: Some(kind(key)), ..address.filter.get() }),
        widened: Callback::new(move |()| Filter { kind: None, ..address.filter.get() }),
        is_chosen: Callback::new(move |key| address.filter.with(|filter| filter.kind == Some(kind(key)))),
        is_narrowed: Signal::derive(move || address.filter.with(|filter| filter.kind.is_some())),
    };
    let bars = Memo::new(move |_| {
        let totals = numbers.counted.with(|counted| Some(counted.as_ref()?.kinds.totals()))?;
        Some(Arc::new(lines_of([("Photos", totals.photos), ("Videos", totals.videos)])))
    });
    view! { <Bars about heads=one_head() bars across=true height_px=height_px(bars)/> }
}

#[component]
pub(super) fn Places(numbers: Numbers) -> impl IntoView {
    let actions = use_actions();
    let address = actions.address;
    let about = About {
        title: Signal::stored("Photos with and without a place".to_owned()),
        unit: "Place",
        file: "photos-with-place",
        narrowed: Callback::new(move |key| Filter { place: Some(key == 0), ..address.filter.get() }),
        widened: Callback::new(move |()| Filter { place: None, ..address.filter.get() }),
        is_chosen: Callback::new(move |key| address.filter.with(|filter| filter.place == Some(key == 0))),
        is_narrowed: Signal::derive(move || address.filter.with(|filter| filter.place.is_some())),
    };
    let shares = Memo::new(move |_| {
        numbers
            .counted
            .with(|counted| counted.as_ref().map(|counted| (counted.places.with_place, counted.places.without_place)))
    });
    let bars = Memo::new(move |_| {
        let (with_place, without_place) = shares.get()?;
        Some(Arc::new(lines_of([("With a place", with_place), ("Without a place", without_place)])))
    });
    let note = MaybeProp::derive(move || {
        let (with_place, without_place) = shares.get().filter(|(with, without)| with + without > 0)?;
        let share = f64::from(with_place) * 100.0 / f64::from(with_place + without_place);
        Some(format!("{} % have a place.", (actions.services.numbers())(share, 1)))
    });
    view! { <Bars about heads=one_head() bars across=true height_px=height_px(bars) note/> }
}

/// A line's key is the size's place among all.
#[component]
pub(super) fn Sizes(numbers: Numbers) -> impl IntoView {
    let address = use_actions().address;
    let size = |key: i32| usize::try_from(key).ok().and_then(|key| SizeClass::all().nth(key));
    let about = About {
        title: Signal::stored("Photos per size, in megapixels".to_owned()),
        unit: "Size",
        file: "photos-per-size",
        narrowed: Callback::new(move |key| Filter { size: size(key), ..address.filter.get() }),
        widened: Callback::new(move |()| Filter { size: None, ..address.filter.get() }),
        is_chosen: Callback::new(move |key| address.filter.with(|filter| filter.size == size(key))),
        is_narrowed: Signal::derive(move || address.filter.with(|filter| filter.size.is_some())),
    };
    let bars = Memo::new(move |_| {
        numbers.counted.with(|counted| {
            let counted = counted.as_ref()?;
            let bar = |class: SizeClass| BarLine {
                line: Line::new(class.number() as i32, size_words(class), counted.sizes.of_size(class)),
                label: size_label(class),
            };
            Some(Arc::new(SizeClass::all().map(bar).collect::<Vec<_>>()))
        })
    });
    view! { <Bars about heads=one_head() bars/> }
}

fn size_label(size: SizeClass) -> String {
    match size.megapixels() {
        None => "?".to_owned(),
        Some((0, _)) => "< 1".to_owned(),
        Some((least, None)) => format!("≥ {least}"),
        Some((least, Some(_))) => least.to_string(),
    }
}

fn lines_of<const N: usize>(counts: [(&str, u32); N]) -> Vec<BarLine> {
    let bar = |(key, (name, count)): (i32, (&str, u32))| BarLine {
        line: Line::new(key, name.to_owned(), count),
        label: name.to_owned(),
    };
    (0..).zip(counts).map(bar).collect()
}
