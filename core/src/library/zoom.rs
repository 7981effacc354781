//! How far a picture is zoomed in, and what of it is in view.
//!
//! Lengths are CSS pixels unless they say otherwise. Points are measured from the middle of the stage, which is where
//! the middle of a picture lies that is not moved.

/// The sides of a box, or a place in it: across and down.
pub type Pair = (f64, f64);

/// Google shrinks what is asked for beyond this (Google: Library API, base URLs: width and height up to 16383).
pub const LARGEST_PX: u32 = 16_383;

/// Every picture can be zoomed in this far, however small it is.
const LEAST_MOST: f64 = 4.0;
/// A pixel of the picture is never shown larger than this many of the screen.
const MOST_PIXEL: f64 = 2.0;
/// No picture is worth more.
const MOST: f64 = 100.0;
/// How far a double click goes at least.
const CLOSER: f64 = 2.0;

/// The stage and the picture on it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// The sides of the stage.
    pub stage: Pair,
    /// The picture's own sides, in its pixels; 0 where unknown: then it is taken to be as the stage is.
    pub picture: (u32, u32),
    /// Pixels of the screen in a CSS pixel, 1 or more.
    pub pixel_ratio: f64,
}

/// How a picture is shown: `scale` times as large as it fits the stage, its middle moved by `x` and `y`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Zoom {
    pub scale: f64,
    pub x: f64,
    pub y: f64,
}

impl Default for Zoom {
    fn default() -> Self {
        Self::FIT
    }
}

impl Frame {
    /// The sides of the picture as it fits the stage.
    pub fn fitted(self) -> Pair {
        let stage = (self.stage.0.max(1.0), self.stage.1.max(1.0));
        let (width, height) = (f64::from(self.picture.0), f64::from(self.picture.1));
        if width < 1.0 || height < 1.0 {
            return stage;
        }
        let scale = (stage.0 / width).min(stage.1 / height);
        (width * scale, height * scale)
    }

    /// The scale at which a pixel of the picture is one of the screen; 1 where its size is unknown.
    pub fn actual(self) -> f64 {
        match self.picture.0 {
            0 => 1.0,
            width => f64::from(width) / (self.fitted().0 * self.pixel_ratio.max(1.0)),
        }
    }

    /// The largest scale.
    pub fn most(self) -> f64 {
        (self.actual() * MOST_PIXEL).clamp(LEAST_MOST, MOST)
    }

    /// The box, in pixels of the screen, that a picture must fill to be sharp at this scale: never larger than the
    /// picture is or than Google gives. It grows in steps of two, so that zooming does not ask for every size on its way.
    pub fn sharp_px(self, scale: f64) -> (u32, u32) {
        let (width, height) = self.fitted();
        let step = scale.clamp(1.0, MOST).log2().ceil().exp2();
        let pixels = step * self.pixel_ratio.max(1.0);
        let side = |length: f64, own: u32| {
            let own = if own == 0 { LARGEST_PX } else { own.min(LARGEST_PX) };
            ((length * pixels).ceil() as u32).clamp(1, own)
        };
        (side(width, self.picture.0), side(height, self.picture.1))
    }
}

impl Zoom {
    /// As large as it fits.
    pub const FIT: Self = Self { scale: 1.0, x: 0.0, y: 0.0 };

    /// Whether more than the whole picture would fit, so that there is something to move.
    pub fn is_in(self) -> bool {
        self.scale > 1.0
    }

    /// Zooms by `factor`; what lies at `about` stays there, unless the picture would leave the stage or not fill it.
    #[must_use]
    pub fn zoomed(self, frame: Frame, factor: f64, about: Pair) -> Self {
        let factor = if factor.is_finite() && factor > 0.0 { factor } else { 1.0 };
        let scale = (self.scale * factor).clamp(1.0, frame.most());
        let by = scale / self.scale;
        let kept = |middle: f64, about: f64| about - (about - middle) * by;
        Self { scale, x: kept(self.x, about.0), y: kept(self.y, about.1) }.bounded(frame)
    }

    /// Moves the picture, as far as there is any of it to bring into view.
    #[must_use]
    pub fn moved(self, frame: Frame, by: Pair) -> Self {
        Self { x: self.x + by.0, y: self.y + by.1, ..self }.bounded(frame)
    }

    /// Back to the whole picture, or from there to its actual pixels about a point.
    #[must_use]
    pub fn toggled(self, frame: Frame, about: Pair) -> Self {
        if self.is_in() { Self::FIT } else { self.zoomed(frame, frame.actual().max(CLOSER), about) }
    }

