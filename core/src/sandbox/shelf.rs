//! The seeded library: any of its items, made anew from its number whenever it is asked for.
//!
//! Nothing is kept but how many items lie before each day, so that a library of a million weighs 22 kB. Items are
//! numbered from the oldest to the newest.

use std::sync::{Arc, Mutex, PoisonError};

use super::calendar::Day;
use super::cameras::{self, Camera, Moment, Moving, Role};
use super::chance::{Chance, mix};
use super::light::{self, Exposure, Scene};
use super::people::{Landscape, Life};

/// What a library is asked for at most.
pub(super) const MOST_ITEMS: u32 = 1_000_000;

/// Whose library is as large as this has once left a camera running from dawn to dusk: so many of its items are of one
/// day, for people have such days.
const TIME_LAPSE_FROM: u32 = MOST_ITEMS;
const TIME_LAPSE: u32 = 70_000;
/// 2020-06-20, the longest day.
const TIME_LAPSE_DAY: Day = Day(18_433);

/// A media item of the seeded library.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ShelfItem {
    /// From the oldest (0) to the newest.
    pub(super) index: u32,
    pub(super) taken_s: i64,
    pub(super) file_name: String,
    pub(super) mime_type: &'static str,
    pub(super) width_px: u32,
    pub(super) height_px: u32,
    pub(super) what: What,
    pub(super) description: Option<String>,
    pub(super) favorite: bool,
    pub(super) scene: Scene,
}

/// What kind of item it is, and what its file says of its making.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum What {
    Photo {
        make: &'static str,
        model: &'static str,
        exposure: Exposure,
    },
    /// Its file says nothing of a camera.
    Screenshot,
    /// Google says nothing at all about how it was made: `mediaMetadata.photo` is missing.
    Bare,
    Video {
        make: &'static str,
        model: &'static str,
        frames_per_s: f64,
    },
}

impl What {
    pub(super) fn is_video(&self) -> bool {
        matches!(self, Self::Video { .. })
    }
}

/// The library of one life.
pub(super) struct Shelf {
    seed: u64,
    pub(super) life: Life,
    /// How many items lie before each day of the life, and the whole number at the end.
    before: Vec<u32>,
    /// The shots of the day that was asked for last: to find one of a large day takes all of them.
    recent: Mutex<Option<(Day, Arc<[Shot]>)>>,
}

/// One press of the shutter.
#[derive(Clone, Copy)]
struct Shot {
    second_of_day: u32,
    local_s: i64,
    moment: u64,
    nth: u32,
}

impl Shelf {
    /// `items` of a million at most, the newest of them on `last`.
    pub(super) fn new(seed: u64, items: u32, last: Day) -> Self {
        let items = items.min(MOST_ITEMS);
        let life = Life::new(seed, last);
        let has_lapse = items >= TIME_LAPSE_FROM && (life.first..=life.last).contains(&TIME_LAPSE_DAY);
        let lapse = if has_lapse { TIME_LAPSE } else { 0 };
        let mut sums = Vec::with_capacity((life.last.0 - life.first.0 + 2) as usize);
        let mut sum = 0.0;
        for day in life.first.0..=life.last.0 {
            sums.push(sum);
            sum += life.weight(Day(day));
        }
        let mut before: Vec<u32> = sums.iter().map(|s| (f64::from(items - lapse) * s / sum) as u32).collect();
        for (before, day) in before.iter_mut().zip(life.first.0..) {
            *before += if day > TIME_LAPSE_DAY.0 { lapse } else { 0 };
        }
        // The newest item lies on the last day, whatever the dice said of it, and so before none.
        for day in &mut before {
            *day = (*day).min(items.saturating_sub(1));
        }
        before.push(items);
        Self { seed, life, before, recent: Mutex::default() }
    }

    pub(super) fn len(&self) -> u32 {
        self.before.last().copied().unwrap_or(0)
    }

    /// The numbers of the items of a UTC day.
    pub(super) fn of_day(&self, day: Day) -> std::ops::Range<u32> {
        let nth = i64::from(day.0) - i64::from(self.life.first.0);
        match usize::try_from(nth) {
            Ok(nth) if nth + 1 < self.before.len() => self.before[nth]..self.before[nth + 1],
            Ok(_) => self.len()..self.len(),
            Err(_) => 0..0,
        }
    }

