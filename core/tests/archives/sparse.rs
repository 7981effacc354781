//! Of an archive of forty gigabytes little more is read than must be.

use albumen_core::takeout::archive::{Entry, Place, Take, run, zip::Merging};
use albumen_takeout::sparse;

use crate::world::{Disk, list};

/// Reads and bytes of the best merging that there is: the sidecars' own bytes, headers and all, and gaps that are
/// cheaper to read than to skip.
fn best(wanted: &[&Entry], merging: Merging) -> (u64, u64) {
    let spans = wanted.iter().map(|entry| match entry.place {
        // A local header with a zip64 field of twenty bytes, as this archive has them.
        Place::Zip(packed) => (packed.header_at, packed.header_at + 30 + entry.name.len() as u64 + 20 + packed.bytes),
        _ => panic!("all are in a zip"),
    });
    let (mut reads, mut bytes, mut reached) = (0, 0, None::<u64>);
    for (begins, ends) in spans {
        match reached {
            Some(reached) if begins <= reached + merging.gap => bytes += ends - reached,
            _ => (reads, bytes) = (reads + 1, bytes + ends - begins),
        }
        reached = Some(ends);
    }
    (reads, bytes)
}

#[test]
fn little_more_is_read_than_must_be() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("takeout-001.zip");
    sparse::make(&path, 40 << 30, 2000, 5).unwrap();
    let mut disk = Disk::default();
    let part = disk.open(&path);
    let (batch, ended) = list(&disk, &part);
    assert_eq!((ended, batch.problems.as_slice(), batch.entries.len()), (Ok(()), [].as_slice(), 4000));
    let wanted: Vec<Entry> = batch.entries.into_iter().filter(|entry| entry.name.ends_with(".json")).collect();
    let listing = (disk.reads.replace(0), disk.bytes.replace(0));
    // The end, and the list in pieces of a megabyte.
    assert!(listing.0 <= 3, "{listing:?}");
    let mut seen = 0;
    pollster::block_on(run::read(&disk, &part, &wanted, Take::Whole(1 << 20), Merging::default(), |_, bytes| {
        assert!(serde_json::from_slice::<serde_json::Value>(bytes.unwrap()).is_ok());
        seen += 1;
    }))
    .unwrap();
    assert_eq!(seen, 2000);
    let (reads, bytes) = best(&wanted.iter().collect::<Vec<_>>(), Merging::default());
    assert!(disk.reads.get() * 10 <= reads * 11, "{} reads, {reads} at best", disk.reads.get());
    assert!(disk.bytes.get() * 10 <= bytes * 11, "{} bytes, {bytes} at best", disk.bytes.get());
}
