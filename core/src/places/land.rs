//! Land and the borders on it, read from a file of our own.

use std::ops::Range;

use super::outline::{Area, Outline, Window};
use super::reader::Reader;

/// What the file begins with. Then come the power of two that a side of the world has steps; the rings of land; and the
/// lines of borders. Of each of the two there is their number, then of each its number of points, and of each point the
/// steps across and down from the point before it, the first one's from the world's north-western corner.
pub const MAGIC: &[u8] = b"albumen land 1\n";

const MOST_BITS: u8 = 24;
/// Points whose box is known, so that most of a long coast need not be looked at.
const RUN: usize = 64;
/// Points that are gone through in a step of drawing; a ring is begun and ended in one.
const POINTS_A_STEP: usize = 4096;

/// The land and its borders.
#[derive(Clone, Debug, PartialEq)]
pub struct Land {
    /// Steps of a side of the world.
    side: i32,
    points: Vec<(i32, i32)>,
    rings: Vec<Stroke>,
    borders: Vec<Stroke>,
}

/// An outline in the making.
#[derive(Clone, Debug)]
pub struct Sketch {
    area: Area,
    world_px: f64,
    /// The world that is drawn, this many to the east, up to the last one.
    round: i32,
    last_round: i32,
    /// What is next in it: of each ring its land and its coast, and then the borders.
    next: usize,
}

impl Sketch {
    /// Nothing yet of an area, for a map whose world has a side of so many CSS pixels.
    pub fn of(area: Area, world_px: f64) -> Self {
        let (round, last_round) = (area.least.x.floor() as i32, area.most.x.floor() as i32);
        Self { area, world_px, round, last_round, next: 0 }
    }
}

/// What some points lie in, in steps.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Extent {
    pub(super) least: (i32, i32),
    pub(super) most: (i32, i32),
}

/// A ring or a line.
#[derive(Clone, Debug, PartialEq)]
struct Stroke {
    points: Range<usize>,
    extent: Extent,
    /// Those of each [`RUN`] of its points.
    runs: Vec<Extent>,
}

/// Some neighboring points of a ring or a line, and what they lie in.
pub(super) type Run<'a> = (&'a [(i32, i32)], Extent);

impl Land {
    /// Reads the file; `None` if it is another one, or damaged.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut reader = Reader::after(MAGIC, bytes)?;
        let bits = reader.byte().filter(|bits| (1..=MOST_BITS).contains(bits))?;
        let side = 1 << bits;
        let mut points = Vec::new();
        let rings = read_strokes(&mut reader, side, &mut points)?;
        let borders = read_strokes(&mut reader, side, &mut points)?;
        reader.is_at_end().then_some(Self { side, points, rings, borders })
    }

    /// What of it is in an area, for a map whose world has a side of so many CSS pixels.
    pub fn outline(&self, area: &Area, world_px: f64) -> Outline {
        let (mut sketch, mut outline) = (Sketch::of(*area, world_px), Outline::default());
        while !self.draw_some(&mut sketch, &mut outline) {}
        outline
    }

    /// Draws some more of what is in a sketch's area: about a millisecond of it. `true` once that was the last.
    pub fn draw_some(&self, sketch: &mut Sketch, outline: &mut Outline) -> bool {
        let mut points = 0;
        while points < POINTS_A_STEP {
            // The map goes on in the east and in the west.
            if sketch.next == 2 * self.rings.len() + self.borders.len() {
                (sketch.round, sketch.next) = (sketch.round + 1, 0);
            }
            if sketch.round > sketch.last_round {
                return true;
            }
            let window = Window::of(&sketch.area, sketch.round.into(), self.side.into(), sketch.world_px);
            points += 1 + self.draw(sketch.next, &window, outline);
            sketch.next += 1;
        }
        false
    }

    /// Draws a ring's land, its coast or a border; about how many points were gone through for it.
    fn draw(&self, nth: usize, window: &Window, outline: &mut Outline) -> usize {
        let stroke = match nth.checked_sub(2 * self.rings.len()) {
            Some(nth) => &self.borders[nth],
            None => &self.rings[nth / 2],
        };
        let is_border = nth >= 2 * self.rings.len();
        if !window.meets(stroke.extent) || !is_border && window.is_speck(stroke.extent) {
            return 0;
        }
        if is_border {
            window.draw_line(None, self.runs(stroke), |_, _| true, &mut outline.borders);
        } else if nth.is_multiple_of(2) {
            window.draw_ring(self.runs(stroke), stroke.extent, &mut outline.land);
        } else {
            let last = self.points[stroke.points.clone()].last().copied();
            let is_coast = |a: (i32, i32), b: (i32, i32)| !self.is_edge(a, b);
            window.draw_line(last, self.runs(stroke), is_coast, &mut outline.coast);
        }
        self.runs(stroke).map(|(run, extent)| if window.meets(extent) { run.len() } else { 1 }).sum()
    }

    fn runs<'a>(&'a self, stroke: &'a Stroke) -> impl Iterator<Item = Run<'a>> {
        self.points[stroke.points.clone()].chunks(RUN).zip(stroke.runs.iter().copied())
    }

    /// Whether a line is where the map was cut and no coast is: at 180°, and in the far south.
    fn is_edge(&self, a: (i32, i32), b: (i32, i32)) -> bool {
        let is_cut = |at: i32| at == 0 || at == self.side;
        a.0 == b.0 && is_cut(a.0) || a.1 == b.1 && is_cut(a.1)
    }
}

