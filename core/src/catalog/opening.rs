//! What the ledger finds in the store when it opens, and what it makes of records that are lost.

use std::collections::BTreeSet;

use crate::ports::{Batch, Store, StoreError};
use crate::store::keys;

use super::cameras::Cameras;
use super::codec::{SegmentError, decode_cameras, decode_cold, decode_hot, decode_keys, encode_keys};
use super::index::{KeyIndex, NO_KEY, key_of};
use super::ledger::SetAside;
use super::pieces::{Part, Pieces};
use super::{MOST_SEGMENTS, ROWS_PER_SEGMENT};

/// Pieces read at once: 2.3 megabytes of keys and hot columns at most.
const PIECES_AT_ONCE: usize = 16;

/// What was found.
#[derive(Default)]
pub(super) struct Found {
    pub(super) index: KeyIndex,
    pub(super) pieces: Pieces,
    pub(super) cameras: Cameras,
    pub(super) set_aside: Vec<SetAside>,
    repair: Batch,
    highest_camera: u16,
}

/// Reads keys and cameras, checks hot segments, and mends what can be mended.
pub(super) async fn read<S: Store>(store: &S) -> Result<Found, StoreError> {
    let names = store.names(keys::CATALOG).await?;
    let mut found = Found::default();
    let all: Vec<Piece> = all_pieces(&names);
    for pieces in all.chunks(PIECES_AT_ONCE) {
        let asked: Vec<String> =
            pieces.iter().flat_map(|piece| [piece.name(Part::Keys), piece.name(Part::Hot)]).collect();
        let mut records = store.read(&asked).await?.into_iter();
        for &piece in pieces {
            let records = Records {
                keys: records.next().flatten(),
                hot: records.next().flatten(),
                has_text: names.binary_search(&piece.name(Part::Text)).is_ok(),
            };
            take_piece(store, &mut found, piece, records).await?;
        }
    }
    take_cameras(store, &mut found).await?;
    if found.repair != Batch::default() {
        // A store that is full or read-only is still read: what could not be mended is mended next time.
        let _ = store.commit(std::mem::take(&mut found.repair)).await;
    }
    Ok(found)
}

/// A segment, or the rest of one from a place on.
#[derive(Clone, Copy)]
struct Piece {
    number: u32,
    place: usize,
    /// Where the next piece of its segment begins, or the segment ends.
    end: usize,
}

impl Piece {
    fn name(self, part: Part) -> String {
        part.name(self.number, self.place)
    }

    /// A row of its segment, counted from the first of all.
    fn row(self, place: usize) -> usize {
        self.number as usize * ROWS_PER_SEGMENT + place
    }
}

/// All pieces of which there is any record, ascending, those set aside among them: their rows are not given to other
/// items. The first piece of a segment is among them, whether there is any of it or not.
fn all_pieces(names: &[String]) -> Vec<Piece> {
    let aside = |prefix: &str| format!("{}{}", keys::ASIDE, &prefix[keys::CATALOG.len()..]);
    let parts = [keys::HOT, keys::COLD, keys::TEXT, keys::KEYS];
    let prefixes = parts.map(|prefix| [prefix.to_string(), aside(prefix)]).concat();
    let piece = |name: &String| prefixes.iter().find_map(|prefix| keys::piece_in(prefix, name));
    let found = names.iter().filter_map(piece);
    let found = found.filter(|(number, place)| *number < MOST_SEGMENTS && *place < ROWS_PER_SEGMENT);
    let found: BTreeSet<(u32, usize)> = found.flat_map(|(number, place)| [(number, 0), (number, place)]).collect();
    let mut next = found.iter().skip(1);
    let piece = |(number, place): &(u32, usize)| {
        let end =
            next.next().filter(|(following, _)| following == number).map_or(ROWS_PER_SEGMENT, |(_, place)| *place);
        Piece { number: *number, place: *place, end }
    };
    found.iter().map(piece).collect()
}

/// What is read of every piece. Texts are many: that they are there is enough until something is searched.
struct Records {
    keys: Option<Vec<u8>>,
    hot: Option<Vec<u8>>,
    has_text: bool,
}

async fn take_piece<S: Store>(store: &S, found: &mut Found, piece: Piece, records: Records) -> Result<(), StoreError> {
    if found.index.len() > piece.row(piece.place) {
        // Its segment was written anew in one, after this was set aside.
        return Ok(());
    }
    found.pieces.push(piece.number, piece.place);
    let keys = match decoded(records.keys.as_deref(), decode_keys) {
        Ok(keys) => keys,
        Err(why) => match keys_from_cold(store, piece).await? {
            Ok(keys) => {
                found.repair.puts.push((piece.name(Part::Keys), encode_keys(&keys)));
                keys
            }
            Err(cold_record) => {
                let text_record = store.read(&[piece.name(Part::Text)]).await?.into_iter().next().flatten();
                let records = [
                    (piece.name(Part::Keys), records.keys),
                    (piece.name(Part::Hot), records.hot),
                    (piece.name(Part::Cold), cold_record),
                    (piece.name(Part::Text), text_record),
                ];
                lose_piece(found, piece, records, why);
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
        Err(why) => found.set_aside.push(SetAside { name: piece.name(Part::Hot), why }),
    }
    if !records.has_text {
        found.set_aside.push(SetAside { name: piece.name(Part::Text), why: SegmentError::Missing });
    }
    found.index.pad_to(piece.row(piece.place));
    for key in keys {
        found.index.push(key);
    }
    Ok(())
}

/// Keys made anew of the ids of a piece's cold record, or its record as it is.
async fn keys_from_cold<S: Store>(store: &S, piece: Piece) -> Result<Result<Vec<u128>, Option<Vec<u8>>>, StoreError> {
    let record = store.read(&[piece.name(Part::Cold)]).await?.into_iter().next().flatten();
    let Ok(rows) = decoded(record.as_deref(), decode_cold) else { return Ok(Err(record)) };
    Ok(Ok(rows.iter().map(|row| if row.id.is_empty() { NO_KEY } else { key_of(&row.id) }).collect()))
}

/// Moves what there is of a piece aside, and passes over all of its rows.
fn lose_piece(found: &mut Found, piece: Piece, records: [(String, Option<Vec<u8>>); 4], why: SegmentError) {
    let mut there_was_any = false;
    for (name, record) in records {
        let Some(bytes) = record else { continue };
        there_was_any = true;
        found.repair.puts.push((format!("{}{}", keys::ASIDE, &name[keys::CATALOG.len()..]), bytes));
        found.repair.deletes.push(name);
    }
    // Nothing there any more: it was set aside, and told of, at an earlier opening.
    if there_was_any {
        found.set_aside.push(SetAside { name: piece.name(Part::Keys), why });
    }
    found.index.pad_to(piece.row(piece.end));
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
