//! What the engine tells unasked, written into the shared signals.

use albumen_core::protocol::{News, Work};

use super::*;
use crate::app::services::{Heard, once_drawn};
use crate::app::words::correcting::outcome;

impl Actions {
    /// Takes what the engine, or the link to it, tells unasked.
    pub fn hear(self, heard: Heard) {
        match heard {
            Heard::News(news, buffers) => self.hear_news(news, &buffers),
            Heard::Reopened(opened) => self.take_over(*opened),
            Heard::Stopped(trouble) => {
                self.toaster.say(self.explain(&trouble).sentence);
                self.writers.sync.update(|sync| {
                    if let Some(sync) = sync.as_mut().filter(|sync| is_under_way(&sync.work)) {
                        sync.work = Work::Stopped(trouble.clone());
                    }
                });
                self.writers.correcting.update(|state| {
                    if let Some(state) = state.as_mut().filter(|state| is_under_way(&state.work)) {
                        state.work = Work::Stopped(trouble.clone());
                    }
                });
                self.writers.uploads_work.update(|work| {
                    if is_under_way(work) {
                        *work = Work::Stopped(trouble.clone());
                    }
                });
            }
        }
    }

    /// `buffers` are the records of [`News::Rows`], in its order, or those of [`News::Albums`].
    fn hear_news(self, news: News, buffers: &[Vec<u8>]) {
        let writers = self.writers;
        match news {
            // The link has checked it; nothing on the screen depends on it.
            News::Ready { .. } => {}
            News::Rows { first_rows, cameras } => {
                let torn = writers.fill_hot(|hot| {
                    if let Some(cameras) = cameras {
                        hot.set_cameras(cameras);
                    }
                    first_rows.iter().zip(buffers).filter(|(row, record)| hot.set_rows(**row, record).is_err()).count()
                });
                if torn > 0 {
                    self.toaster.say("Some photos could not be read from this device. Reload to see them.");
                }
                // All that follows from it is a task of its own. A timer would be held back where nobody sees the page.
                spawn_local(async move {
                    self.services.turn().await;
                    writers.tell_hot();
                    self.say_drawn();
                });
            }
            News::Albums { removed, listed } => self.hear_albums(&removed, listed, buffers),
            News::Emptied => {
                // Its rows will be other photos.
                self.forget_rows();
                self.forget_selected();
                writers.text_matches.set(None);
                writers.exposed_matches.set(None);
                self.forget_albums();
                writers.change_hot(albumen_core::catalog::Hot::clear);
            }
            News::Account(account) => writers.account.set(account),
            News::Client(client) => writers.client.set(client),
            News::Sync(sync) => writers.sync.set(Some(sync)),
            News::Import(import) => {
                writers.import.set(import);
                self.say_drawn();
            }
            News::Correcting(state) => {
                let outcome = state.as_ref().and_then(|state| outcome(state, self.services.numbers()));
                writers.correcting.set(state);
                if let Some(outcome) = outcome {
                    self.toaster.say(outcome);
                }
            }
            News::ThumbnailBytes(bytes) => writers.thumbnail_bytes.set(bytes),
            News::Uploads(changed) => writers.uploads.update(|all| {
                all.extend(changed.into_iter().map(|upload| (upload.id, upload)));
            }),
            News::UploadsRemoved(removed) => writers.uploads.update(|all| {
                for id in &removed {
                    all.remove(id);
                }
            }),
            News::UploadsWork(work) => writers.uploads_work.set(work),
            News::Quota(quota) => writers.quota.set(quota),
            News::Died { message } => {
                self.toaster.say(self.explain(&Trouble::EngineStopped { message }).sentence);
            }
        }
    }

    /// Tells the engine, as soon as what changed by now is drawn: it may be waiting for that.
    pub(super) fn say_drawn(self) {
        once_drawn(move || {
            spawn_local(async move {
                // An engine that has ended waits for nothing.
                let _ = self.ask(Wish::Drawn).await;
            });
        });
    }
}

fn is_under_way(work: &Work) -> bool {
    matches!(work, Work::Running | Work::Waiting { .. })
}
