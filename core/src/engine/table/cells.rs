//! Cells of some rows. They are read segment by segment, whatever the order of the rows: of a table that is in order by
//! name, neighbors lie far apart.

use crate::catalog::codec::decode_album;
use crate::catalog::{Albums, ColumnPart, ROWS_PER_SEGMENT, SegmentColumns};
use crate::engine::{Answered, Engine};
use crate::ports::World;
use crate::protocol::{Answer, MOST_WRITTEN};
use crate::table::{Column, Part, cold_value, hot_value, text_value, titles_of_row, write_tsv_line};
use crate::trouble::Trouble;

/// Segments of which one part is read at once: some megabytes.
const SEGMENTS_AT_ONCE: usize = 16;

impl<W: World + 'static> Engine<W> {
    pub(in crate::engine) async fn cells(&self, rows: &[u32], columns: &[Column]) -> Result<Answer, Trouble> {
        Ok(Answer::Cells(self.read_cells(rows, columns).await?))
    }

    pub(in crate::engine) async fn cell_lines(&self, rows: &[u32], columns: &[Column]) -> Answered {
        let cells = self.read_cells(rows, columns).await?;
        let mut text = String::new();
        for line in &cells {
            write_tsv_line(&mut text, columns.iter().copied().zip(line.iter().map(String::as_str)));
        }
        Ok((Answer::Written { lines: cells.len() as u32 }, vec![text.into_bytes()]))
    }

    /// A line for each row, a text for each column.
    pub(super) async fn read_cells(&self, rows: &[u32], columns: &[Column]) -> Result<Vec<Vec<String>>, Trouble> {
        if rows.len() > MOST_WRITTEN || columns.len() > Column::ALL.len() {
            return Err(Trouble::OutOfPlace(format!("{} rows are too many for one answer", rows.len())));
        }
        self.keep_up().await?;
        let mut lines = vec![vec![String::new(); columns.len()]; rows.len()];
        let mut by_row: Vec<(u32, usize)> = rows.iter().copied().zip(0..).collect();
        by_row.sort_unstable();
        let are_wanted = |part: Part| columns.iter().any(|column| column.part() == part);
        for (part, read) in
            [(Part::Hot, ColumnPart::Hot), (Part::Cold, ColumnPart::Cold), (Part::Text, ColumnPart::Text)]
        {
            if are_wanted(part) {
                self.read_part(read, &by_row, columns, &mut lines).await?;
            }
        }
        if are_wanted(Part::Albums) {
            let albums = self.albums_at_hand().await?;
            for (row, line) in rows.iter().zip(&mut lines) {
                for (column, cell) in columns.iter().zip(line) {
                    if column.part() == Part::Albums {
                        *cell = titles_of_row(&albums, *row);
                    }
                }
            }
        }
        Ok(lines)
    }

    /// `by_row`: the rows ascending, each with its line.
    async fn read_part(
        &self,
        part: ColumnPart,
        by_row: &[(u32, usize)],
        columns: &[Column],
        lines: &mut [Vec<String>],
    ) -> Result<(), Trouble> {
        let ledger = self.ledger();
        let mut segments: Vec<u32> = by_row.iter().map(|(row, _)| row / ROWS_PER_SEGMENT as u32).collect();
        segments.dedup();
        segments.retain(|number| *number < ledger.segments());
        for segments in segments.chunks(SEGMENTS_AT_ONCE) {
            let mut take = |first_row: u32, read: SegmentColumns<'_>| {
                let from = by_row.partition_point(|(row, _)| *row < first_row);
                let of_segment = by_row[from..].iter().take_while(|(row, _)| row - first_row < ROWS_PER_SEGMENT as u32);
                for (row, line) in of_segment {
                    fill(&mut lines[*line], columns, read, row - first_row);
                }
            };
            ledger.read_columns(self.world.store(), segments, part, &mut take).await?;
        }
        Ok(())
    }

    /// The albums that are kept; what cannot be read was told when they were.
    pub(super) async fn albums_at_hand(&self) -> Result<Albums, Trouble> {
        let mut albums = Albums::new();
        for (_, record) in self.stored_albums().await?.albums {
            if let Ok(album) = decode_album(&record) {
                albums.put(album);
            }
        }
        Ok(albums)
    }
}

fn fill(line: &mut [String], columns: &[Column], read: SegmentColumns<'_>, place: u32) {
    for (column, cell) in columns.iter().zip(line) {
        match (read, column.part()) {
            (SegmentColumns::Hot(hot), Part::Hot) => *cell = hot_value(*column, hot, place).text().into_owned(),
            (SegmentColumns::Cold(rows), Part::Cold) => {
                if let Some(row) = rows.get(place as usize) {
                    *cell = cold_value(*column, &row).text().into_owned();
                }
            }
            (SegmentColumns::Text(rows), Part::Text) => {
                if let Some((file_name, description)) = rows.get(place as usize) {
                    *cell = text_value(*column, file_name, description).text().into_owned();
                }
            }
            _ => {}
        }
    }
}
