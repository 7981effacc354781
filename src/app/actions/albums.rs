//! Albums: the engine has them as records, the page all of them in memory.

use albumen_core::catalog::codec::decode_album;
use albumen_core::catalog::{Albums, RowSet};
use albumen_core::photo::AlbumKey;

use super::*;
use crate::app::state::AlbumList;

impl Actions {
    /// Asks the engine for all albums that are kept.
    pub(super) fn load_albums(self) {
        let generation = self.generation.get_value();
        spawn_local(async move {
            loop {
                let told = self.albums_told.get_value();
                let answered = self.services.ask_with(Wish::Albums, Vec::new()).await;
                if self.generation.get_value() != generation {
                    return;
                }
                // What was told of in between is newer than the answer may be.
                if self.albums_told.get_value() != told {
                    continue;
                }
                return match answered {
                    Ok((Answer::Albums { listed, set_aside }, records)) => {
                        self.say_set_aside(&set_aside);
                        self.put_albums(Albums::new(), &records, listed);
                    }
                    Ok(_) => {
                        let what = "the engine answered something else to a question for albums".to_owned();
                        self.toaster.say(self.explain(&Trouble::OutOfPlace(what)).sentence);
                    }
                    Err(trouble) => self.toaster.say(self.explain(&trouble).sentence),
                };
            }
        });
    }

    /// Takes in albums that the engine tells of.
    pub(super) fn hear_albums(self, removed: &[AlbumKey], listed: bool, records: &[Vec<u8>]) {
        self.albums_told.update_value(|told| *told = told.wrapping_add(1));
        let mut albums =
            self.state.albums.with_untracked(|list| list.as_ref().map(|list| list.albums.clone())).unwrap_or_default();
        for key in removed {
            albums.remove(*key);
        }
        self.put_albums(albums, records, listed);
    }

    /// There are none any more, and nobody has listed them.
    pub(super) fn forget_albums(self) {
        self.albums_told.update_value(|told| *told = told.wrapping_add(1));
        self.put_albums(Albums::new(), &[], false);
    }

    fn put_albums(self, mut albums: Albums, records: &[Vec<u8>], listed: bool) {
        let read = records.iter().map(|record| decode_album(record));
        let torn = read.filter_map(|album| album.map(|album| albums.put(album)).err()).count();
        if torn > 0 {
            self.toaster.say("Some albums could not be read from this device. Sync to have them again.");
        }
        self.writers.albums.set(Some(Arc::new(AlbumList { albums, is_listed: listed })));
    }
}

/// The rows that the text of a filter finds, its albums hold and that were exposed as it asks; `None` where it asks for
/// none of these, or nothing of it is known yet.
pub(super) fn matches(filter: &Filter, state: State) -> Option<Arc<RowSet>> {
    let of_albums = || {
        let keys = filter.albums.iter().copied();
        state.albums.with(|list| list.as_ref().map(|list| Arc::new(list.albums.rows_of(keys))))
    };
    let of_albums = if filter.albums.is_empty() { None } else { of_albums() };
    let of_text = filter.text.as_ref().and_then(|_| state.text_matches.get()).map(|found| Arc::new(found.rows.clone()));
    let of_exposed = if filter.exposed.asks() { state.exposed_matches.get() } else { None };
    let of_exposed = of_exposed.map(|found| Arc::new(found.rows.clone()));
    [of_albums, of_text, of_exposed].into_iter().flatten().reduce(|mut all, rows| {
        Arc::make_mut(&mut all).intersect(&rows);
        all
    })
}
