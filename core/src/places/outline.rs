//! Rings and lines cut to an area of the map, as paths that a canvas draws.

use super::land::{Extent, Run};
use super::mercator::Spot;
use super::view::View;

/// Units of a path in a CSS pixel of the view that it was made for.
pub const UNITS: f64 = 8.0;
/// Points nearer than this to the one before are left out: nobody sees them.
const FINEST_PX: f64 = 1.4;
/// What is smaller on both sides is left out.
const SPECK_PX: f64 = 1.2;

/// What is drawn, as the data of SVG paths in [`UNITS`] from the middle of an area.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// To be filled, by the rule of odd and even. Where it is cut off, it goes along the area's edge.
    pub land: String,
    /// To be stroked: where land meets water.
    pub coast: String,
    pub borders: String,
}

/// A part of the map, in worlds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    pub least: Spot,
    pub most: Spot,
}

impl Area {
    /// The window with half as much again around it on all sides.
    pub fn around(view: &View) -> Self {
        let (corner, (width_px, height_px), world_px) = (view.corner(), view.size_px(), view.world_px());
        let (wide, high) = (width_px / world_px, height_px / world_px);
        Self {
            least: Spot { x: corner.x - wide / 2.0, y: corner.y - high / 2.0 },
            most: Spot { x: corner.x + 1.5 * wide, y: corner.y + 1.5 * high },
        }
    }

    /// All of the map, and what any window on it may show beside it.
    pub fn whole() -> Self {
        Self { least: Spot { x: -0.5, y: 0.0 }, most: Spot { x: 1.5, y: 1.0 } }
    }

    /// Whether all of the window is in it: then, how many worlds farther to the east the window lies there.
    pub fn holds(&self, view: &View) -> Option<f64> {
        self.holds_around(view, 0.0)
    }

    /// The same of the window with such a part of its width and height more on each side.
    pub fn holds_around(&self, view: &View, part: f64) -> Option<f64> {
        let (corner, (width_px, height_px), world_px) = (view.corner(), view.size_px(), view.world_px());
        let (wide, high) = (width_px / world_px, height_px / world_px);
        let (west, east) = (corner.x - part * wide, corner.x + (1.0 + part) * wide);
        let (north, south) = (corner.y - part * high, corner.y + (1.0 + part) * high);
        // Above and below the map there is nothing.
        let is_high_enough = north.max(0.0) >= self.least.y && south.min(1.0) <= self.most.y;
        let fits = |round: &f64| west + round >= self.least.x && east + round <= self.most.x;
        [0.0, 1.0, -1.0].into_iter().find(fits).filter(|_| is_high_enough)
    }

    /// Where paths are measured from.
    pub fn middle(&self) -> Spot {
        Spot { x: (self.least.x + self.most.x) / 2.0, y: (self.least.y + self.most.y) / 2.0 }
    }
}

/// An area, and how steps of a world become units of a path there.
pub(super) struct Window {
    /// A step in units.
    unit: f64,
    /// Where the world's corner is, in units.
    corner: (f64, f64),
    /// The area's edges, in units.
    least: (f64, f64),
    most: (f64, f64),
}

impl Window {
    /// `round` worlds to the east, of `side` steps and `world_px` CSS pixels.
    pub(super) fn of(area: &Area, round: f64, side: f64, world_px: f64) -> Self {
        let (middle, scale) = (area.middle(), world_px * UNITS);
        let unit = |at: f64, middle: f64| (at - middle) * scale;
        Self {
            unit: scale / side,
            corner: (unit(round, middle.x), unit(0.0, middle.y)),
            least: (unit(area.least.x, middle.x), unit(area.least.y, middle.y)),
            most: (unit(area.most.x, middle.x), unit(area.most.y, middle.y)),
        }
    }

    pub(super) fn meets(&self, extent: Extent) -> bool {
        Edge::ALL.iter().all(|edge| !edge.is_outside(extent, self))
    }

    /// Whether it is too small to be seen.
    pub(super) fn is_speck(&self, Extent { least, most }: Extent) -> bool {
        let most_steps = SPECK_PX * UNITS / self.unit;
        f64::from(most.0 - least.0) < most_steps && f64::from(most.1 - least.1) < most_steps
    }

    fn place(&self, (x, y): (i32, i32)) -> (f64, f64) {
        (self.corner.0 + f64::from(x) * self.unit, self.corner.1 + f64::from(y) * self.unit)
    }

