//! Base URLs: where the bytes of a picture can be had for an hour.

/// The address of a picture that fits into `width_px` × `height_px`, its shape kept (Google: Library API, base URLs:
/// the `w` and `h` parameters; a base URL without any is not served).
pub fn picture_url(base_url: &str, width_px: u32, height_px: u32) -> String {
    format!("{base_url}=w{width_px}-h{height_px}")
}

/// The address of a still picture of a video, without the button that Google draws into it otherwise (Google: Library API,
/// base URLs: the `no` parameter).
pub fn poster_url(base_url: &str, width_px: u32, height_px: u32) -> String {
    format!("{}-no", picture_url(base_url, width_px, height_px))
}

/// The address of the whole of a photo, with its Exif save where it was taken (Google: Library API, base URLs: the `d`
/// parameter).
pub fn original_url(base_url: &str) -> String {
    format!("{base_url}=d")
}

/// The address of a video that can be played, once Google has made it ready (Google: Library API, base URLs: the `dv`
/// parameter).
pub fn video_url(base_url: &str) -> String {
    format!("{base_url}=dv")
}

/// Whether an address is on Google's image host, `https://*.googleusercontent.com`: nothing else is ever shown as a
/// picture, whatever a reply says.
pub fn is_google_image_host(url: &str) -> bool {
    let Some(rest) = url.strip_prefix("https://") else { return false };
    // The one that nearly all are on.
    if rest.starts_with("lh3.googleusercontent.com/") {
        return is_plain(rest.as_bytes());
    }
    let host = &rest[..rest.bytes().position(|b| matches!(b, b'/' | b'?' | b'#')).unwrap_or(rest.len())];
    let Some(name) = host.strip_suffix(".googleusercontent.com") else { return false };
    // No user, no port, no tricks: only what a host name is made of.
    let is_name = |name: &str| !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    // Browsers drop tabs and line breaks from addresses and take `\` for `/`: such an address is not Google's.
    is_plain(rest.as_bytes()) && name.split('.').all(is_name)
}

/// Whether there is nothing but visible ASCII and no `\`. Sixteen at a time, without a branch for each: addresses are long
/// and every item has one.
fn is_plain(bytes: &[u8]) -> bool {
    let is_odd = |byte: u8| u8::from(byte.wrapping_sub(0x21) > 0x7e - 0x21) | u8::from(byte == b'\\');
    let (chunks, rest) = bytes.as_chunks::<16>();
    let mut odd = [0_u8; 16];
    for chunk in chunks {
        for (odd, byte) in odd.iter_mut().zip(chunk) {
            *odd |= is_odd(*byte);
        }
    }
    odd == [0; 16] && rest.iter().all(|byte| is_odd(*byte) == 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn sixteen_at_a_time_find_what_one_at_a_time_finds(
            plain in "[!-\\[\\]-~]{0,70}", byte: u8, at: prop::sample::Index,
        ) {
            prop_assert!(is_plain(plain.as_bytes()));
            let mut bytes = plain.into_bytes();
            bytes.insert(at.index(bytes.len() + 1), byte);
            prop_assert_eq!(is_plain(&bytes), byte.is_ascii_graphic() && byte != b'\\');
        }
    }

    #[test]
    fn the_size_is_a_suffix_of_the_base_url() {
        let base = "https://lh3.googleusercontent.com/lr/AB-c_1";
        assert_eq!(picture_url(base, 640, 480), "https://lh3.googleusercontent.com/lr/AB-c_1=w640-h480");
        assert_eq!(poster_url(base, 640, 480), "https://lh3.googleusercontent.com/lr/AB-c_1=w640-h480-no");
        assert_eq!(original_url(base), "https://lh3.googleusercontent.com/lr/AB-c_1=d");
        assert_eq!(video_url(base), "https://lh3.googleusercontent.com/lr/AB-c_1=dv");
    }

    #[test]
    fn only_googles_image_host_is_taken_for_it() {
        for url in [
            "https://lh3.googleusercontent.com/lr/x",
            "https://video-downloads.googleusercontent.com/x?a=b#c",
            "https://a.b.googleusercontent.com",
        ] {
            assert!(is_google_image_host(url), "{url}");
        }
        for url in [
            "",
            "lh3.googleusercontent.com/x",
            "http://lh3.googleusercontent.com/x",
            "https://googleusercontent.com/x",
            "https://.googleusercontent.com/x",
            "https://evilgoogleusercontent.com/x",
            "https://lh3.googleusercontent.com.evil.example/x",
            "https://evil.example/https://lh3.googleusercontent.com/",
            "https://lh3.googleusercontent.com@evil.example/x",
            "https://evil.example#@lh3.googleusercontent.com/",
            "https://evil.example\\.googleusercontent.com/",
            "https://evil.example\t/.googleusercontent.com/",
            "https://u:p@lh3.googleusercontent.com/",
            "https://lh3.googleusercontent.com:444/",
            "javascript://lh3.googleusercontent.com/%0aalert(1)",
            "https://lh3.googleusercontent.com/\" onerror=\"x",
        ] {
            assert!(!is_google_image_host(url), "{url}");
        }
    }
}
