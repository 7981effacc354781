//! Gathers the photos with a place, in slices between which the page goes on; again whenever the catalog has changed.

use std::sync::Arc;

use albumen_core::places::points::Gathering;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::map::Map;

/// A catalog that changes all the time, as while an import runs, is gathered this often at the most.
const REST_MS: u64 = 600;

impl Map {
    /// As long as the caller is shown.
    pub(super) fn gather_while_shown(self) {
        let is_running = StoredValue::new(false);
        let is_wanted = StoredValue::new(false);
        Effect::new(move |_| {
            self.actions.state.track_catalog();
            is_wanted.set_value(true);
            if !is_running.get_value() {
                is_running.set_value(true);
                spawn_local(self.gather(is_wanted, is_running));
            }
        });
    }

    async fn gather(self, is_wanted: StoredValue<bool>, is_running: StoredValue<bool>) {
        let services = self.actions.services;
        while is_wanted.try_update_value(std::mem::take) == Some(true) {
            let mut gathering = Gathering::new();
            while !self.actions.state.with_hot_untracked(|hot| gathering.step(hot)) {
                services.turn().await;
                // The screen may have been left.
                if is_wanted.try_get_value().is_none() {
                    return;
                }
            }
            self.all.try_set(Some(Arc::new(gathering.finish())));
            self.show_what_is_there();
            services.sleep(REST_MS).await;
        }
        is_running.try_set_value(false);
    }
}