impl Extent {
    const NOTHING: Self = Self { least: (i32::MAX, i32::MAX), most: (i32::MIN, i32::MIN) };

    fn of(points: &[(i32, i32)]) -> Self {
        points.iter().fold(Self::NOTHING, |Self { least, most }, (x, y)| Self {
            least: (least.0.min(*x), least.1.min(*y)),
            most: (most.0.max(*x), most.1.max(*y)),
        })
    }
}

fn read_strokes(reader: &mut Reader<'_>, side: i32, points: &mut Vec<(i32, i32)>) -> Option<Vec<Stroke>> {
    let count = reader.count(1)?;
    let mut strokes = Vec::with_capacity(count);
    let (mut x, mut y) = (0_i32, 0_i32);
    for _ in 0..count {
        let of = reader.count(2)?;
        let from = points.len();
        for _ in 0..of {
            x = x.checked_add(reader.signed()?)?;
            y = y.checked_add(reader.signed()?)?;
            if !(0..=side).contains(&x) || !(0..=side).contains(&y) {
                return None;
            }
            points.push((x, y));
        }
        let own = &points[from..];
        let runs = own.chunks(RUN).map(Extent::of).collect();
        strokes.push(Stroke { points: from..points.len(), extent: Extent::of(own), runs });
    }
    Some(strokes)
}

#[cfg(test)]
mod tests {
    use super::super::mercator::Spot;
    use super::super::outline::UNITS;
    use super::super::view::View;
    use super::*;
    use proptest::prelude::*;

    type Points = Vec<(i32, i32)>;

    fn number(out: &mut Vec<u8>, mut number: u32) {
        while number >= 0x80 {
            out.push(number as u8 | 0x80);
            number >>= 7;
        }
        out.push(number as u8);
    }

    /// A file of these rings and borders.
    fn file(bits: u8, rings: &[Points], borders: &[Points]) -> Vec<u8> {
        let mut out = [MAGIC, &[bits]].concat();
        for strokes in [rings, borders] {
            number(&mut out, strokes.len() as u32);
            let mut before = (0, 0);
            for stroke in strokes {
                number(&mut out, stroke.len() as u32);
                for point in stroke {
                    for step in [point.0 - before.0, point.1 - before.1] {
                        number(&mut out, (step << 1 ^ step >> 31) as u32);
                    }
                    before = *point;
                }
            }
        }
        out
    }

    fn square(from: (i32, i32), side: i32) -> Points {
        vec![from, (from.0 + side, from.1), (from.0 + side, from.1 + side), (from.0, from.1 + side)]
    }

    /// The points of a path, by its parts.
    fn parts(path: &str) -> Vec<Vec<(i64, i64)>> {
        let mut parts: Vec<Vec<(i64, i64)>> = Vec::new();
        let mut at = (0, 0);
        for piece in path.split_inclusive(['M', 'l', 'z']).flat_map(|piece| piece.split_terminator('z')) {
            let numbers = piece.trim_end_matches(['M', 'l']).replace('-', " -");
            let numbers: Vec<i64> = numbers.split_whitespace().map(|number| number.parse().unwrap()).collect();
            if let [x, y] = numbers[..] {
                at = if parts.last().is_none_or(Vec::is_empty) { (x, y) } else { (at.0 + x, at.1 + y) };
                match parts.last_mut() {
                    Some(part) => part.push(at),
                    None => parts.push(vec![at]),
                }
            }
            if piece.ends_with('M') {
                parts.push(Vec::new());
            }
        }
        parts
    }

