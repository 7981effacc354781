//! The header before an entry's bytes (APPNOTE.TXT, 4.3.7).

use super::super::bytes::{u16_at, u32_at};
use super::super::error::Flaw;
use super::{Packed, mark};

const SIGNATURE: u32 = 0x0403_4B50;
pub(super) const FIXED_BYTES: u64 = 30;

/// How an entry is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    Stored,
    Deflated,
}

/// How many bytes the header has that `bytes` begin with, up to the entry's own bytes; `None` where `bytes` end too
/// early to tell.
///
/// # Errors
/// [`Flaw::Disagrees`] where it is no header, or one of another file.
pub(super) fn header_bytes(bytes: &[u8], packed: &Packed) -> Result<Option<u64>, Flaw> {
    let Some(signature) = u32_at(bytes, 0) else { return Ok(None) };
    if signature != SIGNATURE {
        return Err(Flaw::Disagrees);
    }
    let (Some(name), Some(extra)) = (u16_at(bytes, 26), u16_at(bytes, 28)) else { return Ok(None) };
    if name != packed.name_bytes {
        return Err(Flaw::Disagrees);
    }
    let name_ends = FIXED_BYTES as usize + usize::from(name);
    let Some(raw_name) = bytes.get(FIXED_BYTES as usize..name_ends) else { return Ok(None) };
    if mark(raw_name) != packed.name_mark {
        return Err(Flaw::Disagrees);
    }
    Ok(Some(FIXED_BYTES + u64::from(name) + u64::from(extra)))
}
