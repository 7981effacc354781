//! Parts, written as others would read them: zip in both ways of writing it, tar in gzip, a folder.

use std::fs;
use std::io::{self, Seek, Write};
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::export::Problem;
use crate::layout::{Planned, What};
use crate::truth::Role;

/// Unpacked bytes of one gzip member, where a part has several.
const MEMBER_BYTES: usize = 1 << 20;

/// Writes a zip. Every second part is written front to back, sizes behind each entry, as a server sends it.
pub(crate) fn zip<'a>(
    out: impl Write + Seek,
    files: impl Iterator<Item = (&'a Planned, Vec<u8>)>,
    part: u32,
    zip64: bool,
) -> Result<(), Problem> {
    if part % 2 == 1 {
        let mut writer = ZipWriter::new_stream(out);
        fill(&mut writer, files, zip64)?;
        writer.finish()?.into_inner().flush()?;
    } else {
        let mut writer = ZipWriter::new(out);
        fill(&mut writer, files, zip64)?;
        writer.finish()?.flush()?;
    }
    Ok(())
}

fn fill<'a, W: Write + Seek>(
    writer: &mut ZipWriter<W>,
    files: impl Iterator<Item = (&'a Planned, Vec<u8>)>,
    zip64: bool,
) -> Result<(), Problem> {
    for (nth, (file, content)) in files.enumerate() {
        // Media hardly pack, and most are stored; some are packed all the same.
        let stored = is_media(file) && nth % 7 != 0;
        let method = if stored { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(zip::DateTime::default())
            .large_file(zip64);
        writer.start_file(file.path.as_str(), options)?;
        writer.write_all(&content)?;
    }
    Ok(())
}

fn is_media(file: &Planned) -> bool {
    matches!(file.what, What::Photo { role: Role::Media | Role::Pair | Role::Edited, .. })
}

/// Writes a tar in gzip. Long names are written as GNU does or as POSIX does, by turns; every second part is a gzip of
/// several members.
pub(crate) fn tgz<'a>(
    out: impl Write,
    files: impl Iterator<Item = (&'a Planned, Vec<u8>)>,
    part: u32,
) -> Result<(), Problem> {
    let most = if part % 2 == 1 { MEMBER_BYTES } else { usize::MAX };
    let mut writer = tar::Builder::new(Members { gzip: Some(member(out)), in_member: 0, most });
    for (nth, (file, content)) in files.enumerate() {
        if nth % 2 == 0 || file.path.len() <= 100 {
            let mut header = header(tar::Header::new_gnu(), &content);
            writer.append_data(&mut header, &file.path, content.as_slice())?;
        } else {
            writer.append_pax_extensions([("path", file.path.as_bytes())])?;
            let mut header = header(tar::Header::new_ustar(), &content);
            header.set_path("see the extension")?;
            header.set_cksum();
            writer.append(&header, content.as_slice())?;
        }
    }
    let mut members = writer.into_inner()?;
    if let Some(gzip) = members.gzip.take() {
        gzip.finish()?.flush()?;
    }
    Ok(())
}

fn header(mut header: tar::Header, content: &[u8]) -> tar::Header {
    header.set_size(content.len() as u64);
    header.set_mode(0o644);
    header.set_mtime(1_715_900_570);
    header
}

fn member<W: Write>(out: W) -> GzEncoder<W> {
    GzEncoder::new(out, Compression::fast())
}

/// A gzip that begins a new member after so many bytes.
struct Members<W: Write> {
    gzip: Option<GzEncoder<W>>,
    in_member: usize,
    most: usize,
}

impl<W: Write> Write for Members<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.in_member >= self.most
            && let Some(gzip) = self.gzip.take()
        {
            self.gzip = Some(member(gzip.finish()?));
            self.in_member = 0;
        }
        let gzip = self.gzip.as_mut().ok_or_else(|| io::Error::other("a member could not be ended"))?;
        let written = gzip.write(bytes)?;
        self.in_member += written;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.gzip.as_mut().map_or(Ok(()), Write::flush)
    }
}

/// Writes files where an unpacker would put them.
pub(crate) fn folder<'a>(folder: &Path, files: impl Iterator<Item = (&'a Planned, Vec<u8>)>) -> Result<(), Problem> {
    for (file, content) in files {
        let path = folder.join(&file.path);
        let written = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&path, content));
        written.map_err(|error| Problem::File { path, error })?;
    }
    Ok(())
}
