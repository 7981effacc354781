//! A long life of fetches, imports, removals, refusals and restarts against a model that is a map.

use std::collections::HashMap;
use std::rc::Rc;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use super::{details, keep, open};
use crate::catalog::{Hot, Source};
use crate::photo::{
    Camera, Corrected, Correction, Export, Kind, LocalClock, Marks, MediaItem, Moment, Place, TimeBasis,
};
use crate::ports::{Store, StoreError};
use crate::store::MemoryStore;

/// What happens to a catalog.
#[derive(Clone, Debug)]
enum Happening {
    Fetched(Vec<MediaItem>),
    FetchedInVain(Vec<MediaItem>),
    Changed(Vec<MediaItem>, Vec<u32>),
    TakenBack(Vec<u32>, Source),
    Corrected(Vec<u32>, Option<Correction>),
    Reopened,
}

prop_compose! {
    fn some_export()(offset_min in option::of(0..3_i16), at in option::of(1..4_u8), lens in "[lm]?", archived: bool, is_in_account: bool) -> Export {
        Export {
            clock: offset_min.map(|offset_min| LocalClock { offset_min, basis: TimeBasis::ExifOffset }),
            place: at.and_then(|at| Place::new(at.into(), 7.25, (at == 2).then_some(5.5))),
            lens,
            marks: Marks { archived, ..Marks::default() },
            is_in_account,
            ..Export::default()
        }
    }
}

prop_compose! {
    fn some_item()(id in 0..12_u32, taken_s in option::of(-9..9_i64), width_px in 0..3_u32, description in "[ab]?", file_name in "[cd]?", model in "[xy]?", video: bool, export in option::of(some_export()))
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
            export: export.map(Box::new),
            ..MediaItem::default()
        }
    }
}

fn some_correction() -> impl Strategy<Value = Correction> {
    prop_oneof![
        (-3..4_i64).prop_map(|seconds| Correction::Shift { seconds }),
        "[nsx]".prop_map(|zone| Correction::Zone { zone }),
        ("[nsx]", "[ns]").prop_map(|(zone, here)| Correction::Clock { zone, here }),
    ]
}

/// Two zones, one of which changes its offset while items are taken; of the third nobody knows.
fn offset_min(zone: &str, utc_s: i64) -> Option<i32> {
    match zone {
        "n" => Some(330),
        "s" => Some(if utc_s < 0 { -60 } else { -120 }),
        _ => None,
    }
}

fn happening() -> impl Strategy<Value = Happening> {
    prop_oneof![
        4 => vec(some_item(), 0..8).prop_map(Happening::Fetched),
        1 => vec(some_item(), 1..8).prop_map(Happening::FetchedInVain),
        2 => (vec(some_item(), 0..4), vec(0..20_u32, 0..4)).prop_map(|(items, rows)| Happening::Changed(items, rows)),
        1 => (vec(0..20_u32, 0..9), any::<bool>()).prop_map(|(rows, is_account)| {
            Happening::TakenBack(rows, if is_account { Source::Account } else { Source::Takeout })
        }),
        3 => (vec(0..20_u32, 0..9), option::of(some_correction())).prop_map(|(rows, by)| Happening::Corrected(rows, by)),
        1 => Just(Happening::Reopened),
    ]
}

/// The model: rows in order of arrival, and the rule of merging in its plainest words.
#[derive(Default)]
struct Model {
    /// As the sources tell of them.
    items: Vec<Option<MediaItem>>,
    corrections: HashMap<u32, Correction>,
    rows: HashMap<String, u32>,
}

impl Model {
    fn take(&mut self, new: &MediaItem) -> u32 {
        let row = *self.rows.entry(new.id.clone()).or_insert(self.items.len() as u32);
        let Some(known) = self.items.get_mut(row as usize) else {
            self.items.push(Some(new.clone()));
            return row;
        };
        let old = known.clone().unwrap();
        let is_old_exported = old.export.is_some();
        let is_old_in_account = old.export.as_ref().is_none_or(|export| export.is_in_account);
        let is_new_merged = new.export.as_ref().is_some_and(|export| export.is_in_account);
        // Whose file it is, and whose names: the older item is asked first where it is the one to say.
        let is_file_old = new.export.is_none() && is_old_exported;
        let are_names_old = new.export.is_some() && !is_new_merged && is_old_in_account;
        let (file, other_file) = if is_file_old { (&old, new) } else { (new, &old) };
        let (names, other_names) = if are_names_old { (&old, new) } else { (new, &old) };
        let text = |first: &String, second: &String| if first.is_empty() { second.clone() } else { first.clone() };
        let has_size = file.width_px != 0;
        let export = new.export.clone().or(old.export.clone()).map(|export| {
            // Whatever the account told of before, or tells of now.
            let is_in_account = is_new_merged || is_old_in_account || new.export.is_none();
            Box::new(Export { is_in_account, ..*export })
        });
        *known = Some(MediaItem {
            taken_s: file.taken_s.or(other_file.taken_s),
            width_px: if has_size { file.width_px } else { other_file.width_px },
            height_px: if has_size { file.height_px } else { other_file.height_px },
            camera: Camera { make: String::new(), model: text(&file.camera.model, &other_file.camera.model) },
            kind: names.kind,
            file_name: text(&names.file_name, &other_names.file_name),
            description: if is_file_old || are_names_old {
                text(&names.description, &other_names.description)
            } else {
                new.description.clone()
            },
            export,
            ..new.clone()
        });
        row
    }

    fn remove(&mut self, row: u32) {
        if let Some(known) = self.items.get_mut(row as usize) {
            *known = None;
            self.rows.retain(|_, of| *of != row);
            self.corrections.remove(&row);
        }
    }

