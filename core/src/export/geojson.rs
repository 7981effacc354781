//! GeoJSON (RFC 7946): a collection of points, with all that is known of each.

use serde::{Serialize, Serializer};

use super::values::Named;
use crate::photo::{ItemFacts, Place};

pub(super) const BEGIN: &[u8] = b"{\"type\":\"FeatureCollection\",\"features\":[";
pub(super) const END: &[u8] = b"\n]}\n";

#[derive(Serialize)]
struct Feature<'a> {
    r#type: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    id: &'a str,
    geometry: Point,
    properties: Named<'a>,
}

#[derive(Serialize)]
struct Point {
    r#type: &'static str,
    coordinates: Position,
}

/// Degrees east, degrees north, and the altitude where it is known (RFC 7946, section 3.1.1).
struct Position(Place);

impl Serialize for Position {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Place { latitude, longitude, altitude_m } = self.0;
        match altitude_m {
            Some(altitude_m) => [longitude, latitude, altitude_m].serialize(serializer),
            None => [longitude, latitude].serialize(serializer),
        }
    }
}

/// Appends an item's feature; `false` if its place is not known.
pub(super) fn feature(out: &mut Vec<u8>, item: &ItemFacts<'_>) -> bool {
    let Some(place) = item.place() else { return false };
    let feature = Feature {
        r#type: "Feature",
        id: item.id,
        geometry: Point { r#type: "Point", coordinates: Position(place) },
        properties: Named {
            item,
            is_in: |column| !matches!(column.name, "id" | "latitude" | "longitude" | "altitude_m"),
        },
    };
    serde_json::to_writer(out, &feature).expect("texts and numbers can always be written, and memory takes them");
    true
}
