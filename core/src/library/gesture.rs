//! What fingers and a mouse on a picture mean: dragging, pinching, a double tap, letting go.

use super::zoom::Pair;

/// Less than this is a hand that trembles, in CSS pixels.
const STILL_PX: f64 = 6.0;
/// Two taps are one double tap within this time and distance.
const DOUBLE_MS: f64 = 320.0;
const DOUBLE_PX: f64 = 30.0;
/// The part of the stage that a page is dragged to be turned, slowly or with a flick.
const TURN_PART: f64 = 0.3;
const FLICK_PX: f64 = 24.0;
const FLICK_PX_MS: f64 = 0.35;
/// Fingers closer than this are one place.
const LEAST_SPAN_PX: f64 = 8.0;

/// What a movement means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Gesture {
    /// One pointer went on by `shift`, and by `total` since it was put down.
    Drag { shift: Pair, total: Pair },
    /// Two fingers spread by `factor` about a place that itself went on by `shift`.
    Pinch { factor: f64, about: Pair, shift: Pair },
    /// The last pointer left after a drag of `total`; `speed` across in pixels a millisecond. After a pinch both are 0.
    Drop { total: Pair, speed: f64 },
    /// Twice in the same place.
    DoubleTap { at: Pair },
}

/// The pointers that are down, and what they have done so far. Times are milliseconds of any clock that goes forward.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hand {
    /// At most two: further fingers mean nothing.
    down: Vec<(i32, Pair)>,
    start: Pair,
    started_ms: f64,
    is_drag: bool,
    was_pinch: bool,
    last_tap: Option<(f64, Pair)>,
}

impl Hand {
    /// A pointer is put down.
    pub fn press(&mut self, id: i32, at: Pair, now_ms: f64) {
        if self.down.len() >= 2 || self.down.iter().any(|(other, _)| *other == id) {
            return;
        }
        if self.down.is_empty() {
            (self.start, self.started_ms, self.is_drag, self.was_pinch) = (at, now_ms, false, false);
        }
        self.down.push((id, at));
        self.was_pinch |= self.down.len() == 2;
    }

    /// A pointer has moved, one of those that are down or another.
    pub fn moved(&mut self, id: i32, at: Pair) -> Option<Gesture> {
        let nth = self.down.iter().position(|(other, _)| *other == id)?;
        let before = self.down[nth].1;
        match self.down[..] {
            [(_, a), (_, b)] => {
                self.down[nth].1 = at;
                let still = if nth == 0 { b } else { a };
                let middle = |place: Pair| ((place.0 + still.0) / 2.0, (place.1 + still.1) / 2.0);
                let (from, to) = (middle(before), middle(at));
                let factor = span(at, still) / span(before, still);
                Some(Gesture::Pinch { factor, about: to, shift: minus(to, from) })
            }
            _ => {
                let total = minus(at, self.start);
                self.is_drag |= total.0.hypot(total.1) >= STILL_PX;
                if !self.is_drag {
                    return None;
                }
                self.down[nth].1 = at;
                Some(Gesture::Drag { shift: minus(at, before), total })
            }
        }
    }

    /// A pointer has left where it is.
    pub fn release(&mut self, id: i32, at: Pair, now_ms: f64) -> Option<Gesture> {
        let nth = self.down.iter().position(|(other, _)| *other == id)?;
        self.down.remove(nth);
        if let Some((_, left)) = self.down.first() {
            // What the finger that stays does now is a drag of its own.
            (self.start, self.is_drag) = (*left, true);
            return None;
        }
        if self.was_pinch {
            return Some(Gesture::Drop { total: (0.0, 0.0), speed: 0.0 });
        }
        let total = minus(at, self.start);
        if self.is_drag {
            self.last_tap = None;
            let speed = total.0 / (now_ms - self.started_ms).max(1.0);
            return Some(Gesture::Drop { total, speed });
        }
        let is_second = self.last_tap.take().is_some_and(|(then_ms, place)| {
            let apart = minus(at, place);
            now_ms - then_ms <= DOUBLE_MS && apart.0.hypot(apart.1) <= DOUBLE_PX
        });
        if is_second {
            return Some(Gesture::DoubleTap { at });
        }
        self.last_tap = Some((now_ms, at));
        None
    }

    /// The browser has taken a pointer away: nothing that it did counts.
    pub fn lose(&mut self, id: i32) -> Option<Gesture> {
        let before = self.down.len();
        self.down.retain(|(other, _)| *other != id);
        self.last_tap = None;
        (self.down.is_empty() && before > 0).then_some(Gesture::Drop { total: (0.0, 0.0), speed: 0.0 })
    }

    /// Whether the pointers that are down have been pinching, so that dragging on means no turning of the page.
    pub fn is_pinch(&self) -> bool {
        self.was_pinch && !self.down.is_empty()
    }
}

/// Where a drag across leads on a stage of this width: to the photo before (-1), to the one after (1), or nowhere (0).
/// Fingers that go left bring what is on the right.
pub fn turn(total_x: f64, speed: f64, stage_width: f64) -> isize {
    let is_far = total_x.abs() >= stage_width.max(1.0) * TURN_PART;
    let is_flick = total_x.abs() >= FLICK_PX && speed.abs() >= FLICK_PX_MS && speed.signum() == total_x.signum();
    match is_far || is_flick {
        true if total_x > 0.0 => -1,
        true => 1,
        false => 0,
    }
}

fn minus(a: Pair, b: Pair) -> Pair {
    (a.0 - b.0, a.1 - b.1)
}