    /// The items of a UTC day, oldest first.
    pub(super) fn items_of_day(&self, day: Day) -> Vec<ShelfItem> {
        let range = self.of_day(day);
        self.shots(day).iter().zip(range).map(|(shot, index)| self.item_of(day, *shot, index)).collect()
    }

    /// The item of this number.
    pub(super) fn item(&self, index: u32) -> Option<ShelfItem> {
        let (day, nth) = self.day_of(index)?;
        let shot = *self.shots(day).get(nth)?;
        Some(self.item_of(day, shot, index))
    }

    /// Up to `most` of the items that are numbered below `end`, the newest first.
    pub(super) fn newest_before(&self, end: u32, most: u32) -> Vec<ShelfItem> {
        let mut end = end.min(self.len());
        let first = end.saturating_sub(most);
        let mut items = Vec::with_capacity((end - first) as usize);
        while let Some((day, _)) = end.checked_sub(1).filter(|last| *last >= first).and_then(|last| self.day_of(last)) {
            let of_day = self.of_day(day);
            let shots = self.shots(day);
            let from = of_day.start.max(first);
            items.extend(
                (from..end).rev().map(|index| self.item_of(day, shots[(index - of_day.start) as usize], index)),
            );
            end = from;
        }
        items
    }

    fn day_of(&self, index: u32) -> Option<(Day, usize)> {
        if index >= self.len() {
            return None;
        }
        let nth = self.before.partition_point(|before| *before <= index) - 1;
        Some((Day(self.life.first.0 + nth as i32), (index - self.before[nth]) as usize))
    }

    /// The day's presses of the shutter in their order.
    fn shots(&self, day: Day) -> Arc<[Shot]> {
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        match &*recent {
            Some((of, shots)) if *of == day => Arc::clone(shots),
            _ => {
                let shots: Arc<[Shot]> = self.moments(day, self.of_day(day).len()).into();
                *recent = Some((day, Arc::clone(&shots)));
                shots
            }
        }
    }

    /// A few moments of a day, each of a few pictures, `count` in all.
    fn moments(&self, day: Day, count: usize) -> Vec<Shot> {
        let mut chance = Chance::new(mix(self.seed ^ 0x7368_6f74, day.0 as u64));
        let offset_s = i64::from(self.life.offset_min(day)) * 60;
        let mut shots = Vec::with_capacity(count);
        let mut number = 0;
        while shots.len() < count {
            let moment = mix(mix(self.seed, day.0 as u64), number);
            number += 1;
            let start_s = self.life.minute_of_day(day, &mut chance) * 60 + chance.range(0..60);
            let burst = chance.happens(0.12);
            let pictures = if burst { chance.range(4..12) } else { 1 + chance.range(0..6) / 2 };
            let mut after_s = 0;
            for nth in 0..pictures.min((count - shots.len()) as u32) {
                let local = i64::from(start_s + after_s).rem_euclid(86_400);
                let of_day = (local - offset_s).rem_euclid(86_400);
                let taken_s = i64::from(day.0) * 86_400 + of_day;
                shots.push(Shot { second_of_day: of_day as u32, local_s: taken_s + offset_s, moment, nth });
                after_s += if burst { u32::from(nth % 3 == 2) } else { chance.range(4..140) };
            }
        }
        shots.sort_by_key(|shot| shot.second_of_day);
        shots
    }

