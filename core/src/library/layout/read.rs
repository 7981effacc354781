//! What is laid out, read from the catalog's columns.

use super::pack::Pictures;
use crate::catalog::Hot;
use crate::photo::Day;

/// Rows that are read at a time. A browser takes up a faster form of what it runs only when it is called again: a single
/// loop over a million rows would run to its end in the form it began in, which takes three times as long.
const AT_A_TIME: usize = 512;

const DAY_S: i64 = 86_400;

// What goes through all rows is no generic code: that would be made for its size, where it is called.
pub(super) fn pictures(hot: &Hot, rows: &[u32], local_s: &mut dyn FnMut(i64) -> i64) -> Pictures {
    let mut pictures = Pictures::with_capacity(rows.len());
    let mut known = Known { from_s: 1, to_s: 0, day: Day(0) };
    for rows in rows.chunks(AT_A_TIME) {
        read(hot, rows, local_s, &mut known, &mut pictures);
    }
    pictures
}

#[inline(never)]
fn read(hot: &Hot, rows: &[u32], local_s: &mut dyn FnMut(i64) -> i64, known: &mut Known, pictures: &mut Pictures) {
    pictures.extend(rows.iter().map(|row| hot.aspect_ratio(*row)));
    // Shapes first, then days: two short loops keep in registers what one that does both has to write down.
    let mut rest = rows;
    while let Some(first) = rest.first() {
        let first_s = hot.taken_s(*first);
        let day = first_s.map(|taken_s| known.day_at(taken_s, local_s));
        let is_of_it = |row: &u32| match hot.taken_s(*row) {
            Some(taken_s) => first_s.is_some() && known.holds(taken_s),
            None => first_s.is_none(),
        };
        let count = rest.iter().position(|row| !is_of_it(row)).unwrap_or(rest.len()).max(1);
        pictures.are_of(day, count);
        rest = &rest[count..];
    }
}

/// A day, and the instants that are known to be of it: those of one day come one after another, the newest first.
struct Known {
    from_s: i64,
    to_s: i64,
    day: Day,
}

impl Known {
    fn holds(&self, taken_s: i64) -> bool {
        (self.from_s..=self.to_s).contains(&taken_s)
    }

    fn day_at(&mut self, taken_s: i64, local_s: &mut dyn FnMut(i64) -> i64) -> Day {
        if !self.holds(taken_s) {
            let local = local_s(taken_s);
            let into_day_s = local.rem_euclid(DAY_S);
            let begins_s = taken_s.saturating_sub(into_day_s);
            // Where clocks were changed since the day began, it began at another instant.
            let is_unchanged = local_s(begins_s) == local.saturating_sub(into_day_s);
            *self = Self {
                from_s: if is_unchanged { begins_s } else { taken_s },
                to_s: taken_s,
                day: Day::of_utc_s(local),
            };
        }
        self.day
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_day_is_the_one_on_the_local_calendar(
            changes in proptest::collection::vec((90_000_i64..10_000_000, -900_i64..900), 1..6),
            instants in proptest::collection::vec(prop_oneof![-300_000..20_000_000_i64, any::<i64>()], 1..60),
        ) {
            // Clocks are changed now and then, never twice within a day.
            let mut at_s = 0;
            let starts: Vec<(i64, i64)> = changes.iter().map(|(after_s, offset_min)| {
                at_s += after_s;
                (at_s, offset_min * 60)
            }).collect();
            let mut local_s = |utc_s: i64| {
                let before = starts.partition_point(|(start_s, _)| *start_s <= utc_s);
                utc_s.saturating_add(before.checked_sub(1).map_or(0, |at| starts[at].1))
            };
            let mut known = Known { from_s: 1, to_s: 0, day: Day(0) };
            for taken_s in instants {
                prop_assert_eq!(known.day_at(taken_s, &mut local_s), Day::of_utc_s(local_s(taken_s)));
            }
        }
    }
}
