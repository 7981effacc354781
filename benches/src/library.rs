//! Seeded libraries: fifteen years of somebody's photos, the same ones every time.

use albumen_core::photo::{Camera, Export, Exposure, Kind, LocalClock, MediaItem, Place, TimeBasis};
use jiff::Timestamp;

/// Make, model, the pixels of its sensor, and how its files are named.
const CAMERAS: [(&str, &str, u32, u32, Naming); 9] = [
    ("Canon", "Canon PowerShot A620", 3072, 2304, Naming::Counted("IMG_")),
    ("NIKON CORPORATION", "NIKON D90", 4288, 2848, Naming::Counted("DSC_")),
    ("Apple", "iPhone 4S", 3264, 2448, Naming::Counted("IMG_")),
    ("samsung", "GT-I9300", 3264, 2448, Naming::Dated("")),
    ("SONY", "ILCE-6000", 6000, 4000, Naming::Counted("DSC0")),
    ("LGE", "Nexus 5X", 4032, 3024, Naming::Dated("IMG_")),
    ("Google", "Pixel 3", 4032, 3024, Naming::Dated("IMG_")),
    ("Google", "Pixel 6", 4080, 3072, Naming::Dated("PXL_")),
    ("Apple", "iPhone 15 Pro", 5712, 4284, Naming::Counted("IMG_")),
];

const SUBJECTS: [&str; 12] = [
    "Birthday",
    "At the lake",
    "Grandma",
    "Sunset",
    "The new kitchen",
    "Hike",
    "Football",
    "Christmas",
    "Market",
    "Wedding",
    "Snow",
    "First day of school",
];
const PLACES: [&str; 8] = ["Lisbon", "at home", "Oslo", "in the garden", "Kyoto", "Zürich", "on the ferry", "Porto"];

const FIFTEEN_YEARS_S: i64 = 15 * 31_557_600;
/// 2026-06-30T20:00:00Z, when the newest was taken.
const NEWEST_S: i64 = 1_782_849_600;
/// Photos are taken in bursts: of so many on average.
const BURST: u32 = 24;

