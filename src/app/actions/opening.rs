//! Opening a world: what is kept is on the screen before the engine has woken.

use albumen_core::catalog::codec::decode_cameras;
use albumen_core::ports::StoreError;
use albumen_core::protocol::{Opened, UploadState, Work};
use futures_util::future::join;

use super::*;
use crate::app::services::Kept;

/// How long nobody need wait to see the first of what is kept: to show a part of it costs an order and a layout.
const SHOW_AFTER_MS: i64 = 300;

impl Actions {
    /// Opens `world` in place of the one that is open.
    pub fn open(self, world: World) {
        spawn_local(self.opening(world));
    }

    /// Puts the other world away at once; whoever waits for the rest knows when the engine has answered.
    fn opening(self, world: World) -> impl Future<Output = ()> {
        let generation = self.begin(world);
        self.services.remember_world(world);
        async move {
            // Another world may have been asked for before this one could begin.
            if self.generation.get_value() != generation {
                return;
            }
            let opening = Opening { world, base: self.services.base_url() };
            let ((), answer) = join(self.show_kept(world, generation), self.ask(Wish::Open(opening))).await;
            if self.generation.get_value() == generation {
                self.opened(answer).await;
            }
        }
    }

    /// Opens Google's world for somebody who, as far as is remembered, was never here: there should be nothing that the
    /// engine could tell, so it is loaded only when something is wished of it.
    pub fn open_when_wished(self) {
        let generation = self.begin(World::Google);
        self.services.open_when_wished(Opening { world: World::Google, base: self.services.base_url() });
        spawn_local(async move {
            // Nobody waits for this answer: the welcome is shown already.
            self.services.sleep(0).await;
            let keeps_any = self.services.keeps_any(World::Google).await;
            let is_asleep = self.state.phase.with_untracked(|phase| *phase == Phase::Reading);
            if self.generation.get_value() != generation || !is_asleep {
                return;
            }
            match keeps_any {
                Ok(false) => self.writers.phase.set(Phase::Open),
                // The small settings were cleared, and not what is in the store.
                Ok(true) => self.open(World::Google),
                Err(Trouble::Store(StoreError::Unavailable)) => {
                    self.writers.keeps.set(false);
                    self.writers.phase.set(Phase::Open);
                }
                Err(trouble) => self.writers.phase.set(Phase::Failed(trouble)),
            }
        });
    }

    /// Forgets what was open. The number tells answers to this opening from those to others.
    fn begin(self, world: World) -> u32 {
        let generation = self.generation.get_value().wrapping_add(1);
        self.generation.set_value(generation);
        self.forget_rows();
        self.end_export();
        if self.state.world.get_untracked() != world {
            self.forget_selected();
            self.services.drop_parts();
        }
        // On a first visit nobody has told anything that would have to be forgotten: a dozen signals less to run through.
        self.writers.reset(!self.services.has_asked());
        self.writers.world.set(world);
        generation
    }

    /// Opens the pretend Google and begins to sign in to it.
    pub fn try_it_now(self) {
        let opening = self.opening(World::Sandbox);
        spawn_local(async move {
            // The press is answered first: to start the engine takes longer than to show that it is being started.
            self.services.sleep(0).await;
            opening.await;
            // What is tried must go on when the network goes: the charts' program is the one part still missing, and
            // not in the way of the others any more. If it cannot be had now, Insights asks again and says so.
            drop(self.services.charts().await);
        });
    }

    /// Shows what is kept. Where reading it takes long, what has come is shown before the rest.
    async fn show_kept(self, world: World, generation: u32) {
        let is_current = move || self.generation.get_value() == generation;
        let mut shown_ms = self.services.now_ms();
        let read = self.services.read_kept(world, |kept| {
            if is_current() {
                self.take_kept(&kept);
                let now_ms = self.services.now_ms();
                if now_ms - shown_ms > SHOW_AFTER_MS {
                    shown_ms = now_ms;
                    self.writers.tell_hot();
                }
            }
            is_current()
        });
        let read = read.await;
        if is_current() {
            self.writers.tell_hot();
            self.writers.phase.set(read.map_or_else(Phase::Failed, |()| Phase::Waking));
        }
    }

    fn take_kept(self, kept: &Kept) {
        let _timed = timed("albumen:catalog");
        self.writers.fill_hot(|hot| {
            hot.reserve(kept.of);
            for (first_row, record) in &kept.records {
                // What the engine has told of meanwhile is newer. A torn record is set aside by the engine, which says
                // so; the others are shown.
                if !hot.is_present(*first_row) {
                    let _ = hot.set_rows(*first_row, record);
                }
            }
            if let Some(Ok(cameras)) = kept.cameras.as_deref().map(decode_cameras)
                && cameras.len() > hot.cameras().len()
            {
                hot.set_cameras(cameras);
            }
        });
    }

    async fn opened(self, answer: Result<Answer, Trouble>) {
        match answer {
            Ok(Answer::Opened(opened)) => self.take_over(*opened),
            Ok(_) => {
                let what = "the engine answered something else to opening".to_owned();
                return self.writers.phase.set(Phase::Failed(Trouble::OutOfPlace(what)));
            }
            Err(trouble) => return self.writers.phase.set(Phase::Failed(trouble)),
        }
        match self.services.take_callback() {
            Some(callback) => {
                self.finish_sign_in(callback).await;
                // Whoever was sent to Google for the sake of an upload comes back to it.
                if self.state.uploads.with_untracked(|uploads| uploads.values().any(|upload| !is_over(&upload.state))) {
                    self.address.go(Screen::Upload);
                }
            }
            None if self.state.world.get_untracked() == World::Sandbox
                && self.state.account.with_untracked(Option::is_none)
                && untrack(|| self.state.is_empty()) =>
            {
                self.sign_in(Access::Read);
            }
            None => {}
        }
    }

    /// Names what was kept and cannot be read, if there is any.
    pub fn say_set_aside(self, set_aside: &[String]) {
        if !set_aside.is_empty() {
            self.toaster
                .say(format!("Some of what was kept here could not be read and is left out: {}", set_aside.join("; ")));
        }
    }

    /// Writes down what the engine found when it opened, the first time or after it had to start again.
    pub(super) fn take_over(self, opened: Opened) {
        let writers = self.writers;
        self.services.remember_world(self.state.world.get_untracked());
        self.say_set_aside(&opened.set_aside);
        writers.client.set(opened.client);
        writers.account.set(opened.account);
        writers.sync.set(opened.sync);
        writers.import.set(opened.import);
        writers.thumbnail_bytes.set(opened.thumbnail_bytes);
        writers.uploads.set(opened.uploads.into_iter().map(|upload| (upload.id, upload)).collect());
        writers.uploads_work.set(Work::Idle);
        writers.quota.set(opened.quota);
        writers.makes.set(opened.makes);
        writers.keeps.set(opened.keeps);
        writers.phase.set(Phase::Open);
        self.say_drawn();
        self.load_albums();
    }
}

fn is_over(upload: &UploadState) -> bool {
    matches!(upload, UploadState::Created { .. } | UploadState::Failed(_))
}
