//! Which modules a Rust file names: its words without comments and strings, and the paths they form.

/// A word, a sign, or two colons, with its line. Comments, strings and characters are gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) text: String,
    pub(crate) line: usize,
}

/// A module that a file names, as a path from the root of its crate: `["google", "search"]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Naming {
    /// "crate" for the file's own crate, else the other crate's name.
    pub(crate) root: String,
    pub(crate) path: Vec<String>,
    pub(crate) line: usize,
    /// Whether it is said inside a module `tests`.
    pub(crate) in_tests: bool,
}

/// Everything in `text` that is named by a path which begins with `crate`, `super`, `self` or one of `crates`.
/// `module` is where the file stands in its crate: `["google", "refusal"]`.
pub(crate) fn namings(text: &str, module: &[&str], crates: &[&str]) -> Vec<Naming> {
    let tokens = tokens(text);
    let mut found = Vec::new();
    // The inline modules that the scan is inside of, and how deep in braces each begins.
    let mut inside: Vec<(String, usize)> = Vec::new();
    let mut depth = 0;
    let mut at = 0;
    while at < tokens.len() {
        let word = tokens[at].text.as_str();
        let follows = |offset: usize, text: &str| tokens.get(at + offset).is_some_and(|token| token.text == text);
        match word {
            "{" => depth += 1,
            "}" => {
                depth -= 1;
                inside.pop_if(|(_, begins)| *begins > depth);
            }
            "mod" if follows(2, "{") => inside.push((tokens[at + 1].text.clone(), depth + 1)),
            _ if !follows(1, "::") || at > 0 && tokens[at - 1].text == "::" => {}
            "crate" | "super" | "self" => {
                let mut base: Vec<String> = Vec::new();
                if word != "crate" {
                    base.extend(module.iter().map(ToString::to_string));
                    base.extend(inside.iter().map(|(name, _)| name.clone()));
                }
                read_tree(&tokens, at, &base, "crate", &inside, &mut found);
            }
            _ if crates.contains(&word) => {
                read_tree(&tokens, at, &[], word, &inside, &mut found);
            }
            _ => {}
        }
        at += 1;
    }
    found
}

/// Reads one path, or a tree of them in braces, that begins at `at`.
fn read_tree(
    tokens: &[Token],
    at: usize,
    base: &[String],
    root: &str,
    inside: &[(String, usize)],
    found: &mut Vec<Naming>,
) -> usize {
    let mut path = base.to_vec();
    let mut at = at;
    loop {
        let Some(token) = tokens.get(at) else { return at };
        match token.text.as_str() {
            "{" => {
                at += 1;
                while tokens.get(at).is_some_and(|token| token.text != "}") {
                    if tokens[at].text == "," {
                        at += 1;
                        continue;
                    }
                    let end = read_tree(tokens, at, &path, root, inside, found);
                    at = end.max(at + 1);
                }
                return at + 1;
            }
            "super" => drop(path.pop()),
            "crate" | "self" => {}
            word if word == root => {}
            word => path.push(word.to_owned()),
        }
        if tokens.get(at + 1).is_none_or(|next| next.text != "::") {
            let in_tests = inside.iter().any(|(name, _)| name == "tests");
            found.push(Naming { root: root.to_owned(), path, line: token.line, in_tests });
            return at + 1;
        }
        at += 2;
    }
}

/// The words and signs of `text`.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let bytes = text.as_bytes();
    let mut tokens = Vec::new();
    let (mut at, mut line) = (0, 1);
    while at < bytes.len() {
        let rest = &text[at..];
        let length = if let Some(length) = length_of_text(rest) {
            length
        } else if bytes[at].is_ascii_alphanumeric() || bytes[at] == b'_' {
            let length = rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
            tokens.push(Token { text: rest[..length].to_owned(), line });
            length
        } else {
            let length = if rest.starts_with("::") { 2 } else { rest.chars().next().map_or(1, char::len_utf8) };
            if !bytes[at].is_ascii_whitespace() {
                tokens.push(Token { text: rest[..length].to_owned(), line });
            }
            length
        };
        line += rest[..length].matches('\n').count();
        at += length;
    }
    tokens
}

