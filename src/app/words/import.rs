//! What an import does, what it came to, and how local times are known.

use albumen_core::photo::{Marks, Origin, Place, TimeBasis};
use albumen_core::protocol::ImportStep;
use albumen_core::takeout::report::MissingParts;

use super::Numbers;

/// Parts that are named one by one.
const MOST_NAMED: usize = 20;

/// The rule by which a photo of the account and one of an export are the same (`albumen_core::takeout::merge`).
pub const MERGING: &str = "Two sources, one photo: their name, their second of capture (or, of a file that knows the camera's clock alone, that second in another time zone), and size and camera as far as both are known, are the same. Name and description are the account's; local time, size, camera and exposure are the file's.";

/// What an import does at the moment.
pub fn step(step: ImportStep) -> &'static str {
    match step {
        ImportStep::Reading => "Reading the lists of files and what Google says of each photo",
        ImportStep::Matching => "Bringing photos and what is said of them together",
        ImportStep::Keeping => "Putting the photos into your library",
        ImportStep::LookingInside => "Looking into the photos for camera, exposure, size and local time",
        ImportStep::Done => "Done",
        ImportStep::Removing => "Taking what came by exports out of your library",
    }
}

/// The same in a word or two.
pub fn short_step(step: ImportStep) -> &'static str {
    match step {
        ImportStep::Reading => "Reading",
        ImportStep::Matching => "Matching",
        ImportStep::Keeping => "Keeping",
        ImportStep::LookingInside => "Looking inside",
        ImportStep::Done => "Done",
        ImportStep::Removing => "Removing",
    }
}

/// Which of several clues the local time of a photo rests on.
pub fn basis(basis: TimeBasis) -> &'static str {
    match basis {
        TimeBasis::ExifOffset => "the camera wrote its time zone",
        TimeBasis::ExifLocal => "the camera's own clock",
        TimeBasis::GpsTime => "the camera's clock, compared with its GPS",
        TimeBasis::Place => "the time zone of the place",
        TimeBasis::FileName => "the time in the file's name",
        TimeBasis::PersonZone => "your own time zone, a guess",
        TimeBasis::Utc => "no clue of a time zone: this is UTC",
        TimeBasis::Correction => "you set it",
    }
}

/// How a photo came to Google Photos; `None` where nothing is known.
pub fn origin(origin: Origin) -> Option<&'static str> {
    match origin {
        Origin::Unknown => None,
        Origin::Phone => Some("Uploaded from a phone"),
        Origin::Web => Some("Uploaded on the website"),
        Origin::Drive => Some("From Google Drive, or its program for computers"),
        Origin::Partner => Some("A partner's, shared with you"),
        Origin::SharedAlbum => Some("Somebody else's, from a shared album"),
        Origin::Creation => Some("Made by Google out of other photos"),
        Origin::Other => Some("A way that is not known here"),
    }
}

/// "Favorite · In the archive"; `None` where nothing was done with it.
pub fn marks(marks: Marks) -> Option<String> {
    let all = [
        (marks.favorited, "Favorite"),
        (marks.archived, "In the archive"),
        (marks.trashed, "In the trash"),
        (marks.locked, "In the locked folder"),
    ];
    let set: Vec<&str> = all.into_iter().filter(|(is_set, _)| *is_set).map(|(_, name)| name).collect();
    (!set.is_empty()).then(|| set.join(" · "))
}

/// "48.85837° N, 2.29448° E · 82 m above the sea". Five digits are a meter.
pub fn place(place: &Place, numbers: Numbers) -> String {
    let degrees = |value: f64, ahead: &str, behind: &str| {
        format!("{}° {}", numbers(value.abs(), 5), if value < 0.0 { behind } else { ahead })
    };
    let at = format!("{}, {}", degrees(place.latitude, "N", "S"), degrees(place.longitude, "E", "W"));
    match place.altitude_m.map(f64::round) {
        Some(altitude_m) if altitude_m < 0.0 => format!("{at} · {} m below the sea", numbers(-altitude_m, 0)),
        Some(altitude_m) => format!("{at} · {} m above the sea", numbers(altitude_m.abs(), 0)),
        None => at,
    }
}

/// "UTC+2", "UTC−3:30", "UTC".
pub fn offset(offset_min: i16) -> String {
    let (sign, size) = (if offset_min < 0 { "−" } else { "+" }, offset_min.unsigned_abs());
    match (size / 60, size % 60) {
        (0, 0) => "UTC".to_owned(),
        (hours, 0) => format!("UTC{sign}{hours}"),
        (hours, minutes) => format!("UTC{sign}{hours}:{minutes:02}"),
    }
}

