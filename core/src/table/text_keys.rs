//! The texts of a column, as they are put in order: whatever their case, and those that differ in nothing else by their
//! bytes.

use std::cmp::Ordering;

use crate::catalog::fold_into;

use super::sorter::{Keys, WideKey};

/// In the length of a text: its folded form is kept too, before it.
const IS_FOLDED: u32 = 1 << 31;
/// Longer texts are put in order by so many bytes of them.
const LONGEST: usize = 1 << 20;

/// Texts by row. What is compared is a text folded, then a zero, then the text itself; of texts in ASCII, which nearly all
/// are, that is made when it is asked for.
#[derive(Debug, Default)]
pub(super) struct TextKeys {
    bytes: Vec<u8>,
    /// Where each row's text begins, and how long it is; 0: it has none.
    places: Vec<(u32, u32)>,
}

impl TextKeys {
    /// None yet, and room for so many rows.
    pub(super) fn with_room(rows: usize) -> Self {
        Self { bytes: Vec::new(), places: Vec::with_capacity(rows) }
    }

    /// Puts in the text of a row, which is not empty. Rows may come in any order. A column of more than four gigabytes is
    /// more than memory holds: what is past them counts as unknown.
    pub(super) fn put(&mut self, row: u32, text: &str) {
        let mut end = text.len().min(LONGEST);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let text = &text[..end];
        let Ok(start) = u32::try_from(self.bytes.len()) else { return };
        let mark = if text.is_ascii() {
            self.bytes.extend(text.as_bytes());
            0
        } else {
            fold_into(text, &mut self.bytes);
            self.bytes.push(0);
            self.bytes.extend(text.as_bytes());
            IS_FOLDED
        };
        let mut place = (start, (self.bytes.len() - start as usize) as u32 | mark);
        let at = row as usize;
        // Neighbors often say the same: a camera, a type.
        let before = at.checked_sub(1).and_then(|before| self.places.get(before)).copied();
        if let Some(before) = before.filter(|before| before.1 == place.1 && self.kept(*before) == self.kept(place)) {
            self.bytes.truncate(start as usize);
            place = before;
        }
        if self.places.len() <= at {
            self.places.resize(at + 1, (0, 0));
        }
        self.places[at] = place;
    }

    /// The rows that have a text.
    pub(super) fn rows(&self) -> impl Iterator<Item = u32> + '_ {
        self.places.iter().zip(0..).filter(|(place, _)| place.1 > 0).map(|(_, row)| row)
    }

    fn place(&self, row: u32) -> (u32, u32) {
        self.places.get(row as usize).copied().unwrap_or_default()
    }

    /// All that is kept of a text.
    fn kept(&self, (start, length): (u32, u32)) -> &[u8] {
        &self.bytes[start as usize..][..(length & !IS_FOLDED) as usize]
    }
}

/// Eight bytes of what is compared, from a place on.
fn eight_from(kept: &[u8], is_folded: bool, from: usize) -> u64 {
    if is_folded {
        return word(kept.get(from..).unwrap_or_default());
    }
    if let Some(bytes) = kept.get(from..from + 8) {
        return lower(word(bytes));
    }
    // The folded text, a zero, the text itself.
    match kept.len().checked_sub(from) {
        Some(left) => {
            let text = word(kept).checked_shr(8 * (left as u32 + 1)).unwrap_or(0);
            lower(word(&kept[from..])) | text
        }
        None => word(kept.get(from - kept.len() - 1..).unwrap_or_default()),
    }
}

impl Keys for TextKeys {
    fn key(&self, row: u32, depth: u32) -> u64 {
        let place = self.place(row);
        eight_from(self.kept(place), place.1 & IS_FOLDED != 0, depth as usize * 8)
    }

    fn wide_key(&self, row: u32, depth: u32) -> WideKey {
        let place = self.place(row);
        let (kept, is_folded, from) = (self.kept(place), place.1 & IS_FOLDED != 0, depth as usize * 8);
        [eight_from(kept, is_folded, from), eight_from(kept, is_folded, from + 8)]
    }

