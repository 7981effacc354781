//! Zones that were split off since the map was made, in 2015 (IANA time zone database, files `europe`, `asia`,
//! `northamerica` and `southamerica`), and Tibet, which the map has in Xinjiang's.
//!
//! The border between two of them is drawn half way between the towns that are nearest to each other on both sides.

use crate::photo::Place;

/// A town: its degrees north and east, and its zone.
type Town = (f64, f64, &'static str);

const VOLGOGRAD: &[Town] = &[
    (48.71, 44.51, "Europe/Volgograd"),
    (48.79, 44.77, "Europe/Volgograd"),
    (50.08, 45.41, "Europe/Volgograd"),
    (50.79, 42.00, "Europe/Volgograd"),
    (50.07, 43.24, "Europe/Volgograd"),
    (50.05, 46.88, "Europe/Volgograd"),
    (51.53, 46.03, "Europe/Saratov"),
    (51.55, 43.17, "Europe/Saratov"),
    (50.92, 45.91, "Europe/Saratov"),
    (52.04, 47.39, "Europe/Saratov"),
    (50.47, 48.13, "Europe/Saratov"),
    (46.35, 48.04, "Europe/Astrakhan"),
    (48.28, 46.17, "Europe/Astrakhan"),
    (48.58, 45.73, "Europe/Astrakhan"),
    (58.60, 49.66, "Europe/Kirov"),
];

const ULYANOVSK: &[Town] = &[
    (54.32, 48.40, "Europe/Ulyanovsk"),
    (54.21, 49.62, "Europe/Ulyanovsk"),
    (53.85, 46.35, "Europe/Ulyanovsk"),
    (53.65, 47.12, "Europe/Ulyanovsk"),
    (52.98, 48.00, "Europe/Ulyanovsk"),
    (53.20, 45.00, "Europe/Moscow"),
    (53.12, 46.60, "Europe/Moscow"),
    (54.18, 45.18, "Europe/Moscow"),
    (54.85, 46.60, "Europe/Moscow"),
    (54.97, 48.29, "Europe/Moscow"),
    (55.37, 50.60, "Europe/Moscow"),
    (54.43, 50.80, "Europe/Moscow"),
];

const ALTAI: &[Town] = &[
    (54.99, 73.37, "Asia/Omsk"),
    (54.5, 75.6, "Asia/Omsk"),
    (53.0, 78.6, "Asia/Barnaul"),
    (51.9, 86.0, "Asia/Barnaul"),
];

const QOSTANAY: &[Town] =
    &[(44.85, 65.51, "Asia/Qyzylorda"), (46.8, 61.66, "Asia/Qyzylorda"), (50.25, 66.9, "Asia/Qostanay")];

/// The state of Chihuahua by the river, from where it went with El Paso.
const JUAREZ: &[Town] = &[
    (29.57, -104.41, "America/Ojinaga"),
    (30.90, -105.20, "America/Ojinaga"),
    (31.69, -106.42, "America/Ciudad_Juarez"),
    (31.36, -106.00, "America/Ciudad_Juarez"),
];

/// Magellan's strait and Tierra del Fuego, from the ice field in the north of them.
const PUNTA_ARENAS: &[Town] = &[
    (-47.8, -73.5, "America/Santiago"),
    (-50.2, -73.5, "America/Punta_Arenas"),
    (-55.0, -68.0, "America/Punta_Arenas"),
];

const TIBET: &[Town] = &[
    (37.1, 79.9, "Asia/Urumqi"),
    (38.1, 85.5, "Asia/Urumqi"),
    (39.0, 88.2, "Asia/Urumqi"),
    (42.8, 93.5, "Asia/Urumqi"),
    (43.8, 87.6, "Asia/Urumqi"),
    (32.5, 80.1, "Asia/Shanghai"),
    (33.4, 79.7, "Asia/Shanghai"),
    (32.3, 84.1, "Asia/Shanghai"),
    (31.5, 92.1, "Asia/Shanghai"),
    (38.3, 90.9, "Asia/Shanghai"),
    (36.4, 94.9, "Asia/Shanghai"),
];

/// What became of a zone of the map at a place.
pub(super) fn since(name: &str, place: Place) -> Option<&'static str> {
    let towns = match name {
        "Europe/Volgograd" => VOLGOGRAD,
        // The rest of a large zone is further away than any of these towns.
        "Europe/Moscow" if is_within(place, (52.4..55.0, 45.5..50.8)) => ULYANOVSK,
        "Asia/Omsk" => ALTAI,
        "Asia/Qyzylorda" => QOSTANAY,
        "America/Ojinaga" => JUAREZ,
        "America/Santiago" if place.latitude < -45.0 => PUNTA_ARENAS,
        "Asia/Urumqi" | "Asia/Kashgar" => TIBET,
        _ => return None,
    };
    let narrower = place.latitude.to_radians().cos();
    let apart = |town: &&Town| {
        let (north, east) = (town.0 - place.latitude, (town.1 - place.longitude) * narrower);
        north * north + east * east
    };
    towns.iter().min_by(|a, b| apart(a).total_cmp(&apart(b))).map(|town| town.2).filter(|found| *found != name)
}

fn is_within(place: Place, (latitudes, longitudes): (std::ops::Range<f64>, std::ops::Range<f64>)) -> bool {
    latitudes.contains(&place.latitude) && longitudes.contains(&place.longitude)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn towns_are_in_the_zone_they_went_to() {
        for (latitude, longitude, before, after) in [
            (51.53, 46.03, "Europe/Volgograd", Some("Europe/Saratov")),
            (48.71, 44.51, "Europe/Volgograd", None),
            (46.36, 48.06, "Europe/Volgograd", Some("Europe/Astrakhan")),
            (54.33, 48.39, "Europe/Moscow", Some("Europe/Ulyanovsk")),
            (55.75, 37.62, "Europe/Moscow", None),
            (55.79, 49.12, "Europe/Moscow", None),
            (53.35, 83.78, "Asia/Omsk", Some("Asia/Barnaul")),
            (56.89, 74.37, "Asia/Omsk", None),
            (53.21, 63.62, "Asia/Qyzylorda", Some("Asia/Qostanay")),
            (31.70, -106.44, "America/Ojinaga", Some("America/Ciudad_Juarez")),
            (-53.16, -70.91, "America/Santiago", Some("America/Punta_Arenas")),
            (-33.45, -70.66, "America/Santiago", None),
            (29.65, 91.11, "Asia/Urumqi", Some("Asia/Shanghai")),
            (43.83, 87.62, "Asia/Urumqi", None),
            (39.47, 75.99, "Asia/Kashgar", Some("Asia/Urumqi")),
            (48.85, 2.35, "Europe/Paris", None),
        ] {
            let place = Place { latitude, longitude, altitude_m: None };
            assert_eq!(since(before, place), after, "{latitude} {longitude}");
        }
    }
}
