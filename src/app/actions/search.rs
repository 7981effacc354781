//! The filter's text: the engine, which holds names and descriptions, says which rows it finds.

use albumen_core::catalog::Selected;

use super::*;
use crate::app::state::TextMatches;

impl Actions {
    /// Reads the catalog with the filter that is in effect, changed by `change`, and runs again when either changes.
    pub fn with_filtered<T>(
        self,
        change: impl FnOnce(Filter) -> Filter,
        read: impl FnOnce(&Hot, &Prepared<'_>) -> T,
    ) -> T {
        let asked = self.filter.get();
        let exposed = asked.exposed.clone();
        let filter = change(asked);
        let matches = if filter.exposed == exposed { self.matches.get() } else { albums::matches(&filter, self.state) };
        let kept = match &filter.selected {
            Some(Selected::Kept(key)) => self.kept_rows(key),
            _ => None,
        };
        self.state.with_hot(|hot| read(hot, &filter.prepare_with(hot.cameras(), matches.as_deref(), kept.as_deref())))
    }

    /// The same, once.
    pub fn with_filtered_untracked<T>(
        self,
        change: impl FnOnce(Filter) -> Filter,
        read: impl FnOnce(&Hot, &Prepared<'_>) -> T,
    ) -> T {
        untrack(|| self.with_filtered(change, read))
    }

    /// The filter that is in effect, as it is now.
    pub fn filter_in_effect(self) -> Filter {
        self.filter.get_untracked()
    }

    /// The filter as it is shown; runs again when it changes.
    pub fn shown_filter(self) -> Filter {
        self.filter.get()
    }

    /// Has the engine read what a search looks through, so that the first key is answered as quickly as the others.
    pub fn prepare_search(self) {
        spawn_local(async move {
            // What fails here fails again, and is told, when something is searched.
            drop(self.ask(Wish::ReadTexts).await);
        });
    }

    /// All rows are gone, or will be other photos.
    pub(super) fn forget_rows(self) {
        self.searches.update_value(Searches::forget);
        self.exposed_searches.update_value(Searches::forget);
    }

    /// Looks for the text in the address as long as the caller is shown; again whenever the text or the catalog changes.
    pub fn search_while_shown(self) {
        Effect::new(move |_| self.search());
    }

    fn search(self) {
        let text = self.address.filter.with(|filter| filter.text.clone());
        let is_open = self.state.phase.with(|phase| *phase == Phase::Open);
        self.state.track_catalog();
        let next = self.searches.try_update_value(|searches| searches.want(text.filter(|_| is_open))).flatten();
        if let Some(text) = next {
            spawn_local(self.searching(text));
        }
    }

    /// Asks, and asks on while something else is wanted by the time of the answer.
    async fn searching(self, text: String) {
        let mut next = Some(text);
        while let Some(text) = next {
            let answered = self.services.ask_with(Wish::FindText { text: text.clone() }, Vec::new()).await;
            let Some(then) = self.searches.try_update_value(Searches::answered) else { return };
            self.take_found(text, answered, then.counts);
            next = then.next;
        }
    }

    fn take_found(self, text: String, answered: Answered, counts: bool) {
        match answered.map(|(answer, buffers)| (answer, buffers.first().map(|bytes| RowSet::from_bytes(bytes)))) {
            Ok((Answer::Found { set_aside, .. }, Some(Ok(rows)))) => {
                // It is told once, whichever search was the first.
                self.say_set_aside(&set_aside);
                let found = TextMatches { text, rows };
                // What is shown already is not laid out again.
                let is_shown = self.state.text_matches.with_untracked(|shown| shown.as_deref() == Some(&found));
                if counts && !is_shown {
                    self.writers.text_matches.set(Some(Arc::new(found)));
                }
            }
            Ok(_) => {
                let what = "the engine answered something else to a search".to_owned();
                self.toaster.say(self.explain(&Trouble::OutOfPlace(what)).sentence);
            }
            Err(trouble) if counts => self.toaster.say(self.explain(&trouble).sentence),
            Err(_) => {}
        }
    }
}

/// The filter of the address, but with the text and the exposure that were answered for last, and the clock that is known:
/// while an answer is awaited, what is shown stays. `before` is what this said before.
pub(super) fn in_effect(before: Option<&Filter>, filter: Filter, state: State) -> Filter {
    let is_answered = |text: &String| {
        state.text_matches.with(|matches| matches.as_ref().is_some_and(|matches| matches.text == *text))
    };
    let is_found = |exposed: &Exposed| {
        state.exposed_matches.with(|matches| matches.as_ref().is_some_and(|matches| matches.exposed == *exposed))
    };
    let text = match filter.text {
        Some(text) if !is_answered(&text) => before.and_then(|before| before.text.clone()),
        text => text,
    };
    let exposed = match filter.exposed {
        exposed if exposed.asks() && !is_found(&exposed) => {
            before.map(|before| before.exposed.clone()).unwrap_or_default()
        }
        exposed => exposed,
    };
    let clock = match filter.clock {
        Clock::Zone(name) => state.zones.with(|zones| match zones::known(zones, name) {
            Some(Some(_)) => filter.clock,
            Some(None) => Clock::Own,
            None => before.map(|before| before.clock).unwrap_or_default(),
        }),
        clock => clock,
    };
    Filter { text, exposed, clock, ..filter }
}
