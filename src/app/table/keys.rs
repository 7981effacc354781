//! The keys of the grid.

use albumen_core::table::{HEAD_PX, LINE_PX};
use leptos::{ev, prelude::*};

use super::copying::copy_selection;
use super::model::{At, Model};
use super::reach::Reach;

pub(super) fn pressed(event: &ev::KeyboardEvent, reach: Reach) {
    let model = reach.model;
    if event.default_prevented() || event.is_composing() || model.count() == 0 {
        return;
    }
    let is_chord = event.ctrl_key() || event.meta_key();
    let at = model.current_now();
    let column = model.arranged.columns().get(at.column as usize).copied();
    match (event.key().as_str(), at.line) {
        ("c" | "C", Some(_)) if is_chord => copy_selection(model, event.shift_key()),
        ("a", _) if is_chord => {
            let last = At { line: Some(model.count() - 1), column: model.width() - 1 };
            model.anchor.set(Some(At { line: Some(0), column: 0 }));
            model.current.set(last);
        }
        ("Escape", _) if model.anchor.get_untracked().is_some() => model.anchor.set(None),
        ("ArrowDown", _) if event.alt_key() => model.opened.set(column),
        ("F10", _) if event.shift_key() => model.opened.set(column),
        ("ContextMenu", _) => model.opened.set(column),
        ("Enter", Some(line)) if !is_chord => reach.open(line),
        ("Enter" | " ", None) => {
            if let Some(column) = column {
                match event.shift_key() {
                    true => model.arranged.sort_also_by(column),
                    false => model.arranged.sort_by(column),
                }
            }
        }
        _ if event.alt_key() => return,
        (key, _) => {
            let Some(to) = target(key, is_chord, at, model) else { return };
            reach.go_to(to, event.shift_key());
        }
    }
    event.prevent_default();
}

/// Where a key goes.
fn target(key: &str, is_chord: bool, at: At, model: Model) -> Option<At> {
    let (last, last_column) = (model.count().checked_sub(1)?, model.width().checked_sub(1)?);
    let page = (((model.size.get_untracked().1 - HEAD_PX) / LINE_PX) as u32).saturating_sub(1).max(1);
    let line = |line: u32| At { line: Some(line.min(last)), ..at };
    let column = |column: u32| At { column: column.min(last_column), ..at };
    Some(match (key, at.line) {
        ("ArrowDown", None) => line(0),
        ("ArrowDown", Some(_)) if is_chord => line(last),
        ("ArrowDown", Some(from)) => line(from + 1),
        ("ArrowUp", None) => return None,
        ("ArrowUp", Some(from)) if is_chord && from > 0 => line(0),
        ("ArrowUp", Some(0)) => At { line: None, ..at },
        ("ArrowUp", Some(from)) => line(from - 1),
        ("ArrowLeft", _) if is_chord => column(0),
        ("ArrowRight", _) if is_chord => column(last_column),
        ("ArrowLeft", _) => column(at.column.saturating_sub(1)),
        ("ArrowRight", _) => column(at.column + 1),
        ("PageDown", from) => line(from.map_or(0, |from| from.saturating_add(page))),
        ("PageUp", Some(from)) => line(from.saturating_sub(page)),
        ("Home", _) if is_chord => At { line: Some(0), column: 0 },
        ("End", _) if is_chord => At { line: Some(last), column: last_column },
        ("Home", _) => column(0),
        ("End", _) => column(last_column),
        _ => return None,
    })
}
