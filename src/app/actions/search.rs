//! The filter's text: the engine, which holds names and descriptions, says which rows it finds.

use albumen_core::catalog::RowSet;

use super::*;
use crate::app::state::TextMatches;

impl Actions {
    /// Reads the catalog with the filter that is in effect, changed by `change`, and runs again when either changes.
    pub fn with_filtered<T>(
        self,
        change: impl FnOnce(Filter) -> Filter,
        read: impl FnOnce(&Hot, &Prepared<'_>) -> T,
    ) -> T {
        let filter = change(self.filter.get());
        let matches = self.state.text_matches.get();
        self.state
            .with_hot(|hot| read(hot, &filter.prepare(hot.cameras(), matches.as_ref().map(|matches| &matches.rows))))
    }

    /// Asks for the rows of the text in the address; again whenever the text or the catalog changes.
    pub(super) fn search(self) {
        let text = self.address.filter.with(|filter| filter.text.clone());
        let is_open = self.state.phase.with(|phase| *phase == Phase::Open);
        self.state.track_catalog();
        let search = self.searches.get_value().wrapping_add(1);
        self.searches.set_value(search);
        let Some(text) = text.filter(|_| is_open) else { return };
        let is_latest = move || self.searches.get_value() == search;
        spawn_local(async move {
            let answered = self.services.ask_with(Wish::FindText { text: text.clone() }, Vec::new()).await;
            match answered.map(|(answer, buffers)| (answer, buffers.first().map(|bytes| RowSet::from_bytes(bytes)))) {
                Ok((Answer::Found { set_aside, .. }, Some(Ok(rows)))) => {
                    // It is told once, whichever search was the first.
                    self.say_set_aside(&set_aside);
                    if is_latest() {
                        self.writers.text_matches.set(Some(Arc::new(TextMatches { text, rows })));
                    }
                }
                Ok(_) => {
                    let what = "the engine answered something else to a search".to_owned();
                    self.toaster.say(self.explain(&Trouble::OutOfPlace(what)).sentence);
                }
                Err(trouble) if is_latest() => self.toaster.say(self.explain(&trouble).sentence),
                Err(_) => {}
            }
        });
    }
}

/// The filter of the address, but with the text that was answered for last: while an answer is awaited, what is shown
/// stays. `before` is what this said before.
pub(super) fn in_effect(before: Option<&Filter>, filter: Filter, state: State) -> Filter {
    let is_answered = |text: &String| {
        state.text_matches.with(|matches| matches.as_ref().is_some_and(|matches| matches.text == *text))
    };
    let text = match filter.text {
        Some(text) if !is_answered(&text) => before.and_then(|before| before.text.clone()),
        text => text,
    };
    Filter { text, ..filter }
}
