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

/// Has a module loaded before the one that imports it asks for it, as Trunk does for the modules that it knows.
pub(crate) fn with_module_ahead(html: &str, address: &str) -> Result<String, Problem> {
    let Some((head, rest)) = html.split_once("</head>") else {
        return Err(Problem::new("index.html has no end of its head, where a module to load ahead belongs."));
    };
    Ok(format!("{head}<link rel=\"modulepreload\" href=\"{address}\" crossorigin=\"anonymous\"></head>{rest}"))
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
    fn a_module_is_loaded_ahead_from_the_end_of_the_head() {
        let html = with_module_ahead("<head><title>x</title></head><body></body>", "./x.js").unwrap();
        let link = "<link rel=\"modulepreload\" href=\"./x.js\" crossorigin=\"anonymous\">";
        assert_eq!(html, format!("<head><title>x</title>{link}</head><body></body>"));
        assert!(with_module_ahead("<title>x</title>", "./x.js").is_err());
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
