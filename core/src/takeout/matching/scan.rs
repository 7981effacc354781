//! What the parts of an export hold, gathered a slice at a time.

use std::collections::HashMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::found::{FileId, FileView, Found, PartId, Refused};
use super::rules::{Sort, sidecar_parts, sort_of, without_supplement};
use crate::takeout::names::{Area, PathProblem, read_path, split_ending, split_number};
use crate::takeout::sidecar::{AlbumFacts, Json, JsonError, MOST_JSON_BYTES, Sidecar, SidecarProblem, read_json};
use crate::takeout::words::KNOWN_JSON;

/// Refused paths and problems that are kept word for word; of more, the number alone.
const MOST_NOTES: usize = 1000;

/// All that is kept of all sidecars: a kilobyte for each of half a million.
const MOST_RECORD_BYTES: usize = 512 << 20;
/// All names of all files.
const MOST_NAME_BYTES: usize = 512 << 20;

/// All files of all parts so far. A file costs 48 bytes and its name, a sidecar what it says and nothing more.
///
/// It can be stored and read again, and scans of single slices can be put together with [`Scan::absorb`], so that a job
/// which breaks off goes on from its last slice.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Scan {
    parts: Vec<String>,
    folders: Vec<(String, Area)>,
    files: Vec<File>,
    /// Names of files, one after another.
    names: String,
    /// What JSON files say, each in postcard's form.
    records: Vec<u8>,
    refused: Vec<Refused>,
    refused_count: u32,
    problems: Vec<(FileId, SidecarProblem)>,
    problem_count: u32,
    #[serde(skip)]
    folder_index: HashMap<(String, Area), u32>,
    #[serde(skip)]
    entry_index: HashMap<(PartId, u32), FileId>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct File {
    pub(super) size: u64,
    name_at: u32,
    name_len: u16,
    pub(super) part: PartId,
    pub(super) entry: u32,
    pub(super) folder: u32,
    pub(super) content: Content,
}

/// What is known of the inside of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Content {
    /// No JSON.
    Closed,
    /// JSON that tells of no photo and no album, by its name.
    KnownJson,
    /// JSON that is to be read.
    Waiting,
    Photo {
        at: u32,
        len: u32,
    },
    Album {
        at: u32,
        len: u32,
    },
    OtherJson,
    Bad(JsonError),
    Unreadable,
}

/// The beginning of a stored sidecar: what matching asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub(super) struct Head<'a> {
    pub(super) title: &'a str,
    pub(super) url: &'a str,
    pub(super) taken_s: Option<i64>,
}

impl Scan {
    /// The part of a name, as the file or folder is called that the person chose: `takeout-…-001.zip`.
    ///
    /// # Panics
    /// With more than 65,535 parts.
    pub fn part(&mut self, name: &str) -> PartId {
        let known = self.parts.iter().position(|part| part == name);
        let at = known.unwrap_or_else(|| {
            self.parts.push(name.to_owned());
            self.parts.len() - 1
        });
        PartId(u16::try_from(at).expect("nobody chooses 65,536 files by hand"))
    }

    /// Takes a file up. The same file again is the same.
    ///
    /// # Errors
    /// When its path is none that an export has. It is kept as [`Refused`].
    pub fn find(&mut self, found: Found<'_>) -> Result<FileId, PathProblem> {
        self.index();
        if let Some(known) = self.entry_index.get(&(found.part, found.entry)) {
            return Ok(*known);
        }
        let is_full = self.names.len() + found.path.len() > MOST_NAME_BYTES;
        let location = if is_full { Err(PathProblem::TooLong) } else { read_path(found.path) };
        let location = location.inspect_err(|why| {
            let path = found.path.chars().take(200).collect();
            self.refuse(Refused { part: found.part, entry: found.entry, path, why: *why });
        })?;
        let content = first_content(&location.name, location.area, found.size);
        let folder = self.folder((location.folder, location.area));
        Ok(self.push(found.part, found.entry, folder, &location.name, found.size, content))
    }

    /// Whether the file is JSON that must be read for [`resolve`](super::resolve), and was not yet.
    pub fn wants(&self, file: FileId) -> bool {
        self.files.get(file.0 as usize).is_some_and(|file| file.content == Content::Waiting)
    }