    fn compare_from(&self, a: u32, b: u32, depth: u32) -> Ordering {
        let places = (self.place(a), self.place(b));
        let kept = (self.kept(places.0), self.kept(places.1));
        let are_folded = (places.0.1 & IS_FOLDED != 0, places.1.1 & IS_FOLDED != 0);
        if are_folded.0 == are_folded.1 && kept.0 == kept.1 {
            return Ordering::Equal;
        }
        let end = self.end(a).max(self.end(b));
        let eight = |depth| {
            let from = depth as usize * 8;
            (eight_from(kept.0, are_folded.0, from), eight_from(kept.1, are_folded.1, from))
        };
        let differing = (depth..end).map(eight).find(|(a, b)| a != b);
        differing.map_or(Ordering::Equal, |(a, b)| a.cmp(&b)).then_with(|| {
            // One goes on with zeros alone.
            self.end(a).cmp(&self.end(b)).then_with(|| kept.0.cmp(kept.1)).then(places.0.1.cmp(&places.1.1))
        })
    }

    fn end(&self, row: u32) -> u32 {
        let (_, length) = self.place(row);
        let bytes = if length & IS_FOLDED == 0 { 2 * length + 1 } else { length & !IS_FOLDED };
        bytes.div_ceil(8)
    }
}

fn word(bytes: &[u8]) -> u64 {
    match bytes.first_chunk() {
        Some(bytes) => u64::from_be_bytes(*bytes),
        None => {
            let mut padded = [0; 8];
            padded[..bytes.len()].copy_from_slice(bytes);
            u64::from_be_bytes(padded)
        }
    }
}

/// Eight letters of ASCII in lower case at once.
fn lower(letters: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    // The highest bit of a byte says whether it is at least "A", and whether it is past "Z".
    let at_least_a = letters + (0x80 - u64::from(b'A')) * ONES;
    let past_z = letters + (0x7f - u64::from(b'Z')) * ONES;
    let is_upper = (at_least_a ^ past_z) & (0x80 * ONES);
    letters | is_upper >> 2
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::sorter::Sorter;
    use super::*;

    #[test]
    fn eight_letters_are_lowered_as_one_is() {
        for byte in 0..0x80_u8 {
            let letters = [byte, b'A', byte, b'z', b'Z', b'@', b'[', byte];
            assert_eq!(lower(u64::from_be_bytes(letters)).to_be_bytes(), letters.map(|b| b.to_ascii_lowercase()));
        }
    }

    fn in_order(texts: &[String]) -> Vec<&String> {
        let mut keys = TextKeys::default();
        for (text, row) in texts.iter().zip(0..) {
            if !text.is_empty() {
                keys.put(row, text);
            }
        }
        let mut sorter = Sorter::new(keys.rows(), texts.len());
        while !sorter.step(&keys) {}
        let rows: Vec<(u32, bool)> = sorter.in_order().collect();
        for pair in rows.windows(2) {
            let is_same = texts[pair[0].0 as usize] == texts[pair[1].0 as usize];
            assert_eq!(pair[1].1, !is_same, "{pair:?}");
        }
        rows.iter().map(|(row, _)| &texts[*row as usize]).collect()
    }

    fn folded(text: &str) -> Vec<u8> {
        let mut out = Vec::new();
        fold_into(text, &mut out);
        out
    }

    #[test]
    fn case_counts_last_of_all() {
        let texts = ["b.jpg", "B.jpg", "a.jpg", "Ä", "ä", "a", "A.JPG", "ab", "", "A"].map(str::to_owned);
        let expected = ["A", "a", "A.JPG", "a.jpg", "ab", "B.jpg", "b.jpg", "Ä", "ä"];
        assert_eq!(in_order(&texts), expected);
    }

    #[test]
    fn texts_with_zeros_in_them_are_told_apart() {
        let texts: Vec<String> = (0..90).map(|n| format!("a{}{}", "\0".repeat(n % 9), "A".repeat(n % 2))).collect();
        let sorted = in_order(&texts);
        assert_eq!(sorted.len(), texts.len());
    }

    proptest! {
        #[test]
        fn it_is_the_order_of_the_folded_texts(texts in proptest::collection::vec("[aAbBäÄ.x1 ]{0,24}", 0..80)) {
            let mut expected: Vec<&String> = texts.iter().filter(|text| !text.is_empty()).collect();
            expected.sort_by_key(|text| (folded(text), text.as_bytes().to_vec()));
            prop_assert_eq!(in_order(&texts), expected);
        }

        #[test]
        fn any_texts_can_be_put_in_order(texts in proptest::collection::vec(any::<String>(), 0..60)) {
            let count = texts.iter().filter(|text| !text.is_empty()).count();
            prop_assert_eq!(in_order(&texts).len(), count);
        }
    }
}
