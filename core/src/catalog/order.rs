//! Which rows are shown, and in which order.

use std::collections::BTreeSet;

use super::codec::{ABSENT, UNKNOWN_TAKEN};
use super::{Hot, MOST_SEGMENTS, Prepared, ROWS_PER_SEGMENT, RowSet};
use crate::photo::LocalHour;

/// A row's bits in a sort key; the rest is for its age.
const ROW_BITS: u32 = (MOST_SEGMENTS as usize * ROWS_PER_SEGMENT).ilog2();

/// The farthest instant from the epoch, in seconds, that a sort key can hold: seventeen thousand years.
pub(super) const FARTHEST_S: i64 = (1 << (u64::BITS - ROW_BITS - 1)) - 1;

/// Hours that are gone through at a time. A browser takes up a faster form of what it runs only when it is called again.
const HOURS_AT_A_TIME: usize = 256;

/// In the place of an age: no instant is known, so it comes after all others.
const NO_AGE: u64 = (1 << (u64::BITS - ROW_BITS)) - 1;

/// All rows but the absent ones, newest first, undated ones last, rows of the same instant by number.
///
/// It is kept with the columns: a fetch changes a few segments, and to take their rows out and merge them in again costs
/// a fraction of sorting a million. A row is one number, its age and then itself, so that the order of the numbers is
/// that of the rows and an instant is read without a look into the column.
#[derive(Clone, Debug, Default)]
pub(super) struct Order {
    keys: Vec<u64>,
    /// Segments whose instants or presence changed.
    stale: BTreeSet<u32>,
}

impl Order {
    /// Notes that the instants of a segment changed.
    pub(super) fn touch(&mut self, number: u32) {
        self.stale.insert(number);
    }

    /// Whether nothing changed since the last time.
    pub(super) fn is_fresh(&self) -> bool {
        self.stale.is_empty()
    }

    /// The sort keys, ascending.
    pub(super) fn keys(&self) -> &[u64] {
        &self.keys
    }

    /// Takes in the rows of all segments that changed since the last time.
    pub(super) fn update(&mut self, taken_s: &[i64], kind: &[u8]) {
        let stale = std::mem::take(&mut self.stale);
        let mut new = Vec::new();
        if self.keys.is_empty() {
            new.reserve_exact(kind.len());
        }
        for number in &stale {
            let from = (*number as usize * ROWS_PER_SEGMENT).min(kind.len());
            let to = (from + ROWS_PER_SEGMENT).min(kind.len());
            let rows = (from..to).filter(|row| kind[*row] != ABSENT);
            new.extend(rows.map(|row| key(taken_s[row], row as u32)));
        }
        // Rows mostly come newest first: then there is nothing to sort, and no second column for it to grow memory that is
        // never given back. This sort makes use of every stretch that is in order already.
        if !new.is_sorted() {
            new.sort();
        }
        self.keys = if self.keys.is_empty() { new } else { merged(&self.keys, &stale, &new) };
    }
}

/// The order follows from the columns: it makes no two catalogs different.
impl PartialEq for Order {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Order {}

/// The old keys without those of the segments that changed, and the new ones.
fn merged(old: &[u64], stale: &BTreeSet<u32>, new: &[u64]) -> Vec<u64> {
    let mut is_stale = vec![false; MOST_SEGMENTS as usize];
    for number in stale {
        is_stale[*number as usize] = true;
    }
    let mut keys = Vec::with_capacity(old.len() + new.len());
    let mut new = new.iter().copied().peekable();
    for &key in old {
        if is_stale[row_of(key) as usize / ROWS_PER_SEGMENT] {
            continue;
        }
        while let Some(newer) = new.next_if(|new| *new < key) {
            keys.push(newer);
        }
        keys.push(key);
    }
    keys.extend(new);
    keys
}

fn key(taken_s: i64, row: u32) -> u64 {
    let age = if taken_s == UNKNOWN_TAKEN { NO_AGE } else { (FARTHEST_S - taken_s) as u64 };
    age << ROW_BITS | u64::from(row)
}

fn row_of(key: u64) -> u32 {
    (key & ((1 << ROW_BITS) - 1)) as u32
}

fn taken_s_of(key: u64) -> Option<i64> {
    let age = key >> ROW_BITS;
    (age != NO_AGE).then(|| FARTHEST_S - age as i64)
}

/// The rows of one hour of the local day that a filter leaves in, newest first.
#[derive(Clone, Copy, Debug)]
pub struct HourRows<'a> {
    keys: &'a [u64],
    /// Who of them is left in; `None`: all.
    facts: Option<&'a RowSet>,
}

