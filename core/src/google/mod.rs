//! The client's side of Google's wire: requests built, replies parsed, refusals classified.

mod refusal;

pub use refusal::Refusal;