    /// A ring, cut to the area.
    pub(super) fn draw_ring<'a>(&self, runs: impl Iterator<Item = Run<'a>>, extent: Extent, out: &mut String) {
        let mut points = Vec::new();
        for (run, extent) in runs {
            // Of what lies beyond one edge as a whole, nothing but how it comes and goes can matter.
            if Edge::ALL.iter().any(|edge| edge.is_outside(extent, self)) {
                let ends = [run.first(), run.last()];
                points.extend(ends.into_iter().flatten().map(|point| self.place(*point)));
            } else {
                points.extend(run.iter().map(|point| self.place(*point)));
            }
        }
        for edge in Edge::ALL.iter().filter(|edge| !edge.has_inside(extent, self)) {
            points = edge.cut(&points, self);
        }
        let mut pen = Pen::new(out);
        for point in &points {
            pen.go(*point);
        }
        pen.close();
    }

    /// A line from `start`, if there is one, along all points: its parts that are near the area. `is_drawn` says between
    /// which neighboring points there is a line.
    pub(super) fn draw_line<'a>(
        &self,
        start: Option<(i32, i32)>,
        runs: impl Iterator<Item = Run<'a>>,
        is_drawn: impl Fn((i32, i32), (i32, i32)) -> bool,
        out: &mut String,
    ) {
        let mut pen = Pen::new(out);
        let mut before = start.map(|point| (point, self.place(point)));
        for (run, extent) in runs {
            let is_far = Edge::ALL.iter().any(|edge| edge.is_outside(extent, self));
            // Of what is far, only how the line comes there may be seen, and how it goes on from its end.
            let seen = if is_far { &run[..run.len().min(1)] } else { run };
            for point in seen {
                let at = self.place(*point);
                if let Some((last, from)) = before {
                    let is_near =
                        Edge::ALL.iter().all(|edge| edge.inside(from, self) >= 0.0 || edge.inside(at, self) >= 0.0);
                    if is_near && is_drawn(last, *point) {
                        pen.start(from);
                        pen.go(at);
                    } else {
                        pen.lift();
                    }
                }
                before = Some((*point, at));
            }
            if is_far && run.len() > 1 {
                pen.lift();
                before = run.last().map(|point| (*point, self.place(*point)));
            }
        }
        pen.lift();
    }
}

/// The edges that a ring is cut at, one after another (Sutherland and Hodgman).
#[derive(Clone, Copy)]
enum Edge {
    West,
    East,
    North,
    South,
}

impl Edge {
    const ALL: [Self; 4] = [Self::West, Self::East, Self::North, Self::South];

    /// How far inside of the edge a point is.
    fn inside(self, (x, y): (f64, f64), window: &Window) -> f64 {
        match self {
            Self::West => x - window.least.0,
            Self::East => window.most.0 - x,
            Self::North => y - window.least.1,
            Self::South => window.most.1 - y,
        }
    }

    fn is_outside(self, Extent { least, most }: Extent, window: &Window) -> bool {
        [least, most].into_iter().all(|corner| self.inside(window.place(corner), window) < 0.0)
    }

    fn has_inside(self, Extent { least, most }: Extent, window: &Window) -> bool {
        [least, most].into_iter().all(|corner| self.inside(window.place(corner), window) >= 0.0)
    }

    fn cut(self, ring: &[(f64, f64)], window: &Window) -> Vec<(f64, f64)> {
        let mut left = Vec::with_capacity(ring.len());
        let Some(mut before) = ring.last().copied() else { return left };
        let mut was = self.inside(before, window);
        for point in ring {
            let is = self.inside(*point, window);
            if (was >= 0.0) != (is >= 0.0) {
                let part = was / (was - is);
                left.push((before.0 + (point.0 - before.0) * part, before.1 + (point.1 - before.1) * part));
            }
            if is >= 0.0 {
                left.push(*point);
            }
            (before, was) = (*point, is);
        }
        left
    }
}

/// Writes a path in whole units, each point from the one before.
struct Pen<'a> {
    out: &'a mut String,
    at: (i64, i64),
    is_down: bool,
    /// A point that was left out, since it is so near: the end of a line must not be.
    left_out: Option<(i64, i64)>,
}

impl<'a> Pen<'a> {
    fn new(out: &'a mut String) -> Self {
        Self { out, at: (0, 0), is_down: false, left_out: None }
    }

    fn go(&mut self, (x, y): (f64, f64)) {
        let to = (x.round() as i64, y.round() as i64);
        if !self.is_down {
            self.write('M', to);
            (self.at, self.is_down, self.left_out) = (to, true, None);
            return;
        }
        let far = (UNITS * FINEST_PX) as i64;
        if (to.0 - self.at.0).abs() < far && (to.1 - self.at.1).abs() < far {
            self.left_out = Some(to);
            return;
        }
        self.line_to(to);
    }

    fn line_to(&mut self, to: (i64, i64)) {
        self.write('l', (to.0 - self.at.0, to.1 - self.at.1));
        (self.at, self.left_out) = (to, None);
    }

    /// Begins a line, unless one goes on from there.
    fn start(&mut self, from: (f64, f64)) {
        if !self.is_down {
            self.go(from);
        }
    }

    /// Ends a line.
    fn lift(&mut self) {
        if let Some(last) = self.left_out.take().filter(|last| *last != self.at) {
            self.line_to(last);
        }
        self.is_down = false;
    }

    /// Ends a ring.
    fn close(&mut self) {
        if self.is_down {
            self.out.push('z');
        }
        self.is_down = false;
    }

    fn write(&mut self, command: char, (x, y): (i64, i64)) {
        self.out.push(command);
        push_number(self.out, x);
        if y >= 0 {
            self.out.push(' ');
        }
        push_number(self.out, y);
    }
}

/// The formatter of the standard library takes several times as long.
fn push_number(out: &mut String, number: i64) {
    if number < 0 {
        out.push('-');
    }
    let mut rest = number.unsigned_abs();
    let mut digits = [0_u8; 20];
    let mut from = digits.len();
    loop {
        from -= 1;
        digits[from] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    out.extend(digits[from..].iter().map(|digit| char::from(*digit)));
}
