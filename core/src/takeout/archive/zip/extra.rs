//! The extra fields of an entry (APPNOTE.TXT, 4.5 and 4.6).

use super::super::bytes::{u16_at, u32_at, u64_at};

const ZIP64: u16 = 0x0001;
const UNICODE_PATH: u16 = 0x7075;

/// The field of this id; `None` where there is none or the fields do not add up.
fn field(mut extra: &[u8], wanted: u16) -> Option<&[u8]> {
    loop {
        let (id, length) = (u16_at(extra, 0)?, usize::from(u16_at(extra, 2)?));
        let content = extra.get(4..4 + length)?;
        if id == wanted {
            return Some(content);
        }
        extra = &extra[4 + length..];
    }
}

/// Sizes and offset that did not fit into 32 bits, where `Some(u32::MAX)` stands for them, in the order of the
/// standard. `None` where one is missing.
pub(super) fn widened(extra: &[u8], size: u32, packed: u32, offset: u32) -> Option<(u64, u64, u64)> {
    let content = field(extra, ZIP64).unwrap_or_default();
    let mut at = 0;
    let mut widen = |narrow: u32| {
        if narrow != u32::MAX {
            return Some(u64::from(narrow));
        }
        let wide = u64_at(content, at)?;
        at += 8;
        Some(wide)
    };
    Some((widen(size)?, widen(packed)?, widen(offset)?))
}

/// The name in UTF-8, if it belongs to the name in the header.
pub(super) fn unicode_name<'a>(extra: &'a [u8], raw_name: &[u8]) -> Option<&'a str> {
    let content = field(extra, UNICODE_PATH)?;
    let mut sum = flate2::Crc::new();
    sum.update(raw_name);
    if content.first() != Some(&1) || u32_at(content, 1)? != sum.sum() {
        return None;
    }
    std::str::from_utf8(content.get(5..)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_does_not_fit_is_looked_up() {
        let mut extra = vec![0x55, 0x54, 1, 0, 0, 1, 0, 16, 0];
        extra.extend(5_000_000_000u64.to_le_bytes());
        extra.extend(6_000_000_000u64.to_le_bytes());
        assert_eq!(widened(&extra, 7, u32::MAX, u32::MAX), Some((7, 5_000_000_000, 6_000_000_000)));
        assert_eq!(widened(&extra, 1, 2, 3), Some((1, 2, 3)));
        assert_eq!(widened(&extra, u32::MAX, u32::MAX, u32::MAX), None);
        assert_eq!(widened(&extra[..12], 1, 2, u32::MAX), None);
    }
}
