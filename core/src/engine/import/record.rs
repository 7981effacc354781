//! The imports of this device as they are stored: the parts that are known, and how far each was read.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use crate::ports::FileId;
use crate::protocol::{ImportState, ImportStep, NewPart, PartProgress, PartState, Work};
use crate::takeout::archive::{Bounds, Entry, Loose, Part, folder};

/// What archives of an export end in.
const ARCHIVES: [&str; 4] = [".zip", ".tgz", ".tar.gz", ".tar"];
/// Of files that were chosen without a folder around them.
const NO_FOLDER: &str = "Takeout";

/// All imports of this device.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Record {
    pub(super) parts: Vec<PartRecord>,
    pub(super) work: Work,
    pub(super) step: ImportStep,
    /// How much of the step is done, and of how much.
    pub(super) done: u64,
    pub(super) of: u64,
    pub(super) photos: u32,
    pub(super) added: u32,
    pub(super) new: u32,
    pub(super) changed: u32,
    pub(super) gone: u32,
    pub(super) elapsed_ms: u64,
}

/// A part, by its number: its place among the parts, for as long as the imports are known.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct PartRecord {
    /// No other part has it.
    pub(super) name: String,
    /// As its file is called.
    pub(super) file_name: String,
    pub(super) size: u64,
    pub(super) is_folder: bool,
    /// A hash of its list of files: the part is read anew when that is another one. 0 until it is known.
    pub(super) listing: u64,
    /// It can only be read from its beginning on.
    pub(super) is_stream: bool,
    pub(super) files: u32,
    /// Files of its list that have been read, or those of a stream that have passed.
    pub(super) next: u32,
    pub(super) slices: u32,
    pub(super) facts: u32,
    /// What is stored of it is of another file and must go.
    pub(super) is_stale: bool,
    pub(super) progress: PartProgress,
}

impl Default for Record {
    fn default() -> Self {
        Self {
            parts: Vec::new(),
            work: Work::Idle,
            step: ImportStep::Reading,
            done: 0,
            of: 0,
            photos: 0,
            added: 0,
            new: 0,
            changed: 0,
            gone: 0,
            elapsed_ms: 0,
        }
    }
}

impl Record {
    /// As read back from the store: what ran when the tab closed is paused.
    pub(super) fn reopened(mut self) -> Self {
        if matches!(self.work, Work::Running) {
            self.work = Work::Paused;
        }
        self
    }

    pub(super) fn state(&self, here: &BTreeMap<u16, Here>) -> ImportState {
        let parts = self.parts.iter().zip(0..).map(|(part, number)| PartState {
            name: part.name.clone(),
            size: part.size,
            files: part.files,
            progress: part.progress.clone(),
            is_here: here.contains_key(&number),
        });
        ImportState {
            work: self.work.clone(),
            step: self.step,
            parts: parts.collect(),
            done: self.done,
            of: self.of,
            photos: self.photos,
            added: self.added,
            elapsed_ms: self.elapsed_ms,
        }
    }

    pub(super) fn part(&mut self, number: u16) -> &mut PartRecord {
        &mut self.parts[number as usize]
    }

    /// The next part that is at hand and not read.
    pub(super) fn next_to_read(&self, here: &BTreeMap<u16, Here>) -> Option<u16> {
        let is_due = |number: &&u16| {
            let part = self.parts.get(**number as usize);
            part.is_some_and(|part| matches!(part.progress, PartProgress::Waiting | PartProgress::Reading { .. }))
        };
        here.keys().find(is_due).copied()
    }

    /// A part of this name and its number, under a name that no other part has.
    fn push(&mut self, file_name: &str, size: u64, is_folder: bool, listing: u64) -> Option<u16> {
        let number = u16::try_from(self.parts.len()).ok()?;
        let is_free = |name: &str| self.parts.iter().all(|part| part.name != name);
        let mut names = std::iter::once(file_name.to_owned())
            .chain((2..).map(|nth| format!("{} ({nth}){}", bare(file_name), &file_name[bare(file_name).len()..])));
        let name = names.find(|name| is_free(name))?;
        self.parts.push(PartRecord {
            name,
            file_name: file_name.to_owned(),
            size,
            is_folder,
            listing,
            is_stream: false,
            files: 0,
            next: 0,
            slices: 0,
            facts: 0,
            is_stale: false,
            progress: PartProgress::Waiting,
        });
        Some(number)
    }
}

impl PartRecord {
    /// It must be read from its beginning, and what is stored of it goes.
    pub(super) fn begin_anew(&mut self) {
        self.is_stale |= self.slices > 0;
        (self.files, self.next, self.listing) = (0, 0, if self.is_folder { self.listing } else { 0 });
        self.progress = PartProgress::Waiting;
    }
}

/// A part at hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Here {
    Archive(FileId),
    /// The folder of this name.
    Folder(String),
}

/// What the page has given since it was opened.
#[derive(Debug, Default)]
pub(super) struct Given {
    archives: Vec<Archive>,
    folders: BTreeMap<String, Folder>,
}

#[derive(Debug)]
struct Archive {
    part: NewPart,
    file: FileId,
    /// It was not tried yet.
    is_fresh: bool,
}

#[derive(Debug, Default)]
struct Folder {
    /// By path, as the page knows them.
    files: BTreeMap<String, (FileId, NewPart)>,
    /// A hash of paths and sizes, whatever their order.
    listing: u64,
    size: u64,
    /// The part that it was read as.
    read_as: Option<u16>,
}

