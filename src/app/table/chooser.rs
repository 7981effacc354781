//! The dialog that says which columns are shown.

use albumen_core::table::{Arrangement, Column};
use leptos::prelude::*;

use super::head::exports_words;
use super::model::Model;
use crate::app::widgets::{Button, ButtonLook, Dialog};

#[component]
pub(super) fn ColumnsButton(model: Model) -> impl IntoView {
    let is_open = RwSignal::new(false);
    let close = move || is_open.set(false);
    view! {
        <Button small=true on_press=move || is_open.set(true)>"Columns"</Button>
        <Dialog open=is_open title="Columns" on_close=close>
            <p class="soft small">
                "Choose what is shown. Click a column's head to put rows in order by it, with Shift to add it to the order; drag its edge to make it wider."
            </p>
            <fieldset class="table-chooser">
                <legend class="unseen">"Columns that are shown"</legend>
                {Column::ALL.map(|column| view! { <Choice column model/> }).into_iter().collect_view()}
            </fieldset>
            <div class="dialog-foot">
                <Button
                    look=ButtonLook::Quiet
                    on_press=move || model.arranged.change(|arrangement| *arrangement = Arrangement::default())
                >
                    "As they were at first"
                </Button>
                <Button look=ButtonLook::Primary on_press=close>"Done"</Button>
            </div>
        </Dialog>
    }
}

#[component]
fn Choice(column: Column, model: Model) -> impl IntoView {
    let is_shown =
        Memo::new(move |_| model.arranged.arrangement.with(|arrangement| arrangement.place_of(column).is_some()));
    let is_last =
        move || is_shown.get() && model.arranged.arrangement.with(|arrangement| arrangement.placed().len() == 1);
    view! {
        <label class="choice" title=exports_words(column)>
            <input
                type="checkbox"
                prop:checked=move || is_shown.get()
                disabled=is_last
                on:change=move |event| {
                    let shows = event_target_checked(&event);
                    model.arranged.change(|arrangement| arrangement.show(column, shows));
                }
            />
            <span>
                {column.title()}
                {column.is_of_exports().then(|| view! { <span class="soft small">" · from exports"</span> })}
            </span>
        </label>
    }
}
