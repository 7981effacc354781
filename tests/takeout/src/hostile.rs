//! Archives that lie, are cut off or want to hurt. Each holds good photos as well, which an import must still find.

use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::export::Problem;

/// An archive, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hostile {
    /// The file's name.
    pub name: &'static str,
    pub wrong: Wrong,
    pub bytes: Vec<u8>,
    /// Paths of the good files that can be read.
    pub good: Vec<String>,
    /// Paths of the bad ones, as far as they have any.
    pub bad: Vec<String>,
}

/// What is wrong with an archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    CutOff,
    Encrypted,
    Bomb,
    Names,
    SameName,
    Directory,
    Checksum,
    SizeLies,
    SidecarNoJson,
    SidecarHuge,
    NoArchive,
}

/// Enough to be no photo's sidecar, and little enough to be made at once.
const BOMB_BYTES: usize = 12 << 20;

const FOLDER: &str = "Takeout/Google Photos/Photos from 2023";

/// All of them.
///
/// # Errors
/// Where an archive cannot be written into memory: never, as far as is known.
pub fn all() -> Result<Vec<Hostile>, Problem> {
    let mut all = zips()?;
    all.extend(tgzs()?);
    let no = |name, bytes: &[u8]| Hostile {
        name,
        wrong: Wrong::NoArchive,
        bytes: bytes.to_vec(),
        good: Vec::new(),
        bad: Vec::new(),
    };
    all.push(no("empty-file.zip", b""));
    all.push(no("a-page-instead.zip", b"<!DOCTYPE html><title>Sign in</title>"));
    Ok(all)
}

/// Writes all of them into a folder.
///
/// # Errors
/// Where the folder takes no files.
pub fn make(folder: &Path) -> Result<Vec<PathBuf>, Problem> {
    fs::create_dir_all(folder).map_err(|error| Problem::File { path: folder.into(), error })?;
    let mut made = Vec::new();
    for hostile in all()? {
        let path = folder.join(hostile.name);
        fs::write(&path, hostile.bytes).map_err(|error| Problem::File { path: path.clone(), error })?;
        made.push(path);
    }
    Ok(made)
}

fn zips() -> Result<Vec<Hostile>, Problem> {
    let (good, healthy) = (good(), zip(&[])?);
    let paths: Vec<String> = good.iter().map(|(path, _)| path.clone()).collect();
    let first = paths[..1].to_vec();
    let rest = paths[1..].to_vec();
    let zeros = vec![0; BOMB_BYTES];
    let long = format!("{FOLDER}/{}.json", "n".repeat(10_000));
    let names = ["../../evil.json", "/etc/evil.json", "C:\\evil.json", &long];
    let bad_names: Vec<(&str, &[u8])> = names.iter().map(|name| (*name, b"{}".as_slice())).collect();
    let sidecar = format!("{FOLDER}/broken.jpg.json");
    let huge = [b"{\"title\":\"".as_slice(), &noise(50 << 20), b"\"}"].concat();
    let named = |name, wrong, bytes, good: &[String], bad: &[String]| Hostile {
        name,
        wrong,
        bytes,
        good: good.to_vec(),
        bad: bad.to_vec(),
    };
    let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let bomb = format!("{FOLDER}/bomb.jpg.json");
    let twice = format!("{FOLDER}/IMG_9.jpg.json");
    Ok(vec![
        named("cut-in-the-middle.zip", Wrong::CutOff, healthy[..healthy.len() / 2].to_vec(), &[], &[]),
        named("encrypted-entry.zip", Wrong::Encrypted, with(&healthy, RECORD, 8, &[1, 8]), &rest, &first),
        named("bomb.zip", Wrong::Bomb, zip(&[(&bomb, &zeros)])?, &paths, std::slice::from_ref(&bomb)),
        named("names.zip", Wrong::Names, zip(&bad_names)?, &paths, &owned(&names)),
        named("same-name.zip", Wrong::SameName, same_name(&twice)?, &paths, std::slice::from_ref(&twice)),
        named("bad-directory.zip", Wrong::Directory, with(&healthy, RECORD, 0, b"XX"), &[], &paths),
        named("bad-checksum.zip", Wrong::Checksum, with(&healthy, RECORD, 16, &[1, 2, 3, 4]), &rest, &first),
        named("size-lies.zip", Wrong::SizeLies, with(&healthy, RECORD, 24, &[5, 0, 0, 0]), &rest, &first),
        named(
            "sidecar-no-json.zip",
            Wrong::SidecarNoJson,
            zip(&[(&sidecar, b"\xFF\xFE no JSON")])?,
            &paths,
            std::slice::from_ref(&sidecar),
        ),
        named(
            "sidecar-huge.zip",
            Wrong::SidecarHuge,
            zip(&[(&sidecar, &huge)])?,
            &paths,
            std::slice::from_ref(&sidecar),
        ),
    ])
}

