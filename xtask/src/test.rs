//! `cargo xtask test`: every check there is, one after another, and what they came to.

use std::process::Command;
use std::time::{Duration, Instant};

use crate::browser::{Chromium, ensure_chromium};
use crate::command::run_heard;
use crate::dist;
use crate::problem::Problem;
use crate::tools;
use crate::workspace::Workspace;

const WASM: [&str; 2] = ["--target", "wasm32-unknown-unknown"];

/// A part of the checks that can be asked for by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Host,
    Browser,
    EndToEnd,
}

impl Part {
    pub(crate) const ALL: &[Self] = &[Self::Host, Self::Browser, Self::EndToEnd];

    fn title(self) -> &'static str {
        match self {
            Self::Host => "host",
            Self::Browser => "browser",
            Self::EndToEnd => "end to end",
        }
    }

    /// The part as it is called on the command line.
    pub(crate) fn named(name: &str) -> Result<Self, Problem> {
        match name {
            "host" => Ok(Self::Host),
            "browser" => Ok(Self::Browser),
            "e2e" => Ok(Self::EndToEnd),
            _ => {
                Err(Problem::new(format!("There is no part \"{name}\" of the tests: host, browser and e2e are they.")))
            }
        }
    }
}

/// What one check came to.
#[derive(Debug)]
struct Outcome {
    check: String,
    took: Duration,
    /// What the test runners said at their ends ("test result: ok. 12 passed; …").
    closing_lines: Vec<String>,
    problem: Option<Problem>,
}

/// Runs these parts to their ends, whatever fails on the way, and sums them up. With a `name` only the tests whose
/// names contain it are run, and no lints.
pub(crate) fn test(workspace: &Workspace, parts: &[Part], name: Option<&str>) -> Result<(), Problem> {
    let mut outcomes = Vec::new();
    for part in parts {
        let done = match part {
            Part::Host => host(workspace, name, &mut outcomes),
            Part::Browser => browser(workspace, name, &mut outcomes),
            Part::EndToEnd => end_to_end(workspace, name, &mut outcomes),
        };
        if let Err(problem) = done {
            eprintln!("\n{problem}");
            outcomes.push(Outcome {
                check: format!("{}: not begun", part.title()),
                took: Duration::ZERO,
                closing_lines: Vec::new(),
                problem: Some(problem),
            });
        }
    }
    sum_up(&outcomes)
}

fn host(workspace: &Workspace, name: Option<&str>, outcomes: &mut Vec<Outcome>) -> Result<(), Problem> {
    if name.is_none() {
        tools::ensure_lint_tools(workspace)?;
        tools::ensure_wasm_target(workspace)?;
        let deny: &[&str] = &["--locked", "--all-targets", "--", "--deny", "warnings"];
        outcomes.push(check("format", cargo(workspace, &["fmt", "--all", "--check"])));
        outcomes.push(check("lints, host", cargo(workspace, &[&["clippy", "--workspace"], deny].concat())));
        let programs = ["albumen", "albumen-page", "albumen-worker", "albumen-charts", "albumen-parquet"]
            .map(|name| ["--package", name]);
        let page: &[&str] = &[&["clippy"], programs.as_flattened()].concat();
        outcomes.push(check("lints, browser", cargo(workspace, &[page, &WASM, deny].concat())));
    }
    let suites: [(&str, &[&str]); 8] = [
        ("tests of the core", &["--package", "albumen-core"]),
        ("what charts look like", &["--package", "albumen-charts"]),
        ("Parquet files", &["--package", "albumen-parquet"]),
        ("words, doors and style rules", &["--package", "albumen", "--lib", "--test", "host"]),
        ("contract with Google", &["--package", "albumen-contract"]),
        ("tests of the tasks", &["--package", "xtask"]),
        ("tests of what makes exports", &["--package", "albumen-takeout"]),
        ("tests of the bench", &["--package", "albumen-bench"]),
    ];
    for (title, arguments) in suites {
        let arguments = [&["test", "--locked"], arguments].concat();
        outcomes.push(suite(title, cargo(workspace, &arguments), name, &[]));
    }
    Ok(())
}

fn browser(workspace: &Workspace, name: Option<&str>, outcomes: &mut Vec<Outcome>) -> Result<(), Problem> {
    let chromium = ensure_chromium(workspace)?;
    tools::ensure_wasm_target(workspace)?;
    tools::ensure_wasm_bindgen(workspace)?;
    let mut command = cargo(workspace, &[&["test", "--locked", "--package", "albumen"], &WASM[..]].concat());
    // The runner gives up after 20 seconds by itself, which a busy machine may need to start a browser.
    command.env("CHROMEDRIVER", &chromium.driver).env("WASM_BINDGEN_TEST_TIMEOUT", "120");
    outcomes.push(suite("tests in a browser", command, name, &[]));
    Ok(())
}

