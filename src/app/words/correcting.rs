//! Times that the person puts right: what is asked, what is wrong with it, and what came of it.

use albumen_core::photo::Correction;
use albumen_core::protocol::{CorrectingState, Work};

use super::Numbers;

const MINUTE_S: i64 = 60;
const HOUR_S: i64 = 3600;
const DAY_S: i64 = 86_400;

/// A shift as it is typed: days, hours and minutes, each of which may be left empty. `Ok(None)` where nothing is typed.
///
/// # Errors
/// A sentence that says what is wrong with it.
pub fn read_shift(days: &str, hours: &str, minutes: &str, is_earlier: bool) -> Result<Option<Correction>, String> {
    let mut seconds = 0_i64;
    for (typed, name, size_s) in [(days, "Days", DAY_S), (hours, "Hours", HOUR_S), (minutes, "Minutes", MINUTE_S)] {
        let typed = typed.trim();
        if typed.is_empty() {
            continue;
        }
        let number = typed.parse::<u32>();
        let number = number.map_err(|_| format!("{name} must be a whole number, not “{typed}”."))?;
        seconds = seconds.saturating_add(i64::from(number).saturating_mul(size_s));
    }
    if seconds > Correction::MOST_SHIFT_S {
        return Err("Times can be moved by a hundred years (36,525 days) at most.".to_owned());
    }
    let seconds = if is_earlier { -seconds } else { seconds };
    Ok((seconds != 0).then_some(Correction::Shift { seconds }))
}

/// The name of a zone as it is typed, as it is kept; empty where nothing is typed.
pub fn zone_name(typed: &str) -> String {
    typed.trim().replace(' ', "_")
}

/// Said where nobody knows a zone of that name, or nothing of it at that time.
pub fn unknown_zone(zone: &str) -> String {
    format!("This browser knows no time zone “{zone}”. Zones are named like Europe/Berlin: choose one from the list.")
}

/// "1 day 2 hours 5 minutes later"
fn shift(seconds: i64, numbers: Numbers) -> String {
    let size = seconds.unsigned_abs();
    let parts = [(size / 86_400, "day"), (size / 3600 % 24, "hour"), (size / 60 % 60, "minute"), (size % 60, "second")];
    let said = parts.into_iter().filter(|(number, _)| *number > 0).map(|(number, unit)| {
        let many = if number == 1 { "" } else { "s" };
        format!("{} {unit}{many}", numbers(number as f64, 0))
    });
    let said: Vec<String> = said.collect();
    format!("{} {}", said.join(" "), if seconds < 0 { "earlier" } else { "later" })
}

/// What the person said of a photo's time, for its details.
pub fn correction(correction: &Correction, numbers: Numbers) -> String {
    let plain = |zone: &String| zone.replace('_', " ");
    match correction {
        Correction::Shift { seconds } => format!("You moved it: {}", shift(*seconds, numbers)),
        Correction::Zone { zone } => format!("You set the time zone of its clock: {}", plain(zone)),
        Correction::Clock { zone, .. } => format!("You set the time zone that its clock was in: {}", plain(zone)),
    }
}

/// How far it is: "Correcting times: 1,200 of 5,000".
pub fn progress(state: &CorrectingState, numbers: Numbers) -> String {
    let deed = if state.is_taking_back { "Taking corrections back" } else { "Correcting times" };
    let count = |number: u32| numbers(f64::from(number), 0);
    match &state.work {
        Work::Paused | Work::Stopped(_) => {
            format!("{deed} has stopped: {} of {} done", count(state.done), count(state.of))
        }
        _ => format!("{deed}: {} of {}", count(state.done), count(state.of)),
    }
}