    fn item_of(&self, day: Day, shot: Shot, index: u32) -> ShelfItem {
        let mut of_moment = Chance::new(shot.moment);
        let of_shot = mix(shot.moment, u64::from(shot.nth));
        let mut chance = Chance::new(of_shot);
        let place = self.life.place(day);
        let landscape = match of_moment.part() {
            part if part < 0.14 => Landscape::Indoors,
            _ => *of_moment.one(&place.landscapes),
        };
        let mut scene = light::scene(place.latitude, day, shot.local_s, landscape, of_shot);
        // After dark people are at home or in town; few stand in a field.
        let night = (of_moment.happens(0.75), of_moment.happens(0.6));
        if scene.light < -0.1 && landscape != Landscape::City && night.0 {
            scene.landscape = if night.1 { Landscape::Indoors } else { Landscape::City };
        }
        let landscape = scene.landscape;
        let taken_s = i64::from(day.0) * 86_400 + i64::from(shot.second_of_day);
        let mut item = ShelfItem {
            index,
            taken_s,
            file_name: String::new(),
            mime_type: "image/jpeg",
            width_px: 0,
            height_px: 0,
            what: What::Bare,
            description: self.life.description(day, &mut chance),
            favorite: chance.happens(0.04),
            scene,
        };
        let moment = Moment { utc_s: taken_s, local_s: shot.local_s, count: index };
        // A screenshot stands alone; the first of its moment decides.
        if shot.nth == 0 && of_moment.happens(0.035) {
            item.file_name = cameras::screenshot_name(shot.local_s);
            item.mime_type = "image/png";
            (item.width_px, item.height_px) = (1080, 2160);
            item.what = What::Screenshot;
            item.scene.landscape = Landscape::Indoors;
            item.scene.screenshot = true;
            return item;
        }
        let camera = self.camera(day, landscape, &mut of_moment);
        if chance.happens(if camera.role == Role::Action { 0.45 } else { 0.055 }) {
            as_video(&mut item, camera, &moment, &mut chance);
        } else {
            as_photo(&mut item, camera, &moment, &mut chance);
        }
        item
    }

    fn camera(&self, day: Day, landscape: Landscape, of_moment: &mut Chance) -> &'static Camera {
        let away = self.life.trip(day).is_some();
        let free = matches!(day.weekday(), 0 | 6);
        let (serious, action) = (of_moment.part(), of_moment.part());
        if away
            && matches!(landscape, Landscape::Sea | Landscape::Mountains)
            && action < 0.12
            && let Some(camera) = cameras::camera_of(Role::Action, day)
        {
            return camera;
        }
        if serious
            < if away {
                0.5
            } else if free {
                0.22
            } else {
                0.06
            }
            && let Some(camera) = cameras::camera_of(Role::Serious, day)
        {
            return camera;
        }
        cameras::phone_of(day)
    }
}

fn as_video(item: &mut ShelfItem, camera: &Camera, moment: &Moment, chance: &mut Chance) {
    item.file_name = cameras::file_name(camera.naming, Moving::Video, moment, chance);
    item.mime_type = if item.file_name.ends_with("MOV") { "video/quicktime" } else { "video/mp4" };
    let (width, height) = camera.video_px;
    let standing = camera.role == Role::Phone && chance.happens(0.5);
    (item.width_px, item.height_px) = if standing { (height, width) } else { (width, height) };
    item.what = What::Video { make: camera.make, model: camera.model, frames_per_s: camera.frames_per_s };
}

