//! The light of a scene, and how a camera exposes for it.

use super::calendar::Day;
use super::cameras::{Camera, Role};
use super::chance::Chance;
use super::people::Landscape;

/// What is before the lens, when, and in what light.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Scene {
    pub(super) landscape: Landscape,
    /// -1 is deep night, 0 the horizon's edge, 1 high noon in summer.
    pub(super) light: f32,
    /// Whether the sun is on its way down.
    pub(super) evening: bool,
    /// Local hours since midnight.
    pub(super) hour: f32,
    /// 0 is midwinter, 1 is midsummer, where the picture was taken.
    pub(super) summer: f32,
    /// Whether the year is on its way to winter.
    pub(super) waning: bool,
    pub(super) screenshot: bool,
    pub(super) seed: u64,
    /// The local second since the epoch, for the stamp in the picture's corner.
    pub(super) local_s: i64,
}

/// The scene at a place and a local time.
pub(super) fn scene(latitude: f32, day: Day, local_s: i64, landscape: Landscape, seed: u64) -> Scene {
    // From the northern midwinter (21 December) on; the south has it the other way round.
    let since_solstice = ((day.of_year() + 10) % 365) as f32;
    let north = 1.0 - (since_solstice - 182.5).abs() / 182.5;
    let (summer, waning) =
        if latitude >= 0.0 { (north, since_solstice > 182.5) } else { (1.0 - north, since_solstice <= 182.5) };
    // Close enough to the sun's path for a picture: the day is a parabola whose width follows season and latitude.
    let half_day_hours = (6.0 + (summer - 0.5) * latitude.abs() / 10.0).clamp(1.5, 11.5);
    let hour = local_s.rem_euclid(86_400) as f32 / 3600.0;
    let from_noon = hour - 12.6;
    let height = 1.0 - (from_noon / half_day_hours) * (from_noon / half_day_hours);
    let light = (height * (0.55 + 0.45 * summer)).clamp(-1.0, 1.0);
    Scene { landscape, light, evening: from_noon > 0.0, hour, summer, waning, screenshot: false, seed, local_s }
}

/// How a picture was exposed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Exposure {
    pub(super) f_number_hundredths: u32,
    pub(super) nanoseconds: u32,
    pub(super) iso: u32,
    pub(super) focal_hundredths_mm: u32,
}

/// Exposure times that cameras offer, in nanoseconds, longest first: 1/4 s to 1/4000 s in thirds of a stop or so.
const TIMES_NS: [u32; 19] = [
    250_000_000,
    125_000_000,
    66_666_667,
    50_000_000,
    33_333_333,
    25_000_000,
    16_666_667,
    12_500_000,
    8_000_000,
    5_000_000,
    4_000_000,
    3_125_000,
    2_000_000,
    1_562_500,
    1_000_000,
    800_000,
    625_000,
    400_000,
    250_000,
];

/// What the camera's meter would choose: the longest time that can be held by hand, then a higher sensitivity.
pub(super) fn expose(camera: &Camera, scene: &Scene, chance: &mut Chance) -> Exposure {
    // Light values at ISO 100: a room at night 5, an overcast day 12, snow in the sun 15.
    let level = match scene.landscape {
        Landscape::Indoors => 5.5 + scene.light.max(0.0) * 2.0,
        _ if scene.light > 0.0 => 9.0 + 5.5 * scene.light,
        _ => 8.0 + scene.light * 7.0,
    } + chance.between(-0.8, 0.8);
    let f_number_hundredths = if camera.iris && level > 10.0 {
        camera.f_number_hundredths * chance.range(100..250) / 100 / 10 * 10
    } else {
        camera.f_number_hundredths
    };
    let f = f_number_hundredths as f32 / 100.0;
    // N²/t = 2^EV at ISO 100, counted up in whole stops.
    let mut brightness = 1.0f32;
    for _ in 0..(level.max(0.0) as u32) {
        brightness *= 2.0;
    }
    brightness *= 1.0 + level.max(0.0).fract();
    let right_ns = f * f / brightness * 1e9;
    let handheld_ns = if camera.role == Role::Serious { 8_000_000.0 } else { 33_333_333.0 };
    let mut iso = if camera.role == Role::Serious { 100 } else { 50 };
    let mut wanted_ns = right_ns * 100.0 / iso as f32;
    while wanted_ns > handheld_ns && iso < 6400 {
        iso *= 2;
        wanted_ns /= 2.0;
    }
    if camera.role == Role::Phone {
        // Phones choose any sensitivity, not only the doublings.
        let finer = chance.range(80..120);
        iso = iso * finer / 100;
    }
    let nanoseconds = TIMES_NS.iter().copied().find(|t| *t as f32 <= wanted_ns * 1.2).unwrap_or(250_000);
    let focal_hundredths_mm = *chance.one(camera.focal_hundredths_mm);
    Exposure { f_number_hundredths, nanoseconds, iso, focal_hundredths_mm }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::cameras::phone_of;

    fn at(month: u32, hour: i64, latitude: f32) -> Scene {
        let day = Day::from_ymd(2024, month, 21).unwrap();
        scene(latitude, day, i64::from(day.0) * 86_400 + hour * 3600, Landscape::Fields, 1)
    }

    #[test]
    fn noon_is_bright_midnight_is_dark_and_june_evenings_are_long_in_the_north() {
        assert!(at(6, 13, 52.0).light > 0.9);
        assert!(at(6, 1, 52.0).light < -0.5);
        assert!(at(6, 20, 52.0).light > 0.0);
        assert!(at(12, 18, 52.0).light < 0.0);
        assert!(at(12, 18, -34.0).light > 0.0);
        assert!(at(12, 13, -34.0).summer > 0.9);
    }

    #[test]
    fn less_light_means_a_longer_time_or_a_higher_sensitivity() {
        let phone = phone_of(Day::from_ymd(2024, 6, 21).unwrap());
        let cost = |scene: &Scene| {
            let exposure = expose(phone, scene, &mut Chance::new(3));
            u64::from(exposure.nanoseconds) * u64::from(exposure.iso)
        };
        assert!(cost(&at(6, 13, 52.0)) * 100 < cost(&at(6, 1, 52.0)));
    }
}
