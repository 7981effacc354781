//! Seeded libraries of which all is told that an account and an export tell of a photo, as awkwardly as files tell it.
//! Numbers and cells are compared with what they should be on these. Albums and times that a person put right are not in
//! them.

use albumen_core::photo::{Camera, Export, Exposure, LocalClock, Marks, MediaItem, Origin, Place, TimeBasis};

use crate::library::{self, mix};

/// Texts that some program or other takes for something else: formulas of spreadsheets, the ends of cells and lines, the
/// end of a text, words for nothing, numbers, marks that turn letters round, signs of several parts, and the same letter
/// written in two ways.
const AWKWARD: [&str; 29] = [
    "=1+1",
    "+49 170 555",
    "-2+3",
    "@SUM(A1:A9)",
    "\tbegins with a tab",
    "\rbegins with a return",
    "\nbegins with a line",
    "＝1+1",
    "a \"quoted\" name",
    "\"",
    "\"\"",
    "'single'",
    "one, two; three",
    "a line\nand another",
    "a line\r\nand another",
    "ends with a line\n",
    "before\0after",
    "\u{202e}gpj.exe",
    "\u{200f}עברית\u{200e} and more",
    "العربية",
    "👩‍👩‍👧‍👦 🇳🇵 🏳️‍🌈",
    "Zoe\u{308}",
    "Zo\u{eb}",
    "\u{feff}after a mark of order",
    "\u{2028}\u{2029}",
    "NA",
    "null",
    "1e5",
    "007",
];

/// Models may begin with them, and two of them are the same but for the case.
const MAKES: [&str; 4] = ["", "Acme", "ACME", "=cmd|' /C calc'!A0"];

const LENSES: [&str; 4] = ["EF24-105mm f/4L IS USM", "  iPhone back camera 4.25mm f/1.8 ", "XF 35mm F1.4 R", "50/1.4"];

/// Each at an end of a class, or beside one.
const F_NUMBERS: [f32; 14] = [0.95, 1.0, 1.39, 1.4, 1.78, 1.99, 2.0, 2.8, 4.0, 5.59, 5.6, 11.0, 22.0, 45.0];
const FOCAL_LENGTHS_MM: [f32; 10] = [1.54, 4.25, 15.9, 16.0, 23.95, 24.0, 50.0, 85.5, 599.9, 600.0];
const EQUIVALENTS_MM: [u16; 8] = [13, 23, 24, 35, 49, 50, 135, 1200];
/// The first is so short that it is taken for unknown. Of the others many are the first or the last millionth of a second of
/// their class.
const EXPOSURES_S: [f64; 28] = [
    0.000_000_1,
    1.0 / 32_000.0,
    0.000_119,
    0.000_12,
    1.0 / 8000.0,
    0.000_239,
    0.000_489,
    0.000_49,
    0.001_949,
    0.001_95,
    1.0 / 125.0,
    0.015_999,
    0.016,
    1.0 / 60.0,
    0.063_999,
    0.064,
    0.1,
    0.121_999,
    0.122,
    1.0 / 3.0,
    0.489_999,
    0.49,
    0.989_999,
    0.99,
    1.3,
    14.99,
    29.99,
    481.0,
];
const ISOS: [u32; 10] = [1, 49, 50, 64, 100, 199, 200, 12_800, 51_200, 3_280_000];
const SIZES_PX: [(u32, u32); 8] =
    [(0, 0), (1000, 999), (1000, 1000), (4000, 3000), (3999, 3000), (6000, 4000), (12_000, 4000), (u32::MAX, u32::MAX)];
const OFFSETS_MIN: [i16; 12] = [0, 60, 120, 330, 345, 570, 630, 765, 840, -210, -480, -720];
const BASES: [TimeBasis; 7] = [
    TimeBasis::ExifOffset,
    TimeBasis::ExifLocal,
    TimeBasis::GpsTime,
    TimeBasis::Place,
    TimeBasis::FileName,
    TimeBasis::PersonZone,
    TimeBasis::Utc,
];
const ORIGINS: [Origin; 8] = [
    Origin::Unknown,
    Origin::Phone,
    Origin::Web,
    Origin::Drive,
    Origin::Partner,
    Origin::SharedAlbum,
    Origin::Creation,
    Origin::Other,
];

/// 1890-01-01T00:00:00Z: scans are of when the picture was taken, before standard time too.
const OLDEST_S: i64 = -2_524_521_600;
const QUARTER_S: i64 = 900;
/// As finely as exports tell a place.
const PER_DEGREE: u64 = 10_000_000;

/// The item of this number in a library of `rows`.
pub(crate) fn item(number: u32, rows: u32) -> MediaItem {
    let mut chance = Chance(u64::from(number) << 20);
    let plain = library::item(number, rows);
    let taken_s = plain.taken_s.and_then(|taken_s| instant(&mut chance, taken_s));
    let (width_px, height_px) = if chance.one_in(5) { chance.of(&SIZES_PX) } else { (plain.width_px, plain.height_px) };
    let is_as_it_was = plain.exposure.frames_per_s.is_some() || chance.one_in(3);
    let exposure = if is_as_it_was { plain.exposure } else { exposure(&mut chance) };
    // Of one in four only the account tells.
    let export = (!chance.one_in(4)).then(|| Box::new(export(&mut chance, taken_s.is_some())));
    MediaItem {
        taken_s,
        width_px,
        height_px,
        exposure,
        file_name: chance.text(&plain.file_name),
        description: chance.text(&plain.description),
        camera: if chance.one_in(8) { camera(&mut chance) } else { plain.camera },
        export,
        ..plain
    }
}

