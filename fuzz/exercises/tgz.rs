//! What is done with any bytes that are said to be a tar, in gzip or plain.

use albumen_core::takeout::archive::tar::Stream;
use albumen_core::takeout::archive::{Bounds, Entry, Take};

/// Streams it as what the first byte says, in pieces as long as the second byte says.
pub(crate) fn exercise(data: &[u8]) {
    let [kind, piece, data @ ..] = data else { return };
    let bounds = Bounds { ratio_from: 1 << 20, ..Bounds::default() };
    let wants = |entry: &Entry| match entry.ordinal % 3 {
        0 => Take::Whole(1 << 16),
        1 => Take::Head(100),
        _ => Take::Nothing,
    };
    let from = u32::from(*kind >> 4);
    let mut stream = if kind % 2 == 0 { Stream::gzip(from, bounds, wants) } else { Stream::plain(from, bounds, wants) };
    let mut ordinals = Vec::new();
    for piece in data.chunks(usize::from(*piece) * 16 + 1) {
        let mut rest = piece;
        while !rest.is_empty() {
            match stream.step(rest) {
                Ok(used) => rest = &rest[used..],
                Err(_) => return,
            }
        }
        ordinals.extend(stream.passed().kept.iter().map(|kept| kept.entry.ordinal));
    }
    let _ = stream.end();
    ordinals.extend(stream.passed().kept.iter().map(|kept| kept.entry.ordinal));
    assert!(ordinals.is_sorted_by(|a, b| a < b), "files come in their order, each once");
}
