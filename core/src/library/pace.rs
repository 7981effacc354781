//! How fast the window goes over the layout: so that photos can be looked at, or too fast for that.

/// Windows a second, from which on nobody looks at a photo: a picture takes longer to come than its place is in view.
const FAST: f64 = 4.0;
/// And below which one does again; less than [`FAST`], so that a speed between does not go back and forth.
const SLOW: f64 = 3.0;
/// What moves after a pause as long as this, in milliseconds, begins anew: a key, a click on the scroll bar.
const PAUSE_MS: f64 = 200.0;

/// The window's pace, from its last moves.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Pace {
    /// When it moved last, and where to.
    last: Option<(f64, f64)>,
    /// Windows a second.
    speed: f64,
    is_fast: bool,
}

impl Pace {
    /// The pace once the window, `height_px` high, has come to `top_px` at an instant in milliseconds. What is no number
    /// changes nothing.
    #[must_use]
    pub fn moved(self, now_ms: f64, top_px: f64, height_px: f64) -> Self {
        if !(now_ms.is_finite() && top_px.is_finite() && height_px > 0.0) {
            return self;
        }
        let last = Some((now_ms, top_px));
        let Some((before_ms, before_px)) = self.last.filter(|(before_ms, _)| now_ms - before_ms < PAUSE_MS) else {
            return Self { last, speed: 0.0, is_fast: false };
        };
        // Two moves of one frame are one.
        let seconds = (now_ms - before_ms).max(4.0) / 1000.0;
        let own = (top_px - before_px).abs() / height_px / seconds;
        // A single long move is none of a fling yet.
        let speed = f64::midpoint(self.speed, own);
        Self { last, speed, is_fast: speed > if self.is_fast { SLOW } else { FAST } }
    }

    /// Whether it goes too fast for photos to be looked at.
    pub fn is_fast(&self) -> bool {
        self.is_fast
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const FRAME_MS: f64 = 16.7;

    /// Moves of so many pixels each, a frame apart, in a window of 800.
    fn after(moves_px: &[f64]) -> Pace {
        let mut top_px = 0.0;
        let mut pace = Pace::default().moved(0.0, top_px, 800.0);
        for (by_px, frame) in moves_px.iter().zip(1..) {
            top_px += by_px;
            pace = pace.moved(f64::from(frame) * FRAME_MS, top_px, 800.0);
        }
        pace
    }

    #[test]
    fn a_fling_is_fast_until_it_slows_down_and_reading_on_is_not() {
        assert!(after(&[200.0; 4]).is_fast());
        assert!(!after(&[30.0; 60]).is_fast());
        let slowing = [200.0, 200.0, 120.0, 60.0, 40.0, 20.0, 10.0, 5.0];
        assert!(after(&slowing[..4]).is_fast() && !after(&slowing).is_fast());
    }

    #[test]
    fn a_jump_after_a_rest_shows_what_is_there_and_jumps_after_one_another_do_not() {
        let rested = after(&[30.0; 4]);
        let jump = rested.moved(1_000.0, 1e6, 800.0);
        assert!(!jump.is_fast());
        assert!(jump.moved(1_016.0, 2e6, 800.0).is_fast());
    }

    proptest! {
        #[test]
        fn numbers_that_make_no_sense_do_no_harm(
            moves in proptest::collection::vec((any::<f64>(), any::<f64>(), any::<f64>()), 0..20),
        ) {
            let pace = moves.iter().fold(Pace::default(), |pace, (at, top, height)| pace.moved(*at, *top, *height));
            prop_assert!(!pace.speed.is_nan());
        }

        #[test]
        fn whoever_stands_still_is_never_fast_for_long(moves in proptest::collection::vec(-1e6..1e6_f64, 0..20)) {
            let mut moves = moves;
            moves.extend([0.0; 40]);
            prop_assert!(!after(&moves).is_fast());
        }
    }
}
