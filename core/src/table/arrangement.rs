//! Which columns are shown, in which order, how wide; and by what the rows are in order. Both as words, for the device's
//! settings and the address: whatever words come back, something that can be shown comes of them.

use serde::{Deserialize, Serialize};

use super::Column;

/// A column among those that are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Placed {
    pub column: Column,
    /// In CSS pixels, within [`Arrangement::WIDTHS_PX`].
    pub width_px: u16,
}

/// The columns that are shown, from left to right; at least one, and none twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrangement(Vec<Placed>);

impl Default for Arrangement {
    fn default() -> Self {
        const SHOWN: [Column; 15] = [
            Column::Name,
            Column::Taken,
            Column::Kind,
            Column::Width,
            Column::Height,
            Column::Make,
            Column::Model,
            Column::FocalLength,
            Column::FNumber,
            Column::ExposureTime,
            Column::Iso,
            Column::Description,
            Column::Albums,
            Column::Latitude,
            Column::Longitude,
        ];
        Self(SHOWN.map(|column| Placed { column, width_px: column.width_px() }).to_vec())
    }
}

impl Arrangement {
    /// The narrowest and the widest that a column may be.
    pub const WIDTHS_PX: std::ops::RangeInclusive<u16> = 48..=900;

    /// Of words that [`Arrangement::to_words`] wrote, by this program or another version of it.
    pub fn read(words: &str) -> Self {
        let mut placed: Vec<Placed> = Vec::new();
        for word in words.split(',') {
            let (id, width) = word.split_once(':').unwrap_or((word, ""));
            let Some(column) = Column::of_id(id) else { continue };
            if placed.iter().all(|other| other.column != column) {
                let width_px = width.parse().map_or(column.width_px(), within);
                placed.push(Placed { column, width_px });
            }
        }
        if placed.is_empty() { Self::default() } else { Self(placed) }
    }

    pub fn to_words(&self) -> String {
        let word = |placed: &Placed| format!("{}:{}", placed.column.id(), placed.width_px);
        self.0.iter().map(word).collect::<Vec<_>>().join(",")
    }

    /// From left to right.
    pub fn placed(&self) -> &[Placed] {
        &self.0
    }

    /// The columns alone.
    pub fn columns(&self) -> Vec<Column> {
        self.0.iter().map(|placed| placed.column).collect()
    }

    pub fn place_of(&self, column: Column) -> Option<usize> {
        self.0.iter().position(|placed| placed.column == column)
    }

    /// Shows a column, at its place among those that are offered; or hides it, unless it is the last one.
    pub fn show(&mut self, column: Column, is_shown: bool) {
        match self.place_of(column) {
            Some(at) if !is_shown && self.0.len() > 1 => {
                self.0.remove(at);
            }
            None if is_shown => {
                // After the nearest of those that are offered before it.
                let offered = |of: Column| Column::ALL.iter().position(|other| *other == of);
                let before = self.0.iter().rposition(|placed| offered(placed.column) < offered(column));
                let at = before.map_or(0, |at| at + 1);
                self.0.insert(at, Placed { column, width_px: column.width_px() });
            }
            _ => {}
        }
    }

    /// Moves a column by places, to the left with less than 0, as far as there are any.
    pub fn shift(&mut self, column: Column, by: isize) {
        let Some(at) = self.place_of(column) else { return };
        let to = at.saturating_add_signed(by).min(self.0.len() - 1);
        let placed = self.0.remove(at);
        self.0.insert(to, placed);
    }

    /// Makes a column this wide, or as wide as may be.
    pub fn widen(&mut self, column: Column, width_px: u16) {
        if let Some(at) = self.place_of(column) {
            self.0[at].width_px = within(width_px);
        }
    }
}

fn within(width_px: u16) -> u16 {
    width_px.clamp(*Arrangement::WIDTHS_PX.start(), *Arrangement::WIDTHS_PX.end())
}

/// One of the columns that rows are in order by. What is not known comes last either way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SortKey {
    pub column: Column,
    pub descending: bool,
}

/// The keys that words such as `make,-taken` name, the first counting most; columns that are not known, or come again,
/// are left out.
pub fn read_sort(words: &str) -> Vec<SortKey> {
    let mut keys: Vec<SortKey> = Vec::new();
    for word in words.split(',') {
        let (id, descending) = word.strip_prefix('-').map_or((word, false), |id| (id, true));
        let Some(column) = Column::of_id(id) else { continue };
        if keys.iter().all(|key| key.column != column) {
            keys.push(SortKey { column, descending });
        }
    }
    keys
}

/// The words that [`read_sort`] reads.
pub fn write_sort(keys: &[SortKey]) -> String {
    let word = |key: &SortKey| format!("{}{}", if key.descending { "-" } else { "" }, key.column.id());
    keys.iter().map(word).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn columns_are_shown_hidden_moved_and_widened() {
        let mut shown = Arrangement::read("iso:80,name,taken:1,iso,height:9999");
        let widths: Vec<_> = shown.placed().iter().map(|placed| (placed.column, placed.width_px)).collect();
        assert_eq!(widths, [(Column::Iso, 80), (Column::Name, 240), (Column::Taken, 48), (Column::Height, 900)]);
        shown.shift(Column::Taken, -9);
        shown.shift(Column::Iso, 1);
        shown.widen(Column::Name, 300);
        assert_eq!(shown.to_words(), "taken:48,name:300,iso:80,height:900");
        shown.show(Column::Kind, true);
        shown.show(Column::Name, false);
        assert_eq!(shown.to_words(), "taken:48,kind:116,iso:80,height:900");
        for column in Column::ALL {
            shown.show(column, false);
        }
        assert_eq!(shown.placed().len(), 1, "one stays");
    }

    proptest! {
        #[test]
        fn whatever_words_come_back_something_can_be_shown(words in "[a-z0-9:,.-]{0,40}") {
            let read = Arrangement::read(&words);
            prop_assert!(!read.placed().is_empty());
            prop_assert_eq!(Arrangement::read(&read.to_words()), read);
            let keys = read_sort(&words);
            prop_assert_eq!(read_sort(&write_sort(&keys)), keys);
        }
    }

    #[test]
    fn keys_are_read_as_they_are_written() {
        let keys = read_sort("make,-taken,nothing,make");
        assert_eq!((keys.len(), write_sort(&keys)), (2, "make,-taken".to_owned()));
        assert_eq!(read_sort(""), []);
    }
}
