//! What the filter asks of lens and exposure: the engine, which holds the cold columns, says which rows were so exposed.

use super::*;
use crate::app::state::ExposedMatches;

impl Actions {
    /// Looks for what the address asks of the exposure as long as the caller is shown; again whenever that or the catalog
    /// changes.
    pub fn find_exposed_while_shown(self) {
        Effect::new(move |_| {
            let exposed = self.address.filter.with(|filter| filter.exposed.clone());
            let is_open = self.state.phase.with(|phase| *phase == Phase::Open);
            self.state.track_catalog();
            let wanted = Some(exposed).filter(|exposed| is_open && exposed.asks());
            let next = self.exposed_searches.try_update_value(|searches| searches.want(wanted)).flatten();
            if let Some(exposed) = next {
                spawn_local(self.finding_exposed(exposed));
            }
        });
    }

    /// Asks, and asks on while something else is wanted by the time of the answer.
    async fn finding_exposed(self, exposed: Exposed) {
        let mut next = Some(exposed);
        while let Some(exposed) = next {
            let answered = self.services.ask_with(Wish::FindExposed { exposed: exposed.clone() }, Vec::new()).await;
            let Some(then) = self.exposed_searches.try_update_value(Searches::answered) else { return };
            self.take_exposed(exposed, answered, then.counts);
            next = then.next;
        }
    }

    fn take_exposed(self, exposed: Exposed, answered: Answered, counts: bool) {
        match answered.map(|(answer, buffers)| (answer, buffers.first().map(|bytes| RowSet::from_bytes(bytes)))) {
            Ok((Answer::Found { set_aside, .. }, Some(Ok(rows)))) => {
                self.say_set_aside(&set_aside);
                let found = ExposedMatches { exposed, rows };
                let is_shown = self.state.exposed_matches.with_untracked(|shown| shown.as_deref() == Some(&found));
                if counts && !is_shown {
                    self.writers.exposed_matches.set(Some(Arc::new(found)));
                }
            }
            Ok(_) => {
                let what = "the engine answered something else to a question for exposures".to_owned();
                self.toaster.say(self.explain(&Trouble::OutOfPlace(what)).sentence);
            }
            Err(trouble) if counts => self.toaster.say(self.explain(&trouble).sentence),
            Err(_) => {}
        }
    }
}
