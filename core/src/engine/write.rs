//! Rows written down as text, for the clipboard or a file.

use super::{Answered, Engine};
use crate::google::write_item;
use crate::ports::World;
use crate::protocol::{Answer, MOST_WRITTEN, Written};
use crate::trouble::Trouble;

impl<W: World + 'static> Engine<W> {
    /// A line for each row that is known, in the order of `rows`. It goes faster where rows of one segment lie beside
    /// one another.
    pub(super) async fn write(&self, rows: &[u32], what: Written) -> Answered {
        if rows.len() > MOST_WRITTEN {
            return Err(Trouble::OutOfPlace(format!("{} rows are too many for one answer", rows.len())));
        }
        let (ledger, store) = (self.ledger(), self.world.store());
        let (mut text, mut lines) = (String::new(), 0);
        let mut add = |line: &str| {
            text.push_str(line);
            text.push('\n');
            lines += 1;
        };
        match what {
            Written::Ids => ledger.ids(store, rows).await?.into_iter().flatten().for_each(|id| add(&id)),
            Written::MediaItems => {
                for &row in rows {
                    if let Some(item) = ledger.details(store, row).await? {
                        add(&write_item(&item));
                    }
                }
            }
        }
        Ok((Answer::Written { lines }, vec![text.into_bytes()]))
    }
}
