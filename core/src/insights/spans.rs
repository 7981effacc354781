//! Runs of days with photos, and without.

use crate::photo::{Day, DayRange};

/// Days in a row without any.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Empty days between the two.
    pub days: u32,
    /// The last day with some before it.
    pub before: Day,
    /// The first day with some after it.
    pub after: Day,
}

/// Days in a row with some on each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Streak {
    pub days: DayRange,
    /// How many were taken on all of them.
    pub photos: u32,
}

impl Streak {
    /// How many days it lasted.
    pub fn length(&self) -> u32 {
        (i64::from(self.days.last.0) - i64::from(self.days.first.0) + 1) as u32
    }
}

/// `days` ascend, each with how many were taken. Of equal gaps the earliest.
pub(super) fn longest_gap(days: &[(i32, u32)]) -> Option<Gap> {
    let gap = |pair: &[(i32, u32)]| {
        let days = (i64::from(pair[1].0) - i64::from(pair[0].0) - 1) as u32;
        (days > 0).then_some(Gap { days, before: Day(pair[0].0), after: Day(pair[1].0) })
    };
    let gaps = days.windows(2).filter_map(gap);
    gaps.fold(
        None,
        |longest: Option<Gap>, gap| if longest.is_none_or(|l| gap.days > l.days) { Some(gap) } else { longest },
    )
}

/// `days` ascend, each with how many were taken. Of equal streaks the earliest.
pub(super) fn longest_streak(days: &[(i32, u32)]) -> Option<Streak> {
    let streaks = days.chunk_by(|day, next| i64::from(day.0) + 1 == i64::from(next.0)).map(|run| Streak {
        days: DayRange { first: Day(run[0].0), last: Day(run[run.len() - 1].0) },
        photos: run.iter().map(|(_, photos)| photos).sum(),
    });
    streaks.fold(
        None,
        |longest: Option<Streak>, streak| {
            if longest.is_none_or(|l| streak.length() > l.length()) { Some(streak) } else { longest }
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_earliest_of_the_longest_is_told() {
        let days = [(0, 1), (1, 2), (2, 3), (5, 1), (8, 1), (9, 1), (10, 9)];
        assert_eq!(longest_gap(&days), Some(Gap { days: 2, before: Day(2), after: Day(5) }));
        let streak = longest_streak(&days).unwrap();
        assert_eq!((streak.days.first, streak.days.last, streak.photos, streak.length()), (Day(0), Day(2), 6, 3));
        assert_eq!((longest_gap(&[]), longest_streak(&[])), (None, None));
        assert_eq!((longest_gap(&[(4, 1)]), longest_streak(&[(4, 1)]).unwrap().length()), (None, 1));
        assert_eq!(longest_gap(&[(i32::MIN, 1), (i32::MAX, 1)]).unwrap().days, u32::MAX - 1);
    }

    proptest! {
        #[test]
        fn no_run_is_longer(present in proptest::collection::vec(any::<bool>(), 0..60)) {
            let days: Vec<(i32, u32)> = (0..).zip(&present).filter(|(_, is)| **is).map(|(day, _)| (day, 1)).collect();
            let longest = |wanted: bool, runs: &[bool]| {
                runs.chunk_by(|a, b| a == b).filter(|run| run[0] == wanted).map(<[bool]>::len).max().unwrap_or(0) as u32
            };
            prop_assert_eq!(longest_streak(&days).map_or(0, |streak| streak.length()), longest(true, &present));
            let first = present.iter().position(|is| *is).unwrap_or(0);
            let end = present.iter().rposition(|is| *is).map_or(0, |last| last + 1);
            prop_assert_eq!(longest_gap(&days).map_or(0, |gap| gap.days), longest(false, &present[first.min(end)..end]));
        }
    }
}
