//! `cargo xtask bench`: what the release bundle takes. The measuring itself is the package in `benches/`; here is what
//! must be there before it starts.

use crate::browser::{Chromium, ensure_chromium};
use crate::command::run;
use crate::dist;
use crate::fixture;
use crate::npm;
use crate::problem::Problem;
use crate::serve::trunk;
use crate::tools;
use crate::workspace::Workspace;

/// Where everything lies that the bench makes.
const FOLDER: &str = "target/bench";
/// The smallest Leptos page, which the first visit is measured against.
const EMPTY: &str = "target/bench/empty";
const EMPTY_SOURCES: [&str; 3] = ["benches/empty", "Cargo.lock", "Cargo.toml"];

/// Packages that make libraries and pages: without optimization a million rows take minutes.
const BUSY: [&str; 4] = ["albumen-core", "sha2", "xxhash-rust", "brotli"];

/// Measures the release bundle; `rest` is for the bench: names of figures, and how thoroughly.
pub(crate) fn bench(workspace: &Workspace, rest: &[&str]) -> Result<(), Problem> {
    let Chromium { browser, driver } = ensure_chromium(workspace)?;
    dist::ensure(workspace)?;
    npm::check_node(workspace)?;
    npm::ensure_packages(workspace)?;
    ensure_empty_page(workspace)?;
    let mut command = workspace.cargo();
    command.args(["run", "--quiet", "--locked", "--package", "albumen-bench"]);
    for package in BUSY.iter().chain(&fixture::BUSY) {
        command.args(["--config", &format!("profile.dev.package.{package}.opt-level=3")]);
    }
    command
        .arg("--")
        .args(rest)
        .env("ALBUMEN_DIST", workspace.path(dist::FOLDER))
        .env("ALBUMEN_BENCH", workspace.path(FOLDER))
        .env("ALBUMEN_CHROME", browser)
        .env("ALBUMEN_CHROMEDRIVER", driver);
    run(&mut command)
}

/// Built, minified and served exactly as the page itself.
fn ensure_empty_page(workspace: &Workspace) -> Result<(), Problem> {
    let folder = workspace.path(EMPTY);
    if dist::is_newer(workspace, &folder.join("index.html"), &EMPTY_SOURCES) {
        return Ok(());
    }
    tools::ensure_build_tools(workspace)?;
    println!("Making the empty page to measure against: a minute or two.");
    let config = workspace.path("benches/empty/Trunk.toml");
    run(trunk(workspace).args(["build", "--release", "--dist"]).arg(&folder).arg("--config").arg(config))?;
    dist::minify(workspace, &folder)
}
