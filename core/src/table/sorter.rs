//! A million values put in order a slice at a time.
//!
//! It is a quicksort by keys of sixteen bytes: a group of values is put in order by the next sixteen bytes of each, and
//! those that have them in common are a smaller group, whose next sixteen bytes are looked at (Bentley and Sedgewick, Fast
//! algorithms for sorting and searching strings, with wider characters). A key lies beside its row, so that hardly any
//! comparison has to look at a text; and in sixteen bytes the name of a photo has told the minute in which it was taken.

use std::cmp::Ordering;

/// Groups up to here are put in order by whole values.
const SMALL: usize = 24;
/// Rows that a slice goes through, more or less: some milliseconds.
const SLICE: usize = 1 << 16;
/// A group that was divided in two so often is put in order as it is: whoever made the values wants it to take long.
const MOST_SPLITS: u8 = 40;

/// Sixteen bytes, the first of them counting most.
pub(super) type WideKey = [u64; 2];

/// What is put in order.
pub(super) trait Keys {
    /// The bytes of a row's value from `8 * depth` on, the first of them counting most; 0 past the end.
    fn key(&self, row: u32, depth: u32) -> u64;
    /// The bytes of this depth and of the next.
    fn wide_key(&self, row: u32, depth: u32) -> WideKey {
        [self.key(row, depth), self.key(row, depth + 1)]
    }
    /// As the keys of all depths from this one on, where there is a difference; what is [`Equal`](Ordering::Equal) is the
    /// same value. The keys before are the same.
    fn compare_from(&self, a: u32, b: u32, depth: u32) -> Ordering;
    /// The depth from which on all keys of a row are 0.
    fn end(&self, row: u32) -> u32;
}

/// Rows on their way into order.
#[derive(Debug, Default)]
pub(super) struct Sorter {
    /// Keys and rows.
    pairs: Vec<(WideKey, u32)>,
    /// Where a value begins that the row before has not.
    starts: Vec<bool>,
    work: Vec<Group>,
}

/// Rows from one place to another that have all keys before `depth` in common.
#[derive(Clone, Copy, Debug)]
struct Group {
    from: usize,
    to: usize,
    depth: u32,
    /// Whether the keys of this depth lie beside the rows.
    is_keyed: bool,
    splits: u8,
}

impl Sorter {
    /// For these rows, of which there are about so many.
    pub(super) fn new(rows: impl Iterator<Item = u32>, about: usize) -> Self {
        let mut pairs: Vec<(WideKey, u32)> = Vec::with_capacity(about);
        pairs.extend(rows.map(|row| ([0; 2], row)));
        let mut sorter = Self { starts: vec![false; pairs.len()], pairs, work: Vec::new() };
        sorter.push(Group { from: 0, to: sorter.pairs.len(), depth: 0, is_keyed: false, splits: 0 });
        sorter
    }

    /// Goes on for a slice. `true` once all is in order.
    pub(super) fn step(&mut self, keys: &impl Keys) -> bool {
        let mut left = SLICE as isize;
        while left > 0 {
            let Some(group) = self.work.pop() else { return true };
            left -= (group.to - group.from) as isize;
            self.order(group, keys);
        }
        self.work.is_empty()
    }

    /// All rows in order, each with whether its value is another than that of the row before.
    pub(super) fn in_order(&self) -> impl Iterator<Item = (u32, bool)> + '_ {
        self.pairs.iter().map(|(_, row)| *row).zip(self.starts.iter().copied())
    }

    fn push(&mut self, group: Group) {
        if group.from < group.to {
            self.starts[group.from] = true;
            if group.to - group.from > 1 {
                self.work.push(group);
            }
        }
    }

    fn order(&mut self, group: Group, keys: &impl Keys) {
        let Group { from, to, depth, is_keyed, splits } = group;
        let first = self.pairs[from].1;
        let pairs = &mut self.pairs[from..to];
        if !is_keyed {
            if pairs.iter().all(|(_, row)| keys.compare_from(first, *row, depth) == Ordering::Equal) {
                return;
            }
            for pair in pairs.iter_mut() {
                pair.0 = keys.wide_key(pair.1, depth);
            }
        }
        // Keys cannot tell a value from one that goes on with zeros alone.
        if pairs.len() <= SMALL || depth > keys.end(first) {
            return self.compare_all(group, keys);
        }
        if pairs.len() > SLICE && splits < MOST_SPLITS {
            let (less, more) = divide(pairs);
            let (less, more) = (from + less, from + more);
            let splits = splits + 1;
            self.push(Group { from, to: less, depth, is_keyed: true, splits });
            self.push(Group { from: less, to: more, depth: depth + 2, is_keyed: false, splits: 0 });
            return self.push(Group { from: more, to, depth, is_keyed: true, splits });
        }
        pairs.sort_unstable_by_key(|pair| pair.0);
        let mut at = from;
        while at < to {
            let key = self.pairs[at].0;
            let length = self.pairs[at..to].iter().take_while(|pair| pair.0 == key).count();
            self.push(Group { from: at, to: at + length, depth: depth + 2, is_keyed: false, splits: 0 });
            at += length;
        }
    }

    /// Puts a group whose keys lie beside its rows in order by whole values.
    fn compare_all(&mut self, Group { from, to, depth, .. }: Group, keys: &impl Keys) {
        let pairs = &mut self.pairs[from..to];
        let compare =
            |a: &(WideKey, u32), b: &(WideKey, u32)| a.0.cmp(&b.0).then_with(|| keys.compare_from(a.1, b.1, depth + 2));
        pairs.sort_unstable_by(compare);
        for at in 1..pairs.len() {
            self.starts[from + at] = compare(&pairs[at - 1], &pairs[at]) != Ordering::Equal;
        }
    }
}

