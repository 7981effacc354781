//! Selected cells on the clipboard, as tab-separated values.

use albumen_core::protocol::{Answer, MOST_WRITTEN, Wish};
use albumen_core::table::{Column, write_tsv_title};
use albumen_core::trouble::Trouble;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::model::{Model, Range};
use crate::app::actions::Actions;
use crate::app::services::Parts;

/// More cells are no use on a clipboard, and would take hundreds of megabytes.
const MOST_COPIED: u64 = 2_000_000;

/// Copies what is selected. `with_titles` puts a line with the columns' titles before it. Within a press only.
pub(super) fn copy_selection(model: Model, with_titles: bool) {
    let actions = model.actions;
    let Some(range) = model.selection.get_untracked() else { return };
    let count = move |number: u64| actions.services.count(number);
    if range.cells() > MOST_COPIED {
        let (cells, most) = (count(range.cells()), count(MOST_COPIED));
        return actions.toaster.say(format!(
            "{cells} cells are too many for the clipboard, which takes {most}. Narrow the filter, or select fewer."
        ));
    }
    let rows = model.rows();
    let rows = rows[range.lines.0 as usize..=range.lines.1 as usize].to_vec();
    let columns = columns_of(model, range);
    spawn_local(async move {
        let outcome = StoredValue::new_local(None);
        let made = async move {
            let written = write(actions, &rows, columns, with_titles).await;
            let (parts, outcome_now) = match written {
                Ok((parts, lines)) => (Some(parts), Ok(lines)),
                Err(trouble) => (None, Err(trouble)),
            };
            outcome.try_set_value(Some(outcome_now));
            parts
        };
        let is_copied = actions.services.copy_parts(made).await;
        let said = match outcome.try_get_value().flatten() {
            Some(Err(trouble)) => actions.explain(&trouble).sentence,
            Some(Ok(_)) if is_copied => match range.cells() {
                1 => "1 cell copied".to_owned(),
                cells => format!("{} cells copied", count(cells)),
            },
            _ => "The browser did not allow copying".to_owned(),
        };
        actions.toaster.say(said);
    });
}

fn columns_of(model: Model, range: Range) -> Vec<Column> {
    model.arranged.columns()[range.columns.0 as usize..=range.columns.1 as usize].to_vec()
}

async fn write(
    actions: Actions,
    rows: &[u32],
    columns: Vec<Column>,
    with_titles: bool,
) -> Result<(Parts, u64), Trouble> {
    let (parts, mut lines) = (Parts::new(), 0);
    if with_titles {
        let mut titles = String::new();
        write_tsv_title(&mut titles, &columns);
        parts.push(titles.as_bytes());
    }
    let mut left = rows.len();
    for slice in rows.chunks(MOST_WRITTEN) {
        let wish = Wish::CellLines { rows: slice.to_vec(), columns: columns.clone() };
        let (answer, buffers) = actions.services.ask_with(wish, Vec::new()).await?;
        if let Answer::Written { lines: more } = answer {
            lines += u64::from(more);
        }
        left -= slice.len();
        for bytes in &buffers {
            // The last line has no end: a single cell is pasted as itself.
            parts.push(if left == 0 { bytes.strip_suffix(b"\n").unwrap_or(bytes) } else { bytes });
        }
    }
    Ok((parts, lines))
}
