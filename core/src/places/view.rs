//! The part of the map in a window: moved, zoomed, fitted to what it is to show.

use super::mercator::{LAST_LATITUDE, Spot};
use crate::photo::{Bounds, Place};

/// A side of the world at zoom 0, in CSS pixels. Each zoom is twice the one before.
const WORLD_PX: f64 = 256.0;
/// A centimetre is a quarter of a pixel: nothing is told apart beyond.
pub const DEEPEST: f64 = 20.0;
/// What is fitted is not looked at more closely than a street.
const CLOSEST_FIT: f64 = 16.0;

/// A window on the map. The world is never narrower than the window, so that nothing is seen twice; where it is lower,
/// there is empty map above and below.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// What is in the middle, within the world.
    center: Spot,
    zoom: f64,
    width_px: f64,
    height_px: f64,
}

impl View {
    /// All of the world, or as much of it as the window holds, in CSS pixels.
    pub fn whole(width_px: f64, height_px: f64) -> Self {
        // More land lies in the north.
        Self { center: Spot::of(20.0, 0.0), zoom: 0.0, width_px, height_px }.settled()
    }

    /// The zoom: the world's side is 256 CSS pixels at 0, and twice as many with each 1 more.
    pub fn zoom(&self) -> f64 {
        self.zoom
    }

    /// What is in the middle.
    pub fn center(&self) -> Spot {
        self.center
    }

    /// Width and height in CSS pixels.
    pub fn size_px(&self) -> (f64, f64) {
        (self.width_px, self.height_px)
    }

    /// A side of the world in CSS pixels.
    pub fn world_px(&self) -> f64 {
        WORLD_PX * self.zoom.exp2()
    }

    /// The north-western corner; it may lie west of the world.
    pub fn corner(&self) -> Spot {
        let world_px = self.world_px();
        Spot { x: self.center.x - self.width_px / 2.0 / world_px, y: self.center.y - self.height_px / 2.0 / world_px }
    }

    /// Whether it shows as much as it may.
    pub fn is_farthest(&self) -> bool {
        self.zoom <= self.least_zoom()
    }

    /// Whether it is as close as it may be.
    pub fn is_closest(&self) -> bool {
        self.zoom >= DEEPEST
    }

    /// The same middle in a window of another size.
    pub fn resized(self, width_px: f64, height_px: f64) -> Self {
        Self { width_px, height_px, ..self }.settled()
    }

    /// The map pushed so far to the right and down.
    pub fn moved(self, right_px: f64, down_px: f64) -> Self {
        let world_px = self.world_px();
        let center = Spot { x: self.center.x - right_px / world_px, y: self.center.y - down_px / world_px };
        Self { center, ..self }.settled()
    }

    /// Grown by a factor, while what is at a point of the window, in CSS pixels from its corner, stays there.
    pub fn zoomed(self, factor: f64, about_px: (f64, f64)) -> Self {
        if !(factor.is_finite() && factor > 0.0) {
            return self;
        }
        let zoom = (self.zoom + factor.log2()).clamp(self.least_zoom(), DEEPEST);
        let grown = (zoom - self.zoom).exp2();
        let (x, y) = (about_px.0 - self.width_px / 2.0, about_px.1 - self.height_px / 2.0);
        let (right_px, down_px) = (x - x * grown, y - y * grown);
        Self { zoom, ..self }.moved(right_px, down_px)
    }

    /// As close as it can be with all of `bounds` and so many pixels around it.
    pub fn fitted(self, bounds: &Bounds, around_px: f64) -> Self {
        let [south, west, north, east] = bounds.degrees();
        let east = if bounds.crosses_date_line() { east + 360.0 } else { east };
        let (first, last) = (Spot::of(north, west), Spot::of(south, east));
        let room = |px: f64| (px - 2.0 * around_px).max(px / 4.0).max(1.0);
        let scale = (room(self.width_px) / (last.x - first.x)).min(room(self.height_px) / (last.y - first.y));
        let zoom = if scale.is_finite() { (scale / WORLD_PX).log2().min(CLOSEST_FIT) } else { CLOSEST_FIT };
        let center = Spot { x: (first.x + last.x) / 2.0, y: (first.y + last.y) / 2.0 };
        Self { center, zoom, ..self }.settled()
    }

    /// On the way to another view of the same window: 0 here, 1 there. What is at one point of the window in both stays
    /// there.
    pub fn between(self, to: Self, part: f64) -> Self {
        let zoom = self.zoom + (to.zoom - self.zoom) * part;
        let grown = (self.zoom - to.zoom).exp2();
        let left =
            if (grown - 1.0).abs() < 1e-6 { 1.0 - part } else { ((self.zoom - zoom).exp2() - grown) / (1.0 - grown) };
        // The shorter way around.
        let from_x = self.center.x - (self.center.x - to.center.x).round();
        let center = Spot {
            x: to.center.x + (from_x - to.center.x) * left,
            y: to.center.y + (self.center.y - to.center.y) * left,
        };
        Self { center, zoom, ..to }.settled()
    }

