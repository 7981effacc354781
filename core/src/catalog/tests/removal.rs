//! Rows that are removed leave nothing behind, and their numbers to nobody.

use super::{details, item, items, keep, open, tear};
use crate::catalog::{Hot, Ledger, ROWS_PER_SEGMENT, Staged};
use crate::photo::MediaItem;
use crate::ports::{Store, StoreError};
use crate::store::{MemoryStore, keys};

const FULL: u32 = ROWS_PER_SEGMENT as u32;

/// Stages, commits and applies; the page is told what it would be told.
fn change(
    ledger: &Ledger,
    store: &MemoryStore,
    page: &mut Hot,
    items: &[MediaItem],
    removed: &[u32],
) -> Result<(Vec<u32>, Vec<u32>), StoreError> {
    let mut staged: Staged = pollster::block_on(ledger.stage_change(store, items, removed))?;
    pollster::block_on(store.commit(std::mem::take(&mut staged.batch)))?;
    for (first_row, record) in &staged.hot {
        page.set_rows(*first_row, record).unwrap();
    }
    let done = (staged.rows.clone(), staged.removed.clone());
    ledger.apply(staged);
    Ok(done)
}

fn found(ledger: &Ledger, store: &MemoryStore, text: &str) -> Vec<u32> {
    pollster::block_on(ledger.find(store, text)).unwrap().rows.iter().collect()
}

#[test]
fn a_removed_row_is_gone_everywhere_and_its_item_comes_again_as_another() {
    let store = MemoryStore::new();
    let (ledger, mut page) = (open(&store).0, Hot::new());
    change(&ledger, &store, &mut page, &items(0..5), &[]).unwrap();
    assert_eq!(found(&ledger, &store, "img_2"), [2]);
    assert_eq!(change(&ledger, &store, &mut page, &[], &[3, 2, 3, 77, u32::MAX]).unwrap(), (vec![], vec![2, 3]));
    assert_eq!((page.len(), page.is_present(2), page.is_present(4)), (3, false, true));
    assert_eq!(found(&ledger, &store, "img_2"), [] as [u32; 0]);
    for ledger in [&ledger, &open(&store).0] {
        assert_eq!((details(ledger, &store, 2), ledger.row_of("id-2"), ledger.len()), (None, None, 5));
        assert_eq!(pollster::block_on(ledger.ids(&store, &[2, 4])).unwrap(), [None, Some("id-4".to_owned())]);
    }
    let ledger = open(&store).0;
    assert_eq!(keep(&ledger, &store, &[item(2), item(4)]).unwrap(), [5, 4]);
    assert_eq!((details(&ledger, &store, 5), open(&store).0.row_of("id-2")), (Some(item(2)), Some(5)));
    // There is nothing more to remove.
    let staged = pollster::block_on(ledger.stage_change(&store, &[], &[2, 3])).unwrap();
    assert_eq!((staged.batch.puts.len(), staged.removed.len()), (0, 0));
}

#[test]
fn rows_go_and_items_come_in_one_transaction() {
    let store = MemoryStore::new();
    let (ledger, mut page) = (open(&store).0, Hot::new());
    change(&ledger, &store, &mut page, &items(0..FULL + 2), &[]).unwrap();
    let (before, page_before) = (store.records(), page.clone());
    let merged = MediaItem { file_name: "merged".into(), ..item(7) };
    store.fail_commit(1, StoreError::Full);
    assert_eq!(change(&ledger, &store, &mut page, std::slice::from_ref(&merged), &[9]), Err(StoreError::Full));
    assert_eq!((store.records(), &page, ledger.row_of("id-9")), (before, &page_before, Some(9)));
    // Row 9's own item comes again in the same change, and is a new row.
    let done = change(&ledger, &store, &mut page, &[merged.clone(), item(9)], &[9, FULL]).unwrap();
    assert_eq!(done, (vec![7, FULL + 2], vec![9, FULL]));
    for ledger in [&ledger, &open(&store).0] {
        assert_eq!(details(ledger, &store, 7), Some(merged.clone()));
        assert_eq!(details(ledger, &store, FULL + 2), Some(item(9)));
        assert_eq!([9, FULL].map(|row| details(ledger, &store, row)), [None, None]);
    }
    assert_eq!(page.len(), ROWS_PER_SEGMENT + 1);
}

#[test]
fn many_items_that_come_while_rows_of_their_segment_go_are_kept() {
    let store = MemoryStore::new();
    let (ledger, mut page) = (open(&store).0, Hot::new());
    change(&ledger, &store, &mut page, &items(0..300), &[]).unwrap();
    change(&ledger, &store, &mut page, &items(300..600), &[]).unwrap();
    let done = change(&ledger, &store, &mut page, &items(600..900), &[1, 301]).unwrap();
    assert_eq!(done, ((600..900).collect(), vec![1, 301]));
    let (ledger, set_aside) = open(&store);
    assert_eq!((set_aside.len(), ledger.len(), page.len()), (0, 900, 898));
    for row in [0, 1, 2, 299, 300, 301, 302, 599, 600, 899] {
        let expected = (![1, 301].contains(&row)).then(|| item(row));
        assert_eq!((details(&ledger, &store, row), page.is_present(row)), (expected.clone(), expected.is_some()));
    }
}

#[test]
fn a_row_of_which_records_are_lost_is_forgotten_nevertheless() {
    for part in [keys::hot(0), keys::cold(0), keys::text(0)] {
        let store = MemoryStore::new();
        keep(&open(&store).0, &store, &items(0..3)).unwrap();
        tear(&store, &part);
        let ledger = open(&store).0;
        assert_eq!(change(&ledger, &store, &mut Hot::new(), &[], &[1]).unwrap().1, [1]);
        assert_eq!([0, 1].map(|row| open(&store).0.row_of(&item(row).id)), [Some(0), None], "{part}");
    }
}

#[test]
fn keys_that_are_made_anew_know_nothing_of_what_was_removed() {
    let store = MemoryStore::new();
    let ledger = open(&store).0;
    keep(&ledger, &store, &items(0..3)).unwrap();
    change(&ledger, &store, &mut Hot::new(), &[], &[1]).unwrap();
    tear(&store, &keys::keys_segment(0));
    let (ledger, set_aside) = open(&store);
    assert_eq!((set_aside.len(), [0, 1, 2].map(|row| ledger.row_of(&item(row).id))), (0, [Some(0), None, Some(2)]));
}