    fn area(least: (f64, f64), most: (f64, f64)) -> Area {
        Area { least: Spot { x: least.0, y: least.1 }, most: Spot { x: most.0, y: most.1 } }
    }

    #[test]
    fn land_is_drawn_where_it_is() {
        let land = Land::read(&file(8, &[square((64, 64), 64)], &[vec![(64, 96), (128, 96)]])).unwrap();
        let outline = land.outline(&area((0.0, 0.0), (1.0, 1.0)), 256.0);
        // From the middle, at 128 steps, to a quarter of the world: 64 pixels.
        assert_eq!(parts(&outline.land), [vec![(-512, -512), (0, -512), (0, 0), (-512, 0)]]);
        assert_eq!(parts(&outline.borders), [vec![(-512, -256), (0, -256)]]);
        assert_eq!(parts(&outline.coast), [vec![(-512, 0), (-512, -512), (0, -512), (0, 0), (-512, 0)]]);
    }

    #[test]
    fn the_edges_of_the_map_are_no_coast() {
        let land = Land::read(&file(8, &[square((192, 192), 64)], &[])).unwrap();
        let outline = land.outline(&area((0.0, 0.0), (1.0, 1.0)), 256.0);
        assert_eq!(parts(&outline.coast), [vec![(512, 1024), (512, 512), (1024, 512)]]);
    }

    #[test]
    fn the_map_goes_on_over_the_date_line() {
        let land = Land::read(&file(8, &[square((0, 64), 64)], &[])).unwrap();
        let outline = land.outline(&area((0.75, 0.0), (1.25, 1.0)), 256.0);
        assert_eq!(parts(&outline.land), [vec![(0, -512), (512, -512), (512, 0), (0, 0)]]);
        let view = View::whole(800.0, 600.0);
        let around = Area::around(&view);
        assert_eq!(around.holds(&view), Some(0.0));
        assert!(around.holds(&view.moved(300.0, 0.0)).is_some() && around.holds(&view.moved(-300.0, 0.0)).is_some());
        let near = view.zoomed(16.0, (100.0, 100.0));
        assert_eq!(Area::around(&near).holds(&near.moved(810.0, 0.0)), None);
    }

    #[test]
    fn what_is_no_map_is_refused() {
        let whole = file(8, &[square((64, 64), 64)], &[vec![(1, 1), (2, 2)]]);
        assert!(Land::read(&whole).is_some());
        for end in 0..whole.len() {
            assert_eq!(Land::read(&whole[..end]), None, "{end}");
        }
        let outside = file(8, &[square((250, 0), 64)], &[]);
        for bytes in [&b"<!doctype html>"[..], &[whole.as_slice(), &[0]].concat(), &outside, &file(30, &[], &[])] {
            assert_eq!(Land::read(bytes), None);
        }
    }

    proptest! {
        #[test]
        fn no_bytes_do_harm(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            if let Some(land) = Land::read(&[MAGIC, &bytes].concat()) {
                let _ = land.outline(&area((-0.5, 0.0), (1.5, 1.0)), 1e6);
            }
        }

        #[test]
        fn nothing_that_is_filled_lies_outside_of_the_area(
            ring in prop::collection::vec((0..=1024_i32, 0..=1024_i32), 3..40), corner in (-0.5..1.0_f64, -0.5..1.0_f64), side in 0.01..1.0_f64,
        ) {
            let land = Land::read(&file(10, &[ring], &[])).unwrap();
            let area = area(corner, (corner.0 + side, corner.1 + side));
            let half = side / 2.0 * 1000.0 * UNITS + 1.0;
            for (x, y) in parts(&land.outline(&area, 1000.0).land).concat() {
                prop_assert!((x as f64).abs() <= half && (y as f64).abs() <= half, "{} {} of {}", x, y, half);
            }
        }
    }
}
