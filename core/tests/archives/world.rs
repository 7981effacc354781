//! Files of the disk behind the port.

use std::cell::Cell;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use albumen_core::ports::{FileError, FileId, ReadAt};
use albumen_core::takeout::archive::{ArchiveError, Batch, Bounds, Form, Part, Take, run, tar::Kept};

/// Files, and what was read of them.
#[derive(Default)]
pub(crate) struct Disk {
    files: Vec<File>,
    pub(crate) reads: Cell<u64>,
    pub(crate) bytes: Cell<u64>,
}

impl Disk {
    pub(crate) fn open(&mut self, path: &Path) -> Part {
        let file = File::open(path).unwrap();
        let size = file.metadata().unwrap().len();
        self.files.push(file);
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        Part { file: FileId(self.files.len() as u32 - 1), name, size }
    }
}

impl ReadAt for Disk {
    async fn read_at(&self, file: FileId, at: u64, length: u32) -> Result<Vec<u8>, FileError> {
        self.reads.set(self.reads.get() + 1);
        self.bytes.set(self.bytes.get() + u64::from(length));
        let mut file = &self.files[file.0 as usize];
        let mut bytes = Vec::new();
        file.seek(SeekFrom::Start(at))
            .and_then(|_| file.take(length.into()).read_to_end(&mut bytes))
            .map_err(|error| FileError::Failed { message: error.to_string() })?;
        Ok(bytes)
    }
}

pub(crate) fn list(disk: &Disk, part: &Part) -> (Batch, Result<(), ArchiveError>) {
    let mut all = Batch::default();
    let ended = pollster::block_on(run::list(disk, part, Bounds::default(), |batch| {
        all.entries.extend(batch.entries);
        all.problems.extend(batch.problems);
    }));
    (all, ended)
}

/// All files of a tar, the small ones with their content.
pub(crate) fn untar(disk: &Disk, part: &Part) -> (Vec<Kept>, Batch, Result<(), ArchiveError>) {
    let (mut kept, mut rest) = (Vec::new(), Batch::default());
    let wants = |_: &_| Take::Whole(1 << 20);
    let each = async |passed: albumen_core::takeout::archive::tar::Passed, _| {
        kept.extend(passed.kept);
        rest.problems.extend(passed.problems);
        true
    };
    let ended = pollster::block_on(run::stream(disk, part, Form::TarGz, Bounds::default(), 0, wants, each));
    (kept, rest, ended)
}
