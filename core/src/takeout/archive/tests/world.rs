//! Files in memory behind the port, and writers of archives.

use std::cell::RefCell;
use std::io::{Cursor, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

use super::super::run;
use super::super::tar::Kept;
use super::super::zip::Merging;
use super::super::{ArchiveError, Batch, Bounds, Entry, EntryError, Flaw, Form, Part, Take};
use crate::ports::{FileError, FileId, ReadAt};

/// One file, and what was read of it.
pub(super) struct OneFile {
    pub(super) bytes: Vec<u8>,
    pub(super) reads: RefCell<Vec<(u64, u32)>>,
}

impl ReadAt for OneFile {
    async fn read_at(&self, _: FileId, at: u64, length: u32) -> Result<Vec<u8>, FileError> {
        self.reads.borrow_mut().push((at, length));
        let from = (at as usize).min(self.bytes.len());
        let to = from.saturating_add(length as usize).min(self.bytes.len());
        Ok(self.bytes[from..to].to_vec())
    }
}

pub(super) fn one_file(bytes: Vec<u8>) -> (OneFile, Part) {
    let part = Part { file: FileId(0), name: "takeout-001".into(), size: bytes.len() as u64 };
    (OneFile { bytes, reads: RefCell::default() }, part)
}

/// What a listing found, and how it ended.
pub(super) fn list(bytes: &[u8], bounds: Bounds) -> (Batch, Result<(), ArchiveError>) {
    let (files, part) = one_file(bytes.to_vec());
    let mut all = Batch::default();
    let ended = pollster::block_on(run::list(&files, &part, bounds, |batch| {
        all.entries.extend(batch.entries);
        all.problems.extend(batch.problems);
    }));
    (all, ended)
}

/// The names and contents of all entries of a zip, in order.
pub(super) fn contents(bytes: &[u8], take: Take) -> Vec<(String, Result<Vec<u8>, Flaw>)> {
    let (batch, _) = list(bytes, Bounds::default());
    read(bytes, &batch.entries, take)
}

pub(super) fn read(bytes: &[u8], entries: &[Entry], take: Take) -> Vec<(String, Result<Vec<u8>, Flaw>)> {
    let (files, part) = one_file(bytes.to_vec());
    let mut read: Vec<Option<Result<Vec<u8>, Flaw>>> = vec![None; entries.len()];
    pollster::block_on(run::read(&files, &part, entries, take, Merging::default(), |index, content| {
        assert!(read[index].is_none(), "an entry is heard of once");
        read[index] = Some(content.map(<[u8]>::to_vec));
    }))
    .unwrap();
    entries.iter().zip(read).map(|(entry, content)| (entry.name.clone(), content.unwrap())).collect()
}

/// Everything in a tar, and how it ended.
pub(super) fn untar(
    bytes: &[u8],
    form: Form,
    from: u32,
    wants: impl FnMut(&Entry) -> Take,
) -> (Vec<Kept>, Vec<EntryError>, Result<(), ArchiveError>) {
    let (files, part) = one_file(bytes.to_vec());
    let (mut kept, mut problems) = (Vec::new(), Vec::new());
    let ended =
        pollster::block_on(run::stream(&files, &part, form, Bounds::default(), from, wants, async |passed, _| {
            kept.extend(passed.kept);
            problems.extend(passed.problems);
            true
        }));
    (kept, problems, ended)
}

/// A zip as the crate `zip` writes it.
pub(super) fn zip(files: &[(&str, &[u8])], options: SimpleFileOptions) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        writer.start_file(*name, options).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A zip written front to back, its sizes behind each entry (APPNOTE.TXT, 4.3.9).
pub(super) fn streamed_zip(files: &[(&str, &[u8])], options: SimpleFileOptions) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new_stream(Vec::new());
    for (name, content) in files {
        writer.start_file(*name, options).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

pub(super) fn stored() -> SimpleFileOptions {
    SimpleFileOptions::default().compression_method(CompressionMethod::Stored)
}

pub(super) fn deflated() -> SimpleFileOptions {
    SimpleFileOptions::default().compression_method(CompressionMethod::Deflated)
}

/// A tar as the crate `tar` writes it, with GNU's long names.
pub(super) fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = tar::Builder::new(Vec::new());
    for (name, content) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        writer.append_data(&mut header, name, *content).unwrap();
    }
    writer.into_inner().unwrap()
}

pub(super) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut writer = GzEncoder::new(Vec::new(), Compression::fast());
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap()
}

/// Bytes that do not pack.
pub(super) fn noise(length: usize, seed: u64) -> Vec<u8> {
    let mut chance = oorandom::Rand32::new(seed);
    (0..length).map(|_| chance.rand_u32() as u8).collect()
}