    /// What is kept of it in words: where its middle is, and its zoom.
    pub fn words(&self) -> String {
        let Place { latitude, longitude, .. } = self.center.place();
        // Millionths: to write and read fractions would weigh ten kilobytes.
        let whole = |number: f64| (number * 1e6).round() as i64;
        format!("{} {} {}", whole(latitude), whole(longitude), whole(self.zoom))
    }

    /// The view of a window that these words tell of. `None` if they tell of none.
    pub fn of_words(words: &str, width_px: f64, height_px: f64) -> Option<Self> {
        let numbers: Vec<i64> = words.split(' ').map_while(|word| word.parse().ok()).collect();
        let [latitude, longitude, zoom] = numbers[..] else { return None };
        let part = |number: i64| number as f64 / 1e6;
        let center = Spot::of(part(latitude), part(longitude));
        Some(Self { center, zoom: part(zoom), width_px, height_px }.settled())
    }

    /// The spot at a point of the window, within the world.
    pub fn spot_at(&self, (x_px, y_px): (f64, f64)) -> Spot {
        let (corner, world_px) = (self.corner(), self.world_px());
        Spot { x: corner.x + x_px / world_px, y: corner.y + y_px / world_px }.wrapped()
    }

    /// Where a spot is in the window: of the places where the map goes on, the one nearest to the middle.
    pub fn px_of(&self, spot: Spot) -> (f64, f64) {
        let (corner, world_px) = (self.corner(), self.world_px());
        let x = spot.x - (spot.x - self.center.x).round();
        ((x - corner.x) * world_px, (spot.y - corner.y) * world_px)
    }

    /// What is in a part of the window, given by two of its corners.
    pub fn bounds_of(&self, one_px: (f64, f64), other_px: (f64, f64)) -> Option<Bounds> {
        let (left, right) = (one_px.0.min(other_px.0), one_px.0.max(other_px.0));
        let (top, bottom) = (one_px.1.min(other_px.1), one_px.1.max(other_px.1));
        let (first, last) = (self.spot_at((left, top)), self.spot_at((right, bottom)));
        let (north, south) = (latitude(first.y), latitude(last.y));
        let is_all_around = right - left >= self.world_px() * (1.0 - 1e-9);
        let (west, east) =
            if is_all_around { (-180.0, 180.0) } else { (first.place().longitude, last.place().longitude) };
        Bounds::new(south, west, north, east)
    }

    /// What is in the window.
    pub fn bounds(&self) -> Option<Bounds> {
        self.bounds_of((0.0, 0.0), (self.width_px, self.height_px))
    }

    fn least_zoom(&self) -> f64 {
        (self.width_px.max(WORLD_PX) / WORLD_PX).log2().min(DEEPEST)
    }

    /// Within what may be seen.
    fn settled(self) -> Self {
        let zoom = if self.zoom.is_finite() { self.zoom } else { 0.0 }.clamp(self.least_zoom(), DEEPEST);
        let half = self.height_px / 2.0 / (WORLD_PX * zoom.exp2());
        let y = if half >= 0.5 { 0.5 } else { self.center.y.clamp(half, 1.0 - half) };
        let center = Spot { x: self.center.x, y: if y.is_finite() { y } else { 0.5 } }.wrapped();
        let center = if center.x.is_finite() { center } else { Spot { x: 0.5, ..center } };
        Self { center, zoom, ..self }
    }
}

