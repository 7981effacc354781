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

/// Appends ids as [`Ids`] reads them. Where one of them has another letter in it, or is very long, all are written
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

/// What [`write_ids`] wrote, each made when it is asked for.
#[derive(Debug)]
pub(super) enum Ids<'a> {
    Plain(Vec<&'a str>),
    /// How many letters each has, where its bytes end, and all bytes.
    Packed {
        lengths: Vec<u16>,
        ends: Vec<usize>,
        bytes: &'a [u8],
    },
}

impl<'a> Ids<'a> {
    pub(super) fn read(reader: &mut Reader<'a>, count: usize) -> Result<Self, SegmentError> {
        if reader.bytes(1)? == [PLAIN] {
            return Self::read_plain(reader, count);
        }
        let lengths = reader.column(count, u16::from_le_bytes)?;
        let mut end = 0;
        let ends: Vec<usize> = lengths
            .iter()
            .map(|length| {
                end += usize::from(length / 4 * 3 + length % 4);
                end
            })
            .collect();
        Ok(Self::Packed { lengths, ends, bytes: reader.bytes(end)? })
    }

    /// As ids were written before they were packed.
    pub(super) fn read_plain(reader: &mut Reader<'a>, count: usize) -> Result<Self, SegmentError> {
        reader.texts(count).map(Self::Plain)
    }

    /// The id of a row; `None` past the last.
    pub(super) fn get(&self, place: usize) -> Option<String> {
        let mut id = Vec::new();
        self.append(place, &mut id)?;
        Some(String::from_utf8(id).expect("a text, or letters of base64url: both are UTF-8"))
    }

    /// Appends the id of a row, in UTF-8; `None`, and nothing, past the last.
    pub(super) fn append(&self, place: usize, out: &mut Vec<u8>) -> Option<()> {
        let (lengths, ends, bytes) = match self {
            Self::Plain(ids) => {
                out.extend_from_slice(ids.get(place)?.as_bytes());
                return Some(());
            }
            Self::Packed { lengths, ends, bytes } => (lengths, ends, bytes),
        };
        let length = usize::from(*lengths.get(place)?);
        let from = place.checked_sub(1).map_or(0, |before| ends[before]);
        let begin = out.len();
        out.resize(begin + length, 0);
        let (fours, last) = out[begin..].as_chunks_mut::<4>();
        let (packed, rest) = bytes[from..ends[place]].split_at(fours.len() * 3);
        for (four, packed) in fours.iter_mut().zip(packed.as_chunks().0) {
            *four = letters(*packed);
        }
        if !rest.is_empty() {
            let mut padded = [0; 3];
            padded[..rest.len()].copy_from_slice(rest);
            last.copy_from_slice(&letters(padded)[..rest.len()]);
        }
        Some(())
    }
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

    fn read(reader: &mut Reader<'_>, count: usize) -> Result<Vec<String>, SegmentError> {
        let ids = Ids::read(reader, count)?;
        assert_eq!(ids.get(count), None);
        Ok((0..count).map(|place| ids.get(place).unwrap()).collect())
    }

    fn back(ids: &[String]) -> (usize, Result<Vec<String>, SegmentError>) {
        let mut out = Vec::new();
        write_ids(&mut out, ids.iter().map(String::as_str));
        let mut reader = Reader::new(&out);
        let read = read(&mut reader, ids.len());
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
            let _ = read(&mut Reader::new(&bytes), count);
        }
    }
}
