//! The page's own address, as Google's console wants it: the origin, the redirect URI, and whether it is loopback.

/// `scheme://host[:port]` of an absolute address, without a default port.
pub(super) fn origin(address: &str) -> String {
    let Some((scheme, rest)) = address.split_once("://") else { return address.to_owned() };
    let scheme = scheme.to_ascii_lowercase();
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    let default_port = match scheme.as_str() {
        "https" => ":443",
        "http" => ":80",
        _ => "",
    };
    let authority = match authority.strip_suffix(default_port) {
        // `[::1]:80` loses its port, `[::80]` does not.
        Some(host) if !default_port.is_empty() && !host.is_empty() => host,
        _ => &authority,
    };
    format!("{scheme}://{authority}")
}

/// Whether a Desktop client may come back to this address (Google: OAuth 2.0 for native apps, loopback IP address):
/// `http` on `localhost`, `127.0.0.1` or `[::1]`, any port.
pub(super) fn is_loopback(address: &str) -> bool {
    let origin = origin(address);
    let Some(authority) = origin.strip_prefix("http://") else { return false };
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|b| b.is_ascii_digit()) => host,
        _ => authority,
    };
    matches!(host, "localhost" | "127.0.0.1" | "[::1]")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_origin_has_no_path_and_no_default_port() {
        for (address, expected) in [
            ("http://localhost:8080/", "http://localhost:8080"),
            ("https://Example.org:443/albumen/?x#y", "https://example.org"),
            ("http://[::1]:80/", "http://[::1]"),
            ("http://[::1]:8080/a", "http://[::1]:8080"),
            ("https://example.org:80/", "https://example.org:80"),
            ("nonsense", "nonsense"),
        ] {
            assert_eq!(origin(address), expected, "{address}");
        }
    }

    #[test]
    fn loopback_is_three_hosts_over_http() {
        for address in ["http://localhost:8080/", "http://127.0.0.1/", "http://[::1]:9/x/", "http://[::1]/"] {
            assert!(is_loopback(address), "{address}");
        }
        for address in [
            "https://localhost:8080/",
            "http://localhost.evil.example/",
            "http://127.0.0.2/",
            "http://[::2]/",
            "http://evil.example/localhost",
            "localhost",
            "",
        ] {
            assert!(!is_loopback(address), "{address}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(address in "\\PC*") {
            let _ = (origin(&address), is_loopback(&address));
        }
    }
}