    /// The same on a stage or with a picture of another size.
    #[must_use]
    pub fn bounded(self, frame: Frame) -> Self {
        let scale = if self.scale.is_finite() { self.scale.clamp(1.0, frame.most()) } else { 1.0 };
        if scale <= 1.0 {
            return Self::FIT;
        }
        let (width, height) = frame.fitted();
        let within = |middle: f64, length: f64, stage: f64| {
            let room = ((length * scale - stage.max(1.0)) / 2.0).max(0.0);
            if middle.is_finite() { middle.clamp(-room, room) } else { 0.0 }
        };
        Self { scale, x: within(self.x, width, frame.stage.0), y: within(self.y, height, frame.stage.1) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const CLOSE: f64 = 1e-6;

    fn frames() -> impl Strategy<Value = Frame> {
        let stage = (1.0..4000.0, 1.0..3000.0);
        let picture = prop_oneof![Just((0, 0)), (1u32..20_000, 1u32..20_000)];
        (stage, picture, prop_oneof![Just(1.0), Just(2.0), Just(2.625)])
            .prop_map(|(stage, picture, pixel_ratio)| Frame { stage, picture, pixel_ratio })
    }

    /// A place on the stage, by its parts.
    fn at(frame: Frame, parts: Pair) -> Pair {
        (frame.stage.0 * parts.0, frame.stage.1 * parts.1)
    }

    fn assert_bounded(zoom: Zoom, frame: Frame) {
        assert!(zoom.scale >= 1.0 && zoom.scale <= frame.most(), "{zoom:?}");
        let (width, height) = frame.fitted();
        for (middle, length, stage) in [(zoom.x, width, frame.stage.0), (zoom.y, height, frame.stage.1)] {
            let (from, to) = (middle - length * zoom.scale / 2.0, middle + length * zoom.scale / 2.0);
            if length * zoom.scale > stage {
                // No gap beside a picture that is larger than the stage.
                assert!(from <= -stage / 2.0 + CLOSE && to >= stage / 2.0 - CLOSE, "{zoom:?} {frame:?}");
            } else {
                assert!(middle.abs() < CLOSE, "a picture that fits stands in the middle: {zoom:?} {frame:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn the_point_under_the_pointer_stays_under_it(
            frame in frames(), first in 1.0..9.0, second in 1.0..9.0, a in (-0.5..0.5, -0.5..0.5), b in (-0.5..0.5, -0.5..0.5),
        ) {
            let before = Zoom::FIT.zoomed(frame, first, at(frame, a));
            let about = at(frame, b);
            let after = before.zoomed(frame, second, about);
            let (width, height) = frame.fitted();
            for (old, new, about, length, stage) in [
                (before.x, after.x, about.0, width, frame.stage.0),
                (before.y, after.y, about.1, height, frame.stage.1),
            ] {
                // Where there is a margin beside the picture, it stays in the middle instead.
                if length * before.scale >= stage {
                    let (was, is) = ((about - old) / before.scale, (about - new) / after.scale);
                    prop_assert!((was - is).abs() < CLOSE * length.max(1.0), "{was} became {is}");
                }
            }
        }

        #[test]
        fn it_is_never_further_out_than_fit_nor_further_in_than_most_and_leaves_no_gap(
            frame in frames(),
            steps in prop::collection::vec((0.05..20.0, (-2.0..2.0, -2.0..2.0), (-5000.0..5000.0, -5000.0..5000.0)), 0..12),
        ) {
            let mut zoom = Zoom::FIT;
            for (factor, about, by) in steps {
                zoom = zoom.zoomed(frame, factor, at(frame, about));
                assert_bounded(zoom, frame);
                zoom = zoom.moved(frame, by);
                assert_bounded(zoom, frame);
            }
            zoom = zoom.bounded(Frame { stage: (frame.stage.1, frame.stage.0), ..frame });
            assert_bounded(zoom, Frame { stage: (frame.stage.1, frame.stage.0), ..frame });
            prop_assert_eq!(zoom.zoomed(frame, 1e-9, (0.0, 0.0)), Zoom::FIT);
        }

        #[test]
        fn zooming_in_and_out_again_is_where_it_was(frame in frames(), factor in 1.0..3.9, a in (-0.5..0.5, -0.5..0.5)) {
            let about = at(frame, a);
            let back = Zoom::FIT.zoomed(frame, factor, about).zoomed(frame, 1.0 / factor, about);
            prop_assert!((back.scale - 1.0).abs() < CLOSE && back.x.abs() < 1e-3 && back.y.abs() < 1e-3, "{:?}", back);
        }

        #[test]
        fn odd_numbers_do_no_harm(frame in frames(), scale: f64, x: f64, y: f64, factor: f64) {
            let zoom = Zoom { scale, x, y }.bounded(frame).zoomed(frame, factor, (x, y)).moved(frame, (y, x));
            prop_assert!(zoom.scale.is_finite() && zoom.x.is_finite() && zoom.y.is_finite(), "{:?}", zoom);
            assert_bounded(zoom, frame);
        }

        #[test]
        fn a_sharp_picture_is_large_enough_and_never_larger_than_there_is(frame in frames(), scale in 1.0..100.0) {
            let (width, height) = frame.sharp_px(scale);
            let (own_width, own_height) = frame.picture;
            let most = |own: u32| if own == 0 { LARGEST_PX } else { own.min(LARGEST_PX) };
            prop_assert!(width <= most(own_width) && height <= most(own_height));
            let needed = frame.fitted().0 * scale * frame.pixel_ratio;
            prop_assert!(f64::from(width) >= needed.min(f64::from(most(own_width))).floor());
            prop_assert!(frame.sharp_px(scale).0 >= frame.sharp_px(1.0).0);
        }
    }

    #[test]
    fn a_double_click_shows_actual_pixels_and_another_the_whole() {
        let frame = Frame { stage: (1000.0, 800.0), picture: (4000, 3000), pixel_ratio: 1.0 };
        let zoom = Zoom::FIT.toggled(frame, (100.0, 50.0));
        assert_eq!(zoom.scale, 4.0);
        assert_eq!(zoom.toggled(frame, (0.0, 0.0)), Zoom::FIT);
        let small = Frame { picture: (200, 100), ..frame };
        assert_eq!((Zoom::FIT.toggled(small, (0.0, 0.0)).scale, small.most()), (2.0, 4.0));
    }

    #[test]
    fn steps_of_two_ask_for_few_sizes() {
        let frame = Frame { stage: (1000.0, 750.0), picture: (8000, 6000), pixel_ratio: 1.0 };
        let sizes: Vec<u32> = [1.0, 1.01, 1.9, 2.0, 2.1, 4.0, 7.0, 16.0].map(|scale| frame.sharp_px(scale).0).into();
        assert_eq!(sizes, [1000, 2000, 2000, 2000, 4000, 4000, 8000, 8000]);
    }
}
