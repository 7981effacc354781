//! What `dist` changes in index.html.

use crate::problem::Problem;

const CHARSET: &str = "<meta charset=\"utf-8\">";

/// Puts the policy where it binds everything after it: as the first thing but the character set (which must come
/// within the first 1,024 bytes).
pub(crate) fn with_policy(html: &str, policy: &str) -> Result<String, Problem> {
    let Some((before, after)) = html.split_once(CHARSET) else {
        return Err(Problem::new(format!("index.html has no {CHARSET}, after which the policy belongs.")));
    };
    if let Some(early) = ["<script", "<link", "<style"].iter().find(|tag| before.contains(**tag)) {
        return Err(Problem::new(format!("index.html has a {early} before its {CHARSET}: no policy would bind it.")));
    }
    Ok(format!("{before}{CHARSET}<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">{after}"))
}

const SHEET: &str = "<link rel=\"stylesheet\" href=\"./";

/// The names of the style sheets, in their order.
pub(crate) fn sheets(html: &str) -> Vec<String> {
    let names = html.split(SHEET).skip(1);
    names.filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())).collect()
}

/// Names this sheet in the place of all others.
pub(crate) fn with_one_sheet(html: &str, name: &str) -> Result<String, Problem> {
    let Some((head, rest)) = html.split_once(SHEET) else {
        return Err(Problem::new("index.html names no style sheet."));
    };
    Ok(format!("{head}{SHEET}{name}\">{}", without_links(&format!("{SHEET}{rest}"), SHEET)))
}

/// Takes out the links that have modules below this folder loaded ahead.
pub(crate) fn without_links_below(html: &str, folder: &str) -> String {
    without_links(html, &format!("<link rel=\"modulepreload\" href=\"{folder}"))
}

/// Takes out every tag that begins so.
fn without_links(html: &str, beginning: &str) -> String {
    let mut kept = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once(beginning) {
        kept += before;
        rest = after.split_once('>').map_or("", |(_, rest)| rest);
    }
    kept + rest
}

/// Takes out comments, and lines that are empty without them. There is no inline script or `<pre>` that could suffer.
pub(crate) fn without_comments(html: &str) -> String {
    let mut kept = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once("<!--") {
        kept += before;
        rest = after.split_once("-->").map_or("", |(_, rest)| rest);
    }
    kept += rest;
    kept.lines().filter(|line| !line.trim().is_empty()).collect::<Vec<_>>().join("\n") + "\n"
}

/// Whether a script stands in the page itself, which the policy would block.
pub(crate) fn has_inline_script(html: &str) -> bool {
    html.split("<script").skip(1).any(|tag| !tag.split('>').next().unwrap_or_default().contains("src="))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_stands_right_after_the_character_set() {
        let html = "<html><head><meta charset=\"utf-8\"><title>x</title></head></html>";
        let html = with_policy(html, "default-src 'none'").unwrap();
        assert_eq!(
            html,
            "<html><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" \
             content=\"default-src 'none'\"><title>x</title></head></html>"
        );
    }

    #[test]
    fn a_page_that_the_policy_would_not_bind_whole_is_refused() {
        assert!(with_policy("<head><title>x</title></head>", "p").is_err());
        assert!(with_policy("<head><link rel=x><meta charset=\"utf-8\"></head>", "p").is_err());
    }

    #[test]
    fn one_sheet_stands_where_the_first_of_many_stood() {
        let link = |name: &str| format!("<link rel=\"stylesheet\" href=\"./{name}\"/>");
        let html = format!("<head><title>x</title>{}\n{}<script></script></head>", link("a.css"), link("b.css"));
        assert_eq!(sheets(&html), ["a.css", "b.css"]);
        let one = with_one_sheet(&html, "c.css").unwrap();
        let link = "<link rel=\"stylesheet\" href=\"./c.css\">";
        assert_eq!(one, format!("<head><title>x</title>{link}\n<script></script></head>"));
        assert!(with_one_sheet("<head></head>", "c.css").is_err());
    }

    #[test]
    fn only_links_to_modules_of_that_folder_are_taken_out() {
        let link = |address: &str| format!("<link rel=\"modulepreload\" href=\"{address}\" crossorigin=\"anonymous\">");
        let html = format!("<head>{}{}</head>", link("./app.js"), link("./snippets/a/inline0.js"));
        assert_eq!(without_links_below(&html, "./snippets/"), format!("<head>{}</head>", link("./app.js")));
    }

    #[test]
    fn comments_go_and_leave_no_empty_lines() {
        let html = "<a>\n  <!-- one\n two -->\n  <b><!-- three --></b>\n<!-- never ends";
        assert_eq!(without_comments(html), "<a>\n  <b></b>\n");
    }

    #[test]
    fn only_a_script_without_an_address_is_inline() {
        assert!(!has_inline_script("<script type=\"module\" src=\"./boot.js\"></script>"));
        assert!(has_inline_script("<script src=\"a\"></script><script type=\"module\">import 'x'</script>"));
    }
}
