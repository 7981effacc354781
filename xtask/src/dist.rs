//! `cargo xtask dist`: the release bundle, static and ready for any folder of any host.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::command::run;
use crate::licenses;
use crate::markup;
use crate::policy;
use crate::problem::Problem;
use crate::serve::trunk;
use crate::sheets;
use crate::sizes;
use crate::split;
use crate::tools;
use crate::workspace::Workspace;

/// Where the bundle is, inside the project.
pub(crate) const FOLDER: &str = "dist";
const SIZES: &str = "target/dist-sizes.txt";
/// Where wasm-bindgen puts JavaScript that stands in Rust.
const SNIPPETS: &str = "snippets";

/// What the bundle is made of, and what makes it.
const SOURCES: [&str; 26] = [
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "assets",
    "boot.js",
    "build",
    "build.rs",
    "charts/Cargo.toml",
    "charts/src",
    "core/Cargo.toml",
    "core/src",
    "downloads.js",
    "engine.js",
    "index.html",
    "package-lock.json",
    "page/Cargo.toml",
    "page/build.rs",
    "page/src",
    "parquet/Cargo.toml",
    "parquet/src",
    "parquet.js",
    "src",
    "style",
    "worker/Cargo.toml",
    "worker/src",
    "xtask/src",
];

/// Makes the bundle and says what it weighs.
pub(crate) fn make(workspace: &Workspace) -> Result<(), Problem> {
    tools::ensure_build_tools(workspace)?;
    println!("Making the release bundle: some minutes.");
    // Built beside its place, so that a build that fails leaves the old bundle, and a half-made one is never served.
    let staged = workspace.path("target/dist");
    run(trunk(workspace).env(split::VARIABLE, "1").args(["build", "--release", "--dist"]).arg(&staged))?;
    let page = staged.join("index.html");
    let html = fs::read_to_string(&page).map_err(|error| Problem::with_file("read the built index.html", &error))?;
    let Some(name) = program_name(&html) else {
        return Err(Problem::new("The built index.html names no program app-….js."));
    };
    split::split(workspace, &staged, &name)?;
    leave_out_snippets(&staged)?;
    minify(workspace, &staged)?;
    rename_program(&staged, &name)?;
    sheets::join(&staged)?;
    finish(&staged)?;
    write(&staged.join("licenses.txt"), &licenses::texts(workspace)?)?;
    let table = sizes::table(&staged)?;
    put_in_place(&staged, &workspace.path(FOLDER))?;
    print!("{table}");
    write(&workspace.path(SIZES), &table)?;
    println!("The bundle is in {FOLDER}/, its sizes in {SIZES}.");
    Ok(())
}

/// Makes the bundle unless one is there that is newer than everything it is made of.
pub(crate) fn ensure(workspace: &Workspace) -> Result<(), Problem> {
    if is_newer(workspace, &workspace.path(FOLDER).join("index.html"), &SOURCES) {
        println!("\nThe release bundle in {FOLDER}/ is newer than its sources.");
        return Ok(());
    }
    println!();
    make(workspace)
}

/// Whether `file` is there and newer than all of these files and folders.
pub(crate) fn is_newer(workspace: &Workspace, file: &Path, sources: &[&str]) -> bool {
    let made = modified(file);
    let changed = sources.iter().filter_map(|source| newest(&workspace.path(source))).max();
    made.is_some() && made > changed
}

/// Scripts and sheets without their comments and spaces. The chart library already is.
pub(crate) fn minify(workspace: &Workspace, folder: &Path) -> Result<(), Problem> {
    let files = files_below(folder)?;
    let worth = |file: &&PathBuf| {
        file.extension().is_some_and(|ending| ending == "js" || ending == "css") && !file.ends_with("charts.js")
    };
    run(workspace
        .command("esbuild")
        .args(files.iter().filter(worth))
        .args(["--minify", "--log-level=warning", "--allow-overwrite"])
        .arg(format!("--outbase={}", folder.display()))
        .arg(format!("--outdir={}", folder.display())))
}

/// Takes out the snippets that Trunk has put beside the program: they are in it. What else had one would miss it.
fn leave_out_snippets(folder: &Path) -> Result<(), Problem> {
    let problem = |error: std::io::Error| Problem::with_file("take out the snippets", &error);
    let snippets = folder.join(SNIPPETS);
    for file in files_below(folder)?.iter().filter(|file| file.extension().is_some_and(|ending| ending == "js")) {
        if !file.starts_with(&snippets) && fs::read_to_string(file).map_err(problem)?.contains("./snippets/") {
            return Err(Problem::new(format!(
                "{} asks for a snippet, which only the page's program may.",
                file.display()
            )));
        }
    }
    let page = folder.join("index.html");
    let html = fs::read_to_string(&page).map_err(problem)?;
    fs::write(&page, markup::without_links_below(&html, "./snippets/")).map_err(problem)?;
    if snippets.exists() { fs::remove_dir_all(&snippets).map_err(problem) } else { Ok(()) }
}

