//! What the ledger finds in the store when it opens, and what it makes of records that are lost.

use std::collections::BTreeSet;

use crate::ports::{Batch, Store, StoreError};
use crate::store::keys;

use super::cameras::Cameras;
use super::codec::{SegmentError, decode_cameras, decode_cold, decode_hot, decode_keys, encode_keys};
use super::index::{KeyIndex, NO_KEY, key_of};
use super::ledger::SetAside;
use super::{MOST_SEGMENTS, ROWS_PER_SEGMENT};

/// Segments read at once: 2.3 megabytes of keys and hot columns.
const SEGMENTS_AT_ONCE: usize = 16;

/// What was found.
#[derive(Default)]
pub(super) struct Found {
    pub(super) index: KeyIndex,
    pub(super) cameras: Cameras,
    pub(super) set_aside: Vec<SetAside>,
    repair: Batch,
    highest_camera: u16,
}

/// Reads keys and cameras, checks hot segments, and mends what can be mended.
pub(super) async fn read<S: Store>(store: &S) -> Result<Found, StoreError> {
    let names = store.names(keys::CATALOG).await?;
    let numbers = segment_numbers(&names);
    let mut found = Found::default();
    let all: Vec<u32> = numbers.into_iter().collect();
    for numbers in all.chunks(SEGMENTS_AT_ONCE) {
        let asked: Vec<String> =
            numbers.iter().flat_map(|number| [keys::keys_segment(*number), keys::hot(*number)]).collect();
        let mut records = store.read(&asked).await?.into_iter();
        for &number in numbers {
            let records = Records {
                keys: records.next().flatten(),
                hot: records.next().flatten(),
                has_text: names.binary_search(&keys::text(number)).is_ok(),
            };
            take_segment(store, &mut found, number, records).await?;
        }
    }
    take_cameras(store, &mut found).await?;
    if found.repair != Batch::default() {
        // A store that is full or read-only is still read: what could not be mended is mended next time.
        let _ = store.commit(std::mem::take(&mut found.repair)).await;
    }
    Ok(found)
}

/// The numbers of all segments of which there is any record, those set aside among them: their rows are not given to
/// other items.
fn segment_numbers(names: &[String]) -> BTreeSet<u32> {
    let aside = |prefix: &str| format!("{}{}", keys::ASIDE, &prefix[keys::CATALOG.len()..]);
    let parts = [keys::HOT, keys::COLD, keys::TEXT, keys::KEYS];
    let prefixes = parts.map(|prefix| [prefix.to_string(), aside(prefix)]).concat();
    let number = |name: &String| prefixes.iter().find_map(|prefix| keys::number_in(prefix, name));
    names.iter().filter_map(number).filter(|number| *number < MOST_SEGMENTS).collect()
}

/// What is read of every segment. Texts are many: that they are there is enough until something is searched.
struct Records {
    keys: Option<Vec<u8>>,
    hot: Option<Vec<u8>>,
    has_text: bool,
}

async fn take_segment<S: Store>(store: &S, found: &mut Found, number: u32, records: Records) -> Result<(), StoreError> {
    let keys = match decoded(records.keys.as_deref(), decode_keys) {
        Ok(keys) => keys,
        Err(why) => match keys_from_cold(store, number).await? {
            Ok(keys) => {
                found.repair.puts.push((keys::keys_segment(number), encode_keys(&keys)));
                keys
            }
            Err(cold_record) => {
                let text_record = store.read(&[keys::text(number)]).await?.into_iter().next().flatten();
                let records = [
                    (keys::keys_segment(number), records.keys),
                    (keys::hot(number), records.hot),
                    (keys::cold(number), cold_record),
                    (keys::text(number), text_record),
                ];
                lose_segment(found, number, records, why);
                return Ok(());
            }
        },
    };
    let hot = decoded(records.hot.as_deref(), decode_hot).and_then(|hot| {
        let rows = hot.len();
        (rows == keys.len()).then_some(hot).ok_or(SegmentError::Rows { found: rows, expected: keys.len() })
    });
    match hot {
        Ok(hot) => {
            let highest = hot.camera.iter().copied().max().unwrap_or(0);
            found.highest_camera = found.highest_camera.max(highest);
        }
        Err(why) => found.set_aside.push(SetAside { name: keys::hot(number), why }),
    }
    if !records.has_text {
        found.set_aside.push(SetAside { name: keys::text(number), why: SegmentError::Missing });
    }
    found.index.pad_to(number as usize * ROWS_PER_SEGMENT);
    for key in keys {
        found.index.push(key);
    }
    Ok(())
}

/// Keys made anew of a cold segment's ids, or its record as it is.
async fn keys_from_cold<S: Store>(store: &S, number: u32) -> Result<Result<Vec<u128>, Option<Vec<u8>>>, StoreError> {
    let record = store.read(&[keys::cold(number)]).await?.into_iter().next().flatten();
    let Ok(rows) = decoded(record.as_deref(), decode_cold) else { return Ok(Err(record)) };
    Ok(Ok(rows.iter().map(|row| if row.id.is_empty() { NO_KEY } else { key_of(&row.id) }).collect()))
}

/// Moves what there is of a segment aside, and passes over all of its rows.
fn lose_segment(found: &mut Found, number: u32, records: [(String, Option<Vec<u8>>); 4], why: SegmentError) {
    let mut there_was_any = false;
    for (name, record) in records {
        let Some(bytes) = record else { continue };
        there_was_any = true;
        found.repair.puts.push((format!("{}{}", keys::ASIDE, &name[keys::CATALOG.len()..]), bytes));
        found.repair.deletes.push(name);
    }
    // Nothing there any more: it was set aside, and told of, at an earlier opening.
    if there_was_any {
        found.set_aside.push(SetAside { name: keys::keys_segment(number), why });
    }
    found.index.pad_to((number as usize + 1) * ROWS_PER_SEGMENT);
}

async fn take_cameras<S: Store>(store: &S, found: &mut Found) -> Result<(), StoreError> {
    let record = store.read(&[keys::CAMERAS.to_string()]).await?.into_iter().next().flatten();
    match decoded(record.as_deref(), decode_cameras) {
        Ok(list) => found.cameras = Cameras::new(list),
        // No camera was ever seen.
        Err(SegmentError::Missing) if found.highest_camera == 0 => {}
        Err(why) => {
            found.cameras = Cameras::unknown_up_to(found.highest_camera);
            found.set_aside.push(SetAside { name: keys::CAMERAS.into(), why });
        }
    }
    Ok(())
}

fn decoded<T>(record: Option<&[u8]>, decode: impl Fn(&[u8]) -> Result<T, SegmentError>) -> Result<T, SegmentError> {
    record.ok_or(SegmentError::Missing).and_then(decode)
}
