//! A long life of fetches, refusals and restarts against a model that is a map.

use std::collections::HashMap;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use super::{details, keep, open};
use crate::photo::{Camera, Kind, MediaItem};
use crate::ports::StoreError;
use crate::store::MemoryStore;

/// What happens to a catalog.
#[derive(Clone, Debug)]
enum Happening {
    Fetched(Vec<MediaItem>),
    FetchedInVain(Vec<MediaItem>),
    Reopened,
}

prop_compose! {
    fn some_item()(id in 0..12_u32, taken_s in option::of(-9..9_i64), width_px in 0..3_u32, description in "[ab]?", file_name in "[cd]?", model in "[xy]?", video: bool)
        -> MediaItem {
        MediaItem {
            id: id.to_string(),
            taken_s,
            width_px,
            height_px: width_px,
            description,
            file_name,
            kind: if video { Kind::Video } else { Kind::Photo },
            camera: Camera { make: String::new(), model },
            ..MediaItem::default()
        }
    }
}

fn happening() -> impl Strategy<Value = Happening> {
    prop_oneof![
        4 => vec(some_item(), 0..8).prop_map(Happening::Fetched),
        1 => vec(some_item(), 1..8).prop_map(Happening::FetchedInVain),
        1 => Just(Happening::Reopened),
    ]
}

/// The model: rows in order of arrival, and the rule of merging in its plainest words.
#[derive(Default)]
struct Model {
    items: Vec<MediaItem>,
    rows: HashMap<String, u32>,
}

impl Model {
    fn take(&mut self, new: &MediaItem) -> u32 {
        let row = *self.rows.entry(new.id.clone()).or_insert(self.items.len() as u32);
        let Some(old) = self.items.get_mut(row as usize) else {
            self.items.push(new.clone());
            return row;
        };
        let old_item = old.clone();
        *old = new.clone();
        old.taken_s = new.taken_s.or(old_item.taken_s);
        if new.width_px == 0 {
            (old.width_px, old.height_px) = (old_item.width_px, old_item.height_px);
        }
        if new.file_name.is_empty() {
            old.file_name = old_item.file_name;
        }
        if new.camera.model.is_empty() {
            old.camera = old_item.camera;
        }
        row
    }
}

proptest! {
    #[test]
    fn the_catalog_is_what_was_kept_and_nothing_else(happenings in vec(happening(), 1..20)) {
        let store = MemoryStore::new();
        let (mut ledger, mut model) = (open(&store).0, Model::default());
        for happening in happenings {
            match happening {
                Happening::Fetched(items) => {
                    let expected: Vec<u32> = items.iter().map(|item| model.take(item)).collect();
                    prop_assert_eq!(keep(&ledger, &store, &items), Ok(expected));
                }
                Happening::FetchedInVain(items) => {
                    store.fail_commit(1, StoreError::Full);
                    prop_assert_eq!(keep(&ledger, &store, &items), Err(StoreError::Full));
                }
                Happening::Reopened => ledger = open(&store).0,
            }
            prop_assert_eq!(ledger.len(), model.items.len());
            for (row, item) in (0..).zip(&model.items) {
                let found = details(&ledger, &store, row);
                prop_assert_eq!(found.as_ref(), Some(item));
            }
        }
    }
}
