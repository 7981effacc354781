//! Land and borders of TopoJSON as world-atlas has it: arcs that countries share, in whole steps, each point from the one
//! before it (https://github.com/topojson/topojson-specification).

use serde_json::Value;

use super::numbers::{push, push_signed};
use super::unknown;
use crate::problem::Problem;

const MAGIC: &[u8] = b"albumen land 1\n";
/// A side of the world has this power of two of steps: as fine as the data, whose steps are a 100,000th of it.
const BITS: u8 = 17;
/// The last parallel of the map, in degrees.
const LAST_LATITUDE: f64 = 85.051_128_779_806_6;

type Line = Vec<(i32, i32)>;

/// The file that the page reads.
pub(super) fn of_topojson(json: &[u8]) -> Result<Vec<u8>, Problem> {
    let atlas: Value = serde_json::from_slice(json).map_err(|_| unknown("world-atlas"))?;
    let arcs = arcs(&atlas).ok_or_else(|| unknown("world-atlas"))?;
    let mut rings = Vec::new();
    each_ring(&atlas["objects"]["land"], &mut |ring| {
        rings.extend(cut(&unrolled(closed(joined(ring, &arcs)))));
    });
    let mut users = vec![0_u32; arcs.len()];
    for country in items(&atlas["objects"]["countries"]["geometries"]) {
        each_ring(country, &mut |ring| {
            for (arc, _) in ring.iter().filter_map(arc_of) {
                if let Some(count) = users.get_mut(arc) {
                    *count += 1;
                }
            }
        });
    }
    // What two countries have is a border; what one has is a coast.
    let shared = arcs.iter().zip(&users).filter(|(_, users)| **users > 1).map(|(arc, _)| arc);
    let borders: Vec<Line> = shared.flat_map(|arc| arc.chunk_by(|a, b| !is_jump(*a, *b)).map(<[_]>::to_vec)).collect();
    if rings.is_empty() || borders.is_empty() {
        return Err(unknown("world-atlas"));
    }
    let mut out = [MAGIC, &[BITS]].concat();
    for lines in [rings, borders] {
        push(&mut out, lines.len() as u32);
        let mut before = (0, 0);
        for line in lines {
            push(&mut out, line.len() as u32);
            for point in line {
                push_signed(&mut out, point.0 - before.0);
                push_signed(&mut out, point.1 - before.1);
                before = point;
            }
        }
    }
    Ok(out)
}

/// All arcs, in steps of our own.
fn arcs(atlas: &Value) -> Option<Vec<Line>> {
    let numbers = |value: &Value| Some((value.get(0)?.as_f64()?, value.get(1)?.as_f64()?));
    let (scale, shift) = (numbers(&atlas["transform"]["scale"])?, numbers(&atlas["transform"]["translate"])?);
    let arc = |arc: &Value| {
        let mut at = (0.0, 0.0);
        let mut line = Line::new();
        for step in arc.as_array()? {
            let step = numbers(step)?;
            at = (at.0 + step.0, at.1 + step.1);
            let point = projected(at.1 * scale.1 + shift.1, at.0 * scale.0 + shift.0);
            if line.last() != Some(&point) {
                line.push(point);
            }
        }
        Some(line)
    };
    atlas["arcs"].as_array()?.iter().map(arc).collect()
}

/// Mercator's projection of a sphere, in steps from the north-western corner.
fn projected(latitude: f64, longitude: f64) -> (i32, i32) {
    let side = f64::from(1 << BITS);
    let sine = latitude.clamp(-LAST_LATITUDE, LAST_LATITUDE).to_radians().sin();
    let y = 0.5 - ((1.0 + sine) / (1.0 - sine)).ln() / (4.0 * std::f64::consts::PI);
    let steps = |part: f64| (part * side).round().clamp(0.0, side) as i32;
    (steps((longitude + 180.0) / 360.0), steps(y))
}

