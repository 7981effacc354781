//! Albums by name.

use albumen_core::photo::Album;

/// Said where Google was asked for albums and had none.
pub const NO_ALBUMS: &str = "No albums: Google shows this app only the albums that it made itself.";
/// Said where nobody has asked for albums yet.
pub const ALBUMS_TO_COME: &str = "No albums have been fetched.";

/// An album's title, or what it is called that has none.
pub fn album_title(album: &Album) -> String {
    if album.title.trim().is_empty() { "Untitled album".to_owned() } else { album.title.clone() }
}

/// "Lisbon", "Lisbon or Crete", "3 albums". Titles may be of any script, each in its own direction.
pub fn album_titles(titles: &[String]) -> String {
    // Unicode's first strong isolate and its end.
    let isolated = |title: &String| format!("\u{2068}{title}\u{2069}");
    match titles {
        [one] => one.clone(),
        [one, other] => format!("{} or {}", isolated(one), isolated(other)),
        many => format!("{} albums", many.len()),
    }
}

/// "45", or "12 of 45" where some of an album's photos were not fetched.
pub fn album_count(here: usize, missing: u32, count: impl Fn(u64) -> String) -> String {
    let here = here as u64;
    if missing == 0 { count(here) } else { format!("{} of {}", count(here), count(here + u64::from(missing))) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn albums_are_named_whatever_they_are_called() {
        let titled = |title: &str| album_title(&Album { title: title.into(), ..Album::default() });
        assert_eq!((titled("البحر 🌊"), titled(" \t")), ("البحر 🌊".to_owned(), "Untitled album".to_owned()));
        let titles = ["Lisbon", "البحر", "Crete"].map(str::to_owned);
        assert_eq!(album_titles(&titles[..1]), "Lisbon");
        assert_eq!(album_titles(&titles[..2]), "\u{2068}Lisbon\u{2069} or \u{2068}البحر\u{2069}");
        assert_eq!(album_titles(&titles), "3 albums");
    }

    #[test]
    fn what_was_not_fetched_of_an_album_is_told() {
        let count = |number: u64| number.to_string();
        assert_eq!((album_count(45, 0, count), album_count(12, 33, count)), ("45".to_owned(), "12 of 45".to_owned()));
    }
}
