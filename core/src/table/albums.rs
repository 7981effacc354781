//! The albums of rows, as texts.

use std::collections::HashMap;

use crate::catalog::{AlbumRows, Albums};

use super::cell::BETWEEN;

/// What an album without a title is called.
const UNTITLED: &str = "Untitled album";

/// The titles of the albums that a row is in, in the order of the alphabet, each once.
pub fn titles_of_row(albums: &Albums, row: u32) -> String {
    let mut titles: Vec<&str> = albums.of_row(row).map(|(_, album)| title(album)).collect();
    titles.sort_unstable();
    titles.dedup();
    titles.join(BETWEEN)
}

/// The same for all rows that are in any, at once.
pub fn titles_by_row(albums: &Albums) -> HashMap<u32, String> {
    let mut all: Vec<&AlbumRows> = albums.iter().map(|(_, album)| album).collect();
    all.sort_by(|a, b| title(a).cmp(title(b)));
    let mut texts = HashMap::<u32, String>::new();
    for same in all.chunk_by(|a, b| title(a) == title(b)) {
        let title = title(same[0]);
        let mut rows: Vec<u32> = same.iter().flat_map(|album| album.rows.runs().iter().cloned().flatten()).collect();
        rows.sort_unstable();
        rows.dedup();
        for row in rows {
            let text = texts.entry(row).or_default();
            if !text.is_empty() {
                text.push_str(BETWEEN);
            }
            text.push_str(title);
        }
    }
    texts
}

fn title(album: &AlbumRows) -> &str {
    if album.album.title.trim().is_empty() { UNTITLED } else { &album.album.title }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::photo::Album;

    #[test]
    fn both_ways_say_the_same_and_each_title_once() {
        let mut albums = Albums::new();
        for (id, title, rows) in
            [("a", "Sea", &[1, 2][..]), ("b", "", &[2]), ("c", "Sea", &[2, 3]), ("d", "Alps", &[3, 9])]
        {
            let album = Album { id: id.into(), title: title.into(), ..Album::default() };
            albums.put(AlbumRows { album, rows: rows.iter().copied().collect(), missing: 0 });
        }
        let by_row = titles_by_row(&albums);
        for (row, text) in [(0, ""), (1, "Sea"), (2, "Sea; Untitled album"), (3, "Alps; Sea"), (9, "Alps")] {
            assert_eq!(titles_of_row(&albums, row), text);
            assert_eq!(by_row.get(&row).map_or("", String::as_str), text);
        }
    }
}
