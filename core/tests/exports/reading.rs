//! Parts of an export, read as the page does it: lists, then sidecars, then what the main files say of themselves.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::Path;

use albumen_core::takeout::archive::{Bounds, Entry, Form as Container, Loose, Part, Take, folder, run, zip::Merging};
use albumen_core::takeout::exif::{MediaFacts, Reader, Step};
use albumen_core::takeout::matching::{Found, Resolved, Scan};
use albumen_takeout::{Form, Made};

use crate::world::{Disk, list, untar};

/// A part, its list, and what its sidecars say.
pub(crate) struct ReadPart {
    disk: Disk,
    part: Part,
    pub(crate) name: String,
    /// Which part of the export it is, from 1.
    pub(crate) number: u32,
    /// By ordinal.
    pub(crate) entries: HashMap<u32, Entry>,
    /// What was kept while a tar passed, by ordinal.
    kept: HashMap<u32, Vec<u8>>,
    scan: Scan,
}

/// What files say of themselves, by part and ordinal.
pub(crate) type Facts = HashMap<(String, u32), MediaFacts>;

pub(crate) fn read_parts(made: &Made, form: Form) -> Vec<ReadPart> {
    let read = |number, path| if form == Form::Folder { read_folder(number, path) } else { read_archive(number, path) };
    (1..).zip(&made.parts).map(|(number, path)| read(number, path)).collect()
}

/// A part as somebody unpacked it into `to`.
pub(crate) fn read_unpacked(number: u32, path: &Path, to: &Path) -> ReadPart {
    let mut archive = zip::ZipArchive::new(fs::File::open(path).unwrap()).unwrap();
    archive.extract(to).unwrap();
    read_folder(number, &to.join("Takeout"))
}

pub(crate) fn read_archive(number: u32, path: &Path) -> ReadPart {
    let mut disk = Disk::default();
    let part = disk.open(path);
    let mut kept = HashMap::new();
    let entries: Vec<Entry> = if pollster::block_on(run::form(&disk, &part)) == Ok(Container::Zip) {
        let (batch, ended) = list(&disk, &part);
        assert!(ended.is_ok() && batch.problems.is_empty(), "{ended:?} {:?}", batch.problems);
        batch.entries
    } else {
        let (passed, rest, ended) = untar(&disk, &part);
        assert!(ended.is_ok() && rest.problems.is_empty(), "{ended:?} {:?}", rest.problems);
        let mut keep = |entry: Entry, bytes: Option<Vec<u8>>| {
            kept.insert(entry.ordinal, bytes.unwrap());
            entry
        };
        passed.into_iter().map(|passed| keep(passed.entry, passed.bytes)).collect()
    };
    scanned(disk, part, number, entries, kept)
}

fn read_folder(number: u32, path: &Path) -> ReadPart {
    let mut disk = Disk::default();
    let mut loose = Vec::new();
    let base = path.parent().unwrap();
    let mut open = vec![path.to_owned()];
    while let Some(next) = open.pop() {
        for inner in fs::read_dir(next).unwrap() {
            let inner = inner.unwrap().path();
            if inner.is_dir() {
                open.push(inner);
                continue;
            }
            let file = disk.open(&inner);
            let path = inner.strip_prefix(base).unwrap().to_str().unwrap().to_owned();
            loose.push(Loose { file: file.file, path, size: file.size });
        }
    }
    let batch = folder(loose, &Bounds::default());
    assert!(batch.problems.is_empty());
    let part = Part { file: albumen_core::ports::FileId(0), name: "Takeout".to_owned(), size: 0 };
    scanned(disk, part, number, batch.entries, HashMap::new())
}

fn scanned(disk: Disk, part: Part, number: u32, entries: Vec<Entry>, kept: HashMap<u32, Vec<u8>>) -> ReadPart {
    let mut scan = Scan::default();
    let id = scan.part(&part.name);
    let mut wanted = Vec::new();
    for entry in &entries {
        let found = Found { part: id, entry: entry.ordinal, path: &entry.name, size: entry.size };
        let file = scan.find(found).unwrap();
        if scan.wants(file) {
            wanted.push((file, entry.clone()));
        }
    }
    let name = part.name.clone();
    let entries = entries.into_iter().map(|entry| (entry.ordinal, entry)).collect();
    let mut read = ReadPart { disk, part, name, number, entries, kept, scan };
    let cards: Vec<Entry> = wanted.iter().map(|(_, entry)| entry.clone()).collect();
    let mut scan = std::mem::take(&mut read.scan);
    read.bytes_of(&cards, |index, bytes| scan.read(wanted[index].0, bytes));
    read.scan = scan;
    read
}

impl ReadPart {
    fn bytes_of(&self, wanted: &[Entry], mut each: impl FnMut(usize, &[u8])) {
        if !self.kept.is_empty() {
            wanted.iter().enumerate().for_each(|(index, entry)| each(index, &self.kept[&entry.ordinal]));
            return;
        }
        let take = Take::Whole(4 << 20);
        let heard = |index: usize, bytes: Result<&[u8], _>| each(index, bytes.unwrap());
        pollster::block_on(run::read(&self.disk, &self.part, wanted, take, Merging::default(), heard)).unwrap();
    }
}

/// All parts, one after another in this order.
pub(crate) fn together(parts: &[ReadPart], order: &[usize]) -> Scan {
    let mut scan = Scan::default();
    order.iter().for_each(|at| scan.absorb(&parts[*at].scan));
    scan
}

/// What the main file of each photo says.
pub(crate) fn facts(parts: &[ReadPart], scan: &Scan, resolved: &Resolved) -> Facts {
    let mut facts = Facts::new();
    let mains: BTreeSet<(&str, u32)> = resolved
        .photos
        .iter()
        .map(|photo| {
            let file = scan.file(photo.main);
            (scan.parts()[file.part.0 as usize].as_str(), file.entry)
        })
        .collect();
    for part in parts {
        let own = mains.iter().filter(|(name, _)| *name == part.name);
        let wanted: Vec<Entry> = own.map(|(_, ordinal)| part.entries[ordinal].clone()).collect();
        part.bytes_of(&wanted, |index, bytes| {
            facts.insert((part.name.clone(), wanted[index].ordinal), facts_of(bytes));
        });
    }
    facts
}

fn facts_of(bytes: &[u8]) -> MediaFacts {
    let mut reader = Reader::new(bytes.len() as u64);
    loop {
        match reader.step() {
            Step::Need(range) => reader.add(range.start, bytes[range.start as usize..range.end as usize].to_vec()),
            Step::Done { facts, .. } => return *facts,
        }
    }
}
