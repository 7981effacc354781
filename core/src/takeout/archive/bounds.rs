//! How much an archive may ask of the device.

/// What an archive may hold before it is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Files in one archive.
    pub entries: u64,
    /// Bytes of a zip's central directory.
    pub directory_bytes: u64,
    /// Bytes of one name, folders included.
    pub name_bytes: usize,
    /// Unpacked bytes for each packed one.
    pub ratio: u64,
    /// Unpacked bytes from which on the ratio counts: small files of little content pack very well.
    pub ratio_from: u64,
}

impl Default for Bounds {
    /// Ten times what the largest exports hold. Deflate reaches 1032:1 on nothing but zeros, and JSON about 10:1.
    fn default() -> Self {
        Self { entries: 4_000_000, directory_bytes: 1 << 30, name_bytes: 4096, ratio: 200, ratio_from: 8 << 20 }
    }
}

impl Bounds {
    /// Whether so many bytes are too many to come out of `packed`.
    pub(super) fn is_bomb(&self, unpacked: u64, packed: u64) -> bool {
        unpacked > self.ratio_from && unpacked / self.ratio.max(1) > packed
    }
}

/// How much of a file is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Take {
    Nothing,
    /// All of it, if it is no longer than this many bytes.
    Whole(u32),
    /// Its first bytes, or all of it where it is shorter.
    Head(u32),
}

impl Take {
    /// How many bytes are wanted of a file of `size` bytes; `None` where it is longer than may be taken whole.
    pub(super) fn bytes(self, size: u64) -> Option<u32> {
        match self {
            Self::Nothing => Some(0),
            Self::Whole(most) => u32::try_from(size).ok().filter(|size| *size <= most),
            Self::Head(most) => Some(u32::try_from(size).map_or(most, |size| size.min(most))),
        }
    }
}
