//! Where pictures of rows can be had: kept in memory, and not for long.

use std::collections::HashMap;

use crate::photo::MediaItem;

/// Google promises an hour; they were seen to die after 30 to 40 minutes.
const LIFE_MS: i64 = 30 * 60_000;
/// As many as a person scrolls past in half an hour.
const MOST: usize = 20_000;

/// Base URLs by row, with the time they were had. What reads Google's replies lets no other host than its own through.
#[derive(Default)]
pub(super) struct BaseUrls(HashMap<u32, (String, i64)>);

impl BaseUrls {
    /// The one of a row, unless it may have died.
    pub(super) fn living(&self, row: u32, now_ms: i64) -> Option<&str> {
        self.0.get(&row).filter(|(_, at_ms)| now_ms - at_ms < LIFE_MS).map(|(url, _)| url.as_str())
    }

    /// Remembers the one of a row.
    pub(super) fn put(&mut self, row: u32, url: &str, now_ms: i64) {
        self.make_room(1);
        self.0.insert(row, (url.to_owned(), now_ms));
    }

    /// Remembers those of many rows; takes them out of their items.
    #[inline(never)] // Its caller is made for its size.
    pub(super) fn take(&mut self, rows: &[u32], items: &mut [MediaItem], now_ms: i64) {
        self.make_room(items.len());
        let urls = rows.iter().zip(items).filter_map(|(row, item)| Some((*row, (item.base_url.take()?, now_ms))));
        self.0.extend(urls);
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    fn make_room(&mut self, more: usize) {
        if self.0.len() + more > MOST {
            self.0.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_that_may_have_died_is_not_given() {
        let mut urls = BaseUrls::default();
        urls.put(7, "a", 1_000);
        assert_eq!((urls.living(7, 1_000), urls.living(7, 999 + LIFE_MS)), (Some("a"), Some("a")));
        assert_eq!((urls.living(7, 1_000 + LIFE_MS), urls.living(8, 1_000)), (None, None));
    }

    #[test]
    fn those_of_items_are_moved_and_old_ones_make_room() {
        let mut urls = BaseUrls::default();
        let item = |url: Option<String>| MediaItem { base_url: url, ..MediaItem::default() };
        let mut items = [item(Some("a".into())), item(None)];
        urls.take(&[3, 4], &mut items, 0);
        assert_eq!((urls.living(3, 0), urls.living(4, 0), &items[0].base_url), (Some("a"), None, &None));
        let mut many = vec![item(Some("b".into())); MOST - 1];
        let rows: Vec<u32> = (10..).take(many.len()).collect();
        urls.take(&rows, &mut many, 0);
        assert_eq!((urls.living(3, 0), urls.0.len()), (Some("a"), MOST));
        urls.put(5, "c", 0);
        assert_eq!((urls.living(3, 0), urls.living(5, 0), urls.0.len()), (None, Some("c"), 1));
    }
}