/// What came of it, once it is at its end.
pub fn outcome(state: &CorrectingState, numbers: Numbers) -> Option<String> {
    let photos = |number: u32| match number {
        1 => "1 photo".to_owned(),
        _ => format!("{} photos", numbers(f64::from(number), 0)),
    };
    let done = state.done.saturating_sub(state.passed_over);
    let said = match (&state.work, state.is_taking_back) {
        (Work::Finished, false) => format!("The times of {} are corrected.", photos(done)),
        (Work::Finished, true) => format!("The times of {} are as they are told again.", photos(done)),
        (Work::Cancelled, false) => {
            format!("Stopped: the times of {} are corrected, the others are not.", photos(done))
        }
        (Work::Cancelled, true) => {
            format!("Stopped: the times of {} are as they are told again, the others are not.", photos(done))
        }
        _ => return None,
    };
    let passed_over = match state.passed_over {
        0 => String::new(),
        1 => " 1 photo stayed as it was: nobody tells when it was taken.".to_owned(),
        many => format!(" {} stayed as they were: nobody tells when they were taken.", photos(many)),
    };
    Some(said + &passed_over)
}

#[cfg(test)]
mod tests {
    use super::super::plain_numbers;
    use super::*;

    #[test]
    fn a_shift_is_read_as_it_is_typed() {
        let seconds = |days, hours, minutes, is_earlier| read_shift(days, hours, minutes, is_earlier);
        let shift = |seconds| Ok(Some(Correction::Shift { seconds }));
        assert_eq!(seconds("1", " 2 ", "3", false), shift(86_400 + 7200 + 180));
        assert_eq!(seconds("", "", "90", true), shift(-5400));
        assert_eq!(seconds("0", "", "", false), Ok(None));
        assert_eq!(seconds("36525", "", "", true), shift(-Correction::MOST_SHIFT_S));
        for (days, hours, minutes) in
            [("36525", "", "1"), ("4294967295", "4294967295", ""), ("-1", "", ""), ("", "1.5", ""), ("", "", "x")]
        {
            let wrong = seconds(days, hours, minutes, false).unwrap_err();
            assert!(wrong.ends_with('.'), "{wrong}");
        }
    }

    #[test]
    fn what_is_said_of_it_names_what_was_done() {
        let said = |by: &Correction| correction(by, plain_numbers);
        assert_eq!(
            said(&Correction::Shift { seconds: -90_061 }),
            "You moved it: 1 day 1 hour 1 minute 1 second earlier"
        );
        assert_eq!(said(&Correction::Shift { seconds: 7200 }), "You moved it: 2 hours later");
        assert_eq!(
            said(&Correction::Zone { zone: "America/New_York".into() }),
            "You set the time zone of its clock: America/New York"
        );
        assert_eq!(zone_name(" America/New York "), "America/New_York");
        assert!(unknown_zone("Mars").contains("“Mars”"));
    }

    #[test]
    fn an_outcome_says_what_was_done_and_what_was_not() {
        let state = |work, is_taking_back, done, passed_over| CorrectingState {
            is_taking_back,
            done,
            of: 9,
            passed_over,
            work,
        };
        let said = |state| outcome(&state, plain_numbers);
        assert_eq!(said(state(Work::Running, false, 3, 0)), None);
        assert_eq!(said(state(Work::Finished, false, 9, 0)).unwrap(), "The times of 9 photos are corrected.");
        assert_eq!(
            said(state(Work::Finished, false, 9, 8)).unwrap(),
            "The times of 1 photo are corrected. 8 photos stayed as they were: nobody tells when they were taken."
        );
        assert_eq!(
            said(state(Work::Finished, true, 9, 0)).unwrap(),
            "The times of 9 photos are as they are told again."
        );
        assert_eq!(
            said(state(Work::Cancelled, false, 4, 1)).unwrap(),
            "Stopped: the times of 3 photos are corrected, the others are not. 1 photo stayed as it was: nobody tells when it was taken."
        );
        assert_eq!(progress(&state(Work::Running, false, 4, 1), plain_numbers), "Correcting times: 4 of 9");
        assert_eq!(
            progress(&state(Work::Paused, true, 4, 1), plain_numbers),
            "Taking corrections back has stopped: 4 of 9 done"
        );
    }
}