    fn correct(&mut self, row: u32, correction: Option<&Correction>) {
        let Some(Some(item)) = self.items.get(row as usize) else { return };
        match correction {
            Some(by) if by.of(item.told(), &offset_min).is_some() => {
                self.corrections.insert(row, by.clone());
            }
            Some(_) => {}
            None => {
                self.corrections.remove(&row);
            }
        }
    }

    /// As it counts: made anew of what is told.
    fn shown(&self, row: u32) -> Option<MediaItem> {
        let mut item = self.items[row as usize].clone()?;
        let Some(correction) = self.corrections.get(&row) else { return Some(item) };
        let told = item.told();
        let shown: Moment = correction.of(told, &offset_min).unwrap_or(told);
        item.taken_s = shown.taken_s;
        if let Some(export) = &mut item.export {
            export.clock = shown.clock;
        }
        item.corrected = Some(Box::new(Corrected { correction: correction.clone(), told, shown }));
        Some(item)
    }

    fn take_back(&mut self, row: u32, source: Source) {
        let Some(Some(known)) = self.items.get_mut(row as usize) else { return };
        match (&mut known.export, source) {
            (None, Source::Takeout) => {}
            (Some(export), Source::Takeout) if export.is_in_account => known.export = None,
            (Some(export), Source::Account) => export.is_in_account = false,
            _ => self.remove(row),
        }
    }
}

proptest! {
    #[test]
    fn the_catalog_is_what_was_kept_and_nothing_else(happenings in vec(happening(), 1..20)) {
        let store = MemoryStore::new();
        let (mut ledger, mut model) = (open(&store).0, Model::default());
        ledger.set_offsets(Rc::new(offset_min));
        let mut page = Hot::new();
        let mut is_searched = false;
        for happening in happenings {
            let staged = match happening {
                Happening::Fetched(items) => {
                    let expected: Vec<u32> = items.iter().map(|item| model.take(item)).collect();
                    let staged = pollster::block_on(ledger.stage(&store, &items)).unwrap();
                    prop_assert_eq!(&staged.rows, &expected);
                    Some(staged)
                }
                Happening::Changed(items, removed) => {
                    removed.iter().for_each(|row| model.remove(*row));
                    let expected: Vec<u32> = items.iter().map(|item| model.take(item)).collect();
                    let staged = pollster::block_on(ledger.stage_change(&store, &items, &removed)).unwrap();
                    prop_assert_eq!(&staged.rows, &expected);
                    Some(staged)
                }
                Happening::TakenBack(rows, source) => {
                    let rows_once: std::collections::BTreeSet<u32> = rows.iter().copied().collect();
                    rows_once.into_iter().for_each(|row| model.take_back(row, source));
                    Some(pollster::block_on(ledger.stage_taking_back(&store, &rows, source)).unwrap())
                }
                Happening::Corrected(rows, correction) => {
                    rows.iter().for_each(|row| model.correct(*row, correction.as_ref()));
                    Some(pollster::block_on(ledger.stage_correcting(&store, &rows, correction.as_ref())).unwrap())
                }
                Happening::FetchedInVain(items) => {
                    store.fail_commit(1, StoreError::Full);
                    prop_assert_eq!(keep(&ledger, &store, &items), Err(StoreError::Full));
                    None
                }
                Happening::Reopened => {
                    ledger = open(&store).0;
                    ledger.set_offsets(Rc::new(offset_min));
                    is_searched = false;
                    None
                }
            };
            if let Some(mut staged) = staged {
                pollster::block_on(store.commit(std::mem::take(&mut staged.batch))).unwrap();
                staged.hot.iter().for_each(|(first_row, record)| page.set_rows(*first_row, record).unwrap());
                ledger.apply(staged);
            }
            prop_assert_eq!(ledger.len(), model.items.len());
            for row in 0..model.items.len() as u32 {
                let found = details(&ledger, &store, row);
                let item = &model.shown(row);
                prop_assert_eq!(&found, item);
                prop_assert_eq!(page.taken_s(row), item.as_ref().and_then(|item| item.taken_s));
                let export = item.as_ref().and_then(|item| item.export.as_deref());
                prop_assert_eq!(page.is_present(row), item.is_some());
                prop_assert_eq!(page.clock(row), item.as_ref().and_then(|item| item.shown().clock));
                prop_assert_eq!(page.has_place(row), export.is_some_and(|export| export.place.is_some()));
                prop_assert_eq!(page.marks(row), export.map(|export| export.marks).unwrap_or_default());
                let is_in_account = export.is_none_or(|export| export.is_in_account);
                prop_assert_eq!(page.is_from(row, Source::Account), item.is_some() && is_in_account);
                prop_assert_eq!(page.is_from(row, Source::Takeout), export.is_some());
            }
            // Texts are read when something is searched for the first time, and followed from then on.
            if is_searched || model.items.len() > 3 {
                is_searched = true;
                let has_c = |item: &Option<MediaItem>| item.as_ref().is_some_and(|item| item.file_name == "c");
                let expected: Vec<u32> = (0..).zip(&model.items).filter(|(_, item)| has_c(item)).map(|(row, _)| row).collect();
                let found = pollster::block_on(ledger.find(&store, "c")).unwrap();
                prop_assert_eq!(found.rows.iter().collect::<Vec<_>>(), expected);
            }
        }
        let (again, set_aside) = open(&store);
        prop_assert_eq!(set_aside.len(), 0);
        for (id, row) in &model.rows {
            prop_assert_eq!(again.row_of(id), Some(*row));
        }
    }
}
