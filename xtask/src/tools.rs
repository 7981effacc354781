//! The tools a build needs: is each there in the right version, and if not, how it comes.

use std::process::Command;

use crate::command::{answer, run};
use crate::map;
use crate::npm;
use crate::problem::Problem;
use crate::version::{locked_version, version_in};
use crate::workspace::Workspace;

const WASM: &str = "wasm32-unknown-unknown";

/// How Cargo is told to make a program without optimization, though `cargo install` is a release build.
const PLAIN: [(&str, &str); 4] = [
    ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0"),
    ("CARGO_PROFILE_RELEASE_LTO", "off"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
    ("CARGO_PROFILE_RELEASE_STRIP", "true"),
];

/// A program that `cargo install` brings.
struct Tool {
    program: &'static str,
    package: &'static str,
    version: String,
    purpose: &'static str,
    takes: &'static str,
    /// It only starts others: made without optimization it works as fast, and is there in a third of the time.
    is_plain: bool,
}

/// All that building the page needs: the wasm target, Trunk, wasm-bindgen, what npm brings, and the map that is made of it.
pub(crate) fn ensure_build_tools(workspace: &Workspace) -> Result<(), Problem> {
    npm::check_node(workspace)?;
    ensure_wasm_target(workspace)?;
    ensure_tool(workspace, &trunk())?;
    ensure_wasm_bindgen(workspace)?;
    npm::ensure_packages(workspace)?;
    map::ensure(workspace)
}

/// wasm-bindgen's programs, in the version of the library in Cargo.lock: another one refuses to work with it.
pub(crate) fn ensure_wasm_bindgen(workspace: &Workspace) -> Result<(), Problem> {
    let lock = workspace.text("Cargo.lock")?;
    let version = locked_version(&lock, "wasm-bindgen")
        .ok_or_else(|| Problem::new("Cargo.lock does not say which wasm-bindgen it wants."))?;
    ensure_tool(
        workspace,
        &Tool {
            program: "wasm-bindgen",
            package: "wasm-bindgen-cli",
            version: version.to_owned(),
            purpose: "joins the wasm program and the browser",
            takes: "two to ten minutes",
            is_plain: false,
        },
    )
}

/// The standard library for the browser.
pub(crate) fn ensure_wasm_target(workspace: &Workspace) -> Result<(), Problem> {
    let mut ask = workspace.command("rustc");
    let folder = answer(ask.args(["--print", "target-libdir", "--target", WASM]));
    if folder.is_some_and(|folder| std::path::Path::new(&folder).is_dir()) {
        return Ok(());
    }
    if !has_rustup(workspace) {
        return Err(Problem::new(format!(
            "Rust's {WASM} target is missing, and rustup, which could add it, is not here. Install Rust by rustup \
             (https://rustup.rs), or add that target the way your Rust was installed."
        )));
    }
    println!("Adding Rust's {WASM} target: a download of about 20 MB.");
    run(workspace.command("rustup").args(["target", "add", WASM]))
}

/// rustfmt and clippy, which a minimal Rust lacks.
pub(crate) fn ensure_lint_tools(workspace: &Workspace) -> Result<(), Problem> {
    for (program, component) in [("cargo-fmt", "rustfmt"), ("cargo-clippy", "clippy")] {
        if answer(workspace.command(program).arg("--version")).is_some() {
            continue;
        }
        if !has_rustup(workspace) {
            return Err(Problem::new(format!(
                "{component} is missing, and rustup, which could add it, is not here. Install Rust by rustup \
                 (https://rustup.rs), or add {component} the way your Rust was installed."
            )));
        }
        println!("Adding {component}: a download of a few MB.");
        run(workspace.command("rustup").args(["component", "add", component]))?;
    }
    Ok(())
}

fn trunk() -> Tool {
    Tool {
        program: "trunk",
        package: "trunk",
        version: "0.21.14".to_owned(),
        purpose: "builds and serves the page",
        takes: "two to ten minutes",
        is_plain: true,
    }
}

fn has_rustup(workspace: &Workspace) -> bool {
    answer(workspace.command("rustup").arg("--version")).is_some()
}

/// Leaves a tool of the right version alone, wherever it is. One of another version stays as well: ours is put into
/// `.tools` then.
fn ensure_tool(workspace: &Workspace, tool: &Tool) -> Result<(), Problem> {
    let Tool { program, package, version, purpose, takes, is_plain } = tool;
    let printed = answer(workspace.command(program).arg("--version"));
    let found = printed.as_deref().and_then(version_in);
    if found == Some(version) {
        return Ok(());
    }
    match found {
        None => println!("Installing {package} {version}, which {purpose}: {takes}."),
        Some(found) => println!(
            "Installing {package} {version}, which {purpose}, into .tools: {takes}. Your own {program} {found} stays \
             as it is."
        ),
    }
    let install = |locked: &[&str]| -> Command {
        let mut cargo = workspace.cargo();
        cargo.args(["install", package, "--version", version]).args(locked);
        if found.is_some() {
            cargo.arg("--root").arg(workspace.own_tools());
        }
        if *is_plain {
            cargo.envs(PLAIN);
        }
        cargo
    };
    run(&mut install(&["--locked"])).or_else(|_| {
        println!("Its own lock does not resolve here; trying the same version with its dependencies resolved anew.");
        run(&mut install(&[]))
    })?;
    let printed = answer(workspace.command(program).arg("--version"));
    if printed.as_deref().and_then(version_in) == Some(version) {
        return Ok(());
    }
    Err(Problem::new(format!(
        "{package} {version} was installed, but {program} of this version is not found. Put the folder that Cargo \
         installs into (it is named above) on the PATH, before any other {program}."
    )))
}
