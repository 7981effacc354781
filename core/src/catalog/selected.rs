//! Rows that a person picked out, in words: those of the address bar, and those that the browser keeps for a tab.

use std::fmt::Write;

use super::RowSet;

/// Rows that a person picked out, as a filter names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selected {
    /// So few, or so close together, that an address holds them.
    Rows(RowSet),
    /// What the browser keeps under this key, for as long as the tab is open: see [`Selected::is_key`].
    Kept(String),
}

/// In an address: what follows is a key.
const KEY: char = 'k';

/// Rows that take more letters than this do not go into an address.
const MOST_LETTERS: usize = 400;

/// No address that we write has more.
const LONGEST_WORD: usize = 1024;

impl Selected {
    /// Whether `key` can name what is kept: letters and digits of hexadecimal numbers, sixteen at most.
    pub fn is_key(key: &str) -> bool {
        (1..=16).contains(&key.len()) && key.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    }

    /// The rows themselves, if an address holds them.
    pub fn of_few(rows: &RowSet) -> Option<Self> {
        ranges(rows, MOST_LETTERS).map(|_| Self::Rows(rows.clone()))
    }

    /// As it stands in an address: `3-17.20.25`, or `k18f3ab`.
    pub fn word(&self) -> String {
        match self {
            Self::Rows(rows) => ranges(rows, usize::MAX).unwrap_or_default(),
            Self::Kept(key) => format!("{KEY}{key}"),
        }
    }

    /// Reads what [`word`](Self::word) wrote; `None` for anything else.
    pub fn read(word: &str) -> Option<Self> {
        if let Some(key) = word.strip_prefix(KEY) {
            return Self::is_key(key).then(|| Self::Kept(key.to_owned()));
        }
        if word.is_empty() || word.len() > LONGEST_WORD {
            return None;
        }
        let mut rows = RowSet::new();
        for range in word.split('.') {
            let (first, last) = range.split_once('-').unwrap_or((range, range));
            let (first, last) = (row(first)?, row(last)?);
            rows.insert_range(first..last.checked_add(1)?);
        }
        Some(Self::Rows(rows))
    }
}

/// A number as it is written, without signs.
fn row(digits: &str) -> Option<u32> {
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?
}

/// `3-17.20.25`, if it takes no more letters than `most`.
fn ranges(rows: &RowSet, most: usize) -> Option<String> {
    let (mut word, mut rest) = (String::new(), rows.iter().peekable());
    while let Some(first) = rest.next() {
        let mut last = first;
        while let Some(next) = rest.next_if_eq(&(last + 1)) {
            last = next;
        }
        let dot = if word.is_empty() { "" } else { "." };
        let written = if first == last { write!(word, "{dot}{first}") } else { write!(word, "{dot}{first}-{last}") };
        written.ok().filter(|()| word.len() <= most)?;
    }
    Some(word)
}

impl RowSet {
    /// As letters, two for eight rows, for what keeps texts alone.
    pub fn to_letters(&self) -> String {
        let digit = |number: u8| char::from_digit(u32::from(number), 16).unwrap_or('0');
        self.to_bytes().iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
    }

    /// Reads what [`to_letters`](Self::to_letters) wrote; `None` for anything else.
    pub fn from_letters(letters: &str) -> Option<Self> {
        let digits: Vec<u8> =
            letters.chars().map(|letter| letter.to_digit(16).map(|digit| digit as u8)).collect::<Option<_>>()?;
        let (pairs, rest) = digits.as_chunks::<2>();
        let bytes: Vec<u8> = pairs.iter().map(|[high, low]| high << 4 | low).collect();
        Self::from_bytes(&bytes).ok().filter(|_| rest.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::{btree_set, vec};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn neighbors_are_written_as_a_range() {
        let rows = RowSet::from_iter([3, 4, 5, 20, 25, 26]);
        assert_eq!(Selected::Rows(rows).word(), "3-5.20.25-26");
        assert_eq!(Selected::Kept("18f3ab".into()).word(), "k18f3ab");
    }

    #[test]
    fn what_is_too_much_for_an_address_is_kept_elsewhere() {
        let every_other: RowSet = (0..400).map(|row| row * 2).collect();
        assert_eq!(Selected::of_few(&every_other), None);
        let mut all = RowSet::new();
        all.insert_range(0..1_000_000);
        assert_eq!(Selected::of_few(&all).map(|few| few.word()), Some("0-999999".into()));
    }

    #[test]
    fn words_that_nobody_wrote_name_nothing() {
        for word in ["", ".", "-", "1-", "+1", "1..2", "k", "kG", "k12345678901234567", "x", "1,2", "4294967296"] {
            assert_eq!(Selected::read(word), None, "{word}");
        }
        assert_eq!(Selected::read(&"1.".repeat(600)), None);
        assert_eq!(Selected::read("9-3"), Some(Selected::Rows(RowSet::new())), "a range that ends before it begins");
        assert_eq!(Selected::read("4294967295"), None, "one past it is no row");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(rows in btree_set(prop_oneof![0..300_u32, 0..90_000_u32], 1..60), key in "[0-9a-f]{1,16}") {
            let rows: RowSet = rows.into_iter().collect();
            prop_assert_eq!(RowSet::from_letters(&rows.to_letters()), Some(rows.clone()));
            for selected in [Selected::Rows(rows), Selected::Kept(key)] {
                prop_assert_eq!(Selected::read(&selected.word()), Some(selected));
            }
        }

        #[test]
        fn any_words_can_be_read(word in "\\PC*", ranges in vec((any::<u32>(), any::<u32>()), 0..6)) {
            let _ = (Selected::read(&word), RowSet::from_letters(&word));
            let ranges: Vec<String> = ranges.iter().map(|(first, last)| format!("{first}-{last}")).collect();
            let _ = Selected::read(&ranges.join("."));
        }
    }
}