impl HourRows<'_> {
    /// How many there are.
    pub fn count(&self) -> u32 {
        match self.facts {
            None => self.keys.len() as u32,
            Some(facts) => self.keys.iter().filter(|key| facts.contains(row_of(**key))).count() as u32,
        }
    }

    /// Hands out one after another.
    pub fn each(&self, visit: &mut dyn FnMut(u32)) {
        for row in self.keys.iter().map(|key| row_of(*key)) {
            if self.facts.is_none_or(|facts| facts.contains(row)) {
                visit(row);
            }
        }
    }
}

/// The rows that `filter` leaves in: newest first, undated ones last, rows of the same instant by number.
///
/// `hour_at` reads the local clock at an instant (seconds since the epoch); it is asked once for every hour in which
/// anything was taken.
pub fn shown(hot: &Hot, filter: &Prepared<'_>, mut hour_at: impl FnMut(i64) -> LocalHour) -> Vec<u32> {
    show(hot, filter, &mut hour_at)
}

/// The same as a set.
pub fn rows_left(hot: &Hot, filter: &Prepared<'_>, hour_at: &mut dyn FnMut(i64) -> LocalHour) -> RowSet {
    if !filter.reads_time() {
        return filter.facts(hot).unwrap_or_else(|| hot.present_rows());
    }
    let mut rows = RowSet::new();
    rows.insert_all(&show(hot, filter, hour_at));
    rows
}

/// The first and the last instant at which anything was taken, in seconds since the epoch.
pub fn span_s(hot: &Hot) -> Option<(i64, i64)> {
    let order = hot.order();
    let dated = order.partition_point(|key| taken_s_of(*key).is_some());
    let last_s = taken_s_of(*order.first()?)?;
    Some((taken_s_of(order[dated - 1])?, last_s))
}

/// These rows, those that are present, in the same order.
pub fn in_order(hot: &Hot, rows: &RowSet) -> Vec<u32> {
    let mut ordered = Vec::with_capacity(rows.len());
    ordered.extend(hot.order().iter().map(|key| row_of(*key)).filter(|row| rows.contains(*row)));
    ordered
}

// What goes through all rows is no generic code: that would be made for its size, where it is called.

fn show(hot: &Hot, filter: &Prepared<'_>, hour_at: &mut dyn FnMut(i64) -> LocalHour) -> Vec<u32> {
    if filter.reads_time() {
        let mut rows = Vec::new();
        each_hour(hot, filter, hour_at, &mut |_, hour| hour.each(&mut |row| rows.push(row)));
        return rows;
    }
    let order = hot.order();
    let rows = order.iter().map(|key| row_of(*key));
    match filter.facts(hot) {
        None => rows.collect(),
        Some(facts) => {
            let mut left = Vec::with_capacity(facts.len());
            left.extend(rows.filter(|row| facts.contains(*row)));
            left
        }
    }
}

