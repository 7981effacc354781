//! What the bundle weighs: on the disk, and as browsers receive it.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::problem::Problem;

/// Bytes of a file: as it is, and compressed as hosts do it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Weight {
    raw: u64,
    gzip: u64,
    brotli: u64,
}

impl Weight {
    fn of(bytes: &[u8]) -> io::Result<Self> {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        gzip.write_all(bytes)?;
        let mut brotli = Vec::new();
        // Quality 9: what hosts afford at best for files they compress once, and a tenth of the time of 11.
        let parameters = brotli::enc::BrotliEncoderParams { quality: 9, ..Default::default() };
        brotli::BrotliCompress(&mut &bytes[..], &mut brotli, &parameters)?;
        Ok(Self { raw: bytes.len() as u64, gzip: gzip.finish()?.len() as u64, brotli: brotli.len() as u64 })
    }

    fn plus(self, other: Self) -> Self {
        Self { raw: self.raw + other.raw, gzip: self.gzip + other.gzip, brotli: self.brotli + other.brotli }
    }
}

/// A table of every file below `folder` in bytes, and of what a first visit loads: the files that index.html names,
/// and what those import.
pub(crate) fn table(folder: &Path) -> Result<String, Problem> {
    let problem = |error: io::Error| Problem::with_file("weigh the bundle", &error);
    let mut files = Vec::new();
    collect(folder, &mut files).map_err(problem)?;
    files.sort();
    let page = fs::read_to_string(folder.join("index.html")).map_err(problem)?;
    let mut text = line("", "raw", "gzip", "brotli");
    let (mut first, mut all) = (Weight::default(), Weight::default());
    for file in files {
        let weight = Weight::of(&fs::read(&file).map_err(problem)?).map_err(problem)?;
        let name = file.strip_prefix(folder).unwrap_or(&file).to_string_lossy().replace('\\', "/");
        text += &weighed(&name, weight);
        all = all.plus(weight);
        if name == "index.html" || page.contains(&name) {
            first = first.plus(weight);
        }
    }
    text += &weighed("a first visit", first);
    text += &weighed("everything", all);
    Ok(text)
}

/// Every file below `folder`.
pub(crate) fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { collect(&path, files)? } else { files.push(path) }
    }
    Ok(())
}

fn weighed(name: &str, weight: Weight) -> String {
    line(name, &grouped(weight.raw), &grouped(weight.gzip), &grouped(weight.brotli))
}

fn line(name: &str, raw: &str, gzip: &str, brotli: &str) -> String {
    format!("{name:<56} {raw:>11} {gzip:>11} {brotli:>11}\n")
}

/// Digits in threes: 1234567 is "1,234,567".
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_stand_in_threes() {
        let numbers = [0, 999, 1000, 1_234_567].map(grouped);
        assert_eq!(numbers, ["0", "999", "1,000", "1,234,567"]);
    }

    #[test]
    fn what_repeats_weighs_less_when_compressed() {
        let weight = Weight::of(&b"albumen ".repeat(1000)).unwrap();
        assert_eq!(weight.raw, 8000);
        assert!(weight.gzip < 200 && weight.brotli < weight.gzip, "{weight:?}");
    }
}