impl Given {
    pub(super) fn add(&mut self, part: NewPart, file: FileId) {
        if is_archive(&part.path) {
            let name = name_of(&part.path);
            self.archives.retain(|known| name_of(&known.part.path) != name || known.part.size != part.size);
            self.archives.push(Archive { part, file, is_fresh: true });
            return;
        }
        let name = part.path.split_once('/').map_or(NO_FOLDER, |(folder, _)| folder);
        let folder = self.folders.entry(name.to_owned()).or_default();
        let before = folder.files.insert(part.path.clone(), (file, part.clone()));
        if let Some((_, before)) = before {
            folder.listing = folder.listing.wrapping_sub(hash_of(&part.path, before.size));
            folder.size = folder.size.saturating_sub(before.size);
        }
        folder.listing = folder.listing.wrapping_add(hash_of(&part.path, part.size));
        folder.size = folder.size.saturating_add(part.size);
    }

    /// Finds what was given among the known parts, and adds what is none of them.
    pub(super) fn settle(&mut self, record: &mut Record) -> BTreeMap<u16, Here> {
        let mut here = BTreeMap::new();
        let mut replaced = Vec::new();
        for Archive { part, file, is_fresh } in &self.archives {
            let name = name_of(&part.path);
            let mut known =
                (0..).zip(&mut record.parts).filter(|(_, known)| !known.is_folder && known.file_name == name);
            // A download that was cut off and is whole now has another size.
            let found = known.find_map(|(number, known)| {
                let is_mended = matches!(known.progress, PartProgress::Failed(_)) && *is_fresh;
                if known.size == part.size {
                    if is_mended {
                        known.progress = PartProgress::Waiting;
                    }
                    return Some(number);
                }
                if !is_mended {
                    return None;
                }
                replaced.push((name.to_owned(), known.size));
                known.size = part.size;
                known.begin_anew();
                Some(number)
            });
            let Some(number) = found.or_else(|| record.push(name, part.size, false, 0)) else { continue };
            here.insert(number, Here::Archive(*file));
        }
        self.archives.retain(|archive| {
            let is_it =
                |(name, size): &(String, u64)| *name == name_of(&archive.part.path) && *size == archive.part.size;
            !replaced.iter().any(is_it)
        });
        for (name, folder) in &self.folders {
            let known = |number: &u16| {
                let part = &record.parts[*number as usize];
                part.is_folder && part.file_name == *name
            };
            let same = (0..record.parts.len() as u16)
                .filter(known)
                .find(|number| record.parts[*number as usize].listing == folder.listing);
            // More of a folder that was read: it is read anew.
            let grown = folder.read_as.filter(|number| (*number as usize) < record.parts.len());
            let number = match (same, grown) {
                (Some(number), _) => Some(number),
                (None, Some(number)) => {
                    let part = record.part(number);
                    part.begin_anew();
                    (part.listing, part.size) = (folder.listing, folder.size);
                    Some(number)
                }
                (None, None) => record.push(name, folder.size, true, folder.listing),
            };
            here.extend(number.map(|number| (number, Here::Folder(name.clone()))));
        }
        here
    }

    /// A part that was given and is not to be read.
    pub(super) fn forget(&mut self, here: &Here) {
        match here {
            Here::Archive(file) => self.archives.retain(|archive| archive.file != *file),
            Here::Folder(name) => {
                self.folders.remove(name);
            }
        }
    }

    /// Takes note that a part is read now.
    pub(super) fn reads(&mut self, number: u16, here: &Here) {
        match here {
            Here::Archive(file) => {
                if let Some(archive) = self.archives.iter_mut().find(|archive| archive.file == *file) {
                    archive.is_fresh = false;
                }
            }
            Here::Folder(name) => {
                if let Some(folder) = self.folders.get_mut(name) {
                    folder.read_as = Some(number);
                }
            }
        }
    }

    /// The files of a folder, in the order of their paths.
    pub(super) fn folder(&self, name: &str) -> crate::takeout::archive::Batch {
        let files = self.folders.get(name).map(|folder| &folder.files);
        let loose = files.into_iter().flatten().map(|(path, (file, part))| Loose {
            file: *file,
            path: path.clone(),
            size: part.size,
        });
        folder(loose, &Bounds::default())
    }

    pub(super) fn new_part(&self, here: &Here, entry: Option<&Entry>) -> Option<(NewPart, FileId)> {
        match here {
            Here::Archive(file) => {
                let archive = self.archives.iter().find(|archive| archive.file == *file)?;
                Some((archive.part.clone(), archive.file))
            }
            Here::Folder(name) => {
                let entry = entry?;
                let (file, part) = self.folders.get(name)?.files.get(&entry.name)?;
                Some((part.clone(), *file))
            }
        }
    }
}

/// The part as its reader takes it. Of a folder each entry knows its own file.
pub(super) fn part_of(record: &PartRecord, here: &Here) -> Part {
    let file = match here {
        Here::Archive(file) => *file,
        Here::Folder(_) => FileId(u32::MAX),
    };
    Part { file, name: record.name.clone(), size: record.size }
}

fn hash_of(path: &str, size: u64) -> u64 {
    xxh3_64(format!("{path}/{size}").as_bytes())
}

/// A hash of an archive's list of files, never 0.
pub(super) fn listing_of(entries: &[Entry]) -> u64 {
    let sum = entries.iter().fold(0u64, |sum, entry| sum.rotate_left(7) ^ hash_of(&entry.name, entry.size));
    sum.max(1)
}

fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Without what an archive's name ends in.
fn bare(name: &str) -> &str {
    let lower = name.to_ascii_lowercase();
    ARCHIVES.iter().find(|ending| lower.ends_with(*ending)).map_or(name, |ending| &name[..name.len() - ending.len()])
}

/// By its name; archives among a person's own files in an unpacked export are not parts of it.
fn is_archive(path: &str) -> bool {
    let is_inside = path.split('/').rev().skip(1).any(|folder| folder.eq_ignore_ascii_case("takeout"));
    bare(path).len() < path.len() && !is_inside
}
