//! Where the table is, kept with the page's entry in the browser's history: a reload and the back button find it again,
//! and so does whoever leaves the viewer.

use albumen_core::protocol::World;
use albumen_core::table::LINE_PX;
use leptos::prelude::*;

use super::model::At;
use super::reach::Reach;
use crate::app::actions::Actions;
use crate::app::services::{focus, keep_here, kept_here};
use crate::app::state::Screen;

/// What is kept: the row at the upper edge, the row and the column of the current cell, how far aside in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Place {
    top_row: u32,
    row: u32,
    column: u32,
    left_px: u32,
}

/// Goes to the place that was kept, once its rows are there, and keeps the place whenever the table rests, as long as the
/// caller lives.
pub(super) fn keep_place(reach: Reach) {
    let model = reach.model;
    let actions = model.actions;
    let wanted = StoredValue::new(kept_here().and_then(|words| read(actions, &words)));
    Effect::new(move |_| {
        let is_there = model.size.get().1 > 0.0 && model.ordered.rows.with(|rows| !rows.is_empty());
        if is_there
            && !model.ordered.is_sorting.get()
            && let Some(place) = wanted.try_update_value(Option::take).flatten()
        {
            // After the element has got its height.
            request_animation_frame(move || request_animation_frame(move || go_to(reach, place)));
        }
    });
    Effect::new(move |_| {
        // Another filter or order is another entry.
        actions.address.filter.track();
        actions.address.sort.track();
        model.current.track();
        model.left_px.track();
        // Whoever has gone back to another screen is at its entry already while the table is still there.
        let is_here = actions.address.screen.get() == Some(Screen::Table);
        if !is_here || reach.is_moving.get() || wanted.with_value(Option::is_some) {
            return;
        }
        model.position.track();
        keep_now(reach);
    });
}

/// Keeps the place as it is: whoever leaves the table may do so before it rests.
pub(super) fn keep_now(reach: Reach) {
    let model = reach.model;
    let (current, left_px) = (model.current.get_untracked(), model.left_px.get_untracked());
    let top_px = model.position.get_untracked().top_px;
    let row = |line: u32| model.rows().get(line as usize).copied();
    let place = row((top_px / LINE_PX) as u32).map(|top_row| Place {
        top_row,
        row: current.line.and_then(row).unwrap_or(top_row),
        column: current.column,
        left_px: left_px as u32,
    });
    keep_here(place.map(|place| words(model.actions, place)).as_deref());
}

fn go_to(reach: Reach, place: Place) {
    let Some(rows) = reach.model.ordered.rows.try_get_untracked() else { return };
    let line_of = |wanted: u32| rows.iter().position(|row| *row == wanted).map(|line| line as u32);
    if let Some(top) = line_of(place.top_row) {
        reach.scroll_to(f64::from(top) * LINE_PX);
    }
    if let Some(line) = line_of(place.row) {
        reach.model.current.set(At { line: Some(line), column: place.column });
    }
    reach.scroll_aside(f64::from(place.left_px));
    let is_free = document().active_element().is_none_or(|element| element.tag_name() == "BODY");
    if let Some(grid) = reach.node.get_untracked().filter(|_| is_free) {
        focus(&grid);
    }
}

fn world(actions: Actions) -> u32 {
    match actions.state.world.get_untracked() {
        World::Google => 0,
        World::Sandbox => 1,
    }
}

fn words(actions: Actions, Place { top_row, row, column, left_px }: Place) -> String {
    format!("table {} {top_row} {row} {column} {left_px}", world(actions))
}

/// What is kept may have been written by another version of the page.
fn read(actions: Actions, words: &str) -> Option<Place> {
    let numbers: Vec<u32> = words.strip_prefix("table ")?.split(' ').map_while(|word| word.parse().ok()).collect();
    match numbers[..] {
        [of, top_row, row, column, left_px] if of == world(actions) => Some(Place { top_row, row, column, left_px }),
        _ => None,
    }
}