/// Parts that must be there, since a later one is.
pub fn missing_parts(missing: &MissingParts) -> String {
    let named: Vec<String> = missing.numbers.iter().take(MOST_NAMED).map(|number| format!("-{number:03}")).collect();
    let more = match missing.numbers.len().saturating_sub(named.len()) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let is = if missing.numbers.len() == 1 { "is one part missing" } else { "are parts missing" };
    format!(
        "Of {} there {is}: {}{more}. Part -{:03} is there. Photos in it are not seen, and others may lack their date and place.",
        missing.export,
        named.join(", "),
        missing.last_seen,
    )
}

/// "12 photos", "1 photo".
pub fn counted(number: u32, one: &str, many: &str, numbers: Numbers) -> String {
    format!("{} {}", numbers(f64::from(number), 0), if number == 1 { one } else { many })
}

/// "12 %" of so many; a share that is not nothing is never said to be.
pub fn percent(part: u32, of: u32, numbers: Numbers) -> String {
    let share = if of == 0 { 0.0 } else { f64::from(part) * 100.0 / f64::from(of) };
    match share {
        share if part > 0 && share < 0.1 => format!("< {} %", numbers(0.1, 1)),
        share if part < of && share > 99.9 => format!("> {} %", numbers(99.9, 1)),
        share => format!("{} %", numbers(share, 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::plain_numbers;
    use super::*;

    #[test]
    fn every_basis_and_every_step_is_said_in_its_own_words() {
        let bases: std::collections::BTreeSet<&str> = TimeBasis::ALL.into_iter().map(basis).collect();
        assert_eq!(bases.len(), TimeBasis::ALL.len());
        let all = [
            ImportStep::Reading,
            ImportStep::Matching,
            ImportStep::Keeping,
            ImportStep::LookingInside,
            ImportStep::Done,
            ImportStep::Removing,
        ];
        let steps: std::collections::BTreeSet<&str> = all.into_iter().flat_map(|s| [step(s), short_step(s)]).collect();
        assert_eq!(steps.len(), 2 * all.len() - 1, "done is done");
    }

    #[test]
    fn places_read_as_on_a_map() {
        let said = |latitude, longitude, altitude_m| {
            place(&Place::new(latitude, longitude, altitude_m).unwrap(), plain_numbers)
        };
        assert_eq!(said(48.858_37, 2.294_48, Some(82.4)), "48.85837° N, 2.29448° E · 82 m above the sea");
        assert_eq!(said(-33.9, -151.2, Some(-3.0)), "33.9° S, 151.2° W · 3 m below the sea");
        assert_eq!(said(1.0, 2.0, Some(-0.2)), "1° N, 2° E · 0 m above the sea");
        assert_eq!(said(1.0, 2.0, None), "1° N, 2° E");
    }

    #[test]
    fn offsets_read_as_people_write_them() {
        assert_eq!(
            [0, 120, 345, -210, -30].map(offset),
            ["UTC", "UTC+2", "UTC+5:45", "UTC−3:30", "UTC−0:30"].map(str::to_owned)
        );
    }

    #[test]
    fn missing_parts_are_named() {
        let missing = |numbers: Vec<u32>, last_seen| {
            missing_parts(&MissingParts { export: "takeout-20240516T230250Z".into(), numbers, last_seen })
        };
        assert!(
            missing(vec![4], 7).starts_with("Of takeout-20240516T230250Z there is one part missing: -004. Part -007")
        );
        assert!(missing((1..=30).collect(), 31).contains("-001, -002, "));
        assert!(missing((1..=30).collect(), 31).contains("-020 and 10 more. "));
    }

    #[test]
    fn shares_never_round_something_to_nothing() {
        let said = |part, of| percent(part, of, plain_numbers);
        assert_eq!((said(0, 0).as_str(), said(1, 2).as_str(), said(3, 3).as_str()), ("0 %", "50 %", "100 %"));
        assert_eq!((said(1, 100_000).as_str(), said(99_999, 100_000).as_str()), ("< 0.1 %", "> 99.9 %"));
    }

    #[test]
    fn what_was_done_with_a_photo_is_said() {
        assert_eq!(marks(Marks::default()), None);
        assert_eq!(
            marks(Marks { favorited: true, trashed: true, ..Marks::default() }),
            Some("Favorite · In the trash".into())
        );
        assert!(
            origin(Origin::Unknown).is_none() && origin(Origin::Partner).is_some_and(|said| said.contains("partner"))
        );
    }
}
