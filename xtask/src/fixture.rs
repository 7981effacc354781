//! `cargo xtask fixture`: exports of Takeout with the truth beside them. The making is the package in `tests/takeout`;
//! it is not linked into this program, which must build fast.

use crate::command::run;
use crate::problem::Problem;
use crate::workspace::Workspace;

/// Packages that paint and pack: without optimization a large export takes minutes.
pub(crate) const BUSY: [&str; 9] = [
    "albumen-takeout",
    "crc32fast",
    "flate2",
    "jpeg-encoder",
    "jiff",
    "miniz_oxide",
    "serde_json",
    "simd-adler32",
    "zip",
];

/// Makes what `rest` says.
pub(crate) fn fixture(workspace: &Workspace, rest: &[&str]) -> Result<(), Problem> {
    let mut command = workspace.cargo();
    command.args(["run", "--quiet", "--locked", "--package", "albumen-takeout"]);
    for package in BUSY {
        command.args(["--config", &format!("profile.dev.package.{package}.opt-level=3")]);
    }
    run(command.arg("--").args(rest))
}
