//! Decoded segments kept at hand, so that scrolling and fetching do not read the same one again and again.

use std::rc::Rc;

use super::segment::Segment;

/// Decoded segments kept at hand: what is looked at lies in one or two, what a fetch writes to in one more. Each is two to
/// three megabytes, and whoever scrolls for long comes through all of them.
const CACHED_SEGMENTS: usize = 3;

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_used_last_stays_and_no_more_than_a_few_are_kept() {
        let mut cache = Cache::default();
        for number in 0..CACHED_SEGMENTS as u32 {
            cache.put(number, Rc::default());
        }
        assert!(cache.get(0).is_some());
        cache.put(100, Rc::default());
        assert!(cache.get(0).is_some() && cache.get(100).is_some() && cache.get(1).is_none());
        cache.put(100, Rc::default());
        assert_eq!(cache.segments.len(), CACHED_SEGMENTS);
        cache.forget(0);
        assert!(cache.get(0).is_none());
    }
}
