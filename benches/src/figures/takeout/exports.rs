//! The exports that are measured. They are made once and kept: the large one takes minutes.

use std::path::{Path, PathBuf};

use albumen_e2e::failure::{Told, said};
use albumen_takeout::{Form, Order, Style, make, sparse};

use crate::options::Options;

/// Photos of the dense export.
pub(super) const DENSE_PHOTOS: u32 = 100_000;
/// Sidecars of the sparse export, and its size.
pub(super) const SPARSE_SIDECARS: u32 = 10_000;
const SPARSE_BYTES: u64 = 40 << 30;

/// One zip of small photos with their sidecars.
///
/// # Errors
/// Where the disk takes no more.
pub(super) fn dense(options: &Options) -> Told<PathBuf> {
    let folder = folder(options, "dense");
    // The truth is written last: where it is, all is.
    let order = Order { photos: DENSE_PHOTOS, parts: 1, style: Style::New, form: Form::Zip, seed: 1, zip64: false };
    if !folder.join("truth.json").is_file() {
        println!("Making an export of {DENSE_PHOTOS} photos: a few minutes.");
        make(&order, &folder).map_err(|problem| said(format!("the dense export: {problem}")))?;
    }
    let archives = std::fs::read_dir(&folder)?.filter_map(|file| Some(file.ok()?.path()));
    let mut archives = archives.filter(|path| path.extension().is_some_and(|extension| extension == "zip"));
    archives.next().ok_or_else(|| said(format!("there is no archive in {}", folder.display())))
}

/// One zip of forty gigabytes that takes little room on the disk: large media between the sidecars.
///
/// # Errors
/// Where the disk takes no more.
pub(super) fn sparse(options: &Options) -> Told<PathBuf> {
    let folder = folder(options, "sparse");
    let path = folder.join("takeout-20250921T101112Z-3-001.zip");
    if !path.is_file() {
        println!("Making an export of {} gigabytes, of which few are written.", SPARSE_BYTES >> 30);
        std::fs::create_dir_all(&folder)?;
        let begun = folder.join("begun");
        sparse::make(&begun, SPARSE_BYTES, SPARSE_SIDECARS, 1)?;
        std::fs::rename(begun, &path)?;
    }
    Ok(path)
}

fn folder(options: &Options, name: &str) -> PathBuf {
    Path::new(&options.target).join("takeout").join(name)
}
