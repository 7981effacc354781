//! In which albums a row is, for a million rows.

use crate::catalog::{AlbumRows, RowSet};

/// Titles of albums by row.
pub(super) struct Titles {
    /// In the order of the alphabet.
    titles: Vec<String>,
    /// Rows that are in any album.
    rows: RowSet,
    /// Row and title, ascending.
    of_row: Vec<(u32, u32)>,
}

impl Titles {
    /// Albums without a title are passed over.
    pub(super) fn of<'a>(albums: impl Iterator<Item = &'a AlbumRows>) -> Self {
        let mut albums: Vec<&AlbumRows> = albums.filter(|album| !album.album.title.is_empty()).collect();
        albums.sort_by(|a, b| a.album.title.cmp(&b.album.title));
        let (mut rows, mut of_row) = (RowSet::new(), Vec::new());
        for (number, album) in albums.iter().enumerate() {
            for run in album.rows.runs() {
                rows.insert_range(run.clone());
                of_row.extend(run.clone().map(|row| (row, number as u32)));
            }
        }
        of_row.sort_unstable();
        Self { titles: albums.iter().map(|album| album.album.title.clone()).collect(), rows, of_row }
    }

    pub(super) fn of_row(&self, row: u32) -> Vec<&str> {
        if !self.rows.contains(row) {
            return Vec::new();
        }
        let from = self.of_row.partition_point(|(other, _)| *other < row);
        let of_row = self.of_row[from..].iter().take_while(|(other, _)| *other == row);
        of_row.map(|(_, title)| self.titles[*title as usize].as_str()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::photo::Album;

    #[test]
    fn a_row_has_the_titles_of_all_its_albums() {
        let album = |title: &str, rows: &[u32]| AlbumRows {
            album: Album { id: title.into(), title: title.into(), ..Album::default() },
            rows: rows.iter().copied().collect(),
            missing: 0,
        };
        let albums = [album("Zoo", &[1, 2, 9]), album("", &[1]), album("Árvore", &[2]), album("Home", &[2, 70])];
        let titles = Titles::of(albums.iter());
        assert_eq!(titles.of_row(2), ["Home", "Zoo", "Árvore"]);
        assert_eq!((titles.of_row(9), titles.of_row(70)), (vec!["Zoo"], vec!["Home"]));
        assert!(titles.of_row(0).is_empty() && titles.of_row(71).is_empty());
    }
}
