//! The projection of the map: Mercator's, of a sphere, as maps on the web have it.
//!
//! The world is a square: `x` from 0 at 180° west to 1 at 180° east, `y` from 0 in the north to 1 in the south. It ends
//! where it is a square, at 85.05°; whoever was nearer to a pole stands at that edge.

use std::f64::consts::PI;

use crate::photo::Place;

/// The last parallel of the map, in degrees.
pub const LAST_LATITUDE: f64 = 85.051_128_779_806_6;

/// How many steps a side of the world has where spots are kept as whole numbers: one is a centimetre at the equator.
pub const STEPS: f64 = 4_294_967_296.0;

/// A spot of the map, in worlds from its north-western corner. `x` may lie outside of the world: the map goes on there.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Spot {
    pub x: f64,
    pub y: f64,
}

impl Spot {
    /// Where a place is on the map.
    pub fn of(latitude: f64, longitude: f64) -> Self {
        let sine = latitude.clamp(-LAST_LATITUDE, LAST_LATITUDE).to_radians().sin();
        let y = 0.5 - ((1.0 + sine) / (1.0 - sine)).ln() / (4.0 * PI);
        Self { x: (longitude + 180.0) / 360.0, y: y.clamp(0.0, 1.0) }
    }

    /// The place of a spot. What lies outside of the map is at its edge, or goes around.
    pub fn place(self) -> Place {
        let y = self.y.clamp(0.0, 1.0);
        let latitude = (PI * (1.0 - 2.0 * y)).sinh().atan().to_degrees();
        Place { latitude, longitude: self.wrapped().x * 360.0 - 180.0, altitude_m: None }
    }

    /// The same spot within the world.
    pub fn wrapped(self) -> Self {
        let x = self.x - self.x.floor();
        // What is a hair west of 0 rounds to 1.
        Self { x: if x < 1.0 { x } else { 0.0 }, y: self.y }
    }

    /// In whole steps of the world.
    pub fn steps(self) -> (u32, u32) {
        // Numbers past the last step saturate.
        ((self.wrapped().x * STEPS) as u32, (self.y * STEPS) as u32)
    }

    /// The spot of whole steps.
    pub fn of_steps(x: u32, y: u32) -> Self {
        Self { x: f64::from(x) / STEPS, y: f64::from(y) / STEPS }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn near(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-9
    }

    #[test]
    fn the_equator_is_in_the_middle_and_the_map_is_a_square() {
        let spots = [(0.0, 0.0), (LAST_LATITUDE, -180.0), (-LAST_LATITUDE, 180.0), (90.0, 0.0), (-90.0, 0.0)]
            .map(|(latitude, longitude)| Spot::of(latitude, longitude));
        let expected = [(0.5, 0.5), (0.0, 0.0), (1.0, 1.0), (0.5, 0.0), (0.5, 1.0)];
        for (spot, (x, y)) in spots.iter().zip(expected) {
            assert!(near(spot.x, x) && near(spot.y, y), "{spot:?}, not {x} {y}");
        }
        // What OpenStreetMap's wiki gives for the tile of Vienna at zoom 12.
        let vienna = Spot::of(48.2082, 16.3738);
        assert_eq!(((vienna.x * 4096.0) as u32, (vienna.y * 4096.0) as u32), (2234, 1420));
    }

    #[test]
    fn the_map_goes_on_in_the_east_and_in_the_west() {
        assert_eq!(Spot { x: 1.25, y: 0.5 }.wrapped().x, 0.25);
        assert_eq!(Spot { x: -0.25, y: 0.5 }.wrapped().x, 0.75);
        assert_eq!(Spot { x: -1e-300, y: 0.5 }.wrapped().x, 0.0);
        assert_eq!(Spot::of(0.0, 180.0).steps().0, 0);
    }

    proptest! {
        #[test]
        fn a_place_comes_back(latitude in -85.05..85.05_f64, longitude in -180.0..180.0_f64) {
            let back = Spot::of(latitude, longitude).place();
            prop_assert!((back.latitude - latitude).abs() < 1e-9 && (back.longitude - longitude).abs() < 1e-9);
            let (x, y) = Spot::of(latitude, longitude).steps();
            let back = Spot::of_steps(x, y).place();
            prop_assert!((back.latitude - latitude).abs() < 2e-7 && (back.longitude - longitude).abs() < 2e-7);
        }

        #[test]
        fn no_number_does_harm(latitude: f64, longitude: f64, x: f64, y: f64) {
            let _ = Spot::of(latitude, longitude).steps();
            let _ = (Spot { x, y }.steps(), Spot { x, y }.place());
        }
    }
}
