//! How far two places are from one another.

use crate::photo::Place;

/// The Earth's mean radius (IUGG).
const EARTH_KM: f64 = 6371.009;

/// Along the surface of a sphere, in kilometers: half a percent from the truth at the most.
pub fn distance_km(a: Place, b: Place) -> f64 {
    let half = |from: f64, to: f64| ((to - from).to_radians() / 2.0).sin();
    let (across, along) = (half(a.latitude, b.latitude), half(a.longitude, b.longitude));
    let chord = across * across + a.latitude.to_radians().cos() * b.latitude.to_radians().cos() * along * along;
    2.0 * EARTH_KM * chord.clamp(0.0, 1.0).sqrt().asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_those_of_an_atlas() {
        let place = |latitude, longitude| Place { latitude, longitude, altitude_m: None };
        let (vienna, sydney) = (place(48.2082, 16.3738), place(-33.8688, 151.2093));
        let between = distance_km(vienna, place(52.52, 13.405));
        assert!((between - 524.0).abs() < 3.0, "{between}");
        assert!((distance_km(vienna, sydney) - 15_970.0).abs() < 80.0);
        assert!((distance_km(place(0.0, 179.5), place(0.0, -179.5)) - 111.2).abs() < 0.5, "over the date line");
        assert_eq!(distance_km(vienna, vienna), 0.0);
    }
}
