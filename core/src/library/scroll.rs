//! Layout space and scroll space: browsers cap how tall an element may be, a library does not.
//!
//! Up to the cap both are the same. Above it the element is shorter than the layout, and what moves it matters. A
//! wheel, a finger or a key moves it by little, and then the layout moves by just as much, or it would run away from
//! the finger. The scroll bar moves it by a lot, and then the place on the bar is the place in the layout. As small
//! moves add up, the element comes to stand elsewhere than the bar should; once it rests, it is put right, which
//! nobody sees: the layout stays where it is.

/// How near the ends, in windows, the element stands exactly as far from its end as the layout from its own: a fling
/// that begins there ends at the true end, and not at that of the element.
const EXACT_ENDS: f64 = 32.0;

/// How layout and scroll positions belong together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scroll {
    space_px: f64,
    /// How far each can be scrolled.
    layout_way_px: f64,
    space_way_px: f64,
    /// Moves of the element by this and more are of the scroll bar.
    jump_px: f64,
    exact_px: f64,
}

/// Where both are.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Position {
    /// Where the element is scrolled to.
    pub scroll_px: f64,
    /// What of the layout is at the window's upper edge.
    pub top_px: f64,
}

impl Scroll {
    /// `layout_px` is the height of the whole layout, `view_px` that of the window on it, `cap_px` the tallest element
    /// that the browser shows, all in CSS pixels; `pixel_ratio` says how many device pixels one of them has. What is
    /// negative or not a number counts as nothing.
    pub fn new(layout_px: f64, view_px: f64, cap_px: f64, pixel_ratio: f64) -> Self {
        let sane = |length: f64| if length.is_finite() && length > 0.0 { length } else { 0.0 };
        let (layout_px, view_px) = (sane(layout_px), sane(view_px));
        // A cap below a few windows would leave nothing to scroll.
        let space_px = layout_px.min(sane(cap_px).max(view_px * 4.0));
        // What half a device pixel of a scroll bar as long as the window stands for.
        let half_step_px = space_px / (view_px.max(1.0) * sane(pixel_ratio).max(1.0) * 2.0);
        let space_way_px = (space_px - view_px).max(0.0);
        Self {
            space_px,
            layout_way_px: (layout_px - view_px).max(0.0),
            space_way_px,
            jump_px: half_step_px.max(view_px * 2.0),
            exact_px: (view_px * EXACT_ENDS).min(space_way_px / 8.0),
        }
    }

    /// The height of the element that is scrolled.
    pub fn space_px(&self) -> f64 {
        self.space_px
    }

    /// How far the layout can be scrolled.
    pub fn end_px(&self) -> f64 {
        self.layout_way_px
    }

    /// Where to go for the layout to be at `top_px`, or as near to that as it gets: the element's place is the one that
    /// the scroll bar should show.
    pub fn at(&self, top_px: f64) -> Position {
        let top_px = clamp(top_px, self.layout_way_px);
        Position { scroll_px: between(top_px, self.layout_way_px, self.space_way_px, self.exact_px), top_px }
    }

    /// Where both are after the element was told to go to `wanted` and went to `scroll_px`: browsers stop at whole
    /// device pixels, and at the end of an element that has not got its height yet.
    pub fn landed(&self, wanted: Position, scroll_px: f64) -> Position {
        let scroll_px = clamp(scroll_px, self.space_way_px);
        Position { scroll_px, top_px: if self.is_compressed() { wanted.top_px } else { scroll_px } }
    }

    /// Where the layout goes when the element is scrolled from `from` to `scroll_px`.
    pub fn moved(&self, from: Position, scroll_px: f64) -> Position {
        // Some browsers let a finger pull the element past its ends, and let it spring back.
        let scroll_px = clamp(scroll_px, self.space_way_px);
        let by_px = scroll_px - from.scroll_px;
        let top_px = if self.is_compressed() && by_px.abs() < self.jump_px {
            clamp(from.top_px + by_px, self.layout_way_px)
        } else {
            self.jumped(scroll_px)
        };
        Position { scroll_px, top_px }
    }