fn end_to_end(workspace: &Workspace, name: Option<&str>, outcomes: &mut Vec<Outcome>) -> Result<(), Problem> {
    let Chromium { browser, driver } = ensure_chromium(workspace)?;
    let start = Instant::now();
    let bundle = dist::ensure(workspace);
    let made = bundle.is_ok();
    outcomes.push(Outcome {
        check: "release bundle".into(),
        took: start.elapsed(),
        closing_lines: Vec::new(),
        problem: bundle.err(),
    });
    if made {
        let mut command = cargo(workspace, &["test", "--locked", "--package", "albumen-e2e"]);
        command
            .env("ALBUMEN_DIST", workspace.path(dist::FOLDER))
            .env("ALBUMEN_CHROME", browser)
            .env("ALBUMEN_CHROMEDRIVER", driver);
        // Each walk drives a browser of its own; more than two at once starve each other on a small machine.
        outcomes.push(suite("end-to-end tests", command, name, &["--test-threads", "2"]));
    }
    Ok(())
}

fn cargo(workspace: &Workspace, arguments: &[&str]) -> Command {
    let mut command = workspace.cargo();
    command.args(arguments);
    command
}

/// A check that is done when its program succeeds.
fn check(title: &str, mut command: Command) -> Outcome {
    println!("\n{title}");
    let start = Instant::now();
    let problem = run_heard(&mut command, &mut |_| ()).err();
    Outcome { check: title.into(), took: start.elapsed(), closing_lines: Vec::new(), problem }
}

/// A run of tests. All binaries are run even if one fails. A whole suite that ran no test has failed.
fn suite(title: &str, mut command: Command, name: Option<&str>, to_runner: &[&str]) -> Outcome {
    println!("\n{title}");
    let start = Instant::now();
    command.arg("--no-fail-fast").args(name);
    if !to_runner.is_empty() {
        command.arg("--").args(to_runner);
    }
    let mut closing_lines = Vec::new();
    let problem = run_heard(&mut command, &mut |line| {
        if line.starts_with("test result: ") {
            closing_lines.push(line.to_owned());
        }
    });
    let problem = problem.err().or_else(|| {
        let ran = closing_lines.iter().any(|line| passed(line) > 0);
        (!ran && name.is_none()).then(|| Problem::new("Not one test was run."))
    });
    // Doc tests and empty binaries say that they ran nothing.
    closing_lines.retain(|line| !line.contains(" 0 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out"));
    Outcome { check: title.into(), took: start.elapsed(), closing_lines, problem }
}

/// How many tests passed by a closing line.
fn passed(closing_line: &str) -> u32 {
    let before = closing_line.split(" passed").next().unwrap_or_default();
    before.rsplit(' ').next().and_then(|number| number.parse().ok()).unwrap_or(0)
}

fn sum_up(outcomes: &[Outcome]) -> Result<(), Problem> {
    println!("\nIn sum");
    for Outcome { check, took, closing_lines, problem } in outcomes {
        let word = if problem.is_none() { "ok    " } else { "FAILED" };
        println!("  {word}  {check:<24} {}:{:02}", took.as_secs() / 60, took.as_secs() % 60);
        for line in closing_lines {
            println!("          {line}");
        }
        if let Some(problem) = problem {
            println!("          {problem}");
        }
    }
    let failed = outcomes.iter().filter(|outcome| outcome.problem.is_some()).count();
    match failed {
        0 => {
            println!("All {} checks passed.", outcomes.len());
            Ok(())
        }
        _ => Err(Problem::new(format!("{failed} of {} checks failed.", outcomes.len()))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(problem: Option<Problem>) -> Outcome {
        Outcome { check: "x".into(), took: Duration::from_secs(61), closing_lines: Vec::new(), problem }
    }

    #[test]
    fn closing_lines_say_how_many_tests_passed() {
        assert_eq!(passed("test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 3 filtered out"), 12);
        assert_eq!(passed("test result: FAILED. 0 passed; 2 failed; 0 ignored"), 0);
        assert_eq!(passed("nothing of the kind"), 0);
    }

    #[test]
    fn one_failed_check_fails_the_whole() {
        assert_eq!(sum_up(&[outcome(None), outcome(None)]), Ok(()));
        let problem = sum_up(&[outcome(None), outcome(Some(Problem::new("no")))]).unwrap_err();
        assert_eq!(problem.to_string(), "1 of 2 checks failed.");
    }

    #[test]
    fn a_part_that_does_not_exist_is_refused_by_name() {
        assert_eq!(Part::named("e2e"), Ok(Part::EndToEnd));
        assert!(Part::named("all").unwrap_err().to_string().contains("\"all\""));
    }

    #[cfg(unix)]
    #[test]
    fn a_suite_without_a_single_test_has_failed() {
        let say = |line: &str| {
            let mut command = Command::new("sh");
            command.args(["-c", &format!("echo '{line}'")]);
            command
        };
        let nothing = "test result: ok. 0 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out";
        assert!(suite("none", say(nothing), None, &[]).problem.is_some());
        assert!(suite("some", say("test result: ok. 1 passed; 0 failed"), None, &[]).problem.is_none());
        assert!(suite("by name", say(nothing), Some("other"), &[]).problem.is_none());
    }
}
