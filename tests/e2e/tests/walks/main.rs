//! The walks: what people do with the page, played on the release bundle in Chromium against the sandbox under Google's
//! own host names. `cargo xtask test e2e [name]` makes the bundle and plays them.

mod accounts;
mod albums;
mod broken_exports;
mod cors;
mod counts;
mod device;
mod export;
mod fetch;
mod filter;
mod frame;
mod grid;
mod hostile;
mod insights;
mod leaving;
mod opening;
mod policy;
mod sign_in;
mod stage;
mod steps;
mod table;
mod takeout;
mod times;
mod try_it_now;
mod upload;
mod viewer;