/// Names the page's program by what is in all of its files now. Trunk names it after the compiler's output, while the
/// glue that wasm-bindgen writes differs between runs: a browser that keeps the one of an earlier build for good would
/// join it to the other of a later build.
fn rename_program(folder: &Path, old: &str) -> Result<(), Problem> {
    let problem = |error: std::io::Error| Problem::with_file("name the program's files", &error);
    let mut hasher = DefaultHasher::new();
    for ending in split::ENDINGS {
        fs::read(folder.join(format!("{old}{ending}"))).map_err(problem)?.hash(&mut hasher);
    }
    // Trunk leaves zeros at the front out, so that one name in sixteen is shorter.
    let mut new = format!("app-{:016x}", hasher.finish());
    new.truncate(old.len());
    let mut naming = vec![folder.join("index.html")];
    for ending in split::ENDINGS {
        let file = folder.join(format!("{new}{ending}"));
        fs::rename(folder.join(format!("{old}{ending}")), &file).map_err(problem)?;
        naming.push(file);
    }
    // The files name each other, and the page names two of them; the wasm of the first names what loads the rest.
    for file in naming {
        let mut bytes = fs::read(&file).map_err(problem)?;
        replace(&mut bytes, old.as_bytes(), new.as_bytes());
        fs::write(&file, bytes).map_err(problem)?;
    }
    Ok(())
}

/// Writes `new`, which is as long, in place of every `old`.
fn replace(bytes: &mut [u8], old: &[u8], new: &[u8]) {
    assert_eq!(old.len(), new.len(), "a name in a program may not move what lies behind it");
    let places: Vec<usize> =
        bytes.windows(old.len()).enumerate().filter(|(_, part)| *part == old).map(|(at, _)| at).collect();
    for at in places {
        bytes[at..at + old.len()].copy_from_slice(new);
    }
}

/// The name that the program's files share: "app-1f2e3d4c5b6a7988".
fn program_name(html: &str) -> Option<String> {
    let start = html.find("app-")?;
    let length = html[start..].find(['.', '_'])?;
    Some(html[start..start + length].to_owned())
}

/// The policy, the page for addresses that hosts do not know, and the headers.
fn finish(folder: &Path) -> Result<(), Problem> {
    let page = folder.join("index.html");
    let html = fs::read_to_string(&page).map_err(|error| Problem::with_file("read the built index.html", &error))?;
    if markup::has_inline_script(&html) {
        return Err(Problem::new("index.html has a script in itself, which the page's policy would block."));
    }
    let html = markup::with_policy(&markup::without_comments(&html), &policy::policy())?;
    let lasting: Vec<String> = files_below(folder)?
        .iter()
        .filter_map(|file| file.file_name()?.to_str())
        .filter(|name| carries_its_hash(name))
        .map(str::to_owned)
        .collect();
    for (name, text) in [("index.html", &html), ("404.html", &html), ("_headers", &policy::headers(&lasting))] {
        write(&folder.join(name), text)?;
    }
    Ok(())
}

fn write(file: &Path, text: &str) -> Result<(), Problem> {
    fs::write(file, text).map_err(|error| Problem::with_file(&format!("write {}", file.display()), &error))
}

/// Whether there is a hash in this name ("app-1f2e3d4c5b6a7988.js", "tokens-1f2e….css", "app-1f2e…_later.wasm").
fn carries_its_hash(name: &str) -> bool {
    let Some((stem, _)) = name.rsplit_once('.') else { return false };
    let stem = stem.strip_suffix("_bg").or(stem.strip_suffix("_later")).unwrap_or(stem);
    let hash = stem.rsplit_once('-').map_or("", |(_, hash)| hash);
    (8..=32).contains(&hash.len()) && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn put_in_place(staged: &Path, place: &Path) -> Result<(), Problem> {
    let problem = |error: std::io::Error| Problem::with_file("put the bundle into dist/", &error);
    if place.exists() {
        fs::remove_dir_all(place).map_err(problem)?;
    }
    fs::rename(staged, place).map_err(problem)
}

fn files_below(folder: &Path) -> Result<Vec<PathBuf>, Problem> {
    let mut files = Vec::new();
    sizes::collect(folder, &mut files).map_err(|error| Problem::with_file("read the built bundle", &error))?;
    files.sort();
    Ok(files)
}

/// When the newest file at or below `path` was changed; `None` if there is nothing.
fn newest(path: &Path) -> Option<SystemTime> {
    if !path.is_dir() {
        return modified(path);
    }
    let mut files = Vec::new();
    sizes::collect(path, &mut files).ok()?;
    files.iter().filter_map(|file| modified(file)).max()
}

fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).ok()?.modified().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_programs_name_is_read_from_the_page() {
        let html = "<script src=\"./boot.js?js=app-1f2e.js&wasm=app-1f2e_bg.wasm\"></script>";
        assert_eq!(program_name(html).as_deref(), Some("app-1f2e"));
        assert_eq!(program_name("<p>nothing"), None);
    }

    #[test]
    fn a_name_is_replaced_wherever_it_stands_and_nothing_is_moved() {
        let mut bytes = b"\0\x07app-1f.js app-app-1f".to_vec();
        replace(&mut bytes, b"app-1f", b"app-2e");
        assert_eq!(bytes, b"\0\x07app-2e.js app-app-2e");
    }

    #[test]
    fn hashed_names_are_told_from_plain_ones() {
        for ending in split::ENDINGS {
            assert!(carries_its_hash(&format!("app-1f2e3d4c5b6a7988{ending}")), "{ending}");
        }
        assert!(carries_its_hash("tokens-6a7988aa6a7988aa.css"));
        for plain in ["boot.js", "worker_bg.wasm", "app-sheet.css", "404.html", "_headers", "inline0.js", "a-.js"] {
            assert!(!carries_its_hash(plain), "{plain}");
        }
    }
}
