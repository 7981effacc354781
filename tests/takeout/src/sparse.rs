//! A zip of many gigabytes whose media are holes in the file: what is read of it can be counted, and it takes no room.

use std::fs::File;
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::Path;

use flate2::{Compression, Crc, write::DeflateEncoder};

use crate::chance::Chance;

/// What the list says of an entry.
struct Listed {
    name: String,
    at: u64,
    packed: u64,
    size: u64,
    crc32: u32,
    method: u16,
}

/// Makes a zip of about `bytes` bytes with `sidecars` photos, each a stored entry of zeros with its deflated sidecar
/// behind it. Media are large enough not to be read with their neighbors, where there is room for that.
///
/// # Errors
/// Where the file cannot be written.
pub fn make(path: &Path, bytes: u64, sidecars: u32, seed: u64) -> io::Result<()> {
    let mut out = BufWriter::new(File::create(path)?);
    let media = bytes / u64::from(sidecars.max(1));
    let mut chance = Chance::new(seed, 0);
    let mut listed = Vec::with_capacity(sidecars as usize * 2);
    let mut at = 0;
    for nth in 0..sidecars {
        let size = media / 2 + chance.below(media);
        let title = format!("IMG_{nth:06}.jpg");
        let name = format!("Takeout/Google Photos/Photos from {}/{title}", 2000 + nth / 400 % 25);
        let photo = Listed { name, at, packed: size, size, crc32: zeros_crc(size), method: 0 };
        at += header(&mut out, &photo)?;
        at = out.seek(SeekFrom::Start(at + size))?;
        let json = format!(
            "{{\"title\":\"{title}\",\"description\":\"\",\"imageViews\":\"0\",\
             \"creationTime\":{{\"timestamp\":\"1697872351\",\"formatted\":\"\"}},\
             \"photoTakenTime\":{{\"timestamp\":\"{}\",\"formatted\":\"\"}},\
             \"geoData\":{{\"latitude\":{:.6},\"longitude\":{:.6},\"altitude\":0.0}},\
             \"url\":\"https://photos.google.com/photo/AF1Qip{seed:08X}{nth:08x}\"}}",
            1_041_379_200 + u64::from(nth) * 60_000,
            chance.between(-60.0, 60.0),
            chance.between(-170.0, 170.0),
        );
        let mut deflate = DeflateEncoder::new(Vec::new(), Compression::default());
        deflate.write_all(json.as_bytes())?;
        let packed = deflate.finish()?;
        let mut sum = Crc::new();
        sum.update(json.as_bytes());
        let sidecar = Listed {
            name: format!("{}.json", photo.name),
            at,
            packed: packed.len() as u64,
            size: json.len() as u64,
            crc32: sum.sum(),
            method: 8,
        };
        at += header(&mut out, &sidecar)? + sidecar.packed;
        out.write_all(&packed)?;
        listed.push(photo);
        listed.push(sidecar);
    }
    list(&mut out, &listed, at)?;
    out.flush()
}

/// The checksum of so many zeros, put together from that of half as many.
fn zeros_crc(bytes: u64) -> u32 {
    if bytes <= 4096 {
        let mut sum = Crc::new();
        sum.update(&vec![0; bytes as usize]);
        return sum.sum();
    }
    let mut sum = Crc::new();
    sum.combine(&zeros(bytes));
    sum.sum()
}

fn zeros(bytes: u64) -> Crc {
    let mut sum = Crc::new();
    if bytes <= 4096 {
        sum.update(&vec![0; bytes as usize]);
        return sum;
    }
    let half = zeros(bytes / 2);
    sum.combine(&half);
    sum.combine(&half);
    if bytes % 2 == 1 {
        sum.update(&[0]);
    }
    sum
}

/// APPNOTE.TXT, 4.3.7; sizes in a zip64 field (4.5.3).
fn header(out: &mut impl Write, entry: &Listed) -> io::Result<u64> {
    let mut bytes = b"PK\x03\x04".to_vec();
    shared(&mut bytes, entry, 20);
    bytes.extend(entry.name.as_bytes());
    bytes.extend([1, 0, 16, 0]);
    bytes.extend(entry.size.to_le_bytes());
    bytes.extend(entry.packed.to_le_bytes());
    out.write_all(&bytes)?;
    Ok(bytes.len() as u64)
}

/// What both headers say, from the needed version to the lengths of name and extra field.
fn shared(bytes: &mut Vec<u8>, entry: &Listed, extra: u16) {
    // Version 4.5; names are UTF-8; noon of 1 January 2024.
    for number in [45, 1 << 11, entry.method, 12 << 11, 44 << 9 | 1 << 5 | 1] {
        bytes.extend(number.to_le_bytes());
    }
    bytes.extend(entry.crc32.to_le_bytes());
    bytes.extend([0xFF; 8]);
    bytes.extend((entry.name.len() as u16).to_le_bytes());
    bytes.extend(extra.to_le_bytes());
}

/// APPNOTE.TXT, 4.3.12 to 4.3.16.
fn list(out: &mut impl Write, listed: &[Listed], at: u64) -> io::Result<()> {
    let mut length = 0;
    for entry in listed {
        let mut bytes = b"PK\x01\x02\x2D\x00".to_vec();
        shared(&mut bytes, entry, 28);
        // No comment, first disk, no attributes.
        bytes.extend([0; 10]);
        bytes.extend([0xFF; 4]);
        bytes.extend(entry.name.as_bytes());
        bytes.extend([1, 0, 24, 0]);
        for number in [entry.size, entry.packed, entry.at] {
            bytes.extend(number.to_le_bytes());
        }
        out.write_all(&bytes)?;
        length += bytes.len() as u64;
    }
    let count = listed.len() as u64;
    let mut bytes = b"PK\x06\x06".to_vec();
    bytes.extend(44u64.to_le_bytes());
    bytes.extend([45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    for number in [count, count, length, at] {
        bytes.extend(number.to_le_bytes());
    }
    bytes.extend(b"PK\x06\x07\0\0\0\0");
    bytes.extend((at + length).to_le_bytes());
    bytes.extend(1u32.to_le_bytes());
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend([0xFF; 12]);
    bytes.extend([0, 0]);
    out.write_all(&bytes)
}
