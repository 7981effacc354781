//! Joins the style sheets: each file of its own would be one more to ask for before anything is painted.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use crate::markup;
use crate::problem::Problem;

/// Puts all sheets that index.html names into one, in their order, by a name that changes with them.
pub(crate) fn join(folder: &Path) -> Result<(), Problem> {
    let problem = |error: std::io::Error| Problem::with_file("join the style sheets", &error);
    let page = folder.join("index.html");
    let html = fs::read_to_string(&page).map_err(problem)?;
    let mut joined = String::new();
    for name in markup::sheets(&html) {
        let sheet = folder.join(&name);
        joined += &fs::read_to_string(&sheet).map_err(problem)?;
        fs::remove_file(&sheet).map_err(problem)?;
    }
    let mut hasher = DefaultHasher::new();
    joined.hash(&mut hasher);
    let name = format!("style-{:016x}.css", hasher.finish());
    fs::write(folder.join(&name), joined).map_err(problem)?;
    fs::write(&page, markup::with_one_sheet(&html, &name)?).map_err(problem)
}
