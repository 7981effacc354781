//! Divides the page's program: what a first visit needs, and the screens, which are loaded when there is something to
//! show in them (see page/src/main.rs).
//!
//! Trunk runs wasm-bindgen on the program as the compiler links it, while it must be divided before that; so Trunk's
//! own is thrown away. What it writes besides, and the name it gives, stay.

use std::fs;
use std::path::Path;

use wasm_split_cli_support::{Options, transform};

use crate::command::run;
use crate::problem::Problem;
use crate::workspace::Workspace;

/// Tells the build script that the program will be divided.
pub(crate) const VARIABLE: &str = "ALBUMEN_SPLIT";
/// The program as it is linked, by Cargo's own name for it.
const LINKED: &str = "target/wasm32-unknown-unknown/release/app.wasm";
const WORK: &str = "target/split";

/// The endings of the files that are the program: the glue, the wasm of what comes first, that of the rest.
pub(crate) const ENDINGS: [&str; 3] = [".js", "_bg.wasm", "_later.wasm"];

/// How binaryen treats the first part besides. Nothing is inlined: what repeats compresses better than what is merged into
/// its callers. A function that the others call is compiled when it is first called, though, which whoever touches the
/// grid for the first time would wait for; so the later part is fewer and larger ones.
const SMALL: [&str; 4] = [
    "--inline-max-combined-binary-size=1",
    "--always-inline-max-function-size=0",
    "--one-caller-inline-max-function-size=0",
    "--flexible-inline-max-function-size=0",
];

/// How binaryen treats both parts.
const OPTIMIZE: [&str; 9] = [
    "-O3",
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
    "--enable-simd",
];

/// Puts the divided program into `bundle`, in place of Trunk's, by the name that Trunk gave it.
pub(crate) fn split(workspace: &Workspace, bundle: &Path, name: &str) -> Result<(), Problem> {
    let problem = |error: std::io::Error| Problem::with_file("divide the page's program", &error);
    let work = workspace.path(WORK);
    if work.exists() {
        fs::remove_dir_all(&work).map_err(problem)?;
    }
    let linked = fs::read(workspace.path(LINKED)).map_err(problem)?;
    let first = work.join("app.wasm");
    let (main, link) = (format!("./{name}.js"), format!("./{name}_later.js"));
    let mut options = Options::new(&linked);
    options.output_dir = &work;
    options.main_out_path = &first;
    options.main_module = &main;
    options.link_name = &link;
    let made = transform(options).map_err(|error| Problem::new(format!("The program was not divided: {error:#}.")))?;
    let [later] = made.split_modules.as_slice() else {
        return Err(Problem::new(format!("The program was to be two files, not these: {:?}.", made.split_modules)));
    };
    let bound = work.join("bound");
    run(workspace
        .command("wasm-bindgen")
        .args(["--target", "web", "--no-typescript", "--keep-lld-exports", "--out-name", name, "--out-dir"])
        .arg(&bound)
        .arg(&first))?;
    let place = |ending| bundle.join(format!("{name}{ending}"));
    optimize(workspace, &SMALL, &bound.join(format!("{name}_bg.wasm")), &place("_bg.wasm"))?;
    optimize(workspace, &[], later, &place("_later.wasm"))?;
    let file_name = later.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let loader = fs::read_to_string(work.join(&link)).map_err(problem)?;
    let loader = loader.replace(&file_name, &format!("{name}_later.wasm"));
    fs::write(bound.join(&link), loader).map_err(problem)?;
    // The glue, what loads the rest, and the snippets of crates as one file: each of its own would be one more to ask
    // for before anything can start.
    run(workspace
        .command("esbuild")
        .arg(bound.join(&main))
        .args(["--bundle", "--format=esm", "--log-level=warning"])
        .arg(format!("--outfile={}", place(".js").display())))
}

fn optimize(workspace: &Workspace, besides: &[&str], wasm: &Path, place: &Path) -> Result<(), Problem> {
    run(workspace.command("wasm-opt").args(OPTIMIZE).args(besides).arg(wasm).arg("-o").arg(place))
}
