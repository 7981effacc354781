//! The style sheets, and what the page's policy asks of markup.

use crate::scan::tokens;
use crate::sources::{files, text};

const TOKENS: &str = "style/tokens.css";

/// Functions that write a color down. `color-mix` and `light-dark` only combine others.
const COLOR_FUNCTIONS: [&str; 10] = ["rgb", "rgba", "hsl", "hsla", "hwb", "lab", "lch", "oklab", "oklch", "color"];

/// Names of colors that a hand may slip into (CSS Color 4, section 6.1); the rest are rare enough for a reviewer.
const COLOR_NAMES: [&str; 30] = [
    "aqua", "beige", "black", "blue", "brown", "coral", "crimson", "cyan", "fuchsia", "gold", "gray", "green", "grey",
    "indigo", "ivory", "khaki", "lime", "magenta", "maroon", "navy", "olive", "orange", "orchid", "pink", "purple",
    "red", "silver", "teal", "white", "yellow",
];

#[test]
fn every_sheet_is_linked_exactly_once() {
    let page = text("index.html");
    let linked = |path: &str| page.matches(&format!("rel=\"css\" href=\"{path}\"")).count();
    for sheet in files("style", ".css") {
        assert_eq!(linked(&sheet.path), 1, "{} must be linked in index.html exactly once", sheet.path);
    }
    let links = page.matches("rel=\"css\"").count();
    assert_eq!(links, files("style", ".css").len(), "index.html links a sheet that is not in style/");
}

#[test]
fn colors_are_written_in_tokens_alone() {
    let mut found = Vec::new();
    for sheet in files("style", ".css").iter().filter(|sheet| sheet.path != TOKENS) {
        found.extend(literal_colors(&sheet.text).into_iter().map(|color| format!("{}: {color}", sheet.path)));
    }
    for source in files("src", ".rs") {
        found.extend(quoted_colors(&source.text).into_iter().map(|color| format!("{}: {color}", source.path)));
    }
    assert_eq!(found, Vec::<String>::new(), "a literal color belongs into {TOKENS}, under a name");
}

#[test]
fn no_view_sets_a_style_attribute_or_markup_from_text() {
    let mut found = Vec::new();
    for source in files("src", ".rs") {
        for name in ["style", "inner_html"] {
            found.extend(
                attributes(&source.text, name).into_iter().map(|line| format!("{}:{line}: {name}=", source.path)),
            );
        }
    }
    assert_eq!(
        found,
        Vec::<String>::new(),
        "the page's policy blocks style attributes (use class: and style:property=), and text must stay text"
    );
}

#[test]
fn the_page_holds_no_script_style_or_handler_of_its_own() {
    let page = text("index.html");
    for forbidden in ["<script", "<style", " style=", " onload=", " onclick=", " onerror=", "http://", "https://"] {
        assert!(!page.contains(forbidden), "index.html has {forbidden}");
    }
}

#[test]
fn the_programs_bring_no_scripts_of_their_own() {
    // wasm-bindgen numbers the scripts of each program from 0 and puts all programs' into one folder: those of the
    // library are the same in all, while those of the programs would overwrite each other.
    for program in ["page/src/main.rs", "worker/src/main.rs", "charts/src/main.rs", "parquet/src/main.rs"] {
        assert!(!text(program).contains("inline_js"), "{program} has an inline script: put it into the library");
    }
}

#[test]
fn what_is_seen_before_the_program_runs_is_what_the_program_shows() {
    let page = text("index.html");
    let shell = page.split_once("<main class=\"welcome\">").and_then(|(_, rest)| rest.split_once("</main>"));
    let welcome = text("src/app/welcome/mod.rs");
    let own = ["Opening…", "Albumen runs in your browser and needs JavaScript and WebAssembly."];
    let mut seen = 0;
    for piece in shell.expect("a welcome in index.html").0.split('<').filter_map(|piece| piece.split_once('>')) {
        let words = piece.1.trim();
        if !words.is_empty() && !own.contains(&words) {
            seen += 1;
            assert!(welcome.contains(words), "index.html says {words:?}, the welcome does not");
        }
    }
    assert_eq!(seen, 12, "pieces of text in the welcome of index.html");
}

/// The values of declarations that write a color down.
fn literal_colors(sheet: &str) -> Vec<String> {
    let mut found = Vec::new();
    let sheet = without_comments(sheet);
    // A piece that a brace opens is a selector; any other is a declaration.
    for piece in sheet.split_inclusive(['{', '}', ';']).filter(|piece| !piece.ends_with('{')) {
        let Some((_, value)) = piece.split_once(':') else { continue };
        let word = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '#' || c == '_';
        let mut rest = value;
        while let Some(start) = rest.find(word) {
            let length = rest[start..].find(|c| !word(c)).unwrap_or(rest.len() - start);
            let (name, after) = rest[start..].split_at(length);
            let is_hex = name.strip_prefix('#').is_some_and(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit()));
            let is_function = after.starts_with('(') && COLOR_FUNCTIONS.contains(&name);
            if is_hex || is_function || COLOR_NAMES.contains(&name.to_ascii_lowercase().as_str()) {
                found.push(name.to_owned());
            }
            rest = after;
        }
    }
    found
}

/// Strings that are nothing but a color in hexadecimal digits.
fn quoted_colors(source: &str) -> Vec<String> {
    let is_color = |text: &&str| {
        text.strip_prefix('#')
            .is_some_and(|hex| matches!(hex.len(), 3 | 4 | 6 | 8) && hex.bytes().all(|byte| byte.is_ascii_hexdigit()))
    };
    source.split('"').filter(is_color).map(str::to_owned).collect()
}

/// The lines on which `name=` is an attribute in a view: no type, no path and no dot before it.
fn attributes(source: &str, name: &str) -> Vec<usize> {
    let tokens = tokens(source);
    let lines: Vec<&str> = source.lines().collect();
    tokens
        .windows(2)
        .filter(|pair| pair[0].text == name && pair[1].text == "=" && pair[0].line == pair[1].line)
        // rustfmt writes an assignment with spaces; an attribute in a view has none.
        .filter(|pair| {
            lines[pair[0].line - 1].contains(&format!(" {name}="))
                || lines[pair[0].line - 1].starts_with(&format!("{name}="))
        })
        .map(|pair| pair[0].line)
        .collect()
}

fn without_comments(sheet: &str) -> String {
    let mut kept = String::new();
    let mut rest = sheet;
    while let Some((before, after)) = rest.split_once("/*") {
        kept += before;
        rest = after.split_once("*/").map_or("", |(_, rest)| rest);
    }
    kept + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colors_are_found_in_values_and_nowhere_else() {
        let sheet = "/* white */ #fade:hover { color: #fff; border: 1px solid rgb(1 2 3); --x: var(--white);
            a:not(.red) { background: color-mix(in oklab, var(--ink) 50%, transparent); fill: White } }";
        assert_eq!(literal_colors(sheet), ["#fff", "rgb", "White"]);
    }

    #[test]
    fn colors_are_found_in_strings() {
        assert_eq!(quoted_colors("let a = \"#1f4e79\"; let b = \"#chapter\"; let c = \"#ab\";"), ["#1f4e79"]);
    }

    #[test]
    fn a_style_attribute_is_told_from_an_assignment_and_a_style_property() {
        let source = "view! {\n <p style=\"x\"/>\n <p style:width=w/>\n <p style=move || x/>\n};\nlet style = 1;";
        assert_eq!(attributes(source, "style"), [2, 4]);
    }
}
