//! `cargo xtask fixture …`: makes exports, whole and broken, for people and for tests.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program for a person's terminal")]

use std::path::PathBuf;
use std::process::ExitCode;

use albumen_takeout::{Form, Order, Style, hostile, make, sparse};

const USAGE: &str = "\
cargo xtask fixture takeout --photos N --parts P --style old|new [--form zip|tgz|folder] [--seed S] [--zip64] --out DIR
cargo xtask fixture hostile --out DIR          archives that lie, are cut off or want to hurt
cargo xtask fixture sparse --gigabytes G --sidecars N [--seed S] --out DIR
                                               one zip of large media that takes little room on the disk";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match obey(&arguments) {
        Ok(done) => {
            println!("{done}");
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

fn obey(arguments: &[String]) -> Result<String, String> {
    let (what, rest) = arguments.split_first().ok_or(USAGE)?;
    let options = Options::read(rest)?;
    let out = PathBuf::from(options.text("--out").ok_or("Say where with --out.")?);
    match what.as_str() {
        "takeout" => {
            let order = Order {
                photos: options.number("--photos", 1000)?,
                parts: options.number("--parts", 1)?,
                style: named(options.text("--style").unwrap_or("new"), Style::named)?,
                form: named(options.text("--form").unwrap_or("zip"), Form::named)?,
                seed: options.number("--seed", 1)?,
                zip64: options.flag("--zip64"),
            };
            let made = make(&order, &out).map_err(|problem| problem.to_string())?;
            Ok(format!("{} files in {} parts, {} bytes: {}", made.files, made.parts.len(), made.bytes, out.display()))
        }
        "hostile" => {
            let made = hostile::make(&out).map_err(|problem| problem.to_string())?;
            Ok(format!("{} archives: {}", made.len(), out.display()))
        }
        "sparse" => {
            let bytes = options.number::<u64>("--gigabytes", 40)? << 30;
            let path = out.join("takeout-20250921T101112Z-3-001.zip");
            std::fs::create_dir_all(&out).map_err(|problem| problem.to_string())?;
            sparse::make(&path, bytes, options.number("--sidecars", 10_000)?, options.number("--seed", 1)?)
                .map_err(|problem| problem.to_string())?;
            Ok(path.display().to_string())
        }
        _ => Err(USAGE.to_owned()),
    }
}

fn named<T>(name: &str, find: impl Fn(&str) -> Option<T>) -> Result<T, String> {
    find(name).ok_or_else(|| format!("\"{name}\" is nothing that can be made.\n\n{USAGE}"))
}

/// What stands behind the task's name: names with values, and names alone.
struct Options(Vec<(String, Option<String>)>);

impl Options {
    fn read(arguments: &[String]) -> Result<Self, String> {
        let mut options = Vec::new();
        let mut arguments = arguments.iter().peekable();
        while let Some(name) = arguments.next() {
            if !name.starts_with("--") {
                return Err(format!("\"{name}\" stands alone.\n\n{USAGE}"));
            }
            let value = arguments.next_if(|next| !next.starts_with("--"));
            options.push((name.clone(), value.cloned()));
        }
        Ok(Self(options))
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(own, _)| own == name)?.1.as_deref()
    }

    fn flag(&self, name: &str) -> bool {
        self.0.iter().any(|(own, _)| own == name)
    }

    fn number<N: std::str::FromStr>(&self, name: &str, unsaid: N) -> Result<N, String> {
        match self.text(name) {
            None => Ok(unsaid),
            Some(text) => text.parse().map_err(|_| format!("{name} takes a number, and \"{text}\" is none.")),
        }
    }
}
