//! `cargo xtask serve`: the page on this machine, rebuilt whenever a source changes.

use crate::command::run;
use crate::problem::Problem;
use crate::tools;
use crate::workspace::Workspace;

/// Installs what is missing, then builds and serves until it is stopped.
pub(crate) fn serve(workspace: &Workspace) -> Result<(), Problem> {
    tools::ensure_build_tools(workspace)?;
    println!("Building the page (the first time takes some minutes), then serving it on http://localhost:8080.");
    run(trunk(workspace).arg("serve"))
}

/// Trunk, in the project's folder.
pub(crate) fn trunk(workspace: &Workspace) -> std::process::Command {
    let mut trunk = workspace.command("trunk");
    // Trunk takes no other value than these for it, while others set it to "1" (https://no-color.org).
    if std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()) {
        trunk.env("NO_COLOR", "true");
    }
    trunk
}
