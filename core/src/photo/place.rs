//! Where a photo was taken.

use serde::{Deserialize, Serialize};

/// A place on Earth (WGS 84).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Degrees north, -90 to 90.
    pub latitude: f64,
    /// Degrees east, -180 to 180.
    pub longitude: f64,
    /// Meters above the sea.
    pub altitude_m: Option<f64>,
}

impl Place {
    /// `None` where there is no such place, and at 0° 0°, which is how cameras and Google write that they know none.
    pub fn new(latitude: f64, longitude: f64, altitude_m: Option<f64>) -> Option<Self> {
        let exists = (-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude);
        let is_none = latitude == 0.0 && longitude == 0.0;
        // Nobody has been deeper than the sea or higher than the Moon; what else is written is a mistake.
        let altitude_m = altitude_m.filter(|altitude_m| (-12_000.0..400_000_000.0).contains(altitude_m));
        (exists && !is_none).then_some(Self { latitude, longitude, altitude_m })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_that_are_none_are_refused() {
        assert!(Place::new(48.85, 2.29, Some(82.09)).is_some());
        assert!(Place::new(0.0, 2.29, None).is_some() && Place::new(-90.0, 180.0, None).is_some());
        for (latitude, longitude) in
            [(0.0, 0.0), (-0.0, 0.0), (999.0, 1.0), (1.0, 181.0), (f64::NAN, 1.0), (1.0, f64::INFINITY)]
        {
            assert_eq!(Place::new(latitude, longitude, None), None);
        }
        assert_eq!(Place::new(1.0, 1.0, Some(f64::NAN)).unwrap().altitude_m, None);
    }
}
