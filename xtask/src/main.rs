//! One front door for every task: `cargo xtask serve | test | bench | fixture | dist`.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a program for a person's terminal, on the host: it prints, and it may look at the clock"
)]

mod bench;
mod browser;
mod command;
mod dist;
mod fixture;
mod licenses;
mod map;
mod markup;
mod npm;
mod policy;
mod problem;
mod serve;
mod sheets;
mod sizes;
mod split;
mod test;
mod tools;
mod version;
mod workspace;

use std::process::ExitCode;

use problem::Problem;
use workspace::Workspace;

const USAGE: &str = "\
cargo xtask serve                      build the page and serve it on http://localhost:8080
cargo xtask test                       run every check there is, and sum them up
cargo xtask test host [name]           format, lints and the tests that need no browser
cargo xtask test browser [name]        the tests of the browser's adapters, in a browser
cargo xtask test e2e [name]            the release bundle, driven in a browser
cargo xtask bench [name …]             what the release bundle takes, beside what others take for the same
cargo xtask fixture takeout … --out DIR  an export of Takeout with the truth beside it; without a task, what there is
cargo xtask dist                       make the release bundle in dist/

Each installs what it needs and is not there, and says so first.";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match obey(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("\n{problem}");
            ExitCode::FAILURE
        }
    }
}

fn obey(arguments: &[&str]) -> Result<(), Problem> {
    let workspace = Workspace::here();
    match arguments {
        ["serve"] => serve::serve(&workspace),
        ["dist"] => dist::make(&workspace),
        ["test"] => test::test(&workspace, test::Part::ALL, None),
        ["test", part] => test::test(&workspace, &[test::Part::named(part)?], None),
        ["test", part, name] => test::test(&workspace, &[test::Part::named(part)?], Some(name)),
        ["fixture", rest @ ..] => fixture::fixture(&workspace, rest),
        ["bench", rest @ ..] => bench::bench(&workspace, rest),
        [] | ["help" | "--help" | "-h"] => {
            println!("{USAGE}");
            Ok(())
        }
        _ => Err(Problem::new(format!("There is no task \"{}\".\n\n{USAGE}", arguments.join(" ")))),
    }
}
