//! Texts as they are compared: without regard to case.

/// Appends `text` as it is compared: every character in its lower case.
///
/// Character by character, so that a part of a text is folded as it is in the whole; the two small sigmas of Greek,
/// which the place in a word tells apart, are one.
pub(crate) fn fold_into(text: &str, out: &mut Vec<u8>) {
    if text.is_ascii() {
        out.extend(text.bytes().map(|byte| byte.to_ascii_lowercase()));
        return;
    }
    let mut utf8 = [0; 4];
    for lower in text.chars().flat_map(char::to_lowercase) {
        let lower = if lower == 'ς' { 'σ' } else { lower };
        out.extend(lower.encode_utf8(&mut utf8).as_bytes());
    }
}

/// One text as it is compared.
pub(super) fn folded(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    fold_into(text, &mut out);
    out
}
