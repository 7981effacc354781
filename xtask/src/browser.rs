//! Chromium and its driver, for the tests that need a browser.

use std::path::PathBuf;
use std::process::Command;

use crate::command::{answer, run};
use crate::problem::Problem;
use crate::version::{major, version_in};
use crate::workspace::Workspace;

const BROWSERS: [&str; 5] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const DRIVERS: [&str; 2] = ["chromedriver", "chromium.chromedriver"];

/// Where browsers and drivers are that no PATH names.
const BROWSER_PLACES: [&str; 4] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
    "/snap/bin/chromium",
];
const DRIVER_PLACES: [&str; 3] =
    ["/usr/lib/chromium-browser/chromedriver", "/usr/lib/chromium/chromedriver", "/snap/bin/chromium.chromedriver"];

const ADVICE: &str = "Install Chromium and the chromedriver of the same version: \"apt install chromium chromium-driver\" \
                      on Debian, \"dnf install chromium chromedriver\" on Fedora, or Chrome with its driver from \
                      https://googlechromelabs.github.io/chrome-for-testing/. Where they are in no usual place, the \
                      environment variables CHROME and CHROMEDRIVER name them.";

/// A browser and the driver that fits it.
#[derive(Debug)]
pub(crate) struct Chromium {
    pub(crate) browser: PathBuf,
    pub(crate) driver: PathBuf,
}

/// Finds Chromium and its driver, or installs them by apt where it may.
pub(crate) fn ensure_chromium(workspace: &Workspace) -> Result<Chromium, Problem> {
    let chromium = match find(workspace)? {
        Some(chromium) => chromium,
        None => {
            install(workspace)?;
            find(workspace)?
                .ok_or_else(|| Problem::new(format!("apt brought no Chromium that could be found. {ADVICE}")))?
        }
    };
    let says = |program: &PathBuf| answer(Command::new(program).arg("--version")).unwrap_or_default();
    judge(&says(&chromium.browser), &says(&chromium.driver))?;
    Ok(chromium)
}

fn find(workspace: &Workspace) -> Result<Option<Chromium>, Problem> {
    let browser = named("CHROME")?.or_else(|| look_for(workspace, &BROWSERS, &BROWSER_PLACES));
    let driver = named("CHROMEDRIVER")?.or_else(|| look_for(workspace, &DRIVERS, &DRIVER_PLACES));
    Ok(browser.zip(driver).map(|(browser, driver)| Chromium { browser, driver }))
}

/// The program that an environment variable names; one that is not there is a problem, not a reason to look on.
fn named(variable: &str) -> Result<Option<PathBuf>, Problem> {
    match std::env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from) {
        Some(path) if !path.is_file() => {
            Err(Problem::new(format!("{variable} names {}, and no program is there.", path.display())))
        }
        named => Ok(named),
    }
}

fn look_for(workspace: &Workspace, programs: &[&str], places: &[&str]) -> Option<PathBuf> {
    let on_path = programs.iter().find_map(|program| workspace.find(program));
    on_path.or_else(|| places.iter().map(PathBuf::from).find(|place| place.is_file()))
}

fn install(workspace: &Workspace) -> Result<(), Problem> {
    let Some(mut prefix) = apt_prefix(workspace) else {
        return Err(Problem::new(format!("The tests need a browser. {ADVICE}")));
    };
    println!("Installing Chromium and its driver by apt: about 100 MB to download, a minute or two.");
    prefix.extend(["apt-get", "-q"]);
    let apt_get = |arguments: &[&str]| {
        let mut command = workspace.command(prefix[0]);
        command.args(&prefix[1..]).args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    run(&mut apt_get(&["update"]))?;
    run(&mut apt_get(&["install", "--yes", "--no-install-recommends", "chromium", "chromium-driver"]))
        .map_err(|_| Problem::new(format!("apt could not install Chromium and its driver. {ADVICE}")))
}

/// What to put before `apt-get` so that it may install: nothing for root, `sudo` where it asks for no password.
fn apt_prefix(workspace: &Workspace) -> Option<Vec<&'static str>> {
    workspace.find("apt-get")?;
    if answer(workspace.command("id").arg("-u")).as_deref() == Some("0") {
        return Some(Vec::new());
    }
    answer(workspace.command("sudo").args(["-n", "true"])).map(|_| vec!["sudo", "-n", "--preserve-env=DEBIAN_FRONTEND"])
}

/// Driver and browser must be of one major version, or no session starts.
fn judge(browser_says: &str, driver_says: &str) -> Result<(), Problem> {
    let of = |says: &str| version_in(says).and_then(major);
    match (of(browser_says), of(driver_says)) {
        (Some(browser), Some(driver)) if browser != driver => Err(Problem::new(format!(
            "The browser is of version {browser} and its driver of version {driver}; they must be the same. {ADVICE}"
        ))),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browser_and_driver_of_one_major_version_fit() {
        let driver = "ChromeDriver 156.0.8078.80 (abc-refs/branch-heads/8078@{#1})";
        assert_eq!(judge("Chromium 156.0.8078.79 built on Debian", driver), Ok(()));
    }

    #[test]
    fn a_driver_of_another_version_is_named_with_both_versions() {
        let problem = judge("Google Chrome 156.0.1.1", "ChromeDriver 140.0.1.1").unwrap_err().to_string();
        assert!(problem.contains("version 156") && problem.contains("version 140"), "{problem}");
    }

    #[test]
    fn a_browser_that_prints_no_version_is_given_a_try() {
        assert_eq!(judge("", "ChromeDriver 140.0.1.1"), Ok(()));
    }
}
