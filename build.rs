//! Names the build: a hash of everything that ends up in the page, so that page and worker of different builds part.
//!
//! It needs neither clock nor git: the same sources give the same name. Both programs read it as
//! `env!("ALBUMEN_BUILD")`; addresses that a build tool does not hash carry it as `?v=`.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io};

/// What the page is made of; tests and documentation are not among it.
const SOURCES: [&str; 23] = [
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "assets",
    "boot.js",
    "build",
    "build.rs",
    "charts/Cargo.toml",
    "charts/src",
    "core/Cargo.toml",
    "core/src",
    "downloads.js",
    "engine.js",
    "package-lock.json",
    "page/Cargo.toml",
    "page/build.rs",
    "page/src",
    "parquet/Cargo.toml",
    "parquet/src",
    "parquet.js",
    "src",
    "worker/Cargo.toml",
    "worker/src",
];

fn main() -> io::Result<()> {
    let mut hash = Fnv1a::new();
    for source in SOURCES {
        let path = Path::new(source);
        println!("cargo::rerun-if-changed={source}");
        if path.exists() {
            for file in files_below(path)? {
                hash.add(file.to_string_lossy().as_bytes());
                hash.add(&fs::read(&file)?);
            }
        }
    }
    // Another compiler makes another program of the same sources.
    let compiler = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    hash.add(&Command::new(compiler).arg("--version").output()?.stdout);
    println!("cargo::rustc-env=ALBUMEN_BUILD={:016x}", hash.0);
    Ok(())
}

/// The files at or below `path`, in one order on every machine.
fn files_below(path: &Path) -> io::Result<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let mut entries = fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    entries.sort();
    let mut files = Vec::new();
    for entry in entries {
        files.extend(files_below(&entry)?);
    }
    Ok(files)
}

/// FNV-1a, 64 bits: enough to tell builds apart, and stable across compilers (unlike std's hasher).
struct Fnv1a(u64);

impl Fnv1a {
    fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    /// Adds `bytes` and their length, so that neighbors cannot run into each other.
    fn add(&mut self, bytes: &[u8]) {
        for byte in bytes.iter().copied().chain((bytes.len() as u64).to_le_bytes()) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
}
