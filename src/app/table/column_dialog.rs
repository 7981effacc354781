//! All that can be done with one column, and what it holds in short.

use albumen_core::table::{Column, SortKey};
use leptos::prelude::*;

use super::head::{direction_words, exports_words};
use super::model::Model;
use super::summary::Summarized;
use crate::app::widgets::{Button, Dialog};

/// How much wider or narrower one press makes it, in CSS pixels.
const STEP_PX: i32 = 32;

/// Open while a column's own dialog is asked for.
#[component]
pub(super) fn ColumnDialog(model: Model) -> impl IntoView {
    let is_open = Signal::derive(move || model.opened.get().is_some());
    let title = Signal::derive(move || model.opened.get().map_or(String::new(), |column| column.title().to_owned()));
    view! {
        <Dialog open=is_open title on_close=move || model.opened.set(None)>
            {move || model.opened.get().map(|column| view! { <OfColumn column model/> })}
        </Dialog>
    }
}

#[component]
fn OfColumn(column: Column, model: Model) -> impl IntoView {
    let arranged = model.arranged;
    let sort = move |descending: bool| {
        let key = SortKey { column, descending };
        view! {
            <Button small=true on_press=move || {
                arranged.sort(&[key]);
                model.opened.set(None);
            }>
                {format!("Sort {}", direction_words(key))}
            </Button>
        }
    };
    let is_key = Memo::new(move |_| arranged.key_of(column).is_some());
    let place = Memo::new(move |_| {
        arranged.arrangement.with(|arrangement| Some((arrangement.place_of(column)?, arrangement.placed().len())))
    });
    let shift = move |by: isize| arranged.change(|arrangement| arrangement.shift(column, by));
    let widen = move |by: i32| {
        arranged.change(|arrangement| {
            let width_px = arrangement.place_of(column).map_or(0, |at| arrangement.placed()[at].width_px);
            let width_px = (i32::from(width_px) + by).clamp(0, i32::from(u16::MAX)) as u16;
            arrangement.widen(column, width_px);
        });
    };
    view! {
        {exports_words(column).map(|words| view! { <p class="soft small">{words}</p> })}
        <div class="buttons">
            {sort(false)}
            {sort(true)}
            <Button
                small=true
                disabled=is_key
                on_press=move || {
                    arranged.sort_also_by(column);
                    model.opened.set(None);
                }
            >
                "Add to the order"
            </Button>
        </div>
        <div class="buttons">
            <Button
                small=true
                disabled=Signal::derive(move || place.get().is_none_or(|(at, _)| at == 0))
                on_press=move || shift(-1)
            >
                "Move left"
            </Button>
            <Button
                small=true
                disabled=Signal::derive(move || place.get().is_none_or(|(at, of)| at + 1 == of))
                on_press=move || shift(1)
            >
                "Move right"
            </Button>
            <Button small=true on_press=move || widen(-STEP_PX)>"Narrower"</Button>
            <Button small=true on_press=move || widen(STEP_PX)>"Wider"</Button>
            <Button
                small=true
                disabled=Signal::derive(move || place.get().is_none_or(|(_, of)| of == 1))
                on_press=move || {
                    arranged.change(|arrangement| arrangement.show(column, false));
                    model.opened.set(None);
                }
            >
                "Hide"
            </Button>
        </div>
        <Summarized column model/>
    }
}
