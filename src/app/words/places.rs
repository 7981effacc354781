//! Sentences of the map: what lies where, and why something has no place.

use albumen_core::photo::{Bounds, Place};

use super::Numbers;

/// Where the pretend account's photos have no places either.
pub const NONE_PRETEND: &str = "The pretend account is like a real one here: Google's API never tells an app where a photo was taken. An export of Google Takeout does, and you can import one into this pretend library too.";
/// Where nothing but the account told of photos.
pub const NONE_ACCOUNT: &str = "Google's API never tells an app where a photo was taken. An export of Google Takeout does: import one, and its photos are on this map.";
/// Where exports were read, and none of their photos has a place.
pub const NONE_EXPORT: &str = "Nothing in the exports that were imported says where a photo was taken: neither Google's own files beside the photos nor what cameras have written into them.";
/// Why some photos of a library with places have none.
pub const SOME_WITHOUT: &str = "Google's API never tells where a photo was taken; places come with exports of Google Takeout, from what Google knows and what cameras have written. Photos taken without a signal, scans, screenshots and what others sent often have none.";
/// Where photos have places, but none that the filter leaves in.
pub const NONE_LEFT: &str = "None of the photos that the filter leaves in has a place.";
/// Where the file of the land did not come.
pub const NO_LAND: &str = "The land could not be loaded. Photos are on the map all the same.";
/// What trips are.
pub const TRIP_RULE: &str = "A trip is a run of days with photos, two at the least, taken more than 60 km from the places where most of your days are. A day at home ends it, and so do more than three days without photos.";
/// Where there are photos with places, and no trip.
pub const NO_TRIPS: &str = "No run of two days or more was spent away from the places where most of your days are.";
/// What keys and hands do to the map.
pub const HANDS: &str = "Arrows or a drag move the map, + and − or the wheel zoom. Shift and a drag draw a box: only what is in it is left.";
/// Who the map and the names are of.
pub const SOURCES: &str = "Land and borders: Natural Earth. Towns: GeoNames, CC BY 4.0.";

/// "1,204 of 48,210 photos have a place"
pub fn have_a_place(placed: u64, all: u64, numbers: Numbers) -> String {
    let count = |number: u64| numbers(number as f64, 0);
    match (placed, all) {
        (_, 1) => if placed == 1 { "The one photo has a place" } else { "The one photo has no place" }.to_owned(),
        (placed, all) if placed == all => format!("All {} photos have a place", count(all)),
        (0, all) => format!("None of {} photos has a place", count(all)),
        (1, all) => format!("1 of {} photos has a place", count(all)),
        (placed, all) => format!("{} of {} photos have a place", count(placed), count(all)),
    }
}

/// "1,204 photos near Vienna, Austria"
pub fn photos_near(photos: u32, name: &str, numbers: Numbers) -> String {
    format!("{} near {name}", photo_count(photos, numbers))
}

/// "1,204 photos"
pub fn photo_count(photos: u32, numbers: Numbers) -> String {
    if photos == 1 { "1 photo".to_owned() } else { format!("{} photos", numbers(f64::from(photos), 0)) }
}

/// "48.21, 16.37": to a kilometer, as the names of towns are.
pub fn coordinates(place: Place, numbers: Numbers) -> String {
    format!("{}, {}", numbers(place.latitude, 2), numbers(place.longitude, 2))
}

/// "In the area 48.1° to 48.35° N, 16.2° to 16.6° E"
pub fn area(bounds: Bounds, numbers: Numbers) -> String {
    let [south, west, north, east] = bounds.degrees();
    let span = |from: f64, to: f64, [positive, negative]: [&str; 2]| {
        let side = |degrees: f64| if degrees < 0.0 { negative } else { positive };
        let size = |degrees: f64| numbers(degrees.abs(), 2);
        let (first, last) = (size(from), size(to));
        match (side(from), side(to)) {
            (a, b) if a == b && first == last => format!("{first}° {a}"),
            (a, b) if a == b => format!("{first}–{last}° {a}"),
            (a, b) => format!("{first}° {a} – {last}° {b}"),
        }
    };
    format!("In the area {}, {}", span(south, north, ["N", "S"]), span(west, east, ["E", "W"]))
}

#[cfg(test)]
mod tests {
    use super::super::plain_numbers;
    use super::*;

    #[test]
    fn counts_are_sentences() {
        let words = |placed, all| have_a_place(placed, all, plain_numbers);
        assert_eq!(words(3, 10), "3 of 10 photos have a place");
        assert_eq!(words(1, 10), "1 of 10 photos has a place");
        assert_eq!(words(0, 10), "None of 10 photos has a place");
        assert_eq!(words(10, 10), "All 10 photos have a place");
        assert_eq!(
            (words(1, 1), words(0, 1)),
            ("The one photo has a place".to_owned(), "The one photo has no place".to_owned())
        );
        assert_eq!(photos_near(1, "Vienna", plain_numbers), "1 photo near Vienna");
    }

    #[test]
    fn areas_say_which_side_of_the_equator_and_of_greenwich() {
        let words = |text: &str| area(Bounds::parse(text).unwrap(), plain_numbers);
        assert_eq!(words("48.1,16.2,48.35,16.6"), "In the area 48.1–48.35° N, 16.2–16.6° E");
        assert_eq!(words("-20,177,-15,-178"), "In the area 20–15° S, 177° E – 178° W");
        assert_eq!(words("-1,5,1,5"), "In the area 1° S – 1° N, 5° E");
    }
}