/// Calls `visit` with the arcs of every ring of an object.
fn each_ring(object: &Value, visit: &mut dyn FnMut(&[Value])) {
    items(&object["geometries"]).for_each(|inner| each_ring(inner, visit));
    let rings = |polygon: &Value, visit: &mut dyn FnMut(&[Value])| {
        items(polygon).filter_map(Value::as_array).for_each(|ring| visit(ring));
    };
    match object["type"].as_str() {
        Some("Polygon") => rings(&object["arcs"], visit),
        Some("MultiPolygon") => items(&object["arcs"]).for_each(|polygon| rings(polygon, visit)),
        _ => {}
    }
}

/// Its number, and whether it is gone through from its end: then its bits are turned over.
fn arc_of(value: &Value) -> Option<(usize, bool)> {
    let number = value.as_i64()?;
    let is_backward = number < 0;
    Some((usize::try_from(if is_backward { !number } else { number }).ok()?, is_backward))
}

/// Arcs one after another; each begins where the one before it ends.
fn joined(ring: &[Value], arcs: &[Line]) -> Line {
    let mut line = Line::new();
    for (arc, is_backward) in ring.iter().filter_map(arc_of) {
        let Some(arc) = arcs.get(arc) else { continue };
        let mut add = |point: &(i32, i32)| {
            if line.last() != Some(point) {
                line.push(*point);
            }
        };
        if is_backward { arc.iter().rev().for_each(&mut add) } else { arc.iter().for_each(&mut add) }
    }
    line
}

/// A ring goes back to its first point by itself.
fn closed(mut line: Line) -> Line {
    while line.len() > 1 && line.first() == line.last() {
        line.pop();
    }
    line
}

const SIDE: i32 = 1 << BITS;

/// Whether a line between two points would go through all of the map: it goes over the meridian of 180° instead.
fn is_jump(a: (i32, i32), b: (i32, i32)) -> bool {
    (a.0 - b.0).abs() > SIDE / 2
}

/// A ring that goes over the meridian of 180° goes on outside of the map. One that goes around a pole has that in it: it
/// is closed along the map's southern edge, since there is land around that pole alone.
fn unrolled(ring: Line) -> Line {
    let Some(first) = ring.first().copied() else { return ring };
    let (mut shift, mut before) = (0, first);
    let mut line = Line::with_capacity(ring.len() + 3);
    for point in ring.into_iter().chain([first]) {
        if is_jump(before, point) {
            shift += if point.0 < before.0 { SIDE } else { -SIDE };
        }
        before = point;
        line.push((point.0 + shift, point.1));
    }
    if shift == 0 {
        line.pop();
    } else {
        line.extend([(first.0 + shift, SIDE), (first.0, SIDE)]);
    }
    line
}

/// What of a ring is on the map, where it is seen as often as it goes on outside.
fn cut(ring: &[(i32, i32)]) -> Vec<Line> {
    let across = || ring.iter().map(|(x, _)| x.div_euclid(SIDE));
    let rounds = across().min().unwrap_or(0)..=across().max().unwrap_or(0);
    let on_the_map = rounds.map(|round| {
        let moved: Line = ring.iter().map(|(x, y)| (x - round * SIDE, *y)).collect();
        closed(half(&half(&moved, 0, 1), SIDE, -1))
    });
    on_the_map.filter(|ring| ring.len() > 2 && ring.iter().any(|(x, _)| (1..SIDE).contains(x))).collect()
}

/// What of a ring is on one side of a meridian: to its east for a sign of 1, to its west for -1.
fn half(ring: &[(i32, i32)], meridian: i32, sign: i32) -> Line {
    let mut left = Line::new();
    let Some(mut before) = ring.last().copied() else { return left };
    for &point in ring {
        let inside = |(x, _): (i32, i32)| (x - meridian) * sign >= 0;
        if inside(before) != inside(point) {
            let part = f64::from(meridian - before.0) / f64::from(point.0 - before.0);
            left.push((meridian, before.1 + (f64::from(point.1 - before.1) * part).round() as i32));
        }
        if inside(point) {
            left.push(point);
        }
        before = point;
    }
    left.dedup();
    left
}

fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use albumen_core::photo::Bounds;
    use albumen_core::places::land::Land;
    use albumen_core::places::outline::Area;
    use albumen_core::places::view::View;
    use serde_json::json;

    use super::*;

    /// Two countries of a square each, side by side, with a border between them; the northern edge is on the equator.
    fn atlas() -> Vec<u8> {
        let steps = |points: &[(i32, i32)]| points.iter().map(|(x, y)| json!([x, y])).collect::<Vec<_>>();
        json!({
            "type": "Topology",
            "transform": { "scale": [1.0, 1.0], "translate": [0.0, -10.0] },
            "arcs": [
                steps(&[(10, 10), (0, -10)]),
                steps(&[(10, 0), (-10, 0), (0, 10), (10, 0)]),
                steps(&[(10, 10), (10, 0), (0, -10), (-10, 0)]),
            ],
            "objects": {
                "countries": { "type": "GeometryCollection", "geometries": [
                    { "type": "Polygon", "arcs": [[0, 1]] },
                    { "type": "MultiPolygon", "arcs": [[[2, -1]]] },
                ] },
                "land": { "type": "GeometryCollection", "geometries": [{ "type": "MultiPolygon", "arcs": [[[1, 2]]] }] },
            },
        })
        .to_string()
        .into_bytes()
    }

    #[test]
    fn what_is_written_is_read_by_the_page() {
        let land = Land::read(&of_topojson(&atlas()).unwrap()).unwrap();
        let view = View::whole(256.0, 256.0).fitted(&Bounds::new(-10.0, 0.0, 0.0, 20.0).unwrap(), 0.0);
        let outline = land.outline(&Area::around(&view), view.world_px());
        assert_eq!(outline.land.matches('M').count(), 1, "{}", outline.land);
        assert_eq!(outline.land.matches('l').count(), 5, "six corners: {}", outline.land);
        assert_eq!((outline.borders.matches('M').count(), outline.borders.matches('l').count()), (1, 1));
    }

    #[test]
    fn a_ring_over_180_degrees_is_cut_there_and_one_around_the_pole_has_it_inside() {
        let fiji = vec![(SIDE - 10, 50), (10, 50), (10, 60), (SIDE - 10, 60)];
        let mut pieces = cut(&unrolled(fiji));
        pieces.sort_by_key(|ring| ring.iter().map(|(x, _)| *x).max());
        let corners = |ring: &Line| {
            let across = || ring.iter().map(|(x, _)| *x);
            (across().min(), across().max(), ring.len())
        };
        let expected = [(Some(0), Some(10), 4), (Some(SIDE - 10), Some(SIDE), 4)];
        assert_eq!(pieces.iter().map(corners).collect::<Vec<_>>(), expected);
        let step = SIDE / 8;
        let antarctica: Line = (0..8).map(|nth| (nth * step + 5, SIDE - 1000 + nth)).collect();
        let whole = cut(&unrolled(antarctica));
        let is_everywhere = |x: i32| whole.iter().any(|ring| ring.contains(&(x, SIDE)));
        assert!(is_everywhere(0) && is_everywhere(SIDE), "{whole:?}");
        assert!(whole.iter().flatten().all(|(x, y)| (0..=SIDE).contains(x) && (0..=SIDE).contains(y)));
        assert_eq!(cut(&unrolled(vec![(5, 5), (9, 5), (9, 9)])), [vec![(5, 5), (9, 5), (9, 9)]]);
    }

    #[test]
    fn what_is_no_atlas_is_refused() {
        for json in [&b"{}"[..], b"", b"[]", br#"{"arcs":[[[1]]],"transform":{"scale":[1,1],"translate":[0,0]}}"#] {
            assert!(of_topojson(json).is_err());
        }
    }
}
