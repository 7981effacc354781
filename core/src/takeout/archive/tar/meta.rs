//! What stands before an entry and is about it: long names, sizes that fit into no field.

use tar::{EntryType, PaxExtensions};

/// No entry's own description is longer. A longer one is passed over, and with it the entry it describes.
pub(super) const MOST_BYTES: u64 = 1 << 20;

/// What is known of the next entry before its header comes.
#[derive(Debug, Default)]
pub(super) struct Meta {
    name: Option<Vec<u8>>,
    size: Option<u64>,
    /// Whether something that was to be known is not.
    pub(super) lost: bool,
}

impl Meta {
    /// Whether entries of this type describe the next one, and matter.
    pub(super) fn is(kind: EntryType) -> bool {
        kind.is_gnu_longname() || kind.is_pax_local_extensions()
    }

    /// Takes in such an entry's content.
    pub(super) fn learn(&mut self, kind: EntryType, content: &[u8]) {
        if kind.is_gnu_longname() {
            let end = content.iter().position(|byte| *byte == 0).unwrap_or(content.len());
            self.name = Some(content[..end].to_vec());
            return;
        }
        for extension in PaxExtensions::new(content) {
            let Ok(extension) = extension else {
                self.lost = true;
                return;
            };
            match extension.key_bytes() {
                b"path" => self.name = Some(extension.value_bytes().to_vec()),
                b"size" => match extension.value().ok().and_then(|size| size.parse().ok()) {
                    Some(size) => self.size = Some(size),
                    None => self.lost = true,
                },
                _ => {}
            }
        }
    }

    pub(super) fn name(&self) -> Option<&[u8]> {
        self.name.as_deref()
    }

    pub(super) fn size(&self) -> Option<u64> {
        self.size
    }
}