/// One in forty has none, one in thirty is from before 1970. One in six is at the beginning of a quarter of an hour, or the
/// second before it: that is when clocks are put forward and back.
fn instant(chance: &mut Chance, taken_s: i64) -> Option<i64> {
    if chance.one_in(40) {
        return None;
    }
    let taken_s = if chance.one_in(30) { OLDEST_S + chance.below(-OLDEST_S as u64) as i64 } else { taken_s };
    let into_quarter_s = if chance.one_in(6) { taken_s.rem_euclid(QUARTER_S) + chance.below(2) as i64 } else { 0 };
    Some(taken_s - into_quarter_s)
}

fn camera(chance: &mut Chance) -> Camera {
    let make = chance.of(&MAKES).to_owned();
    let model = match chance.below(3) {
        0 => String::new(),
        1 => format!("{}{}", chance.of(&MAKES), chance.of(&AWKWARD)),
        _ => chance.of(&AWKWARD).to_owned(),
    };
    Camera { make, model }
}

fn exposure(chance: &mut Chance) -> Exposure {
    Exposure {
        f_number: chance.maybe(&F_NUMBERS),
        exposure_s: chance.maybe(&EXPOSURES_S),
        iso: chance.maybe(&ISOS),
        focal_length_mm: chance.maybe(&FOCAL_LENGTHS_MM),
        frames_per_s: None,
    }
}

fn export(chance: &mut Chance, is_dated: bool) -> Export {
    let clock = LocalClock { offset_min: chance.of(&OFFSETS_MIN), basis: chance.of(&BASES) };
    let lens = if chance.one_in(4) { chance.of(&AWKWARD) } else { chance.of(&LENSES) };
    Export {
        clock: (is_dated && !chance.one_in(5)).then_some(clock),
        place: if chance.one_in(3) { None } else { place(chance) },
        lens: if chance.one_in(3) { String::new() } else { lens.to_owned() },
        focal_length_35mm: chance.maybe(&EQUIVALENTS_MM),
        marks: Marks {
            favorited: chance.one_in(9),
            archived: chance.one_in(9),
            trashed: chance.one_in(9),
            locked: chance.one_in(9),
        },
        origin: chance.of(&ORIGINS),
        people: (0..chance.below(3)).map(|_| chance.of(&AWKWARD).to_owned()).collect(),
        has_motion: chance.one_in(5),
        has_edited: chance.one_in(5),
        is_in_account: !chance.one_in(3),
    }
}

/// Anywhere on Earth, poles and the line of dates among them.
fn place(chance: &mut Chance) -> Option<Place> {
    let mut degrees = |most: u64| {
        let edge = chance.below(50);
        let steps = chance.below(2 * most * PER_DEGREE + 1);
        let steps = if edge == 0 { 2 * most * PER_DEGREE } else { steps };
        (steps as i64 - (most * PER_DEGREE) as i64) as f64 / PER_DEGREE as f64
    };
    let (latitude, longitude) = (degrees(90), degrees(180));
    let altitude_m = chance.one_in(2).then(|| chance.below(90_000) as f64 / 10.0 - 100.0);
    Place::new(latitude, longitude, altitude_m)
}

/// A run of numbers that look like chance.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 += 1;
        mix(self.0)
    }

    /// 0 up to, but without, `end`.
    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    fn one_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }

    fn of<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len() as u64) as usize]
    }

    /// Unknown of one in six.
    fn maybe<T: Copy>(&mut self, list: &[T]) -> Option<T> {
        let chosen = self.of(list);
        (!self.one_in(6)).then_some(chosen)
    }

    /// One in ten is an awkward one.
    fn text(&mut self, plain: &str) -> String {
        let awkward = self.of(&AWKWARD);
        if self.one_in(10) { awkward.to_owned() } else { plain.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_same_every_time_and_has_every_awkward_thing() {
        const ROWS: u32 = 10_000;
        assert_eq!(item(4711, ROWS), item(4711, ROWS));
        let items: Vec<MediaItem> = (0..ROWS).map(|number| item(number, ROWS)).collect();
        let has = |is: &dyn Fn(&MediaItem) -> bool| items.iter().any(is);
        for text in AWKWARD {
            assert!(has(&|item| item.file_name == text) && has(&|item| item.camera.model == text), "{text:?}");
            let is_lens = |item: &MediaItem| item.export.as_ref().is_some_and(|export| export.lens == text);
            assert!(has(&is_lens), "{text:?}");
        }
        assert!(has(&|item| item.taken_s.is_none()) && has(&|item| item.taken_s.is_some_and(|taken_s| taken_s < 0)));
        assert!(has(&|item| item.taken_s.is_some_and(|taken_s| taken_s.rem_euclid(QUARTER_S) == QUARTER_S - 1)));
        for basis in BASES {
            assert!(has(&|item| item.taken().is_some_and(|taken| taken.basis == basis)), "{basis:?}");
        }
    }
}
