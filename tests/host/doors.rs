//! Who may name whom. A new door is one line here, for a reviewer to see and to ask why.

use std::collections::BTreeSet;

use crate::scan::namings;
use crate::sources::{Source, files, text};

/// A room, and the rooms that it may name.
type Door = (&'static str, &'static [&'static str]);

/// The rooms of the core. `sandbox` shares nothing with the client of Google, nor the client with it: one misreading
/// of Google's rules must not agree with itself.
const CORE: &[Door] = &[
    ("lib", &[]),
    ("photo", &[]),
    // Where on Earth a zone is asked for.
    ("ports", &["photo"]),
    ("store", &["ports"]),
    ("catalog", &["photo", "ports", "store"]),
    // What Google says of one file of many becomes the upload queue's word for it.
    ("google", &["photo", "ports", "upload", "lenient"]),
    ("sign_in", &["ports", "store", "protocol", "google"]),
    ("library", &["photo", "ports", "store", "catalog", "google", "protocol", "trouble"]),
    ("insights", &["photo", "catalog"]),
    ("places", &["photo", "catalog"]),
    ("table", &["photo", "catalog"]),
    ("export", &["photo"]),
    ("lenient", &[]),
    // A zone is a table of offsets there.
    ("takeout", &["photo", "ports", "lenient", "insights"]),
    ("upload", &["photo", "ports", "store", "catalog", "google", "protocol", "trouble"]),
    ("sandbox", &["ports"]),
    ("trouble", &["ports", "google", "sign_in", "upload"]),
    // Columns, orders and formats are asked for by name.
    ("protocol", &["photo", "export", "table", "takeout", "trouble"]),
    (
        "engine",
        &[
            "photo", "ports", "store", "catalog", "google", "sign_in", "library", "insights", "export", "table",
            "takeout", "upload", "trouble", "protocol",
        ],
    ),
];

/// Rooms that a room may name in its tests as well. What is exported in Google's shape must read as Google's own.
const CORE_TESTS: &[Door] = &[("engine", &["sandbox"]), ("export", &["google", "ports"])];

/// The rooms of the page, and which of each other they may name. The programs `main` and `bin` name one each.
const PAGE: &[Door] = &[("lib", &[]), ("browser", &[]), ("worker", &["browser"]), ("app", &["browser"])];

/// The rooms of the core that each room of the page may name. The page never names the engine or the sandbox: they
/// run in the worker, and must weigh nothing in the first load.
const PAGE_CORE: &[Door] = &[
    ("lib", &[]),
    ("browser", &["photo", "ports", "store", "takeout", "protocol", "trouble"]),
    // The pretend Google's error pages end in the words of a sign-in that failed.
    ("worker", &["photo", "ports", "store", "protocol", "trouble", "engine", "sandbox", "sign_in"]),
    (
        "app",
        &[
            "photo", "ports", "store", "catalog", "google", "sign_in", "library", "insights", "places", "export",
            "table", "takeout", "upload", "trouble", "protocol",
        ],
    ),
];

/// The screens of the page: none names another.
const SCREENS: &[&str] =
    &["welcome", "sign_in", "library", "insights", "places", "table", "upload", "import", "settings"];

/// Where the page's screens get the browser from.
const BROWSER_DOORS: &[&str] = &["src/app/mod.rs", "src/app/services/mod.rs", "src/app/services/small_settings.rs"];

#[test]
fn the_rooms_of_the_core_name_only_whom_they_may() {
    let (mut breaches, mut seen) = (Vec::new(), 0);
    for source in files("core/src", ".rs") {
        let module = module_of(&source.path, "core/src/");
        let room = module.first().copied().unwrap_or("lib");
        let is_test_file = module.contains(&"tests");
        for naming in namings(&source.text, &module, &[]) {
            let Some(named) = naming.path.first().filter(|named| is_room(named, CORE)) else { continue };
            seen += 1;
            let in_tests = naming.in_tests || is_test_file;
            let may = named == room || allowed(CORE, room, named) || in_tests && allowed(CORE_TESTS, room, named);
            if !may {
                breaches.push(breach(&source, naming.line, room, named));
            }
        }
    }
    assert!(seen > 50, "only {seen} names were found: does the scan still read the sources?");
    assert_eq!(breaches, Vec::<String>::new());
}

#[test]
fn the_rooms_of_the_page_name_only_whom_they_may() {
    let mut breaches = Vec::new();
    for source in files("src", ".rs") {
        let module = module_of(&source.path, "src/");
        let room = module.first().copied().unwrap_or("lib");
        for naming in namings(&source.text, &module, &["albumen", "albumen_core"]) {
            let Some(named) = naming.path.first() else { continue };
            let may = match naming.root.as_str() {
                "albumen_core" => !is_room(named, CORE) || allowed(PAGE_CORE, room, named),
                _ => named == room || !is_room(named, PAGE) || allowed(PAGE, room, named),
            };
            if !may {
                breaches.push(breach(&source, naming.line, room, named));
            }
        }
    }
    assert_eq!(breaches, Vec::<String>::new());
}

#[test]
fn no_screen_names_another_and_only_the_services_name_the_browser() {
    let mut breaches = Vec::new();
    for source in files("src/app", ".rs") {
        let module = module_of(&source.path, "src/");
        let own = module.get(1).copied().unwrap_or("mod");
        for naming in namings(&source.text, &module, &["albumen"]).iter().filter(|naming| naming.root != "albumen_core")
        {
            let is_screen = |name: &str| SCREENS.contains(&name);
            match naming.path.iter().map(String::as_str).collect::<Vec<_>>()[..] {
                ["app", other, ..] if is_screen(other) && other != own && own != "mod" => {
                    breaches.push(breach(&source, naming.line, own, other));
                }
                ["browser", ..] if !BROWSER_DOORS.contains(&source.path.as_str()) => {
                    breaches.push(breach(&source, naming.line, own, "browser"));
                }
                _ => {}
            }
        }
    }
    assert_eq!(breaches, Vec::<String>::new());
}

#[test]
fn widgets_know_nothing_of_photos() {
    let mut breaches = Vec::new();
    for source in files("src/app/widgets", ".rs") {
        for naming in namings(&source.text, &module_of(&source.path, "src/"), &["albumen_core"]) {
            if naming.root == "albumen_core" {
                breaches.push(breach(&source, naming.line, "widgets", "albumen_core"));
            }
        }
    }
    assert_eq!(breaches, Vec::<String>::new());
}

#[test]
fn what_makes_exports_knows_nothing_of_what_reads_them() {
    let mut seen = 0;
    let mut breaches = Vec::new();
    for source in files("tests/takeout", ".rs") {
        seen += 1;
        let module = source.path.strip_prefix("tests/takeout/src/").map_or(Vec::new(), |inside| vec![inside]);
        for naming in namings(&source.text, &module, &["albumen_core", "albumen"]) {
            if naming.root != "crate" {
                breaches.push(breach(&source, naming.line, "tests/takeout", &naming.root));
            }
        }
    }
    assert!(seen > 10, "only {seen} files were found");
    assert!(!text("tests/takeout/Cargo.toml").contains("albumen-core"), "the package must not have the core at hand");
    assert_eq!(breaches, Vec::<String>::new());
}

#[test]
fn each_program_names_its_own_room_alone() {
    for (program, room) in [("page", "app"), ("worker", "worker")] {
        let source = text(&format!("{program}/src/main.rs"));
        let named: BTreeSet<&str> = source
            .split("albumen::")
            .skip(1)
            .map(|rest| {
                rest.split(|letter: char| !letter.is_alphanumeric() && letter != '_').next().unwrap_or_default()
            })
            .collect();
        assert_eq!(named, BTreeSet::from([room]), "{program}/src/main.rs is to name this room alone");
    }
}

#[test]
fn every_room_has_its_line_in_the_table_and_every_line_its_room() {
    for (folder, table) in [("core/src", CORE), ("src", PAGE)] {
        let rooms: BTreeSet<String> = files(folder, ".rs")
            .iter()
            .map(|source| module_of(&source.path, &format!("{folder}/")).first().copied().unwrap_or("lib").to_owned())
            .collect();
        let lines: BTreeSet<String> = table.iter().map(|(room, _)| (*room).to_owned()).collect();
        assert_eq!(rooms, lines, "the rooms of {folder} and their lines in tests/host/doors.rs differ");
    }
}

/// Where a file stands in its crate: "core/src/google/refusal.rs" is `["google", "refusal"]`. A crate's root is `[]`.
fn module_of<'a>(path: &'a str, root: &str) -> Vec<&'a str> {
    let inside = path.strip_prefix(root).and_then(|path| path.strip_suffix(".rs")).expect("a Rust file below its root");
    let mut module: Vec<&str> = inside.split('/').collect();
    if matches!(module.last(), Some(&("mod" | "lib"))) {
        module.pop();
    }
    module
}

fn is_room(name: &str, table: &[Door]) -> bool {
    table.iter().any(|(room, _)| *room == name)
}

fn allowed(table: &[Door], room: &str, named: &str) -> bool {
    table.iter().any(|(own, others)| *own == room && others.contains(&named))
}

fn breach(source: &Source, line: usize, room: &str, named: &str) -> String {
    format!(
        "{}:{line}: `{room}` names `{named}`, and no door leads there. Pass it in as a value, move the code to the room \
         it belongs to, or, with a reason that a reviewer accepts, open the door in tests/host/doors.rs.",
        source.path
    )
}

#[test]
fn a_breach_is_seen() {
    let naming = &namings("use crate::sandbox::Sandbox;", &["google", "search"], &[])[0];
    assert!(is_room(&naming.path[0], CORE) && !allowed(CORE, "google", &naming.path[0]));
    assert!(allowed(CORE_TESTS, "engine", "sandbox") && !allowed(CORE, "engine", "sandbox"));
    assert_eq!(module_of("core/src/google/mod.rs", "core/src/"), ["google"]);
    assert_eq!(module_of("core/src/lib.rs", "core/src/"), Vec::<&str>::new());
}