    /// Takes over what a JSON file holds. Anything else is left alone.
    pub fn read(&mut self, file: FileId, bytes: &[u8]) {
        if !self.wants(file) {
            return;
        }
        let content = match read_json(bytes) {
            Ok((json, problems)) => {
                for problem in problems {
                    self.note(file, problem);
                }
                match json {
                    Json::Photo(sidecar) => self.record(&*sidecar, |at, len| Content::Photo { at, len }),
                    Json::Album(facts) if self.is_called_after_media(file) && facts.access.is_empty() => {
                        self.note(file, SidecarProblem::NoTime);
                        let AlbumFacts { title, description, .. } = facts;
                        let sidecar = Sidecar { title, description, ..Sidecar::default() };
                        self.record(&sidecar, |at, len| Content::Photo { at, len })
                    }
                    Json::Album(facts) => self.record(&facts, |at, len| Content::Album { at, len }),
                    Json::Other => Content::OtherJson,
                }
            }
            Err(error) => Content::Bad(error),
        };
        self.files[file.0 as usize].content = content;
    }

    /// Whether a JSON file is called as the sidecar of a photo or video: `IMG_1.jpg.json`. An album's never is, and one
    /// that says little of its photo must not make an album of a whole year.
    fn is_called_after_media(&self, file: FileId) -> bool {
        let (called, _) = sidecar_parts(self.name(&self.files[file.0 as usize]));
        matches!(sort_of(without_supplement(called)), Sort::Picture | Sort::Video | Sort::Moving)
    }

    /// Takes note that a JSON file's bytes cannot be had.
    pub fn give_up(&mut self, file: FileId) {
        if self.wants(file) {
            self.files[file.0 as usize].content = Content::Unreadable;
        }
    }

    /// Takes over all of another scan: parts of one name are one part, and a file that both have is one file. What one
    /// of them has read need not be read again.
    pub fn absorb(&mut self, other: &Self) {
        self.index();
        let parts: Vec<PartId> = other.parts.iter().map(|name| self.part(name)).collect();
        let folders: Vec<u32> = other.folders.iter().map(|folder| self.folder(folder.clone())).collect();
        let mut ids = Vec::with_capacity(other.files.len());
        for file in &other.files {
            let part = parts[file.part.0 as usize];
            let known = self.entry_index.get(&(part, file.entry)).copied();
            let id = known.unwrap_or_else(|| {
                let content = if is_read(file.content) { Content::Waiting } else { file.content };
                self.push(part, file.entry, folders[file.folder as usize], other.name(file), file.size, content)
            });
            ids.push((id, known.is_none() || self.wants(id)));
            if self.wants(id) && is_read(file.content) {
                let content = match file.content {
                    Content::Photo { at, len } => {
                        self.record_bytes(other.record_of(at, len), |at, len| Content::Photo { at, len })
                    }
                    Content::Album { at, len } => {
                        self.record_bytes(other.record_of(at, len), |at, len| Content::Album { at, len })
                    }
                    content => content,
                };
                self.files[id.0 as usize].content = content;
            }
        }
        for (file, problem) in &other.problems {
            if let Some((id, true)) = ids.get(file.0 as usize) {
                self.note(*id, problem.clone());
            }
        }
        for refused in &other.refused {
            self.refuse(Refused { part: parts[refused.part.0 as usize], ..refused.clone() });
        }
        self.problem_count = self.problem_count.saturating_add(other.problem_count - other.problems.len() as u32);
        self.refused_count = self.refused_count.saturating_add(other.refused_count - other.refused.len() as u32);
    }

    /// How many files there are, refused ones not among them.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// All files, in the order in which they were found.
    pub fn ids(&self) -> impl Iterator<Item = FileId> + use<> {
        (0..self.files.len() as u32).map(FileId)
    }

