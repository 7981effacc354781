//! Columns of numbers and strings, written and read.

use super::error::SegmentError;

const NO_TEXT: SegmentError = SegmentError::Malformed { what: "a text is not UTF-8" };

/// Reads columns from the front of a record's bytes.
pub(super) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(super) fn new(columns: &'a [u8]) -> Self {
        Self { rest: columns }
    }

    /// `count` values of `N` bytes each. Nothing is reserved before the bytes are known to be there.
    pub(super) fn column<const N: usize, T>(
        &mut self,
        count: usize,
        read: impl Fn([u8; N]) -> T,
    ) -> Result<Vec<T>, SegmentError> {
        Ok(self.chunks(count)?.iter().map(|chunk| read(*chunk)).collect())
    }

    /// The same, where they are and as they are.
    pub(super) fn chunks<const N: usize>(&mut self, count: usize) -> Result<&'a [[u8; N]], SegmentError> {
        Ok(self.take(count.saturating_mul(N))?.as_chunks().0)
    }

    /// `count` bytes.
    pub(super) fn bytes(&mut self, count: usize) -> Result<&'a [u8], SegmentError> {
        self.take(count)
    }

    /// `count` strings: their lengths, then their bytes.
    pub(super) fn strings(&mut self, count: usize) -> Result<Vec<String>, SegmentError> {
        Ok(self.texts(count)?.into_iter().map(str::to_owned).collect())
    }

    /// The same, where they are.
    pub(super) fn texts(&mut self, count: usize) -> Result<Vec<&'a str>, SegmentError> {
        let lengths = self.chunks(count)?;
        let lengths = lengths.iter().map(|length| u32::from_le_bytes(*length) as usize);
        let all = self.take(lengths.clone().fold(0, usize::saturating_add))?;
        // Texts that are UTF-8 are UTF-8 together, which is found out at once.
        let mut rest = std::str::from_utf8(all).map_err(|_| NO_TEXT)?;
        let mut texts = Vec::with_capacity(count);
        for length in lengths {
            let text;
            (text, rest) = rest.split_at_checked(length).ok_or(NO_TEXT)?;
            texts.push(text);
        }
        Ok(texts)
    }

    /// Numbers as [`write_numbers`] wrote them.
    pub(super) fn numbers(&mut self, count: usize, of: usize) -> Result<Vec<u16>, SegmentError> {
        if of <= NARROW {
            self.column(count, |[number]| u16::from(number))
        } else {
            self.column(count, u16::from_le_bytes)
        }
    }

    /// Nothing may be left over.
    pub(super) fn end(self) -> Result<(), SegmentError> {
        if self.rest.is_empty() {
            Ok(())
        } else {
            Err(SegmentError::Malformed { what: "there is more than its columns" })
        }
    }

    fn take(&mut self, length: usize) -> Result<&'a [u8], SegmentError> {
        let Some((taken, rest)) = self.rest.split_at_checked(length) else {
            return Err(SegmentError::Malformed { what: "a column is cut short" });
        };
        self.rest = rest;
        Ok(taken)
    }
}

/// Appends values of `N` bytes each.
pub(super) fn write_column<const N: usize, T: Copy>(out: &mut Vec<u8>, values: &[T], write: impl Fn(T) -> [u8; N]) {
    let from = out.len();
    out.resize(from + values.len() * N, 0);
    for (place, value) in out[from..].as_chunks_mut::<N>().0.iter_mut().zip(values) {
        *place = write(*value);
    }
}

/// Appends numbers of a list of `of` entries, as narrow as they can be.
pub(super) fn write_numbers(out: &mut Vec<u8>, numbers: &[u16], of: usize) {
    if of <= NARROW {
        out.extend(numbers.iter().map(|number| *number as u8));
    } else {
        write_column(out, numbers, u16::to_le_bytes);
    }
}

/// So many can be told apart by a byte.
const NARROW: usize = 256;

/// Appends strings as [`Reader::strings`] reads them.
pub(super) fn write_strings<'a>(out: &mut Vec<u8>, strings: impl Iterator<Item = &'a str> + Clone) {
    for text in strings.clone() {
        let length = u32::try_from(text.len()).expect("a text that came in one reply is shorter than 4 GB");
        out.extend(length.to_le_bytes());
    }
    for text in strings {
        out.extend(text.as_bytes());
    }
}
