//! Names that tell nothing and can be read back by their maker: media item ids, album ids, page tokens, base URLs.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::chance::{fingerprint, mix};

/// What a sealed name is for; one kind is never taken for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    MediaItem = 1,
    Album = 2,
    PageToken = 3,
    BaseUrl = 4,
    MadePage = 5,
}

/// Ids of media items that were uploaded begin here; below lie those of the seeded library.
pub(super) const FIRST_CREATED: u64 = 1 << 32;

/// Writes bytes as letters that only [`open`] understands.
pub(super) fn seal(seed: u64, purpose: Purpose, plain: &[u8]) -> String {
    let check = fingerprint(mix(seed, purpose as u64), plain);
    let mut sealed = check.to_le_bytes().to_vec();
    sealed.extend(plain.iter().zip(0..).map(|(byte, nth)| byte ^ stream(check, nth)));
    URL_SAFE_NO_PAD.encode(sealed)
}

/// Reads what [`seal`] wrote; `None` for anything else.
pub(super) fn open(seed: u64, purpose: Purpose, sealed: &str) -> Option<Vec<u8>> {
    let sealed = URL_SAFE_NO_PAD.decode(sealed).ok()?;
    let (check, hidden) = sealed.split_first_chunk::<8>()?;
    let check = u64::from_le_bytes(*check);
    let plain: Vec<u8> = hidden.iter().zip(0..).map(|(byte, nth)| byte ^ stream(check, nth)).collect();
    (fingerprint(mix(seed, purpose as u64), &plain) == check).then_some(plain)
}

/// The id of a media item. As long as Google's are, so that a million of them weigh what Google's do.
pub(super) fn item_id(seed: u64, rank: u64) -> String {
    let mut plain = [0; 56];
    plain[..8].copy_from_slice(&rank.to_le_bytes());
    format!("AGj1ep{}", seal(seed, Purpose::MediaItem, &plain))
}

/// The rank behind an id that could be ours; whether there is such an item is another question.
pub(super) fn item_rank(seed: u64, id: &str) -> Option<u64> {
    let plain = open(seed, Purpose::MediaItem, id.strip_prefix("AGj1ep")?)?;
    plain.first_chunk().map(|rank| u64::from_le_bytes(*rank))
}

pub(super) fn album_id(seed: u64, number: usize) -> String {
    let mut plain = [0; 40];
    plain[..8].copy_from_slice(&(number as u64).to_le_bytes());
    format!("AGj1ep{}", seal(seed, Purpose::Album, &plain))
}

pub(super) fn album_number(seed: u64, id: &str) -> Option<usize> {
    let plain = open(seed, Purpose::Album, id.strip_prefix("AGj1ep")?)?;
    plain.first_chunk().and_then(|number| usize::try_from(u64::from_le_bytes(*number)).ok())
}

fn stream(check: u64, nth: u64) -> u8 {
    mix(check, nth / 8).to_le_bytes()[(nth % 8) as usize]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_sealed_opens_for_its_purpose_and_seed_alone(seed: u64, plain: Vec<u8>) {
            let sealed = seal(seed, Purpose::PageToken, &plain);
            prop_assert_eq!(open(seed, Purpose::PageToken, &sealed), Some(plain));
            prop_assert_eq!(open(seed, Purpose::BaseUrl, &sealed), None);
            prop_assert_eq!(open(seed.wrapping_add(1), Purpose::PageToken, &sealed), None);
        }

        #[test]
        fn foreign_text_opens_nothing(text in "\\PC*") {
            prop_assert_eq!(open(1, Purpose::MediaItem, &text), None);
            prop_assert_eq!(item_rank(1, &text), None);
        }

        #[test]
        fn an_id_names_one_item(rank: u64) {
            let id = item_id(1, rank);
            prop_assert_eq!(item_rank(1, &id), Some(rank));
            prop_assert!(id.len() > 80);
        }
    }
}
