//! What comes from npm: ECharts, the map of time zones, land, borders and towns, esbuild and Binaryen's wasm-opt, exactly as package-lock.json
//! pins them.

use std::fs;
use std::process::Command;

use crate::command::{answer, run};
use crate::problem::Problem;
use crate::version::{major, version_in};
use crate::workspace::Workspace;

const OLDEST_NODE: u32 = 20;
const LOCK: &str = "package-lock.json";
/// The lock that `node_modules` was filled by.
const STAMP: &str = "node_modules/.filled-by-package-lock.json";

/// Whether Node is there and new enough.
pub(crate) fn check_node(workspace: &Workspace) -> Result<(), Problem> {
    let printed = answer(workspace.command("node").arg("--version"));
    judge_node(printed.as_deref())?;
    if answer(npm(workspace).arg("--version")).is_none() {
        return Err(Problem::new("Node is here, but its package manager npm is not. Please install npm as well."));
    }
    Ok(())
}

/// Fills `node_modules` by `npm ci`, if that was not done by this very lock.
pub(crate) fn ensure_packages(workspace: &Workspace) -> Result<(), Problem> {
    let lock = workspace.text(LOCK)?;
    if workspace.text(STAMP).is_ok_and(|stamp| stamp == lock) {
        return Ok(());
    }
    println!("Fetching ECharts, maps, esbuild and wasm-opt from npm: about 75 MB, less than a minute on most lines.");
    // No package's own script is run: none is needed.
    run(npm(workspace).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]))?;
    fs::write(workspace.path(STAMP), lock).map_err(|error| Problem::with_file(&format!("write {STAMP}"), &error))
}

fn npm(workspace: &Workspace) -> Command {
    workspace.command("npm")
}

fn judge_node(printed: Option<&str>) -> Result<(), Problem> {
    let advice = "Install a current one from https://nodejs.org or by your system's package manager, then try again.";
    let Some(version) = printed.and_then(version_in) else {
        return Err(Problem::new(format!(
            "Node is missing: the build takes ECharts and wasm-opt from npm and needs Node {OLDEST_NODE} or later. \
             {advice}"
        )));
    };
    if major(version).is_some_and(|major| major >= OLDEST_NODE) {
        return Ok(());
    }
    Err(Problem::new(format!("Node {version} is too old: the build needs Node {OLDEST_NODE} or later. {advice}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn node_of_20_and_later_will_do() {
        assert_eq!(judge_node(Some("v20.0.0")), Ok(()));
        assert_eq!(judge_node(Some("v100.1.0")), Ok(()));
    }

    #[test]
    fn an_old_node_and_no_node_have_a_sentence_each() {
        let old = judge_node(Some("v18.19.0")).unwrap_err().to_string();
        assert!(old.starts_with("Node 18.19.0 is too old"), "{old}");
        let none = judge_node(None).unwrap_err().to_string();
        assert!(none.starts_with("Node is missing"), "{none}");
    }

    #[test]
    fn the_lock_names_no_registry_host_and_pins_every_package_by_its_hash() {
        let lock: serde_json::Value = serde_json::from_str(&Workspace::here().text(LOCK).unwrap()).unwrap();
        let packages = lock["packages"].as_object().unwrap();
        assert!(packages.len() > 3);
        for (name, package) in packages.iter().filter(|(name, _)| !name.is_empty()) {
            assert_eq!(package["resolved"], serde_json::Value::Null, "{name}");
            assert!(package["integrity"].is_string(), "{name}");
        }
    }

    #[test]
    fn trunk_is_told_of_the_very_wasm_opt_that_npm_brings() {
        let workspace = Workspace::here();
        let package: serde_json::Value = serde_json::from_str(&workspace.text("package.json").unwrap()).unwrap();
        let binaryen = package["devDependencies"]["binaryen"].as_str().and_then(major).unwrap();
        let told = format!("wasm_opt = \"version_{binaryen}\"");
        assert!(workspace.text("Trunk.toml").unwrap().contains(&told), "Trunk.toml lacks {told}");
    }
}