    /// Where the element should be now that nothing moves it; `None` if it can stay. The layout does not move.
    pub fn settled(&self, at: Position) -> Option<Position> {
        let right = self.at(at.top_px);
        let off_px = (right.scroll_px - at.scroll_px).abs();
        let end_px = self.exact_px;
        let is_near_end = at.scroll_px.min(right.scroll_px) < end_px
            || at.scroll_px.max(right.scroll_px) > self.space_way_px - end_px;
        (self.is_compressed() && (off_px >= self.jump_px || is_near_end && off_px >= 1.0)).then_some(right)
    }

    /// Whether the element is at an end where the layout goes on: it must be put right at once.
    pub fn is_stuck(&self, at: Position) -> bool {
        let stuck = |element_left_px: f64, layout_left_px: f64| element_left_px < 1.0 && layout_left_px >= 2.0;
        self.is_compressed()
            && (stuck(at.scroll_px, at.top_px)
                || stuck(self.space_way_px - at.scroll_px, self.layout_way_px - at.top_px))
    }

    fn is_compressed(&self) -> bool {
        self.layout_way_px > self.space_way_px
    }

    fn jumped(&self, scroll_px: f64) -> f64 {
        between(scroll_px, self.space_way_px, self.layout_way_px, self.exact_px)
    }
}

/// Takes a position on one way to the other way: level near both ends, in proportion between.
fn between(at_px: f64, way_px: f64, other_way_px: f64, exact_px: f64) -> f64 {
    let left_px = way_px - at_px;
    if way_px == other_way_px || at_px <= exact_px {
        at_px
    } else if left_px <= exact_px {
        other_way_px - left_px
    } else {
        let part = (at_px - exact_px) / (way_px - 2.0 * exact_px);
        exact_px + part * (other_way_px - 2.0 * exact_px)
    }
}