fn span(a: Pair, b: Pair) -> f64 {
    (a.0 - b.0).hypot(a.1 - b.1).max(LEAST_SPAN_PX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_finger_drags_once_it_has_left_its_place() {
        let mut hand = Hand::default();
        hand.press(1, (10.0, 10.0), 0.0);
        assert_eq!(hand.moved(1, (12.0, 11.0)), None);
        let drag = Gesture::Drag { shift: (30.0, 5.0), total: (30.0, 5.0) };
        assert_eq!(hand.moved(1, (40.0, 15.0)), Some(drag));
        assert_eq!(hand.moved(1, (41.0, 15.0)), Some(Gesture::Drag { shift: (1.0, 0.0), total: (31.0, 5.0) }));
        assert_eq!(hand.release(1, (41.0, 15.0), 31.0), Some(Gesture::Drop { total: (31.0, 5.0), speed: 1.0 }));
        assert_eq!(hand.moved(1, (50.0, 15.0)), None, "it is no longer down");
    }

    #[test]
    fn two_taps_in_one_place_are_a_double_tap_and_a_third_begins_anew() {
        let mut hand = Hand::default();
        let mut tap = |at: Pair, now_ms: f64| {
            hand.press(1, at, now_ms);
            hand.release(1, at, now_ms + 50.0)
        };
        assert_eq!(tap((5.0, 5.0), 0.0), None);
        assert_eq!(tap((9.0, 5.0), 200.0), Some(Gesture::DoubleTap { at: (9.0, 5.0) }));
        assert_eq!(tap((9.0, 5.0), 300.0), None);
        assert_eq!(tap((200.0, 5.0), 400.0), None, "elsewhere");
        assert_eq!(tap((200.0, 5.0), 2000.0), None, "too late");
    }

    #[test]
    fn a_pinch_turns_no_page_when_it_ends() {
        let mut hand = Hand::default();
        hand.press(1, (0.0, 0.0), 0.0);
        hand.press(2, (100.0, 0.0), 1.0);
        hand.press(3, (500.0, 0.0), 1.0);
        assert_eq!(
            hand.moved(2, (200.0, 0.0)),
            Some(Gesture::Pinch { factor: 2.0, about: (100.0, 0.0), shift: (50.0, 0.0) })
        );
        assert_eq!(hand.release(1, (0.0, 0.0), 9.0), None);
        assert!(hand.is_pinch());
        assert_eq!(hand.moved(2, (210.0, 0.0)), Some(Gesture::Drag { shift: (10.0, 0.0), total: (10.0, 0.0) }));
        assert_eq!(hand.release(2, (600.0, 0.0), 20.0), Some(Gesture::Drop { total: (0.0, 0.0), speed: 0.0 }));
    }

    #[test]
    fn a_long_drag_or_a_flick_turns_and_little_does_not() {
        assert_eq!(turn(-150.0, -0.1, 400.0), 1);
        assert_eq!(turn(150.0, 0.1, 400.0), -1);
        assert_eq!(turn(-40.0, -0.8, 400.0), 1);
        assert_eq!(turn(-40.0, 0.8, 400.0), 0, "flicked back");
        assert_eq!(turn(40.0, 0.1, 400.0), 0);
        assert_eq!(turn(0.0, 0.0, 0.0), 0);
    }

    /// Down, moved, up, lost: which finger, where.
    fn events() -> impl Strategy<Value = Vec<(u8, i32, Pair)>> {
        prop::collection::vec((0u8..4, 0i32..4, (-3000.0..3000.0, -3000.0..3000.0)), 0..60)
    }

    proptest! {
        #[test]
        fn whatever_fingers_do_the_numbers_are_sane_and_nothing_hangs(events in events()) {
            let mut hand = Hand::default();
            for (nth, (what, id, at)) in events.into_iter().enumerate() {
                let now_ms = nth as f64 * 8.0;
                let gesture = match what {
                    0 => { hand.press(id, at, now_ms); None }
                    1 => hand.moved(id, at),
                    2 => hand.release(id, at, now_ms),
                    _ => hand.lose(id),
                };
                if let Some(Gesture::Pinch { factor, .. }) = gesture {
                    prop_assert!(factor.is_finite() && factor > 0.0);
                }
                prop_assert!(hand.down.len() <= 2);
            }
            for id in 0..4 {
                hand.lose(id);
            }
            prop_assert!(!hand.is_pinch() && hand.down.is_empty());
        }

        #[test]
        fn a_pinch_spreads_by_what_the_fingers_did(
            path in prop::collection::vec((0i32..2, (-900.0..900.0, -900.0..900.0)), 1..20),
        ) {
            let mut hand = Hand::default();
            let mut places = [(-2000.0, 0.0), (2000.0, 0.0)];
            hand.press(0, places[0], 0.0);
            hand.press(1, places[1], 0.0);
            let first = span(places[0], places[1]);
            let mut product = 1.0;
            for (id, (x, y)) in path {
                places[id as usize] = (if id == 0 { x - 2000.0 } else { x + 2000.0 }, y);
                let Some(Gesture::Pinch { factor, .. }) = hand.moved(id, places[id as usize]) else { panic!("two are down") };
                product *= factor;
            }
            prop_assert!((product - span(places[0], places[1]) / first).abs() < 1e-6);
        }

        #[test]
        fn the_shifts_of_a_drag_add_up_to_its_total(path in prop::collection::vec((-900.0..900.0, -900.0..900.0), 1..20)) {
            let mut hand = Hand::default();
            hand.press(7, (0.0, 0.0), 0.0);
            let mut sum = (0.0, 0.0);
            for at in path {
                if let Some(Gesture::Drag { shift, total }) = hand.moved(7, at) {
                    sum = (sum.0 + shift.0, sum.1 + shift.1);
                    prop_assert!((sum.0 - total.0).abs() < 1e-6 && (sum.1 - total.1).abs() < 1e-6);
                }
            }
        }
    }
}