/// Goes through the rows that `filter` leaves in, newest first, by the hours of the local day that have any; the undated
/// come last, as of no hour. An hour that is cut in two, when the clock was put back, comes twice. Where the filter reads
/// the clocks where photos were taken, `hour_at` is asked for those alone that tell of none.
///
/// Rows in order are rows of one hour for long stretches, whose ends are found without a look at every row: to divide
/// each instant of a million by an hour takes twenty times as long.
pub fn each_hour(
    hot: &Hot,
    filter: &Prepared<'_>,
    hour_at: &mut dyn FnMut(i64) -> LocalHour,
    visit: &mut dyn FnMut(Option<LocalHour>, HourRows<'_>),
) {
    if filter.reads_local_clocks() && hot.has_local() {
        return each_local_hour(hot, filter, hour_at, visit);
    }
    let (order, facts) = (hot.order(), filter.facts(hot));
    let mut rest: &[u64] = &order;
    while !rest.is_empty() {
        rest = some_hours(rest, filter, facts.as_ref(), hour_at, visit);
    }
}

/// The first hours of some keys; what is left of the keys.
#[inline(never)]
fn some_hours<'a>(
    mut rest: &'a [u64],
    filter: &Prepared<'_>,
    facts: Option<&RowSet>,
    hour_at: &mut dyn FnMut(i64) -> LocalHour,
    visit: &mut dyn FnMut(Option<LocalHour>, HourRows<'_>),
) -> &'a [u64] {
    for _ in 0..HOURS_AT_A_TIME {
        let Some(first) = rest.first() else { break };
        let hour = taken_s_of(*first).map(&mut *hour_at);
        let length = match hour {
            Some(hour) => leading(rest, key(hour.since_s.max(-FARTHEST_S) - 1, 0)),
            None => rest.len(),
        };
        let (keys, older) = rest.split_at(length);
        if filter.admits_time(hour) {
            visit(hour, HourRows { keys, facts });
        }
        rest = older;
    }
    rest
}

/// The same by the clock where each photo was taken, if it tells of it: neighbors may be of other zones, so each is looked
/// at, and an hour may come any number of times.
fn each_local_hour(
    hot: &Hot,
    filter: &Prepared<'_>,
    hour_at: &mut dyn FnMut(i64) -> LocalHour,
    visit: &mut dyn FnMut(Option<LocalHour>, HourRows<'_>),
) {
    let (order, facts) = (hot.order(), filter.facts(hot));
    let facts = facts.as_ref();
    // Instants descend: an hour that was read holds down to its beginning, by the clock that it was read from.
    let mut latest: Option<(Option<i16>, LocalHour)> = None;
    let mut hour_of = |key: u64| {
        let utc_s = taken_s_of(key)?;
        let offset_min = hot.told_offset_min(row_of(key));
        if let Some((_, hour)) = latest.filter(|(of, hour)| *of == offset_min && hour.since_s <= utc_s) {
            return Some(hour);
        }
        let hour = match offset_min {
            Some(offset_min) => LocalHour::at(utc_s, i64::from(offset_min) * 60, i64::MIN),
            None => hour_at(utc_s),
        };
        latest = Some((offset_min, hour));
        Some(hour)
    };
    let is_same = |a: Option<LocalHour>, b: Option<LocalHour>| {
        a.map(|hour| (hour.day, hour.hour)) == b.map(|hour| (hour.day, hour.hour))
    };
    let mut rest: &[u64] = &order;
    let mut next = rest.first().map(|key| hour_of(*key));
    while let Some(hour) = next {
        let mut length = 1;
        next = None;
        while let Some(key) = rest.get(length) {
            let of_key = hour_of(*key);
            if !is_same(of_key, hour) {
                next = Some(of_key);
                break;
            }
            length += 1;
        }
        let (keys, older) = rest.split_at(length);
        if filter.admits_time(hour) {
            visit(hour, HourRows { keys, facts });
        }
        rest = older;
    }
}

/// How many keys at the front are below `end`: one at the least, since whoever asks has read the first.
fn leading(keys: &[u64], end: u64) -> usize {
    let mut reach = 1;
    while keys.get(reach).is_some_and(|key| *key < end) {
        reach *= 2;
    }
    let (from, to) = (reach / 2, reach.min(keys.len()));
    from + keys[from..to].partition_point(|key| *key < end).max(usize::from(from == 0))
}
