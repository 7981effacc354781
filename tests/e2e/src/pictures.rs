//! Real files to upload: three JPEGs that no one would mistake for one another, and what is no picture at all.

use std::path::{Path, PathBuf};

use jpeg_encoder::{ColorType, Encoder};
use tempfile::TempDir;

use crate::failure::{Told, said};

/// A folder with files in it. Gone when dropped.
pub struct Folder {
    folder: TempDir,
}

impl Folder {
    pub fn new() -> Told<Self> {
        Ok(Self { folder: tempfile::Builder::new().prefix("albumen-e2e-files-").tempdir()? })
    }

    /// Writes a file and says where it is.
    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> Told<PathBuf> {
        let path = self.folder.path().join(name);
        std::fs::write(&path, bytes)?;
        Ok(path)
    }

    /// A JPEG of this size; `hue` makes one different from another.
    pub fn jpeg(&self, name: &str, width_px: u16, height_px: u16, hue: u8) -> Told<PathBuf> {
        self.file(name, jpeg(width_px, height_px, hue)?)
    }

    /// A file that has this length and takes no room on the disk.
    pub fn hollow(&self, name: &str, bytes: u64) -> Told<PathBuf> {
        let path = self.folder.path().join(name);
        std::fs::File::create(&path)?.set_len(bytes)?;
        Ok(path)
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }
}

/// A gradient with a grid over it: compresses like a photo, and is told from another at a glance.
fn jpeg(width_px: u16, height_px: u16, hue: u8) -> Told<Vec<u8>> {
    let mut pixels = Vec::with_capacity(usize::from(width_px) * usize::from(height_px) * 3);
    for y in 0..height_px {
        for x in 0..width_px {
            let across = shade(x, width_px);
            let down = shade(y, height_px);
            let line = if x % 32 == 0 || y % 32 == 0 { 40 } else { 0 };
            pixels.extend([across.wrapping_add(hue), down.saturating_sub(line), hue.saturating_add(line)]);
        }
    }
    let mut bytes = Vec::new();
    Encoder::new(&mut bytes, 85)
        .encode(&pixels, width_px, height_px, ColorType::Rgb)
        .map_err(|error| said(format!("JPEG: {error}")))?;
    Ok(bytes)
}

/// `place` of `whole` as 0 to 255.
fn shade(place: u16, whole: u16) -> u8 {
    u8::try_from(u32::from(place) * 255 / u32::from(whole.max(1))).unwrap_or(u8::MAX)
}