fn tgzs() -> Result<Vec<Hostile>, Problem> {
    let paths: Vec<String> = good().into_iter().map(|(path, _)| path).collect();
    let healthy = tgz(&[], &[])?;
    let bomb = format!("{FOLDER}/bomb.jpg.json");
    let zeros = vec![0; BOMB_BYTES];
    let mut damaged = healthy.clone();
    let middle = damaged.len() / 2;
    damaged[middle..middle + 64].fill(0xFF);
    let named = |name, wrong, bytes, good: Vec<String>, bad| Hostile { name, wrong, bytes, good, bad };
    let escaping = vec!["../../evil.json".to_owned(), "/etc/evil.json".to_owned()];
    Ok(vec![
        named("cut-in-the-middle.tgz", Wrong::CutOff, healthy[..healthy.len() / 2].to_vec(), Vec::new(), Vec::new()),
        named("damaged.tgz", Wrong::Checksum, damaged, Vec::new(), Vec::new()),
        named("bomb.tgz", Wrong::Bomb, tgz(&[(&bomb, &zeros)], &[])?, paths.clone(), vec![bomb]),
        named("names.tgz", Wrong::Names, tgz(&[], &["../../evil.json", "/etc/evil.json"])?, paths, escaping),
        named(
            "no-tar.tgz",
            Wrong::NoArchive,
            gzip(b"no tar, but long enough to be looked at")?,
            Vec::new(),
            Vec::new(),
        ),
    ])
}

/// The good photos of every archive: a file and its sidecar each.
fn good() -> Vec<(String, Vec<u8>)> {
    (1..=4)
        .flat_map(|nth| {
            let sidecar = format!(
                "{{\"title\":\"IMG_{nth}.jpg\",\"photoTakenTime\":{{\"timestamp\":\"{}\",\"formatted\":\"\"}}}}",
                1_696_573_800 + nth
            );
            let photo = [b"\xFF\xD8\xFF\xFE\0\x04no".as_slice(), &noise(900), b"\xFF\xD9"].concat();
            [(format!("{FOLDER}/IMG_{nth}.jpg.json"), sidecar.into_bytes()), (format!("{FOLDER}/IMG_{nth}.jpg"), photo)]
        })
        .collect()
}

/// A zip of the good files, and of more.
fn zip(more: &[(&str, &[u8])]) -> Result<Vec<u8>, Problem> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default());
    for (path, content) in &good() {
        writer.start_file(path.as_str(), options)?;
        writer.write_all(content)?;
    }
    for (path, content) in more {
        // What is long and hardly packs is stored.
        let stored = content.len() > 1 << 20 && content.iter().any(|byte| *byte != 0);
        let method = if stored { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        writer.start_file(*path, options.compression_method(method))?;
        writer.write_all(content)?;
    }
    Ok(writer.finish()?.into_inner())
}

const RECORD: &[u8] = b"PK\x01\x02";

/// The archive with other bytes in the first record of its list.
fn with(bytes: &[u8], record: &[u8], offset: usize, changed: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    if let Some(at) = bytes.windows(record.len()).position(|window| window == record) {
        bytes[at + offset..at + offset + changed.len()].copy_from_slice(changed);
    }
    bytes
}

/// Two entries of one name: they are written with two names of one length.
fn same_name(name: &str) -> Result<Vec<u8>, Problem> {
    let other = name.replace("IMG_9", "IMG_8");
    let bytes =
        zip(&[(name, b"{\"title\":\"IMG_9.jpg\"}"), (&other, b"{\"title\":\"IMG_9.jpg\",\"description\":\"2\"}")])?;
    let mut renamed = bytes.clone();
    for at in 0..bytes.len().saturating_sub(other.len()) {
        if bytes[at..].starts_with(other.as_bytes()) {
            renamed[at..at + name.len()].copy_from_slice(name.as_bytes());
        }
    }
    Ok(renamed)
}

/// A tar in gzip of the good files, of more, and of small ones whose names nobody checks.
fn tgz(more: &[(&str, &[u8])], unchecked: &[&str]) -> Result<Vec<u8>, Problem> {
    let mut writer = tar::Builder::new(Vec::new());
    for name in unchecked {
        let mut header = tar::Header::new_old();
        header.as_mut_bytes()[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(2);
        header.set_cksum();
        writer.append(&header, b"{}".as_slice())?;
    }
    for (path, content) in &good() {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        writer.append_data(&mut header, path, content.as_slice())?;
    }
    for (path, content) in more {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        writer.append_data(&mut header, path, *content)?;
    }
    gzip(&writer.into_inner()?)
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>, Problem> {
    let mut writer = GzEncoder::new(Vec::new(), Compression::best());
    writer.write_all(bytes)?;
    Ok(writer.finish()?)
}

/// Letters that hardly pack.
fn noise(length: usize) -> Vec<u8> {
    let mut chance = crate::chance::Chance::new(7, length as u64);
    (0..length.div_ceil(8))
        .flat_map(|_| chance.below(u64::MAX).to_le_bytes())
        .map(|byte| b'a' + byte % 26)
        .take(length)
        .collect()
}
