//! `/v1/uploads`: bytes in, an upload token out.

use super::Sandbox;
use super::errors::Refused;
use super::library::Caller;
use super::sniff;
use super::state::Received;
use super::wire::{Incoming, Outgoing};

/// Google: upload media, file types and sizes: photos of 200 MB at most. Read as 200 × 2^20 bytes.
const LARGEST_PHOTO: usize = 200 << 20;
/// Google: upload media: an upload token is valid for one day.
pub(super) const TOKEN_LIVES_MS: i64 = 86_400_000;

/// Takes raw bytes (Google: upload media, uploading bytes).
pub(super) fn raw(
    sandbox: &mut Sandbox,
    caller: &Caller,
    incoming: &Incoming,
    now_ms: i64,
) -> Result<Outgoing, Refused> {
    match incoming.header("x-goog-upload-protocol") {
        Some("raw") => {}
        Some("resumable") => {
            let words = "The sandbox takes raw uploads only.";
            return Err(Refused::new(501, "UNIMPLEMENTED", words));
        }
        _ => return Err(Refused::invalid("The header X-Goog-Upload-Protocol must be raw or resumable.")),
    }
    if incoming.content_type().as_deref() != Some("application/octet-stream") {
        return Err(Refused::invalid("The header Content-Type must be application/octet-stream."));
    }
    if incoming.body.is_empty() {
        return Err(Refused::invalid("The request body is empty: there is nothing to upload."));
    }
    let claimed = incoming.header("x-goog-upload-content-type").unwrap_or_default();
    let is_video =
        sniff::is_video(claimed) || sniff::look(&incoming.body).is_some_and(|media| sniff::is_video(media.mime_type));
    if incoming.body.len() > LARGEST_PHOTO && !is_video {
        return Err(Refused::invalid("The photo is larger than 200 MB."));
    }
    let file_name = incoming.header("x-goog-upload-file-name").map(decode);
    let seed = sandbox.seed();
    let upload_token = sandbox.state.fresh(seed, "CAIS", 150);
    let file = sandbox.state.files.iter().position(|file| *file == incoming.body).unwrap_or_else(|| {
        sandbox.state.files.push(incoming.body.clone());
        sandbox.state.files.len() - 1
    });
    sandbox.state.received.push(Received {
        upload_token: upload_token.clone(),
        project: caller.project.clone(),
        file,
        file_name,
        received_ms: now_ms,
        spent: false,
    });
    Ok(Outgoing::bytes(200, "text/plain; charset=utf-8", upload_token.into_bytes()))
}

/// A file name as a header can carry it: letters beyond ASCII are percent-encoded.
fn decode(name: &str) -> String {
    let form = format!("n={}", name.replace('+', "%2B").replace('&', "%26"));
    form_urlencoded::parse(form.as_bytes()).next().map_or_else(String::new, |(_, name)| name.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_come_back_whole_from_a_header() {
        assert_eq!(decode("a+b & c.jpg"), "a+b & c.jpg");
        assert_eq!(decode("Stra%C3%9Fe.jpg"), "Straße.jpg");
    }
}
