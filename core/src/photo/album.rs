//! An album as we know it, whatever told us of it.

use std::fmt;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

/// One album, without what is in it. Unknown is empty, never a made-up value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Album {
    pub source: AlbumSource,
    /// What its source calls it; Google's id for an album of the library. Never empty.
    pub id: String,
    /// As its maker wrote it, in any script.
    pub title: String,
    /// Its page on photos.google.com.
    pub product_url: String,
    /// The id of the media item on its cover.
    pub cover_id: String,
    /// How many media items are in it, as its source counts.
    pub count: u32,
}

/// Where an album is from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum AlbumSource {
    /// The Library API: albums that the app itself made.
    #[default]
    Library,
    /// A Takeout archive: all that the person has.
    Takeout,
}

/// Tells an album from all others of all sources, on this device and on any other: addresses hold it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct AlbumKey(pub u64);

impl Album {
    /// Two albums of ten thousand share a key with a chance of 10⁻¹².
    pub fn key(&self) -> AlbumKey {
        let source = match self.source {
            AlbumSource::Library => "library",
            AlbumSource::Takeout => "takeout",
        };
        AlbumKey(xxh3_64(format!("{source}/{}", self.id).as_bytes()))
    }
}

impl AlbumKey {
    /// Reads what [`Display`](fmt::Display) writes: sixteen digits.
    pub fn parse(text: &str) -> Option<Self> {
        let is_ours = text.len() == 16 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        u64::from_str_radix(text, 16).ok().filter(|_| is_ours).map(Self)
    }
}

impl fmt::Display for AlbumKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_key_is_the_same_for_ever_and_another_for_another_source() {
        let library = Album { id: "AB-1".into(), title: "Lisbon".into(), ..Album::default() };
        assert_eq!(library.key().to_string(), "3fc3d311b4879b77");
        assert_eq!(Album { title: "Lisboa".into(), count: 7, ..library.clone() }.key(), library.key());
        assert_ne!(Album { source: AlbumSource::Takeout, ..library.clone() }.key(), library.key());
    }

    proptest! {
        #[test]
        fn a_key_is_read_as_it_was_written_and_nothing_else_is(key: u64, text in "\\PC{0,20}") {
            let key = AlbumKey(key);
            prop_assert_eq!(AlbumKey::parse(&key.to_string()), Some(key));
            prop_assert!(AlbumKey::parse(&text).is_none_or(|read| read.to_string() == text));
        }
    }
}
