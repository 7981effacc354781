//! What cells say: of hot columns the page knows it, of others the engine is asked, for the lines in view and some more.

use std::collections::HashMap;
use std::rc::Rc;

use albumen_core::protocol::{Answer, Wish};
use albumen_core::table::{Arrangement, Column, Lines, Part, hot_value, titles_of_row};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::arranged::Arranged;
use super::ordered::Ordered;
use crate::app::actions::Actions;

/// Rows whose cells are kept: some screens.
const MOST_KEPT: usize = 4000;

/// Copied freely.
#[derive(Clone, Copy)]
pub(super) struct Cells {
    actions: Actions,
    known: StoredValue<Known, LocalStorage>,
    /// Raised when the engine has told of cells.
    told: RwSignal<u32>,
}

#[derive(Default)]
struct Known {
    /// What the engine is asked for.
    columns: Rc<Vec<Column>>,
    rows: HashMap<u32, (u32, Vec<String>)>,
    /// Raised whenever what is known may be old.
    version: u32,
    is_asking: bool,
}

impl Cells {
    pub(super) fn new(actions: Actions, arranged: Arranged, ordered: Ordered, lines: Memo<Lines>) -> Self {
        let cells = Self { actions, known: StoredValue::new_local(Known::default()), told: RwSignal::new(0) };
        let columns = Memo::new(move |_| arranged.arrangement.with(asked_columns));
        Effect::new(move |_| {
            let columns = columns.get();
            cells.known.update_value(|known| {
                *known = Known {
                    columns: Rc::new(columns),
                    version: known.version + 1,
                    is_asking: known.is_asking,
                    ..Known::default()
                };
            });
            cells.tell();
        });
        Effect::new(move |_| {
            // What is shown stays until the engine has told anew.
            actions.state.track_catalog();
            cells.known.update_value(|known| known.version += 1);
        });
        Effect::new(move |_| {
            columns.track();
            actions.state.track_catalog();
            let (lines, rows) = (lines.get(), ordered.rows.get());
            cells.ask(&rows, lines);
        });
        let again = move || {
            let rows = ordered.rows.try_get_untracked()?;
            Some((rows, lines.try_get_untracked()?))
        };
        Effect::new(move |_| {
            // The window may have gone on while the engine was asked.
            cells.told.track();
            if let Some((rows, lines)) = again() {
                cells.ask(&rows, lines);
            }
        });
        cells
    }

    /// What a cell says; `None` until the engine has told. Runs again when that changes.
    pub(super) fn text(self, row: u32, column: Column) -> Option<String> {
        match column.part() {
            Part::Hot => Some(self.actions.state.with_hot(|hot| hot_value(column, hot, row).text().into_owned())),
            Part::Albums => self.actions.state.albums.with(|list| Some(titles_of_row(&list.as_ref()?.albums, row))),
            Part::Cold | Part::Text => {
                self.told.track();
                self.known.with_value(|known| {
                    let at = known.columns.iter().position(|other| *other == column)?;
                    known.rows.get(&row)?.1.get(at).cloned()
                })
            }
        }
    }

    fn tell(self) {
        self.told.update(|told| *told = told.wrapping_add(1));
    }

    /// Asks for what is not known of the lines in view, and as many below; one question at a time.
    fn ask(self, rows: &[u32], lines: Lines) {
        let range = lines.first.saturating_sub(lines.slots / 2)..lines.range().end + lines.slots;
        let near = |line: u32| rows.get(line as usize).copied();
        let Some((wanted, columns, version)) = self
            .known
            .try_update_value(|known| {
                let is_old = |row: &u32| known.rows.get(row).is_none_or(|(version, _)| *version != known.version);
                let in_view = lines.range().filter_map(near).any(|row| is_old(&row));
                if known.is_asking || known.columns.is_empty() || !in_view {
                    return None;
                }
                let wanted: Vec<u32> = range.clone().filter_map(near).filter(is_old).collect();
                if known.rows.len() > MOST_KEPT {
                    let kept: std::collections::HashSet<u32> = range.clone().filter_map(near).collect();
                    known.rows.retain(|row, _| kept.contains(row));
                }
                known.is_asking = true;
                Some((wanted, Rc::clone(&known.columns), known.version))
            })
            .flatten()
        else {
            return;
        };
        spawn_local(async move {
            let wish = Wish::Cells { rows: wanted.clone(), columns: columns.to_vec() };
            let answer = self.actions.ask(wish).await;
            // The table may have been left.
            let taken = self.known.try_update_value(|known| {
                known.is_asking = false;
                match answer {
                    // What was asked for other columns is of no use any more; of an older catalog it is better than nothing.
                    Ok(Answer::Cells(lines)) if Rc::ptr_eq(&columns, &known.columns) => {
                        known.rows.extend(wanted.into_iter().zip(lines).map(|(row, line)| (row, (version, line))));
                        Ok(())
                    }
                    Ok(_) => Ok(()),
                    Err(trouble) => Err(trouble),
                }
            });
            match taken {
                Some(Ok(())) => self.tell(),
                Some(Err(trouble)) => self.actions.toaster.say(self.actions.explain(&trouble).sentence),
                None => {}
            }
        });
    }
}

/// Those that the page does not have at hand.
fn asked_columns(arrangement: &Arrangement) -> Vec<Column> {
    let mut columns = arrangement.columns();
    columns.retain(|column| !column.is_at_hand());
    columns.sort_unstable();
    columns
}