#[derive(Clone, Copy)]
enum Naming {
    /// `IMG_4711.JPG`
    Counted(&'static str),
    /// `IMG_20190612_142233.jpg`
    Dated(&'static str),
}

/// The item of this number in a library of `rows`, in the order in which Google tells them: the newest is number 0.
pub(crate) fn item(number: u32, rows: u32) -> MediaItem {
    let chance = mix(u64::from(number) << 20 | 7);
    let taken_s = taken_s(number, rows);
    let era = ((NEWEST_S - taken_s) * 6 / FIFTEEN_YEARS_S) as usize;
    // Of every era a few cameras are in use; the older the photo, the older they are.
    let (make, model, wide, high, naming) = CAMERAS[(CAMERAS.len() - 1).saturating_sub(era + (chance % 3) as usize)];
    let is_video = chance >> 8 & 15 == 0;
    let is_upright = chance >> 12 & 3 == 0;
    let is_panorama = chance >> 14 & 127 == 0;
    let (wide, high) = match (is_video, is_panorama) {
        (true, _) => (1920, 1080),
        (_, true) => (wide * 2, high),
        _ => (wide, high),
    };
    let (width_px, height_px) = if is_upright { (high, wide) } else { (wide, high) };
    let id = format!("AE{:016x}{:016x}{:016x}{number:08x}", mix(chance), mix(chance + 1), mix(chance + 2));
    MediaItem {
        product_url: format!("https://photos.google.com/lr/photo/{id}"),
        id,
        file_name: file_name(naming, number, rows, taken_s, is_video),
        description: description(chance >> 24),
        mime_type: if is_video { "video/mp4" } else { "image/jpeg" }.to_owned(),
        kind: if is_video { Kind::Video } else { Kind::Photo },
        taken_s: Some(taken_s),
        width_px,
        height_px,
        camera: Camera { make: make.to_owned(), model: model.to_owned() },
        exposure: Exposure {
            f_number: (!is_video).then_some([1.8, 2.2, 2.8, 5.6][(chance >> 32 & 3) as usize]),
            exposure_s: (!is_video).then_some(1.0 / [60.0, 125.0, 250.0, 1000.0][(chance >> 34 & 3) as usize]),
            iso: (!is_video).then_some(100 << (chance >> 36 & 3)),
            focal_length_mm: (!is_video).then_some([4.3, 6.8, 24.0, 50.0][(chance >> 38 & 3) as usize]),
            frames_per_s: is_video.then_some(30.0),
        },
        ..MediaItem::default()
    }
}

/// The same with the place that an export tells of: two bursts of three near home, the others in one of so many towns.
pub(crate) fn placed_item(number: u32, rows: u32) -> MediaItem {
    const TOWNS: u64 = 400;
    let part = |chance: u64| (chance % 100_000) as f64 / 100_000.0 - 0.5;
    let burst = mix(u64::from(number / BURST) + 77);
    let (latitude, longitude) = if burst % 3 < 2 {
        (48.2, 16.37)
    } else {
        let town = mix(burst % TOWNS + 1);
        (10.0 + 100.0 * part(town), 360.0 * part(mix(town)))
    };
    // A burst is within some streets, those of a town within some kilometers of one another.
    let scatter = |seed: u64, degrees: f64| degrees * part(mix(seed)) * (0.2 + part(mix(seed + 1)).abs());
    let near = |seed: u64| scatter(burst ^ seed, 0.4) + scatter(u64::from(number) << 8 | seed, 0.01);
    let place = Place::new(latitude + near(1), (longitude + near(2)).clamp(-180.0, 180.0), None);
    let clock = Some(LocalClock { offset_min: 60, basis: TimeBasis::Place });
    let export = Some(Box::new(Export { clock, place, ..Export::default() }));
    MediaItem { export, ..item(number, rows) }
}

/// Bursts lie by day, between eight and twenty o'clock; most days of most libraries have none.
fn taken_s(number: u32, rows: u32) -> i64 {
    const DAY_S: i64 = 86_400;
    let bursts = i64::from(rows.div_ceil(BURST));
    let (burst, within) = (number / BURST, number % BURST);
    let chance = mix(u64::from(burst) + 1);
    // Where a day has several bursts they take their turns through it.
    let from_newest_s = i64::from(burst) * FIFTEEN_YEARS_S / bursts;
    let (days, of_day_s) = (from_newest_s / DAY_S, from_newest_s % DAY_S);
    let jitter_s = (chance % 600) as i64 / bursts.div_euclid(1_000_000).max(1);
    NEWEST_S - days * DAY_S - of_day_s / 2 - jitter_s.min(300) - i64::from(within) * (1 + (chance >> 10 & 7) as i64)
}

fn file_name(naming: Naming, number: u32, rows: u32, taken_s: i64, is_video: bool) -> String {
    match naming {
        Naming::Counted(prefix) => {
            format!("{prefix}{:04}.{}", (rows - number) % 10_000, if is_video { "MOV" } else { "JPG" })
        }
        Naming::Dated(prefix) => {
            let instant = Timestamp::from_second(taken_s).unwrap_or_default();
            format!("{prefix}{}.{}", instant.strftime("%Y%m%d_%H%M%S"), if is_video { "mp4" } else { "jpg" })
        }
    }
}

/// One in twelve has one.
fn description(chance: u64) -> String {
    if !chance.is_multiple_of(12) {
        return String::new();
    }
    let chance = mix(chance);
    let subject = SUBJECTS[chance as usize % SUBJECTS.len()];
    format!("{subject}, {}", PLACES[(chance >> 32) as usize % PLACES.len()])
}

/// A number that looks like chance, of one that does not (splitmix64).
pub(crate) fn mix(seed: u64) -> u64 {
    let mut mixed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_library_is_the_same_every_time_and_no_id_comes_twice() {
        let ids: BTreeSet<String> = (0..10_000).map(|number| item(number, 10_000).id).collect();
        assert_eq!(ids.len(), 10_000);
        assert_eq!(item(4711, 10_000), item(4711, 10_000));
    }

    #[test]
    fn it_spans_fifteen_years_of_days_with_and_without_photos() {
        for rows in [10_000, 100_000] {
            let taken: Vec<i64> = (0..rows).filter_map(|number| item(number, rows).taken_s).collect();
            let span_s = taken.iter().max().unwrap() - taken.iter().min().unwrap();
            assert!((14 * 31_557_600..=FIFTEEN_YEARS_S + 86_400).contains(&span_s), "{span_s}");
            let cameras: BTreeSet<String> = (0..rows).map(|number| item(number, rows).camera.model).collect();
            assert!(cameras.len() > 6, "{cameras:?}");
        }
    }

    #[test]
    fn names_are_those_that_cameras_give() {
        let names: Vec<String> = (0..1000).map(|number| item(number, 1000).file_name).collect();
        assert!(names.iter().any(|name| name.starts_with("PXL_20")) && names.iter().any(|name| name.ends_with(".JPG")));
        assert!(names.iter().any(|name| name.ends_with(".mp4")));
    }
}
