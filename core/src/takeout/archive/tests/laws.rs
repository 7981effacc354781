//! What holds for all archives, and for all bytes.

use proptest::collection::{hash_map, vec};
use proptest::prelude::*;

use super::super::tar::Stream;
use super::super::zip::{Merging, blocks};
use super::super::{Bounds, Form, Place, Take};
use super::world::{contents, deflated, gzip, list, read, stored, streamed_zip, tar, untar, zip};

const WHOLE: Take = Take::Whole(1 << 20);

fn files() -> impl Strategy<Value = Vec<(String, Vec<u8>)>> {
    let name = "[a-zA-Zäß写真🏔() ]{1,40}(/[a-z.]{0,3}[a-z_0-9]{1,90}){0,3}";
    hash_map(name, vec(any::<u8>(), 0..2000), 0..12).prop_map(|files| files.into_iter().collect())
}

fn borrowed(files: &[(String, Vec<u8>)]) -> Vec<(&str, &[u8])> {
    files.iter().map(|(name, content)| (name.as_str(), content.as_slice())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_zipped_is_read(files in files(), deflate: bool, large: bool, forward: bool) {
        let options = if deflate { deflated() } else { stored() }.large_file(large);
        let written = borrowed(&files);
        let bytes = if forward { streamed_zip(&written, options) } else { zip(&written, options) };
        let expected: Vec<_> = files.iter().map(|(name, content)| (name.clone(), Ok(content.clone()))).collect();
        prop_assert_eq!(contents(&bytes, WHOLE), expected);
    }

    #[test]
    fn what_is_tarred_is_read_in_whatever_pieces_it_comes(files in files(), pack: bool, piece in 1usize..3000) {
        let bytes = tar(&borrowed(&files));
        let bytes = if pack { gzip(&bytes) } else { bytes };
        let wants = |_: &super::super::Entry| WHOLE;
        let mut stream = if pack {
            Stream::gzip(0, Bounds::default(), wants)
        } else {
            Stream::plain(0, Bounds::default(), wants)
        };
        let mut kept = Vec::new();
        for piece in bytes.chunks(piece) {
            let mut at = 0;
            while at < piece.len() {
                at += stream.step(&piece[at..]).unwrap();
            }
            kept.extend(stream.passed().kept);
        }
        prop_assert_eq!(stream.end(), Ok(()));
        kept.extend(stream.passed().kept);
        let found: Vec<_> = kept.into_iter().map(|kept| (kept.entry.name, kept.bytes.unwrap())).collect();
        prop_assert_eq!(found, files);
    }

    #[test]
    fn a_changed_zip_never_panics_and_never_gives_wrong_bytes(
        files in files(), deflate: bool, at: prop::sample::Index, to: u8,
    ) {
        let options = if deflate { deflated() } else { stored() };
        let mut bytes = zip(&borrowed(&files), options);
        let at = at.index(bytes.len());
        bytes[at] = to;
        let (batch, _) = list(&bytes, Bounds::default());
        for (_, content) in read(&bytes, &batch.entries, WHOLE) {
            if let Ok(content) = content {
                prop_assert!(files.iter().any(|(_, written)| *written == content));
            }
        }
    }

    #[test]
    fn any_bytes_are_no_archive_or_a_damaged_one(mut bytes in vec(any::<u8>(), 0..5000), end in vec(any::<u8>(), 18)) {
        bytes.extend(b"PK\x05\x06");
        bytes.extend(end);
        let (batch, _) = list(&bytes, Bounds::default());
        let _ = read(&bytes, &batch.entries, WHOLE);
        let _ = untar(&bytes, Form::Tar, 0, |_| WHOLE);
        let _ = untar(&[b"\x1F\x8B\x08\0\0\0\0\0\0\0".as_slice(), &bytes].concat(), Form::TarGz, 0, |_| WHOLE);
    }

    #[test]
    fn blocks_cover_every_wanted_entry_once(files in files(), gap in 0u64..4000, most in 1u64..9000) {
        let bytes = zip(&borrowed(&files), stored());
        let entries = list(&bytes, Bounds::default()).0.entries;
        let packed = |entry: &super::super::Entry| match entry.place {
            Place::Zip(packed) => packed,
            _ => unreachable!("all are in a zip"),
        };
        let all: Vec<_> = entries.iter().map(|entry| (packed(entry), entry.size)).collect();
        let plan = blocks(all.iter().map(|(packed, size)| (packed, *size)), WHOLE, Merging { gap, most });
        let mut seen: Vec<u32> = plan.iter().flat_map(|block| block.wanted.clone()).collect();
        seen.sort_unstable();
        prop_assert_eq!(seen, (0..all.len() as u32).collect::<Vec<_>>());
        for block in &plan {
            let ends = block.at + u64::from(block.length);
            for nth in &block.wanted {
                let (packed, _) = &all[*nth as usize];
                prop_assert!(block.at <= packed.header_at && packed.ends_by <= ends);
            }
            prop_assert!(block.wanted.len() == 1 || u64::from(block.length) <= most);
        }
    }
}
