//! What places are called: the town near them where one is known, else their coordinates.

use std::rc::Rc;

use albumen_core::photo::Place;
use albumen_core::places::towns::Towns;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::actions::Actions;
use crate::app::words::places::coordinates;

/// The file of towns, loaded when Places is first opened. Copied freely.
#[derive(Clone, Copy)]
pub(super) struct Names {
    actions: Actions,
    towns: StoredValue<Option<Rc<Towns>>, LocalStorage>,
    /// Whether the towns have come: whoever names a place names it anew then.
    come: RwSignal<bool>,
}

impl Names {
    /// Begins to load.
    pub(super) fn new(actions: Actions) -> Self {
        let names = Self { actions, towns: StoredValue::new_local(None), come: RwSignal::new(false) };
        spawn_local(async move {
            // Without towns places are called by their coordinates.
            let towns = actions.services.asset("towns.bin").await.and_then(|bytes| Towns::read(&bytes));
            if towns.is_some() && names.towns.try_set_value(towns.map(Rc::new)).is_none() {
                names.come.try_set(true);
            }
        });
        names
    }

    /// The name of a place, or of the greatest town within so many kilometers.
    pub(super) fn of(self, place: Place, within_km: f64) -> String {
        self.come.track();
        let services = self.actions.services;
        let named = self.towns.with_value(|towns| {
            let town = towns.as_ref()?.greatest(place, within_km)?;
            Some(format!("{}, {}", town.name, services.region(town.country)))
        });
        named.unwrap_or_else(|| coordinates(place, services.numbers()))
    }
}
