//! Running other programs: shown before they start, and heard while they run.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use crate::problem::Problem;

/// Runs `command` in sight of the person; anything but success is a problem.
pub(crate) fn run(command: &mut Command) -> Result<(), Problem> {
    println!("  $ {}", shown(command));
    let status = command.status().map_err(|error| not_started(command, &error))?;
    if status.success() { Ok(()) } else { Err(failed(command)) }
}

/// Runs `command` in sight of the person, and gives `hear` every line of its standard output as well.
pub(crate) fn run_heard(command: &mut Command, hear: &mut dyn FnMut(&str)) -> Result<(), Problem> {
    println!("  $ {}", shown(command));
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(|error| not_started(command, &error))?;
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).split(b'\n') {
            let line = line.map_err(|error| Problem::with_file("read a program's output", &error))?;
            let line = String::from_utf8_lossy(&line);
            println!("{line}");
            hear(&line);
        }
    }
    let status = child.wait().map_err(|error| not_started(command, &error))?;
    if status.success() { Ok(()) } else { Err(failed(command)) }
}

/// What `command` prints, if it starts and succeeds.
pub(crate) fn answer(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn shown(command: &Command) -> String {
    let program = std::path::Path::new(command.get_program());
    let name = program.file_stem().unwrap_or(command.get_program());
    let arguments = command.get_args().map(|argument| argument.to_string_lossy());
    std::iter::once(name.to_string_lossy()).chain(arguments).collect::<Vec<_>>().join(" ")
}

fn not_started(command: &Command, error: &std::io::Error) -> Problem {
    Problem::new(format!("\"{}\" could not be run: {error}.", shown(command)))
}

fn failed(command: &Command) -> Problem {
    Problem::new(format!("\"{}\" failed; what it printed above says why.", shown(command)))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn every_line_is_heard_even_the_last_without_its_end() {
        let mut heard = Vec::new();
        let outcome = run_heard(&mut shell("printf 'one\\ntwo'"), &mut |line| heard.push(line.to_owned()));
        assert_eq!((outcome, heard), (Ok(()), vec!["one".to_owned(), "two".to_owned()]));
    }

    #[test]
    fn a_failing_program_is_a_problem_that_names_it() {
        let problem = run(&mut shell("exit 3")).unwrap_err();
        assert!(problem.to_string().contains("\"sh -c exit 3\" failed"), "{problem}");
    }

    #[test]
    fn the_answer_of_a_failing_program_does_not_count() {
        assert_eq!(answer(&mut shell("echo yes")), Some("yes".to_owned()));
        assert_eq!(answer(&mut shell("echo yes; exit 1")), None);
        assert_eq!(answer(&mut Command::new("there-is-no-such-program")), None);
    }
}
