//! Percent-encoding, for texts that must not mean anything where they stand.

/// The text with everything but unreserved characters encoded (RFC 3986, sections 2.1 and 2.3).
pub(super) fn percent_encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len() * 3);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            encoded.extend([byte >> 4, byte & 15].map(|digit| char::from(b"0123456789ABCDEF"[usize::from(digit)])));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn an_encoded_text_is_plain_and_can_be_read_back(text in ".{0,40}") {
            let encoded = percent_encoded(&text);
            prop_assert!(encoded.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~%".contains(&b)), "{}", encoded);
            let form = format!("n={encoded}");
            let (_, decoded) = form_urlencoded::parse(form.as_bytes()).next().unwrap();
            prop_assert_eq!(decoded.as_ref(), text.as_str());
        }
    }
}