/// Puts keys below a middle one first and those above it last; where its own begin, and where they end.
fn divide(pairs: &mut [(WideKey, u32)]) -> (usize, usize) {
    let middle = middle(pairs);
    let (mut less, mut at, mut more) = (0, 0, pairs.len());
    while at < more {
        match pairs[at].0.cmp(&middle) {
            Ordering::Less => {
                pairs.swap(less, at);
                less += 1;
                at += 1;
            }
            Ordering::Equal => at += 1,
            Ordering::Greater => {
                more -= 1;
                pairs.swap(at, more);
            }
        }
    }
    (less, more)
}

/// The middle one of some keys here and there.
fn middle(pairs: &[(WideKey, u32)]) -> WideKey {
    const LOOKS: usize = 31;
    let mut keys: Vec<WideKey> = (0..LOOKS).map(|look| pairs[look * (pairs.len() - 1) / (LOOKS - 1)].0).collect();
    keys.sort_unstable();
    keys[LOOKS / 2]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Texts as they are.
    struct Plain(Vec<Vec<u8>>);

    impl Keys for Plain {
        fn key(&self, row: u32, depth: u32) -> u64 {
            let mut bytes = [0; 8];
            let text = self.0[row as usize].iter().skip(depth as usize * 8);
            bytes.iter_mut().zip(text).for_each(|(to, from)| *to = *from);
            u64::from_be_bytes(bytes)
        }

        fn compare_from(&self, a: u32, b: u32, _: u32) -> Ordering {
            self.0[a as usize].cmp(&self.0[b as usize])
        }

        fn end(&self, row: u32) -> u32 {
            self.0[row as usize].len().div_ceil(8) as u32
        }
    }

    fn agrees(texts: Vec<Vec<u8>>) {
        let keys = Plain(texts);
        let mut sorter = Sorter::new(0..keys.0.len() as u32, keys.0.len());
        while !sorter.step(&keys) {}
        let (rows, starts): (Vec<u32>, Vec<bool>) = sorter.in_order().unzip();
        let sorted: Vec<&Vec<u8>> = rows.iter().map(|row| &keys.0[*row as usize]).collect();
        let mut expected: Vec<&Vec<u8>> = keys.0.iter().collect();
        expected.sort();
        assert_eq!(sorted, expected);
        for at in 0..starts.len() {
            assert_eq!(starts[at], at == 0 || sorted[at - 1] != sorted[at], "{at}");
        }
    }

    #[test]
    fn many_rows_are_put_in_order_slice_by_slice() {
        let mut chance = oorandom::Rand32::new(5);
        let mut text = |_| {
            let year = 2010 + chance.rand_range(0..12);
            format!("IMG_{year}{:04}_{:02}.jpg", chance.rand_range(0..400), chance.rand_range(0..9)).into_bytes()
        };
        agrees((0..200_000).map(&mut text).collect());
    }

    #[test]
    fn values_that_are_all_the_same_or_in_order_already_take_no_longer() {
        agrees(vec![b"the same text, and a long one".to_vec(); 150_000]);
        agrees((0..150_000_u32).map(|number| number.to_be_bytes().to_vec()).collect());
        agrees((0..150_000_u32).map(|number| (!number).to_be_bytes().repeat(5)).collect());
    }

    #[test]
    fn a_text_comes_before_one_that_goes_on_with_zeros() {
        agrees((0..100).map(|number| [b"eight by".to_vec(), vec![0; number % 40]].concat()).collect());
    }

    proptest! {
        #[test]
        fn it_orders_as_a_plain_sort(texts in proptest::collection::vec(proptest::collection::vec(0_u8..3, 0..20), 0..200)) {
            agrees(texts);
        }
    }
}
