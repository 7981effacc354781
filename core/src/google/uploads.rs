//! `/v1/uploads`: the bytes of a file, for an upload token.

use crate::ports::{Body, FileId, Method, Reading, Reply, Request};

use super::percent::percent_encoded;
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
    percent_encoded(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn header<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
        request.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    fn token_of(status: u16, body: &[u8]) -> Result<String, Refusal> {
        parse_upload_token(&Reply { status, headers: Vec::new(), body: body.to_vec() })
    }

    #[test]
    fn the_bytes_go_out_by_the_raw_protocol() {
        let request = upload_request("t", FileId(7), "image/jpeg", "IMG 1.jpg");
        assert_eq!(request.url, "https://photoslibrary.googleapis.com/v1/uploads");
        assert_eq!((request.method, &request.body), (Method::Post, &Body::File(FileId(7))));
        for (name, value) in [
            ("authorization", "Bearer t"),
            ("content-type", "application/octet-stream"),
            ("x-goog-upload-protocol", "raw"),
            ("x-goog-upload-content-type", "image/jpeg"),
            ("x-goog-upload-file-name", "IMG 1.jpg"),
        ] {
            assert_eq!(header(&request, name), Some(value), "{name}");
        }
    }

    #[test]
    fn a_name_that_no_header_holds_is_percent_encoded() {
        let name = |name: &str| {
            header(&upload_request("t", FileId(0), "", name), "x-goog-upload-file-name").map(str::to_owned)
        };
        assert_eq!(name("Käse 100%.jpg").as_deref(), Some("K%C3%A4se%20100%25.jpg"));
        assert_eq!(name("a\r\nx: y").as_deref(), Some("a%0D%0Ax%3A%20y"));
        assert_eq!(name(""), None);
        assert_eq!(name("  "), None);
    }

    #[test]
    fn a_type_that_is_none_is_not_sent() {
        for mime in ["", "image", "image/", "/jpeg", "image/jpeg; x=y", "image/jpeg\r\nx: y", "imäge/jpeg", "a/b/c"] {
            let request = upload_request("t", FileId(0), mime, "x");
            assert_eq!(header(&request, "x-goog-upload-content-type"), None, "{mime}");
        }
    }

    #[test]
    fn the_token_is_the_body_and_nothing_else_is_a_token() {
        assert_eq!(token_of(200, b"CAIS+QEC/x=_-\n"), Ok("CAIS+QEC/x=_-".into()));
        for body in ["", " ", "<!doctype html>", "two words", "t\u{f6}ken", "{}", "[1]", "{\"error\":{}}"] {
            let read = token_of(200, body.as_bytes());
            assert!(matches!(read, Err(Refusal::Unreadable { .. })), "{body}: {read:?}");
        }
        assert_eq!(token_of(200, br#"{"error":{"code":401}}"#), Err(Refusal::TokenDead));
        assert_eq!(token_of(503, b"CAIS"), Err(Refusal::Wait { wait_ms: None, busy: true }));
    }

    proptest! {
        #[test]
        fn every_header_is_printable_ascii(mime in "\\PC{0,20}", name in ".{0,60}") {
            let request = upload_request("t", FileId(0), &mime, &name);
            for (_, value) in &request.headers {
                prop_assert!(value.bytes().all(|b| b.is_ascii_graphic() || b == b' '), "{}", value);
            }
        }

        #[test]
        fn an_encoded_name_can_be_read_back(name in ".{1,40}") {
            prop_assume!(!name.is_ascii());
            let encoded = format!("n={}", header_safe(&name));
            let (_, decoded) = form_urlencoded::parse(encoded.as_bytes()).next().unwrap();
            prop_assert_eq!(decoded.as_ref(), name.as_str());
        }

        #[test]
        fn any_bytes_are_read_without_panic(status: u16, body in prop::collection::vec(any::<u8>(), 0..100)) {
            let _ = token_of(status, &body);
        }
    }
}
