//! A successful reply's body as JSON, or the refusal it is instead.

use serde::Deserialize;

use crate::ports::Reply;

use super::refusal::Refusal;
use super::refusals::{classify, what_it_is};
use crate::lenient::Object;

/// Whether the status says that it was done, at least in part (batchCreate answers 207 then).
pub(super) fn succeeded(reply: &Reply) -> bool {
    (200..300).contains(&reply.status)
}

/// The object that a body is; `Unreadable` if it is not one.
pub(super) fn read_object<'a, T: Deserialize<'a>>(reply: &Reply, body: &'a [u8]) -> Result<T, Refusal> {
    match serde_json::from_slice(body) {
        Ok(Object::Read(read)) => Ok(read),
        Ok(Object::Missing | Object::Odd) | Err(_) => Err(unreadable(reply)),
    }
}

/// The body is not what Google documents. If it holds an error all the same, that is the refusal.
pub(super) fn unreadable(reply: &Reply) -> Refusal {
    match classify(reply) {
        // A success has no envelope; the words say what it is instead.
        Refusal::Unreadable { .. } => Refusal::Unreadable { what: what_it_is(reply) },
        refusal => refusal,
    }
}
