//! `/v1/uploads`: the bytes of a file, for an upload token.

use crate::ports::{Body, FileId, Method, Reading, Reply, Request};

use super::refusal::Refusal;
use super::refusals::{classify, what_it_is};
use super::reply::succeeded;

/// Sends the bytes of `file` in one piece (Google: Library API, uploading media, raw protocol).
///
/// `mime` is what the browser says of the file, or empty. `name` tells the file apart in Google's logs; the name that
/// counts is sent with `batchCreate`. Both may hold anything.
pub fn upload_request(access_token: &str, file: FileId, mime: &str, name: &str) -> Request {
    let request = Request {
        method: Method::Post,
        url: format!("{}/v1/uploads", super::LIBRARY),
        headers: vec![("content-type".into(), "application/octet-stream".into())],
        body: Body::File(file),
        reading: Reading::Readable,
    };
    let mut request = request.bearer(access_token).header("x-goog-upload-protocol", "raw");
    if is_mime(mime) {
        request = request.header("x-goog-upload-content-type", mime);
    }
    let name = header_safe(name);
    if !name.is_empty() {
        request = request.header("x-goog-upload-file-name", name);
    }
    request
}

/// The upload token: the body as it is (Google: Library API, uploading media). It can be used for one day.
///
/// # Errors
/// Any reply that is no token, as a [`Refusal`].
pub fn parse_upload_token(reply: &Reply) -> Result<String, Refusal> {
    if !succeeded(reply) {
        return Err(classify(reply));
    }
    match reply.body.trim_ascii() {
        [b'{' | b'[', ..] => Err(classify(reply)),
        token if is_token(token) => Ok(String::from_utf8_lossy(token).into_owned()),
        _ => Err(Refusal::Unreadable { what: what_it_is(reply) }),
    }
}

/// Google's tokens are visible ASCII without spaces; a web page is not.
fn is_token(token: &[u8]) -> bool {
    !token.is_empty() && token[0] != b'<' && token.iter().all(u8::is_ascii_graphic)
}

/// `type/subtype`, of characters that a header may hold (RFC 9110, section 8.3.1).
fn is_mime(mime: &str) -> bool {
    let is_part =
        |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&b));
    mime.split_once('/').is_some_and(|(kind, sub)| is_part(kind) && is_part(sub))
}

/// The name as it is if it is printable ASCII; else percent-encoded (RFC 3986, section 2.1), since a header holds no
/// other text.
fn header_safe(name: &str) -> String {
    if name.bytes().all(|b| b.is_ascii_graphic() || b == b' ') {
        return name.trim().to_owned();
    }
    let mut encoded = String::with_capacity(name.len() * 3);
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            encoded.extend([byte >> 4, byte & 15].map(|digit| char::from(b"0123456789ABCDEF"[usize::from(digit)])));
        }
    }
    encoded
}
