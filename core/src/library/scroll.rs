//! Layout space and scroll space: browsers cap how tall an element may be, a library does not.
//!
//! Up to the cap both are the same. Above it the scroll bar's way is shorter than the layout's, in proportion, so that
//! every photo can still be reached.

/// How layout and scroll positions belong together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scroll {
    layout_px: f64,
    space_px: f64,
    view_px: f64,
}

impl Scroll {
    /// `layout_px` is the height of the whole layout, `view_px` that of the window on it, `cap_px` the tallest element
    /// that the browser shows reliably. What is negative or not a number counts as nothing.
    pub fn new(layout_px: f64, view_px: f64, cap_px: f64) -> Self {
        let sane = |length: f64| if length.is_finite() && length > 0.0 { length } else { 0.0 };
        let (layout_px, view_px) = (sane(layout_px), sane(view_px));
        // A cap below the window would leave nothing to scroll.
        let space_px = layout_px.min(sane(cap_px).max(view_px * 2.0));
        Self { layout_px, space_px, view_px }
    }

    /// The height of the element that is scrolled.
    pub fn space_px(&self) -> f64 {
        self.space_px
    }

    /// Where the layout is when the element is scrolled to `scroll_px`.
    pub fn to_layout(&self, scroll_px: f64) -> f64 {
        let (layout, space) = self.ways();
        if space <= 0.0 { 0.0 } else { scroll_px.clamp(0.0, space) * (layout / space) }
    }

    /// Where the element must be scrolled to for the layout to be at `layout_px`.
    pub fn to_scroll(&self, layout_px: f64) -> f64 {
        let (layout, space) = self.ways();
        if layout <= 0.0 { 0.0 } else { layout_px.clamp(0.0, layout) * (space / layout) }
    }

    /// How far each can be scrolled.
    fn ways(&self) -> (f64, f64) {
        ((self.layout_px - self.view_px).max(0.0), (self.space_px - self.view_px).max(0.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn below_the_cap_nothing_is_compressed() {
        let scroll = Scroll::new(10_000.0, 800.0, 15_000_000.0);
        assert_eq!(
            (scroll.space_px(), scroll.to_layout(4_321.0), scroll.to_scroll(4_321.0)),
            (10_000.0, 4_321.0, 4_321.0)
        );
    }

    #[test]
    fn nonsense_does_no_harm() {
        for length in [f64::NAN, -1.0, f64::INFINITY, 0.0] {
            let scroll = Scroll::new(length, length, length);
            assert_eq!((scroll.space_px(), scroll.to_layout(5.0), scroll.to_scroll(5.0)), (0.0, 0.0, 0.0));
        }
    }

    proptest! {
        #[test]
        fn every_place_can_be_reached_and_none_is_passed_over(
            layout in 0.0..1e9_f64, view in 1.0..5_000.0_f64, cap in 1.0..2e7_f64, a in 0.0..1.0_f64, b in 0.0..1.0_f64,
        ) {
            let scroll = Scroll::new(layout, view, cap);
            let way = (layout - view).max(0.0);
            prop_assert!((scroll.to_layout(scroll.to_scroll(a * way)) - a * way).abs() < 1e-3);
            prop_assert!((scroll.to_layout(scroll.space_px()) - way).abs() < 1e-3);
            let (low, high) = (a.min(b) * scroll.space_px(), a.max(b) * scroll.space_px());
            prop_assert!(scroll.to_layout(low) <= scroll.to_layout(high));
        }
    }
}
