//! Where the project lies, and where its tools are looked for.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::problem::Problem;

/// The project's folder, and the search path that every tool is started with.
pub(crate) struct Workspace {
    root: PathBuf,
}

impl Workspace {
    /// The workspace that this program was built in.
    pub(crate) fn here() -> Self {
        let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
        Self { root: xtask.parent().unwrap_or(xtask).to_owned() }
    }

    /// A path inside the project.
    pub(crate) fn path(&self, inside: &str) -> PathBuf {
        self.root.join(inside)
    }

    /// The text of a file of the project.
    pub(crate) fn text(&self, inside: &str) -> Result<String, Problem> {
        fs::read_to_string(self.path(inside)).map_err(|error| Problem::with_file(&format!("read {inside}"), &error))
    }

    /// Where tools are installed whose place on the machine is taken by another version.
    pub(crate) fn own_tools(&self) -> PathBuf {
        self.path(".tools")
    }

    /// A command that runs in the project's folder and finds the project's tools first.
    pub(crate) fn command(&self, program: &str) -> Command {
        let found = self.find(program).unwrap_or_else(|| program.into());
        let mut command = Command::new(found);
        command.current_dir(&self.root).env("PATH", self.search_path());
        command
    }

    /// The very Cargo that runs this task.
    pub(crate) fn cargo(&self) -> Command {
        let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command.current_dir(&self.root).env("PATH", self.search_path());
        command
    }

    /// Where `program` is, if it is anywhere.
    pub(crate) fn find(&self, program: &str) -> Option<PathBuf> {
        let endings: &[&str] = if cfg!(windows) { &[".exe", ".cmd", ""] } else { &[""] };
        self.folders()
            .iter()
            .flat_map(|folder| endings.iter().map(move |ending| folder.join(format!("{program}{ending}"))))
            .find(|path| path.is_file())
    }

    fn search_path(&self) -> OsString {
        env::join_paths(self.folders()).unwrap_or_else(|_| env::var_os("PATH").unwrap_or_default())
    }

    /// The project's own tools, npm's, the person's, and at last where Cargo installs even if the PATH lacks it.
    fn folders(&self) -> Vec<PathBuf> {
        let mut folders = vec![self.own_tools().join("bin"), self.path("node_modules").join(".bin")];
        folders.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
        let cargo_home = env::var_os("CARGO_HOME").map(PathBuf::from);
        let cargo_home = cargo_home.or_else(|| env::home_dir().map(|home| home.join(".cargo")));
        folders.extend(cargo_home.map(|home| home.join("bin")));
        folders
    }
}
