//! Table: the library as a data frame. Columns are chosen, moved and widened, rows put in order by any of them; cells are
//! selected and copied; a row opens the viewer.

mod arranged;
mod cells;
mod chooser;
mod column_dialog;
mod copying;
mod foot;
mod grid;
mod head;
mod keys;
mod line;
mod model;
mod ordered;
mod place;
mod pointer;
mod reach;
mod summary;

use albumen_core::catalog::Filter;
use leptos::prelude::*;

use self::arranged::Arranged;
use self::chooser::ColumnsButton;
use self::column_dialog::ColumnDialog;
use self::foot::Foot;
use self::grid::Grid;
use self::model::Model;
use self::ordered::Ordered;
use crate::app::actions::use_actions;
use crate::app::export::{ExportButton, ExportStrip, Exportable};
use crate::app::filter::FilterBar;
use crate::app::nothing_yet::NothingYet;
use crate::app::widgets::{Button, Failure};

#[component]
pub fn TableScreen() -> impl IntoView {
    let actions = use_actions();
    let state = actions.state;
    let arranged = Arranged::new(actions);
    let ordered = Ordered::new(actions, arranged);
    let model = Model::new(actions, arranged, ordered);
    let exportable = Exportable { shown: ordered.shown, selected: model.selected_rows() };
    let is_empty = Memo::new(move |_| state.is_empty());
    let is_nothing_left = Memo::new(move |_| ordered.shown.with(|rows| rows.is_empty()));
    view! {
        <h1 class="unseen">"Table"</h1>
        <Show when=move || !is_empty.get()>
            <div class="bar">
                <FilterBar left=Signal::derive(move || ordered.shown.with(|rows| rows.len() as u64))/>
                <div class="table-deeds">
                    <ColumnsButton model/>
                    <ExportButton exportable/>
                </div>
            </div>
        </Show>
        <ExportStrip/>
        {move || ordered.failed.get().map(|trouble| view! {
            <div class="frame-failure">
                <Failure
                    explained=actions.explain(&trouble)
                    on_next=move |next| actions.next(next, move || ordered.ask_again())
                    on_copy=move |text| actions.copy(text)
                />
            </div>
        })}
        {move || match (is_empty.get(), is_nothing_left.get()) {
            (true, _) => view! {
                <NothingYet
                    title="No rows yet"
                    words="Every photo that is fetched or imported is a row here, with all that is known of it."
                />
            }
            .into_any(),
            (false, true) => view! { <NothingLeft/> }.into_any(),
            (false, false) => view! {
                <Grid model/>
                <Foot model/>
            }
            .into_any(),
        }}
        <ColumnDialog model/>
    }
}

/// There are photos, and none that the filter leaves in.
#[component]
fn NothingLeft() -> impl IntoView {
    let address = use_actions().address;
    let clear = move || address.narrow(&Filter { clock: address.filter.get_untracked().clock, ..Filter::default() });
    view! {
        <div class="nothing">
            <h2>"No photo is like that"</h2>
            <p>"The filter above leaves none of the photos that are here."</p>
            <Button on_press=clear>"Clear the filter"</Button>
        </div>
    }
}
