//! Reading our own files of the map: numbers of a byte or more, each checked.

/// What is left of a file. Every read is `None` at its end, or where there is no such number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    /// After the first line, which says what the file is.
    pub(super) fn after(magic: &[u8], bytes: &'a [u8]) -> Option<Self> {
        bytes.strip_prefix(magic).map(Self)
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.0.is_empty()
    }

    /// How many bytes are left.
    pub(super) fn left(&self) -> usize {
        self.0.len()
    }

    pub(super) fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    pub(super) fn bytes(&mut self, count: usize) -> Option<&'a [u8]> {
        let (bytes, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(bytes)
    }

    pub(super) fn u16(&mut self) -> Option<u16> {
        self.bytes(2)?.try_into().ok().map(u16::from_le_bytes)
    }

    /// Seven bits a byte, the lowest first; the highest bit says that there are more (LEB128).
    pub(super) fn number(&mut self) -> Option<u32> {
        let mut number = 0_u32;
        for shift in (0..u32::BITS).step_by(7) {
            let byte = self.byte()?;
            let bits = u32::from(byte & 0x7f);
            if bits.checked_shl(shift)? >> shift != bits {
                return None;
            }
            number |= bits << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    /// The same with a sign in the lowest bit.
    pub(super) fn signed(&mut self) -> Option<i32> {
        let number = self.number()?;
        Some((number >> 1) as i32 ^ -((number & 1) as i32))
    }

    /// How many there are of what takes `least` bytes each: never more than there is room for.
    pub(super) fn count(&mut self, least: usize) -> Option<usize> {
        let count = self.number()? as usize;
        (count <= self.left() / least.max(1)).then_some(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_and_what_is_none_is_not() {
        let mut reader = Reader::after(b"m", &[b'm', 5, 0x80, 1, 3, 4, 0xff, 0xff, 0xff, 0xff, 0x0f, 1, 2]).unwrap();
        assert_eq!((reader.number(), reader.number()), (Some(5), Some(128)));
        assert_eq!((reader.signed(), reader.signed(), reader.number()), (Some(-2), Some(2), Some(u32::MAX)));
        assert_eq!((reader.u16(), reader.is_at_end(), reader.byte()), (Some(513), true, None));
        for broken in [&[0x80][..], &[0xff, 0xff, 0xff, 0xff, 0x1f], &[0x80, 0x80, 0x80, 0x80, 0x80, 1], &[]] {
            assert_eq!(Reader(broken).number(), None, "{broken:?}");
        }
        assert_eq!(Reader(&[200, 1, 0]).count(1), None, "there is no room for so many");
        assert!(Reader::after(b"magic", b"mag").is_none());
    }
}
