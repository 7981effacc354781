//! The bar while something is selected: how many, and what can be done with them.

use std::sync::Arc;

use albumen_core::catalog::in_order;
use albumen_core::library::Selection;
use albumen_core::protocol::{Answer, MOST_WRITTEN, Wish};
use albumen_core::trouble::Trouble;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;

use super::correcting::CorrectButton;
use super::product_page;
use super::selecting::Selecting;
use crate::app::actions::{Actions, use_actions};
use crate::app::export::{ExportButton, Exportable};
use crate::app::services::{Parts, focus};
use crate::app::widgets::{Button, Icon, IconButton, Progress, Sign};

/// How far the writing down of selected rows has come, 0 to 1; `None` while nothing is written.
type Written01 = RwSignal<Option<f64>>;

/// Lies over the bar, so that selecting moves no photo.
#[component]
pub(super) fn SelectionBar(selecting: Selecting, exportable: Exportable) -> impl IntoView {
    let actions = use_actions();
    let words = move || {
        let count = selecting.selection.with(|selection| selection.len()) as u64;
        if count == 0 { String::new() } else { format!("{} selected", actions.services.count(count)) }
    };
    view! {
        // It is there before it has something to say, or it would not be heard.
        <span class="unseen" role="status">{words}</span>
        <Show when=move || !selecting.is_empty.get()>
            <div class="selection-bar" role="group" aria-label="Selected photos">
                <IconButton
                    sign=Sign::Close
                    label="Let the selection go"
                    on_press=move || selecting.change(|selection| selection.clear())
                />
                <span class="selection-count" aria-hidden="true">{words}</span>
                <Deeds selecting exportable/>
            </div>
        </Show>
    }
}

#[component]
fn Deeds(selecting: Selecting, exportable: Exportable) -> impl IntoView {
    let actions = use_actions();
    let written = Written01::new(None);
    let is_busy = Signal::derive(move || written.get().is_some());
    view! {
        <div class="buttons selection-deeds">
            {move || written.get().map(|part| view! {
                <div class="selection-progress">
                    <Progress
                        done=Signal::derive(move || Some(part))
                        label=Signal::derive(|| "Reading the selected photos".to_owned())
                    />
                </div>
            })}
            <ProductLink selecting/>
            <Button small=true on_press=move || show_only(actions, selecting)>"Show only these"</Button>
            <CorrectButton selecting/>
            <Button small=true disabled=is_busy on_press=move || copy_ids(actions, selecting, written)>"Copy ids"</Button>
            <ExportButton exportable/>
        </div>
    }
}

/// The page of a single selected photo at Google.
#[component]
fn ProductLink(selecting: Selecting) -> impl IntoView {
    let single = Memo::new(move |_| selecting.selection.with(|selection| selection.single()));
    move || single.get().map(|row| view! { <ProductLinkOf row/> })
}

#[component]
fn ProductLinkOf(row: u32) -> impl IntoView {
    let actions = use_actions();
    let page = RwSignal::new(None::<String>);
    spawn_local(async move {
        if let Ok(Answer::Details(details)) = actions.ask(Wish::Details { row }).await {
            // Another photo may be selected by now.
            page.try_set(product_page(details.item.product_url));
        }
    });
    move || {
        page.get().map(|page| {
            view! {
                <a class="button" data-size="small" href=page target="_blank" rel="noreferrer">
                    <span class="selection-words">"Open in Google Photos"</span>
                    <Icon sign=Sign::Elsewhere/>
                </a>
            }
        })
    }
}

/// The filter narrows to what is selected, and lies open again: its chip says so, and takes it back.
fn show_only(actions: Actions, selecting: Selecting) {
    let selection = selecting.selection.get_untracked();
    selecting.change(|selection| selection.clear());
    actions.show_only(selection.rows());
    // The button that was pressed is gone.
    request_animation_frame(|| {
        let chip = document().query_selector(".filter-chips button").ok().flatten();
        if let Some(chip) = chip.and_then(|chip| chip.dyn_into().ok()) {
            focus(&chip);
        }
    });
}

fn copy_ids(actions: Actions, selecting: Selecting, written: Written01) {
    let selection = selecting.selection.get_untracked();
    spawn_local(async move {
        let outcome = StoredValue::new_local(None);
        let made = async move {
            match write_ids(actions, selection, written).await {
                Ok((parts, lines)) => {
                    outcome.try_set_value(Some(Ok(lines)));
                    Some(parts)
                }
                Err(trouble) => {
                    outcome.try_set_value(Some(Err(trouble)));
                    None
                }
            }
        };
        let is_copied = actions.services.copy_parts(made).await;
        written.try_set(None);
        let said = match outcome.try_get_value().flatten() {
            Some(Err(trouble)) => actions.explain(&trouble).sentence,
            Some(Ok(lines)) if is_copied => match lines {
                1 => "1 id copied".to_owned(),
                _ => format!("{} ids copied, the newest photo's first", actions.services.count(lines)),
            },
            _ => "The browser did not allow copying".to_owned(),
        };
        actions.toaster.say(said);
    });
}

/// Has the ids of all selected rows written down in the order of the grid, some at a time, and says how many could be.
async fn write_ids(actions: Actions, selection: Arc<Selection>, written: Written01) -> Result<(Parts, u64), Trouble> {
    let parts = Parts::new();
    let (mut asked, mut lines) = (0, 0);
    let rows = actions.state.with_hot_untracked(|hot| in_order(hot, selection.rows()));
    for slice in rows.chunks(MOST_WRITTEN) {
        written.try_set(Some(f64::from(asked) / rows.len() as f64));
        asked += slice.len() as u32;
        let wish = Wish::WriteIds { rows: slice.to_vec() };
        let (answer, buffers) = actions.services.ask_with(wish, Vec::new()).await?;
        if let Answer::Written { lines: more } = answer {
            lines += u64::from(more);
        }
        buffers.iter().for_each(|bytes| parts.push(bytes));
    }
    Ok((parts, lines))
}