    /// # Panics
    /// With a file of another scan.
    pub fn file(&self, file: FileId) -> FileView<'_> {
        let File { size, part, entry, folder, .. } = self.files[file.0 as usize];
        let name = self.name(&self.files[file.0 as usize]);
        FileView { part, entry, folder: &self.folders[folder as usize].0, name, size }
    }

    /// The names of the parts.
    pub fn parts(&self) -> &[String] {
        &self.parts
    }

    /// What a sidecar says; `None` for any other file.
    pub fn sidecar(&self, file: FileId) -> Option<Sidecar> {
        match self.files.get(file.0 as usize)?.content {
            Content::Photo { at, len } => postcard::from_bytes(self.record_of(at, len)).ok(),
            _ => None,
        }
    }

    /// What an album's file says; `None` for any other file.
    pub fn album(&self, file: FileId) -> Option<AlbumFacts> {
        match self.files.get(file.0 as usize)?.content {
            Content::Album { at, len } => postcard::from_bytes(self.record_of(at, len)).ok(),
            _ => None,
        }
    }

    /// The first thousand files whose paths were refused, and how many there were.
    pub fn refused(&self) -> (&[Refused], u32) {
        (&self.refused, self.refused_count)
    }

    /// The first thousand things in sidecars that cannot be, and how many there were.
    pub fn problems(&self) -> (&[(FileId, SidecarProblem)], u32) {
        (&self.problems, self.problem_count)
    }

    pub(super) fn files(&self) -> &[File] {
        &self.files
    }

    pub(super) fn folders(&self) -> &[(String, Area)] {
        &self.folders
    }

    pub(super) fn name(&self, file: &File) -> &str {
        let at = file.name_at as usize;
        self.names.get(at..at + file.name_len as usize).unwrap_or_default()
    }

    /// What matching asks of a sidecar.
    pub(super) fn head(&self, file: &File) -> Option<Head<'_>> {
        match file.content {
            Content::Photo { at, len } => postcard::take_from_bytes(self.record_of(at, len)).ok().map(|(head, _)| head),
            _ => None,
        }
    }

    fn push(&mut self, part: PartId, entry: u32, folder: u32, name: &str, size: u64, content: Content) -> FileId {
        let id = FileId(self.files.len() as u32);
        let name_at = self.names.len() as u32;
        self.names.push_str(name);
        // `read_path` refuses longer paths.
        let name_len = name.len() as u16;
        self.files.push(File { size, name_at, name_len, part, entry, folder, content });
        self.entry_index.insert((part, entry), id);
        id
    }

    fn folder(&mut self, folder: (String, Area)) -> u32 {
        if let Some(known) = self.folder_index.get(&folder) {
            return *known;
        }
        let number = self.folders.len() as u32;
        self.folders.push(folder.clone());
        self.folder_index.insert(folder, number);
        number
    }

    fn record<T: Serialize>(&mut self, value: &T, content: impl FnOnce(u32, u32) -> Content) -> Content {
        let bytes = postcard::to_allocvec(value).expect("plain values are always written");
        self.record_bytes(&bytes, content)
    }

    /// Descriptions that fill the memory are not kept.
    fn record_bytes(&mut self, bytes: &[u8], content: impl FnOnce(u32, u32) -> Content) -> Content {
        if self.records.len() + bytes.len() > MOST_RECORD_BYTES {
            return Content::Bad(JsonError::TooLarge);
        }
        let at = self.records.len() as u32;
        self.records.extend_from_slice(bytes);
        content(at, bytes.len() as u32)
    }

    fn record_of(&self, at: u32, len: u32) -> &[u8] {
        let range: Range<usize> = at as usize..at as usize + len as usize;
        self.records.get(range).unwrap_or_default()
    }

    fn note(&mut self, file: FileId, problem: SidecarProblem) {
        self.problem_count = self.problem_count.saturating_add(1);
        if self.problems.len() < MOST_NOTES {
            self.problems.push((file, problem));
        }
    }

    fn refuse(&mut self, refused: Refused) {
        let is_known = |known: &Refused| (known.part, known.entry) == (refused.part, refused.entry);
        if self.refused.iter().any(is_known) {
            return;
        }
        self.refused_count = self.refused_count.saturating_add(1);
        if self.refused.len() < MOST_NOTES {
            self.refused.push(refused);
        }
    }

    /// Makes the indexes that are not stored.
    fn index(&mut self) {
        if self.entry_index.len() == self.files.len() && self.folder_index.len() == self.folders.len() {
            return;
        }
        let files = self.files.iter().enumerate();
        self.entry_index = files.map(|(id, file)| ((file.part, file.entry), FileId(id as u32))).collect();
        let folders = self.folders.iter().enumerate();
        self.folder_index = folders.map(|(number, folder)| (folder.clone(), number as u32)).collect();
    }
}

fn is_read(content: Content) -> bool {
    !matches!(content, Content::Closed | Content::KnownJson | Content::Waiting)
}

fn first_content(name: &str, area: Area, size: u64) -> Content {
    if area == Area::Litter || sort_of(name) != Sort::Json {
        return Content::Closed;
    }
    let (stem, _) = split_ending(name);
    let (stem, _) = split_number(stem);
    if KNOWN_JSON.contains(&&*stem.to_ascii_lowercase()) {
        Content::KnownJson
    } else if size > MOST_JSON_BYTES {
        Content::Bad(JsonError::TooLarge)
    } else {
        Content::Waiting
    }
}
