//! What the page may do, as browsers enforce it: the policy in the page itself, and the headers for hosts that send
//! what a file `_headers` says.

/// The Content Security Policy, one directive a line. Nothing is allowed that is not named.
///
/// The engine's worker starts from a blob that imports `engine.js`, so that it inherits this policy (CSP 3, section 4.2;
/// HTML, "initialize worker policy container"): a worker loaded from the network would not.
const DIRECTIVES: [&str; 10] = [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "worker-src 'self' blob:",
    "style-src 'self'",
    "img-src 'self' blob: https://*.googleusercontent.com",
    "media-src blob:",
    // A download is asked for as the page of a frame, which it never becomes: a service worker answers.
    "frame-src 'self'",
    // The last two have the bytes of pictures and of videos, for saving and playing.
    "connect-src 'self' https://photoslibrary.googleapis.com https://oauth2.googleapis.com \
     https://lh3.googleusercontent.com https://video-downloads.googleusercontent.com",
    "base-uri 'self'",
    "form-action 'none'",
];

/// The policy for a `<meta>`: `frame-ancestors` means nothing there (CSP 3, section 3.3), so boot.js refuses frames.
pub(crate) fn policy() -> String {
    DIRECTIVES.join("; ")
}

/// The text of `_headers`, in the form that Netlify and Cloudflare Pages read. `lasting` are the files whose names
/// change with their content, as paths inside the bundle: only they may be kept without asking again.
pub(crate) fn headers(lasting: &[String]) -> String {
    let mut text = format!(
        "/*\n\
         \x20 Content-Security-Policy: {}; frame-ancestors 'none'\n\
         \x20 X-Content-Type-Options: nosniff\n\
         \x20 Referrer-Policy: no-referrer\n\
         \x20 Cross-Origin-Opener-Policy: same-origin-allow-popups\n\
         \x20 Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=(), usb=()\n",
        policy()
    );
    for path in lasting {
        text += &format!("\n/{path}\n  Cache-Control: public, max-age=31536000, immutable\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_forbids_inline_scripts_styles_and_evaluation() {
        for word in ["unsafe-inline", "unsafe-eval", " * ", " *;", "data:", "http:"] {
            let policy = policy().replace("'wasm-unsafe-eval'", "");
            assert!(!policy.contains(word), "{word} in {policy}");
        }
    }

    #[test]
    fn the_page_may_reach_its_own_host_and_four_of_googles() {
        let connect = DIRECTIVES.iter().find_map(|line| line.strip_prefix("connect-src ")).unwrap();
        let hosts: Vec<&str> = connect.split(' ').collect();
        let googles = ["photoslibrary.googleapis.com", "oauth2.googleapis.com"]
            .into_iter()
            .chain(["lh3.googleusercontent.com", "video-downloads.googleusercontent.com"]);
        assert_eq!(hosts[0], "'self'");
        assert_eq!(hosts[1..], googles.map(|host| format!("https://{host}")).collect::<Vec<_>>());
    }

    #[test]
    fn only_the_headers_say_who_may_frame_the_page() {
        assert!(!policy().contains("frame-ancestors"));
        assert!(headers(&[]).contains("; frame-ancestors 'none'\n"));
    }

    #[test]
    fn only_files_that_carry_their_hash_are_kept_for_good() {
        assert!(!headers(&[]).contains("Cache-Control"));
        let headers = headers(&["app-1f.js".to_owned()]);
        assert!(headers.ends_with("\n/app-1f.js\n  Cache-Control: public, max-age=31536000, immutable\n"), "{headers}");
    }
}
