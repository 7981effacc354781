//! The project's own files, as the tests read them.

use std::fs;
use std::path::{Path, PathBuf};

/// A file and its text. The path is relative to the project's folder, with `/` between its parts.
pub(crate) struct Source {
    pub(crate) path: String,
    pub(crate) text: String,
}

/// The files below `folder` whose names end in `ending`, in the order of their paths.
pub(crate) fn files(folder: &str, ending: &str) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    collect(&root.join(folder), &mut paths);
    paths.sort();
    paths
        .iter()
        .filter(|path| path.to_string_lossy().ends_with(ending))
        .map(|path| {
            let path =
                path.strip_prefix(root).expect("it was found below the root").to_string_lossy().replace('\\', "/");
            Source { text: text(&path), path }
        })
        .collect()
}

/// The text of one file.
pub(crate) fn text(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("the project's files are text")
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    // A room that is not there yet holds no files.
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.expect("the project's folders can be read").path();
        if path.is_dir() { collect(&path, paths) } else { paths.push(path) }
    }
}
