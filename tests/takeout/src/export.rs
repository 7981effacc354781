//! An export, made: planned as a whole, written part by part, so that memory holds plans and no files.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::layout::{self, Layout, OTHERS, Planned, What};
use crate::library::{self, Album, Photo};
use crate::media::{self, Pictures};
use crate::naming;
use crate::sidecar;
use crate::truth::{self, Role, TRUTH};
use crate::write;

/// How sidecars are named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Until November 2024.
    Old,
    New,
}

impl Style {
    /// `old` or `new`.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Old, Self::New].into_iter().find(|style| style.name() == name)
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Old => "old",
            Self::New => "new",
        }
    }

    pub(crate) fn sidecar(self) -> naming::Sidecar {
        match self {
            Self::Old => naming::Sidecar::Old,
            Self::New => naming::Sidecar::New,
        }
    }
}

/// What the parts are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Zip,
    Tgz,
    /// Unpacked into one folder.
    Folder,
}

impl Form {
    /// `zip`, `tgz` or `folder`.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "zip" => Some(Self::Zip),
            "tgz" => Some(Self::Tgz),
            "folder" => Some(Self::Folder),
            _ => None,
        }
    }
}

/// What is to be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order {
    pub photos: u32,
    pub parts: u32,
    pub style: Style,
    pub form: Form,
    pub seed: u64,
    /// Whether zips are written as those beyond 4 GB are.
    pub zip64: bool,
}

/// What was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// The parts in their order, or the one folder.
    pub parts: Vec<PathBuf>,
    pub truth: PathBuf,
    /// Files in the export; one that is in two parts counts twice.
    pub files: u64,
    /// Their bytes, unpacked.
    pub bytes: u64,
}

/// Why nothing was made.
#[derive(Debug, Error)]
pub enum Problem {
    #[error("{path}: {error}")]
    File { path: PathBuf, error: io::Error },
    #[error("the archive could not be written: {0}")]
    Zip(#[from] zip::result::ZipError),
    #[error("the archive could not be written: {0}")]
    Write(#[from] io::Error),
    #[error("the truth could not be written: {0}")]
    Truth(#[from] serde_json::Error),
}

/// Where the person lives: what times are judged by where nothing else is said.
pub(crate) const PERSONS_ZONE: &str = "Europe/Berlin";

/// Everything that files are made from.
pub(crate) struct Export {
    pub(crate) order: Order,
    pub(crate) photos: Vec<Photo>,
    pub(crate) albums: Vec<Album>,
    pub(crate) layout: Layout,
    pub(crate) pictures: Pictures,
}

impl Export {
    fn plan(order: Order) -> Self {
        let photos = library::photos(order.seed, order.photos, order.style);
        let albums = library::albums(order.seed, &photos);
        // An unpacked folder has no parts any more.
        let parts = if order.form == Form::Folder { 1 } else { order.parts.max(1) };
        let layout = layout::lay(order.seed, &photos, &albums, order.style, parts);
        Self { order: Order { parts, ..order }, photos, albums, layout, pictures: Pictures::new(order.seed) }
    }

    /// The content of a file.
    pub(crate) fn content(&self, what: What) -> Vec<u8> {
        let seed = self.order.seed;
        match what {
            What::Photo { photo, role: Role::Sidecar } => sidecar::photo(seed, &self.photos[photo as usize]),
            What::Photo { photo, role } => media::bytes(&self.pictures, seed, &self.photos[photo as usize], role),
            What::AlbumSidecar(album) => sidecar::album(&self.albums[album as usize]),
            What::Orphan(nth) => sidecar::orphan(seed, nth),
            What::Other(nth) => match OTHERS.get(nth) {
                Some((_, content)) => content.as_bytes().to_vec(),
                None => b"<!DOCTYPE html><title>Takeout</title>".to_vec(),
            },
        }
    }

    /// The files of a part, in its order.
    fn files_of(&self, part: u32) -> impl Iterator<Item = &Planned> {
        self.layout.files.iter().filter(move |file| file.part == part || file.again == Some(part))
    }

    fn part_name(&self, part: u32) -> String {
        let extension = if self.order.form == Form::Tgz { "tgz" } else { "zip" };
        let number = part + 1;
        match self.order.style {
            Style::Old => format!("takeout-20240516T230250Z-{number:03}.{extension}"),
            Style::New => format!("takeout-20250921T101112Z-3-{number:03}.{extension}"),
        }
    }
}

/// Makes an export in `folder`, with the truth beside it.
///
/// # Errors
/// Where the folder takes no files.
pub fn make(order: &Order, folder: &Path) -> Result<Made, Problem> {
    fs::create_dir_all(folder).map_err(|error| Problem::File { path: folder.into(), error })?;
    let export = Export::plan(*order);
    let mut sizes = vec![0; export.layout.files.len()];
    for (size, file) in sizes.iter_mut().zip(&export.layout.files) {
        // Sizes are part of the truth; only those of media are asked for, and media are made twice for it.
        if matches!(file.what, What::Photo { role: Role::Media | Role::Pair | Role::Edited, .. }) {
            *size = export.content(file.what).len() as u64;
        }
    }
    let mut made = Made { parts: Vec::new(), truth: folder.join(TRUTH), files: 0, bytes: 0 };
    for part in 0..export.order.parts {
        let files = export.files_of(part).map(|file| {
            let content = export.content(file.what);
            made.files += 1;
            made.bytes += content.len() as u64;
            (file, content)
        });
        if order.form == Form::Folder {
            write::folder(folder, files)?;
            made.parts.push(folder.join("Takeout"));
            continue;
        }
        let path = folder.join(export.part_name(part));
        let file = File::create(&path).map_err(|error| Problem::File { path: path.clone(), error })?;
        let out = BufWriter::with_capacity(1 << 20, file);
        match order.form {
            Form::Tgz => write::tgz(out, files, part)?,
            _ => write::zip(out, files, part, order.zip64)?,
        }
        made.parts.push(path);
    }
    let file = File::create(&made.truth).map_err(|error| Problem::File { path: made.truth.clone(), error })?;
    let mut out = BufWriter::new(file);
    let parts = made.parts.iter().filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned())).collect();
    serde_json::to_writer(&mut out, &truth::of(&export, parts, &sizes))?;
    out.flush()?;
    Ok(made)
}
