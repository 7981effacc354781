//! A word on method: what each number counts, and what it cannot know.

use leptos::prelude::*;

/// Sentences on each of the screen's numbers.
const WORDS: [(&str, &str); 11] = [
    (
        "What is counted",
        "Every photo and video that is on this device and that the filter leaves in. Photos fetched from an account are those that this app has uploaded: Google shows apps no others. For a whole library, import a Takeout export.",
    ),
    (
        "A chart’s own part of the filter",
        "Each chart leaves out what it sets of the filter itself, so that the other bars stay: with 14:00 chosen, the other hours are still counted. The large numbers and the list of days count what the whole filter leaves in.",
    ),
    (
        "Hours and days",
        "Google and Takeout tell an instant, without a zone. It is read by the clock that is chosen at the top: yours, UTC, that of any time zone, with daylight saving and the history of each as your browser knows it. What is undated is in no hour and no day.",
    ),
    (
        "Where each was taken",
        "Exports tell of the local time of some photos, by an offset in the file or by the place. The line below the clocks says how many know it; the others are read by your clock. Where it was only guessed, it does not count as known.",
    ),
    (
        "Before 1970, and long ago",
        "Instants before 1970 count like all others. Before standard time clocks were a few minutes and seconds apart from one town to the next: offsets are rounded to the minute. Days lie in today’s (the Gregorian) calendar, however far back. Single photos that are centuries from the others are left out of the chart of days, and it says how many.",
    ),
    (
        "Busiest day, streak, gap",
        "By days of the chosen clock: the earliest of equals is told. A gap counts the empty days between two days with photos.",
    ),
    (
        "Cameras and lenses",
        "By make and model, exactly as the file names them: one camera that changed its spelling is two. Lenses are told by files of an export only; the account tells of none.",
    ),
    (
        "Focal length",
        "The 35 mm equivalent where the file tells it, else the focal length of the lens itself, which is much shorter on phones. The line below says how many are which.",
    ),
    (
        "F-number, exposure time, ISO",
        "As the camera wrote them, in classes of a full stop; a class begins at its name and ends before the next one. Screenshots, scans and most videos have none, and pictures that were sent through other apps have often lost them.",
    ),
    ("Sizes", "Width times height as shown, in millions of pixels. An edited copy may be smaller than what was taken."),
    (
        "Places",
        "Whether a file or a sidecar tells a place. The account never tells one: Google keeps places from apps. Nothing is looked up on the net.",
    ),
];

#[component]
pub(super) fn Method() -> impl IntoView {
    let entry = |(what, how): (&'static str, &'static str)| view! { <dt>{what}</dt><dd>{how}</dd> };
    view! {
        <details class="disclosure method">
            <summary>"What these numbers count, and what they cannot know"</summary>
            <dl>{WORDS.map(entry)}</dl>
        </details>
    }
}
