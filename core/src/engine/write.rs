//! Ids of rows written down as text, for the clipboard.

use super::{Answered, Engine};
use crate::ports::World;
use crate::protocol::{Answer, MOST_WRITTEN};
use crate::trouble::Trouble;

impl<W: World + 'static> Engine<W> {
    /// A line for each row that is known, in the order of `rows`. They are read segment by segment all the same: of a
    /// library that came in many fetches, neighbors in time lie far apart.
    pub(super) async fn write_ids(&self, rows: &[u32]) -> Answered {
        if rows.len() > MOST_WRITTEN {
            return Err(Trouble::OutOfPlace(format!("{} rows are too many for one answer", rows.len())));
        }
        let (ledger, store) = (self.ledger(), self.world.store());
        let mut by_row: Vec<usize> = (0..rows.len()).collect();
        by_row.sort_unstable_by_key(|place| rows[*place]);
        let mut lines: Vec<Option<String>> = vec![None; rows.len()];
        for place in by_row {
            lines[place] = ledger.ids(store, &[rows[place]]).await?.pop().flatten();
        }
        let (mut text, mut count) = (String::new(), 0);
        for line in lines.into_iter().flatten() {
            text.push_str(&line);
            text.push('\n');
            count += 1;
        }
        Ok((Answer::Written { lines: count }, vec![text.into_bytes()]))
    }
}
