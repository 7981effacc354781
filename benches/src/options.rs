//! What the command line asks for.

use std::path::PathBuf;

const USAGE: &str = "cargo xtask bench [name …] [--rows 10000,100000,1000000] [--runs 5] [--long | --minutes 10]";

/// What `--long` means.
const LONG_MINUTES: u32 = 10;

/// What is measured, and how thoroughly.
#[derive(Debug)]
pub(crate) struct Options {
    /// Only figures whose names begin with one of these; all of them if there is none.
    pub(crate) names: Vec<String>,
    /// The sizes of the seeded libraries.
    pub(crate) rows: Vec<u32>,
    /// How often each thing is measured.
    pub(crate) runs: usize,
    /// How long the grid is scrolled to see whether memory grows; not at all if it is not said.
    pub(crate) minutes: Option<u32>,
    /// Where everything is put that the bench makes.
    pub(crate) target: PathBuf,
    /// The release bundle of the empty page.
    pub(crate) empty: PathBuf,
}

impl Options {
    /// # Errors
    /// A sentence for whoever typed it.
    pub(crate) fn read(arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let target = std::env::var_os("ALBUMEN_BENCH").map_or_else(|| PathBuf::from("target/bench"), PathBuf::from);
        let empty = target.join("empty");
        let mut options =
            Self { names: Vec::new(), rows: vec![10_000, 100_000, 1_000_000], runs: 5, minutes: None, target, empty };
        let mut arguments = arguments.peekable();
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or_else(|| format!("{argument} lacks its value.\n{USAGE}"));
            match argument.as_str() {
                "--long" => options.minutes = Some(LONG_MINUTES),
                "--minutes" => options.minutes = Some(number(&value()?)?),
                "--runs" => options.runs = number(&value()?)?,
                "--rows" => options.rows = value()?.split(',').map(number).collect::<Result<_, _>>()?,
                name if name.starts_with('-') => return Err(format!("There is no {name}.\n{USAGE}")),
                name => options.names.push(name.to_owned()),
            }
        }
        if options.runs == 0 || options.rows.contains(&0) {
            return Err(format!("Nothing can be measured of nothing.\n{USAGE}"));
        }
        Ok(options)
    }

    /// Whether any of these figures was asked for.
    pub(crate) fn wants(&self, figures: &[&str]) -> bool {
        let asked = |figure: &&str| self.names.iter().any(|name| figure.starts_with(name.as_str()));
        self.names.is_empty() || figures.iter().any(asked)
    }
}

fn number<T: std::str::FromStr>(text: &str) -> Result<T, String> {
    text.replace('_', "").parse().map_err(|_| format!("\"{text}\" is no number.\n{USAGE}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Options, String> {
        Options::read(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn without_a_word_everything_is_measured() {
        let options = read("").unwrap();
        assert_eq!((options.rows.as_slice(), options.runs), (&[10_000, 100_000, 1_000_000][..], 5));
        assert!(options.wants(&["open"]));
    }

    #[test]
    fn names_choose_by_how_figures_begin() {
        let options = read("open --rows 10_000 --runs 7 --long").unwrap();
        assert!(options.wants(&["open_data"]) && options.wants(&["scroll", "open"]) && !options.wants(&["layout"]));
        assert_eq!((options.rows.as_slice(), options.runs, options.minutes), (&[10_000][..], 7, Some(10)));
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        for line in ["--row 1", "--runs", "--runs many", "--runs 0", "--rows 1,,2", "--rows 0"] {
            assert!(read(line).unwrap_err().contains("cargo xtask bench"), "{line}");
        }
    }
}
