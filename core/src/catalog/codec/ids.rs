//! Ids as Google makes them, of the letters of base64url: four of them in three bytes.

use super::bytes::{Reader, write_column, write_strings};
use super::error::SegmentError;

/// The letters of base64url (RFC 4648, section 5), by their number.
const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/// In the place of a number: no letter of base64url.
const NONE: u8 = 255;
/// The number of every letter.
const NUMBERS: [u8; 256] = numbers();

const PLAIN: u8 = 0;
const PACKED: u8 = 1;

const fn numbers() -> [u8; 256] {
    let mut numbers = [NONE; 256];
    let mut number = 0;
    while number < LETTERS.len() {
        numbers[LETTERS[number] as usize] = number as u8;
        number += 1;
    }
    numbers
}

/// Appends ids as [`read_ids`] reads them. Where one of them has another letter in it, or is very long, all are written
/// as they are.
pub(super) fn write_ids<'a>(out: &mut Vec<u8>, ids: impl Iterator<Item = &'a str> + Clone) {
    let from = out.len();
    out.push(PACKED);
    if write_packed(out, ids.clone()).is_none() {
        out.truncate(from);
        out.push(PLAIN);
        write_strings(out, ids);
    }
}

fn write_packed<'a>(out: &mut Vec<u8>, ids: impl Iterator<Item = &'a str> + Clone) -> Option<()> {
    let lengths = ids.clone().map(|id| u16::try_from(id.len()).ok()).collect::<Option<Vec<u16>>>()?;
    write_column(out, &lengths, u16::to_le_bytes);
    let mut seen = 0;
    for id in ids {
        let (fours, rest) = id.as_bytes().as_chunks::<4>();
        let mut pack = |four: [u8; 4]| {
            let [a, b, c, d] = four.map(|letter| NUMBERS[usize::from(letter)]);
            seen |= a | b | c | d;
            let bits = u32::from(a) << 18 | u32::from(b) << 12 | u32::from(c) << 6 | u32::from(d);
            let [_, bytes @ ..] = bits.to_be_bytes();
            bytes
        };
        for four in fours {
            out.extend_from_slice(&pack(*four));
        }
        if !rest.is_empty() {
            let mut four = [LETTERS[0]; 4];
            four[..rest.len()].copy_from_slice(rest);
            out.extend_from_slice(&pack(four)[..rest.len()]);
        }
    }
    (seen < 64).then_some(())
}

/// Reads what [`write_ids`] wrote.
pub(super) fn read_ids(reader: &mut Reader<'_>, count: usize) -> Result<Vec<String>, SegmentError> {
    if reader.bytes(1)? == [PLAIN] {
        return reader.strings(count);
    }
    let lengths = reader.column(count, u16::from_le_bytes)?;
    let mut ids = Vec::with_capacity(count);
    for length in lengths {
        let length = usize::from(length);
        let (packed, rest) = reader.bytes(length / 4 * 3 + length % 4)?.as_chunks::<3>();
        let mut id = Vec::with_capacity(length.next_multiple_of(4));
        id.extend(packed.iter().flat_map(|packed| letters(*packed)));
        if !rest.is_empty() {
            let mut last = [0; 3];
            last[..rest.len()].copy_from_slice(rest);
            id.extend(letters(last));
        }
        id.truncate(length);
        ids.push(String::from_utf8(id).map_err(|_| SegmentError::Malformed { what: "an id is no text" })?);
    }
    Ok(ids)
}

/// The four letters of three bytes.
fn letters([a, b, c]: [u8; 3]) -> [u8; 4] {
    let bits = u32::from_be_bytes([0, a, b, c]);
    [18, 12, 6, 0].map(|shift| LETTERS[(bits >> shift & 63) as usize])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn back(ids: &[String]) -> (usize, Result<Vec<String>, SegmentError>) {
        let mut out = Vec::new();
        write_ids(&mut out, ids.iter().map(String::as_str));
        let mut reader = Reader::new(&out);
        let read = read_ids(&mut reader, ids.len());
        reader.end().unwrap();
        (out.len(), read)
    }

    #[test]
    fn an_id_of_google_takes_three_quarters() {
        let ids = vec!["AE-_zZ09".repeat(10); 9];
        assert_eq!(back(&ids), (1 + 9 * (2 + 60), Ok(ids)));
    }

    proptest! {
        #[test]
        fn ids_come_back(ids in prop::collection::vec("[A-Za-z0-9_-]{0,11}", 0..9), odd in prop::option::of("\\PC{0,5}")) {
            let ids: Vec<String> = ids.into_iter().chain(odd).collect();
            prop_assert_eq!(back(&ids).1, Ok(ids));
        }

        #[test]
        fn no_bytes_break_the_reader(bytes: Vec<u8>, count in 0..20_usize) {
            let _ = read_ids(&mut Reader::new(&bytes), count);
        }
    }
}
