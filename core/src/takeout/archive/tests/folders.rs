//! Exports that somebody has unpacked.

use super::super::zip::Merging;
use super::super::{Bounds, Flaw, Loose, Take, folder, run};
use super::world::one_file;
use crate::ports::FileId;

#[test]
fn a_folder_is_read_like_an_archive() {
    let loose = |path: &str, size| Loose { file: FileId(0), path: path.into(), size };
    let batch =
        folder([loose("Takeout/a.json", 5), loose("../b.json", 5), loose("Takeout/c.json", 9)], &Bounds::default());
    assert_eq!(batch.problems[0].flaw, Flaw::NameEscapes);
    assert_eq!(batch.entries.iter().map(|entry| entry.ordinal).collect::<Vec<_>>(), [0, 2]);
    let (files, part) = one_file(b"12345".to_vec());
    let mut read = Vec::new();
    let each = |index: usize, content: Result<&[u8], Flaw>| read.push((index, content.map(<[u8]>::to_vec)));
    pollster::block_on(run::read(&files, &part, &batch.entries, Take::Whole(10), Merging::default(), each)).unwrap();
    assert_eq!(read[0], (0, Ok(b"12345".to_vec())));
    assert!(matches!(read[1], (1, Err(Flaw::File(_)))));
    let located = pollster::block_on(run::locate(&files, &part, &batch.entries[0]));
    assert_eq!(located, Ok(Some((FileId(0), 0..5))));
}
