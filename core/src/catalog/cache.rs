//! Decoded segments kept at hand, so that scrolling and fetching do not read the same one again and again.

use std::rc::Rc;

use super::segment::Segment;

/// Decoded segments kept at hand; each is one to two megabytes.
const CACHED_SEGMENTS: usize = 8;

/// The segments used last, the latest at the end.
#[derive(Default)]
pub(super) struct Cache {
    segments: Vec<(u32, Rc<Segment>)>,
}

impl Cache {
    pub(super) fn get(&mut self, number: u32) -> Option<Rc<Segment>> {
        let at = self.segments.iter().position(|(cached, _)| *cached == number)?;
        let found = self.segments.remove(at);
        let segment = Rc::clone(&found.1);
        self.segments.push(found);
        Some(segment)
    }

    pub(super) fn forget(&mut self, number: u32) {
        self.segments.retain(|(cached, _)| *cached != number);
    }

    pub(super) fn put(&mut self, number: u32, segment: Rc<Segment>) {
        self.segments.retain(|(cached, _)| *cached != number);
        if self.segments.len() == CACHED_SEGMENTS {
            self.segments.remove(0);
        }
        self.segments.push((number, segment));
    }
}
