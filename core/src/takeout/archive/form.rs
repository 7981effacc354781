//! What kind of container a file is, told by its first bytes: names are chosen by people.

/// A container that is read here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Zip,
    /// A gzip, for all that can be told: that a tar is inside turns out when it is unpacked.
    TarGz,
    /// Some browsers unpack a `.tgz` while they save it.
    Tar,
}

/// How many first bytes of a file tell its form.
pub const HEAD_BYTES: u32 = 512;

impl Form {
    /// What a file is that begins with `head`, its first [`HEAD_BYTES`] bytes or all if it has fewer.
    pub fn of(head: &[u8]) -> Option<Self> {
        match head {
            // A file, an empty archive (APPNOTE.TXT, 4.3.7 and 4.3.16), one that was made to be divided (8.5.3, 8.5.4).
            [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] | [b'P', b'K', 7, 8, ..] | [b'P', b'K', b'0', b'0', ..] => {
                Some(Self::Zip)
            }
            // RFC 1952, section 2.3.1.
            [0x1F, 0x8B, ..] => Some(Self::TarGz),
            _ => (head.get(257..262) == Some(b"ustar")).then_some(Self::Tar),
        }
    }
}