fn clamp(at_px: f64, way_px: f64) -> f64 {
    if at_px.is_finite() { at_px.clamp(0.0, way_px) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const VIEW: f64 = 800.0;

    fn scroll() -> impl Strategy<Value = Scroll> {
        (0.0..3e8_f64, 1.0..5_000.0_f64, 1.0..2e7_f64, 1.0..4.0_f64)
            .prop_map(|(layout, view, cap, ratio)| Scroll::new(layout, view, cap, ratio))
    }

    /// Scrolls on by steps as a hand does, the element put right where it must be, until nothing moves any more.
    fn travel(scroll: &Scroll, mut at: Position, step_px: f64) -> Position {
        loop {
            let mut next = scroll.moved(at, at.scroll_px + step_px);
            if scroll.is_stuck(next) {
                next = scroll.settled(next).expect("what is stuck can be put right");
            }
            if next.top_px == at.top_px && next.scroll_px == at.scroll_px {
                return at;
            }
            at = next;
        }
    }

    #[test]
    fn below_the_cap_nothing_is_compressed() {
        let scroll = Scroll::new(10_000.0, VIEW, 15_000_000.0, 1.0);
        let at = Position { scroll_px: 4_321.0, top_px: 4_321.0 };
        assert_eq!((scroll.space_px(), scroll.at(4_321.0), scroll.settled(at)), (10_000.0, at, None));
        assert_eq!(scroll.moved(Position::default(), 4_321.0), at);
    }

    #[test]
    fn nonsense_does_no_harm() {
        for length in [f64::NAN, -1.0, f64::INFINITY, 0.0] {
            let scroll = Scroll::new(length, length, length, length);
            let nothing = Position::default();
            assert_eq!((scroll.space_px(), scroll.at(5.0), scroll.moved(nothing, 5.0)), (0.0, nothing, nothing));
            assert_eq!(Scroll::new(1e9, VIEW, 1e6, 1.0).at(f64::NAN), nothing);
        }
    }

    #[test]
    fn one_pixel_of_the_scroll_bar_is_a_jump_and_a_long_fling_is_none() {
        let scroll = Scroll::new(60e6, VIEW, 16e6, 1.0);
        let middle = scroll.at(30e6);
        let bar_px = 16e6 / VIEW;
        assert_eq!(scroll.moved(middle, middle.scroll_px + 1_500.0).top_px, 30e6 + 1_500.0);
        assert!(scroll.moved(middle, middle.scroll_px + bar_px).top_px > 30e6 + 3.0 * bar_px);
    }

    #[test]
    fn a_browser_that_rounds_does_not_move_the_layout() {
        let wanted = Position { scroll_px: 10.6, top_px: 10.6 };
        assert_eq!(Scroll::new(10_000.0, VIEW, 1e6, 1.0).landed(wanted, 10.0).top_px, 10.0);
        let scroll = Scroll::new(60e6, VIEW, 8e6, 1.0);
        let wanted = scroll.at(30e6 + 0.7);
        let landed = scroll.landed(wanted, wanted.scroll_px.floor());
        assert_eq!(scroll.moved(landed, landed.scroll_px + 5.0).top_px, 30e6 + 5.7);
    }

    #[test]
    fn a_finger_that_pulls_past_an_end_and_lets_go_moves_nothing() {
        let scroll = Scroll::new(60e6, VIEW, 8e6, 3.0);
        let pulled = scroll.moved(Position::default(), -70.0);
        assert_eq!(scroll.moved(pulled, 0.0), Position::default());
    }

    #[test]
    fn a_hand_that_never_rests_reaches_both_ends() {
        let scroll = Scroll::new(2_000_000.0, VIEW, 300_000.0, 2.0);
        let middle = scroll.at(1_000_000.0);
        let end = travel(&scroll, middle, 700.0);
        assert!((end.top_px - scroll.end_px()).abs() < 2.0, "{end:?}");
        assert!(travel(&scroll, middle, -700.0).top_px < 2.0);
    }

    proptest! {
        #[test]
        fn every_place_can_be_reached_and_none_is_passed_over(scroll in scroll(), a in 0.0..1.0_f64, b in 0.0..1.0_f64) {
            let wanted_px = a * scroll.end_px();
            let at = scroll.at(wanted_px);
            prop_assert_eq!(at.top_px, wanted_px);
            prop_assert!((scroll.jumped(at.scroll_px) - wanted_px).abs() < 1e-3);
            prop_assert!(at.scroll_px >= 0.0 && at.scroll_px <= scroll.space_px());
            let (low, high) = (a.min(b) * scroll.end_px(), a.max(b) * scroll.end_px());
            prop_assert!(scroll.at(low).scroll_px <= scroll.at(high).scroll_px);
        }

        #[test]
        fn the_ends_are_the_ends(scroll in scroll()) {
            prop_assert_eq!(scroll.at(0.0), Position::default());
            let end = scroll.at(f64::MAX);
            prop_assert!((end.scroll_px - scroll.space_way_px).abs() < 1e-6 && end.top_px == scroll.end_px());
            prop_assert!(scroll.settled(end).is_none() && !scroll.is_stuck(end));
        }

        #[test]
        fn small_moves_are_as_long_in_the_layout_and_jumps_are_where_the_bar_says(
            scroll in scroll(), from in 0.0..1.0_f64, by in -1.0..1.0_f64, to in 0.0..1.0_f64,
        ) {
            let at = scroll.at(from * scroll.end_px());
            let by_px = by * 1_000.0_f64.min(scroll.jump_px * 0.99);
            let moved = scroll.moved(at, at.scroll_px + by_px);
            let expected_px = (at.top_px + (moved.scroll_px - at.scroll_px)).clamp(0.0, scroll.end_px());
            prop_assert!((moved.top_px - expected_px).abs() < 1e-3);
            let to_px = to * scroll.space_way_px;
            if (to_px - at.scroll_px).abs() >= scroll.jump_px {
                prop_assert!((scroll.at(scroll.moved(at, to_px).top_px).scroll_px - to_px).abs() < 1e-3);
            }
        }

        #[test]
        fn whatever_moved_it_what_has_settled_is_right_and_shows_the_same(
            scroll in scroll(), from in 0.0..1.0_f64, moves in proptest::collection::vec(-3_000.0..3_000.0_f64, 0..50),
        ) {
            let mut at = scroll.at(from * scroll.end_px());
            for by_px in moves {
                at = scroll.moved(at, at.scroll_px + by_px);
                prop_assert!(at.top_px >= 0.0 && at.top_px <= scroll.end_px());
                prop_assert!(!scroll.is_stuck(at) || scroll.settled(at).is_some());
            }
            let settled = scroll.settled(at).unwrap_or(at);
            prop_assert_eq!(settled.top_px, at.top_px);
            prop_assert!(!scroll.is_stuck(settled) && scroll.settled(settled).is_none());
        }
    }
}