/// Who looks at the map's edge looks at the pole.
fn latitude(y: f64) -> f64 {
    let place = Spot { x: 0.0, y }.place();
    if place.latitude.abs() >= LAST_LATITUDE - 1e-6 { 90.0_f64.copysign(place.latitude) } else { place.latitude }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_world_is_as_wide_as_the_window_at_least() {
        let view = View::whole(1000.0, 700.0);
        assert!((view.world_px() - 1000.0).abs() < 1e-9 && view.is_farthest());
        assert_eq!(view.zoomed(0.1, (0.0, 0.0)), view, "there is nothing more to see");
        let phone = View::whole(390.0, 700.0);
        assert_eq!(phone.center().y, 0.5, "a world that is lower than the window is in its middle");
        assert_eq!(phone.bounds().unwrap().to_string(), "-90,-180,90,180");
    }

    #[test]
    fn what_is_fitted_is_seen_over_the_date_line_too() {
        let fiji = Bounds::new(-19.0, 177.0, -16.0, -179.0).unwrap();
        let view = View::whole(800.0, 600.0).fitted(&fiji, 40.0);
        let longitude = view.center().place().longitude;
        assert!((longitude - 179.0).abs() < 1e-9, "{longitude}");
        assert!(view.zoom() > 6.0 && view.bounds().unwrap().crosses_date_line());
        let point = Bounds::new(48.0, 16.0, 48.0, 16.0).unwrap();
        assert_eq!(View::whole(800.0, 600.0).fitted(&point, 40.0).zoom(), CLOSEST_FIT);
    }

    fn any_view() -> impl Strategy<Value = View> {
        (300.0..2000.0_f64, 200.0..1200.0_f64, -80.0..80.0_f64, -180.0..180.0_f64, 0.0..18.0_f64).prop_map(
            |(width_px, height_px, latitude, longitude, zoom)| {
                View { center: Spot::of(latitude, longitude), zoom, width_px, height_px }.settled()
            },
        )
    }

    proptest! {
        #[test]
        fn what_is_under_the_hand_stays_there_while_it_zooms(
            view in any_view(), part in (0.0..1.0_f64, 0.3..0.7_f64), factor in 1.0..8.0_f64,
        ) {
            let at = (view.width_px * part.0, view.height_px * part.1);
            let spot = view.spot_at(at);
            let zoomed = view.zoomed(factor, at);
            // At the edge of the map the middle gives way.
            let half = zoomed.height_px / 2.0 / zoomed.world_px();
            if zoomed.center.y > half && zoomed.center.y < 1.0 - half && view.spot_at(at).y > 0.0 && view.spot_at(at).y < 1.0 {
                let (x, y) = zoomed.px_of(spot);
                let apart = (x - at.0).abs().min((x - at.0 - zoomed.world_px()).abs()).min((x - at.0 + zoomed.world_px()).abs());
                prop_assert!(apart < 1e-3 && (y - at.1).abs() < 1e-3, "{} {}", x - at.0, y - at.1);
            }
        }

        #[test]
        fn what_is_kept_in_words_is_found_again(view in any_view()) {
            let again = View::of_words(&view.words(), view.width_px, view.height_px).unwrap();
            let (x, y) = again.px_of(view.center);
            let half = (view.width_px / 2.0, view.height_px / 2.0);
            // A tenth of a metre, in pixels of the deepest zoom.
            prop_assert!((x - half.0).abs() < 2.0 && (y - half.1).abs() < 2.0 && (again.zoom - view.zoom).abs() < 1e-5);
        }

        #[test]
        fn on_the_way_it_begins_here_and_ends_there(view in any_view(), to in any_view()) {
            let to = to.resized(view.width_px, view.height_px);
            let apart = |a: View, b: View| ((a.center.x - b.center.x).abs() % 1.0, (a.center.y - b.center.y).abs(), (a.zoom - b.zoom).abs());
            for (between, end) in [(view.between(to, 0.0), view), (view.between(to, 1.0), to)] {
                let (x, y, zoom) = apart(between, end);
                prop_assert!(x.min(1.0 - x) < 1e-6 && y < 1e-6 && zoom < 1e-9, "{} {} {}", x, y, zoom);
            }
        }

        #[test]
        fn a_point_of_the_window_is_where_its_spot_is(view in any_view(), part in (0.01..0.99_f64, 0.0..1.0_f64)) {
            let at = (view.width_px * part.0, view.height_px * part.1);
            let (x, y) = view.px_of(view.spot_at(at));
            prop_assert!((x - at.0).abs() < 1e-3 && (y - at.1).abs() < 1e-3);
        }

        #[test]
        fn all_of_what_is_fitted_is_in_the_window(
            view in any_view(), corner in (-70.0..70.0_f64, -180.0..180.0_f64), span in (0.0..10.0_f64, 0.0..90.0_f64),
        ) {
            let east = if corner.1 + span.1 > 180.0 { corner.1 + span.1 - 360.0 } else { corner.1 + span.1 };
            let bounds = Bounds::new(corner.0, corner.1, corner.0 + span.0, east).unwrap();
            let fitted = view.fitted(&bounds, 20.0);
            let seen = fitted.bounds().unwrap();
            for (latitude, longitude) in [(corner.0, corner.1), (corner.0 + span.0, east)] {
                // Rounding to what bounds hold may move an edge by a hair.
                let place = Place { latitude, longitude, altitude_m: None };
                let (x, y) = fitted.px_of(Spot::of(place.latitude, place.longitude));
                prop_assert!(seen.contains(place) || x.abs() < 0.1 || (x - fitted.width_px).abs() < 0.1, "{x} {y}");
            }
        }

        #[test]
        fn whatever_is_asked_the_numbers_are_sane(view in any_view(), moves in prop::collection::vec(any::<(f64, f64, f64)>(), 0..8)) {
            let mut view = view;
            for (a, b, c) in moves {
                view = view.moved(a, b).zoomed(c, (a, b)).resized(view.width_px, view.height_px);
                prop_assert!((0.0..1.0).contains(&view.center.x) && (0.0..=1.0).contains(&view.center.y));
                prop_assert!(view.zoom.is_finite() && view.bounds().is_some());
            }
        }
    }
}
