//! Version numbers, as tools print them and as Cargo.lock holds them.

/// The first number with dots in what a tool prints: "trunk 0.21.14" is "0.21.14", "v20.11.1" is "20.11.1".
pub(crate) fn version_in(text: &str) -> Option<&str> {
    text.split(|c: char| c.is_whitespace() || c == ',').find_map(|word| {
        let word = word.strip_prefix('v').unwrap_or(word);
        let is_version = word.contains('.') && word.split('.').next().is_some_and(|n| n.parse::<u32>().is_ok());
        is_version.then_some(word)
    })
}

/// The number before the first dot.
pub(crate) fn major(version: &str) -> Option<u32> {
    version.split('.').next()?.parse().ok()
}

/// The version of `package` that Cargo.lock holds.
pub(crate) fn locked_version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let mut lines = lock.lines();
    lines.find(|line| *line == format!("name = \"{package}\""))?;
    lines.next()?.strip_prefix("version = \"")?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_found_in_what_tools_print() {
        assert_eq!(version_in("trunk 0.21.14"), Some("0.21.14"));
        assert_eq!(version_in("v20.11.1\n"), Some("20.11.1"));
        assert_eq!(version_in("wasm-bindgen 0.2.130 (abcdef)"), Some("0.2.130"));
        assert_eq!(version_in("ChromeDriver 156.0.1.2 (e3f-refs/heads/a.b)"), Some("156.0.1.2"));
        assert_eq!(version_in("Chromium 156.0.6943.53 built on Debian"), Some("156.0.6943.53"));
        assert_eq!(version_in("command not found"), None);
    }

    #[test]
    fn the_major_version_is_a_number() {
        assert_eq!(major("20.11.1"), Some(20));
        assert_eq!(major("x.1"), None);
    }

    #[test]
    fn a_locked_version_is_that_of_the_very_package() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"9.9.9\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\nsource = \"x\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(locked_version(lock, "wasm"), None);
    }
}