fn as_photo(item: &mut ShelfItem, camera: &Camera, moment: &Moment, chance: &mut Chance) {
    item.file_name = cameras::file_name(camera.naming, Moving::Still, moment, chance);
    let (width, height) = camera.still_px;
    let standing = chance.happens(match camera.role {
        Role::Phone => 0.42,
        Role::Serious => 0.22,
        Role::Action => 0.0,
    });
    (item.width_px, item.height_px) = if standing { (height, width) } else { (width, height) };
    let outdoors = !matches!(item.scene.landscape, Landscape::Indoors);
    if camera.role == Role::Phone && outdoors && !standing && chance.happens(0.03) {
        // A swept panorama: as high as the sensor is, and two to four times as wide.
        (item.width_px, item.height_px) = (height * chance.range(20..44) / 10, height);
    }
    // A few files came through messengers, which strip all that the camera wrote.
    item.what = if chance.happens(0.012) {
        What::Bare
    } else {
        What::Photo { make: camera.make, model: camera.model, exposure: light::expose(camera, &item.scene, chance) }
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shelf(items: u32) -> Shelf {
        Shelf::new(1, items, Day::from_ymd(2026, 11, 1).unwrap())
    }

    #[test]
    fn a_library_holds_exactly_as_many_items_as_it_was_asked_for_in_the_order_of_their_taking() {
        let last = Day::from_ymd(2026, 11, 1).unwrap();
        // Some lives end in days without a photo, which must not keep the newest twice.
        let lives = (0..60).map(|day| (3200, Day(last.0 + day)));
        for (items, last) in lives.chain([0, 1, 2, 100].map(|items| (items, last))) {
            let shelf = Shelf::new(1, items, last);
            let all: Vec<_> =
                (shelf.life.first.0..=shelf.life.last.0).flat_map(|day| shelf.items_of_day(Day(day))).collect();
            assert_eq!(all.len(), items as usize);
            assert!(all.iter().zip(0..).all(|(item, nth)| item.index == nth));
            assert!(all.windows(2).all(|pair| pair[0].taken_s <= pair[1].taken_s));
            assert!(all.last().is_none_or(|item| Day::of_utc_s(item.taken_s) == shelf.life.last));
        }
    }

    #[test]
    fn an_item_is_the_same_alone_as_among_its_day() {
        let shelf = shelf(3200);
        for index in (0..3200).step_by(37) {
            let item = shelf.item(index).unwrap();
            assert_eq!(shelf.items_of_day(Day::of_utc_s(item.taken_s)).iter().find(|i| i.index == index), Some(&item));
        }
        assert_eq!(shelf.item(3200), None);
    }

    #[test]
    fn a_million_items_can_be_reached_anywhere() {
        let shelf = shelf(MOST_ITEMS);
        assert_eq!(shelf.len(), 1_000_000);
        for index in [0, 1, 499_999, 999_998, 999_999] {
            assert_eq!(shelf.item(index).unwrap().index, index);
        }
    }

    #[test]
    fn only_the_largest_library_has_a_day_of_seventy_thousand() {
        let (large, smaller) = (shelf(TIME_LAPSE_FROM), shelf(TIME_LAPSE_FROM - 1));
        assert_eq!(TIME_LAPSE_DAY, Day::from_ymd(2020, 6, 20).unwrap());
        assert!((70_000..71_000).contains(&large.of_day(TIME_LAPSE_DAY).len()));
        assert!(smaller.of_day(TIME_LAPSE_DAY).len() < 1000);
        let of_day = large.of_day(TIME_LAPSE_DAY);
        for index in [of_day.start, of_day.start + 35_000, of_day.end - 1] {
            assert_eq!(Day::of_utc_s(large.item(index).unwrap().taken_s), TIME_LAPSE_DAY);
        }
        // A life that begins after that day, or ends before it, has none.
        let early = Shelf::new(1, MOST_ITEMS, Day::from_ymd(2019, 1, 1).unwrap());
        assert_eq!((early.len(), early.of_day(TIME_LAPSE_DAY).len()), (MOST_ITEMS, 0));
    }

    #[test]
    fn items_are_had_from_the_newest_on_whatever_days_they_are_of() {
        let shelf = shelf(3200);
        let all: Vec<ShelfItem> = (0..3200).rev().filter_map(|index| shelf.item(index)).collect();
        for (end, most) in [(3200, 3200), (u32::MAX, 10), (3200, 1), (1700, 333), (5, 10), (1, 1), (0, 10), (7, 0)] {
            let skipped = 3200 - end.min(3200) as usize;
            let expected = &all[skipped..(skipped + most as usize).min(3200)];
            assert_eq!(shelf.newest_before(end, most), expected, "{most} before {end}");
        }
    }

    #[test]
    fn the_library_holds_what_libraries_hold() {
        let shelf = shelf(3200);
        let all: Vec<_> = (0..3200).filter_map(|index| shelf.item(index)).collect();
        let share = |wanted: &dyn Fn(&ShelfItem) -> bool| all.iter().filter(|i| wanted(i)).count() as f32 / 3200.0;
        let videos = share(&|i| i.what.is_video());
        assert!((0.03..0.12).contains(&videos), "{videos}");
        assert!(share(&|i| i.what == What::Screenshot) > 0.005);
        assert!(share(&|i| i.what == What::Bare) > 0.003);
        assert!(share(&|i| i.description.is_some()) > 0.015);
        assert!(share(&|i| i.height_px > i.width_px) > 0.2);
        assert!(share(&|i| i.width_px >= 2 * i.height_px) > 0.003);
        let models: std::collections::BTreeSet<_> = all
            .iter()
            .filter_map(|i| match i.what {
                What::Photo { model, .. } | What::Video { model, .. } => Some(model),
                _ => None,
            })
            .collect();
        assert!((7..=9).contains(&models.len()), "{models:?}");
    }

    #[test]
    fn another_seed_is_another_library() {
        let day = Day::from_ymd(2026, 11, 1).unwrap();
        let (one, two) = (Shelf::new(1, 500, day), Shelf::new(2, 500, day));
        assert_ne!(one.item(250), two.item(250));
    }
}