/// How long the comment, string or character is that `rest` begins with; `None` if it begins with none of them.
fn length_of_text(rest: &str) -> Option<usize> {
    let up_to = |end: &str, from: usize| rest[from..].find(end).map_or(rest.len(), |found| from + found + end.len());
    if rest.starts_with("//") {
        return Some(up_to("\n", 2));
    }
    if rest.starts_with("/*") {
        return Some(up_to("*/", 2));
    }
    let raw = rest.strip_prefix("br").or_else(|| rest.strip_prefix('r'));
    if let Some(raw) = raw {
        let hashes = raw.bytes().take_while(|byte| *byte == b'#').count();
        if raw[hashes..].starts_with('"') {
            return Some(up_to(&format!("\"{}", "#".repeat(hashes)), rest.len() - raw.len() + hashes + 1));
        }
    }
    let quoted = rest.strip_prefix('b').unwrap_or(rest);
    let before = rest.len() - quoted.len();
    if quoted.starts_with('"') {
        return Some(before + escaped(quoted, '"'));
    }
    // A lifetime has no second quote after its one letter or escape.
    let mut letters = quoted.chars();
    if letters.next() == Some('\'') {
        let second = letters.next();
        if second == Some('\\') || letters.next() == Some('\'') {
            return Some(before + escaped(quoted, '\''));
        }
    }
    None
}

/// How long the literal is that begins with `quote`, up to the next `quote` that no backslash escapes.
fn escaped(literal: &str, quote: char) -> usize {
    let mut letters = literal.char_indices().skip(1);
    while let Some((at, letter)) = letters.next() {
        if letter == '\\' {
            letters.next();
        } else if letter == quote {
            return at + quote.len_utf8();
        }
    }
    literal.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str, module: &[&str]) -> Vec<String> {
        let crates = ["albumen_core"];
        namings(text, module, &crates)
            .iter()
            .map(|naming| {
                format!("{}:{}{}", naming.root, naming.path.join("."), if naming.in_tests { " (t)" } else { "" })
            })
            .collect()
    }

    #[test]
    fn paths_and_trees_are_read() {
        let text = "use crate::google::{self, search::{Page, Item}, Refusal};\nfn f(x: &albumen_core::ports::Reply) {}";
        assert_eq!(
            named(text, &["library"]),
            [
                "crate:google",
                "crate:google.search.Page",
                "crate:google.search.Item",
                "crate:google.Refusal",
                "albumen_core:ports.Reply"
            ]
        );
    }

    #[test]
    fn super_is_resolved_from_where_the_file_stands_and_from_inline_modules() {
        assert_eq!(named("use super::Refusal;", &["google", "reply"]), ["crate:google.Refusal"]);
        assert_eq!(named("use super::super::photo::Day;", &["google", "reply"]), ["crate:photo.Day"]);
        let text = "mod tests { use super::x; use crate::sandbox::Y; } use self::z::W;";
        assert_eq!(named(text, &["engine"]), ["crate:engine.x (t)", "crate:sandbox.Y (t)", "crate:engine.z.W"]);
    }

    #[test]
    fn comments_strings_and_characters_name_nothing() {
        let text = r###"// crate::a::b
            /* crate::c */ let s = "crate::d \" crate::e"; let r = r#"crate::f "crate::g"#; let c = '"'; let l: &'static str;
            let q = '\''; crate::h::i();"###;
        assert_eq!(named(text, &[]), ["crate:h.i"]);
    }

    #[test]
    fn a_trees_first_braces_after_the_root_are_read() {
        assert_eq!(
            named("use crate::{photo::Day, ports::{self, Http}};", &[]),
            ["crate:photo.Day", "crate:ports", "crate:ports.Http"]
        );
    }

    #[test]
    fn lines_are_counted_through_texts() {
        let found = namings("/* a\n b */\n\"x\ny\"\ncrate::a::b", &[], &[]);
        assert_eq!(found.iter().map(|naming| naming.line).collect::<Vec<_>>(), [5]);
    }
}
