//! Shapes on a canvas, in the coordinates of the whole picture: 0 to its width, 0 to its height, from the top left.

use super::{Canvas, Color, View};
use crate::sandbox::chance::mix;

/// Draws on the part of a picture that a view shows.
pub(super) struct Brush<'a> {
    canvas: &'a mut Canvas,
    view: View,
}

/// Noise along a line: smooth hills between numbers that a seed gives.
pub(super) struct Noise(u64);

impl Noise {
    pub(super) fn new(seed: u64, which: u64) -> Self {
        Self(mix(seed, which))
    }

    /// 0 to 1 at every place.
    pub(super) fn at(&self, place: f32) -> f32 {
        let below = place.floor();
        let value = |whole: f32| (mix(self.0, whole as i64 as u64) >> 40) as f32 / 16_777_216.0;
        let (a, b, part) = (value(below), value(below + 1.0), place - below);
        a + (b - a) * part * part * (3.0 - 2.0 * part)
    }

    /// The same with finer hills upon the hills.
    pub(super) fn rough(&self, place: f32, layers: u32) -> f32 {
        let (mut sum, mut weight, mut scale, mut whole) = (0.0, 1.0, 1.0, 0.0);
        for layer in 0..layers {
            sum += weight * self.at(place * scale + layer as f32 * 17.3);
            whole += weight;
            (weight, scale) = (weight * 0.48, scale * 2.03);
        }
        sum / whole
    }
}

impl<'a> Brush<'a> {
    pub(super) fn new(canvas: &'a mut Canvas, view: View) -> Self {
        Self { canvas, view }
    }

    pub(super) fn width(&self) -> f32 {
        self.view.whole.0
    }

    pub(super) fn height(&self) -> f32 {
        self.view.whole.1
    }

    /// The length that things are measured by: the shorter side.
    pub(super) fn unit(&self) -> f32 {
        self.width().min(self.height())
    }

    /// Fills every row with a color that depends on its height only: 0 is the top, 1 the bottom.
    pub(super) fn rows(&mut self, color: impl Fn(f32) -> Color) {
        let width = self.canvas.width as usize * 3;
        for (y, row) in self.canvas.pixels.chunks_exact_mut(width.max(3)).enumerate() {
            let color = bytes(color((self.view.top + y as f32 + 0.5) / self.view.whole.1));
            for pixel in row.chunks_exact_mut(3) {
                pixel.copy_from_slice(&color);
            }
        }
    }

    /// Fills everything below a line. `line` gives its height for a place from the left; `color` is asked with the
    /// height from the top, 0 to 1.
    pub(super) fn below(&mut self, line: impl Fn(f32) -> f32, color: impl Fn(f32) -> Color) {
        let (left, top) = (self.view.left, self.view.top);
        let line: Vec<f32> = (0..self.canvas.width).map(|x| line(left + x as f32 + 0.5) - top).collect();
        let highest = line.iter().copied().fold(f32::MAX, f32::min).max(0.0) as usize;
        let width = self.canvas.width as usize * 3;
        for (y, row) in self.canvas.pixels.chunks_exact_mut(width.max(3)).enumerate().skip(highest) {
            let color = color((top + y as f32 + 0.5) / self.view.whole.1);
            let full = bytes(color);
            for (pixel, line) in row.chunks_exact_mut(3).zip(&line) {
                let covered = y as f32 + 1.0 - line;
                if covered >= 1.0 {
                    pixel.copy_from_slice(&full);
                } else if covered > 0.0 {
                    over(pixel, color, covered);
                }
            }
        }
    }

    /// An ellipse with a soft edge.
    pub(super) fn ellipse(&mut self, center: (f32, f32), radius: (f32, f32), color: Color, alpha: f32) {
        let (rx, ry) = (radius.0.max(0.4), radius.1.max(0.4));
        let steep = rx.min(ry) / 2.0;
        self.spots((center.0 - rx, center.1 - ry), (center.0 + rx, center.1 + ry), |x, y| {
            let (dx, dy) = ((x - center.0) / rx, (y - center.1) / ry);
            let inside = (1.0 - dx * dx - dy * dy) * steep + 0.5;
            (color, alpha * inside.clamp(0.0, 1.0))
        });
    }

    /// A patch that is thick in its middle and gone at its edge, as clouds and lamplight are.
    pub(super) fn haze(&mut self, center: (f32, f32), radius: (f32, f32), color: Color, alpha: f32) {
        let (rx, ry) = (radius.0.max(0.4), radius.1.max(0.4));
        self.spots((center.0 - rx, center.1 - ry), (center.0 + rx, center.1 + ry), |x, y| {
            let (dx, dy) = ((x - center.0) / rx, (y - center.1) / ry);
            let inside = (1.0 - dx * dx - dy * dy).max(0.0);
            (color, alpha * inside * inside)
        });
    }

    /// A box with upright sides.
    pub(super) fn rect(&mut self, from: (f32, f32), to: (f32, f32), color: Color, alpha: f32) {
        self.spots(from, to, |x, y| {
            let across = (x + 0.5 - from.0).min(to.0 - x + 0.5).clamp(0.0, 1.0);
            let along = (y + 0.5 - from.1).min(to.1 - y + 0.5).clamp(0.0, 1.0);
            (color, alpha * across * along)
        });
    }

    /// A triangle that stands on its base.
    pub(super) fn spire(&mut self, tip: (f32, f32), base_y: f32, half_base: f32, color: Color) {
        let height = (base_y - tip.1).max(0.5);
        self.spots((tip.0 - half_base, tip.1), (tip.0 + half_base, base_y), |x, y| {
            let half = half_base * (y - tip.1) / height;
            (color, (half - (x - tip.0).abs() + 0.5).clamp(0.0, 1.0))
        });
    }

    /// Asks every pixel that touches a box for a color and how much of it.
    fn spots(&mut self, from: (f32, f32), to: (f32, f32), paint: impl Fn(f32, f32) -> (Color, f32)) {
        let (left, top) = (self.view.left, self.view.top);
        let first = |at: f32| at.floor().max(0.0) as usize;
        let last = |at: f32, end: u32| (at.ceil().max(0.0) as usize).min(end as usize);
        let columns = first(from.0 - left)..last(to.0 - left, self.canvas.width);
        let rows = first(from.1 - top)..last(to.1 - top, self.canvas.height);
        if columns.is_empty() {
            return;
        }
        let width = self.canvas.width as usize * 3;
        for y in rows {
            let row = &mut self.canvas.pixels[y * width..(y + 1) * width];
            for (x, pixel) in columns.clone().zip(row[columns.start * 3..].chunks_exact_mut(3)) {
                let (color, alpha) = paint(left + x as f32 + 0.5, top + y as f32 + 0.5);
                if alpha > 0.003 {
                    over(pixel, color, alpha);
                }
            }
        }
    }
}

fn bytes(color: Color) -> [u8; 3] {
    color.map(|part| part.clamp(0.0, 255.0) as u8)
}

fn over(pixel: &mut [u8], color: Color, alpha: f32) {
    for (part, new) in pixel.iter_mut().zip(color) {
        let old = f32::from(*part);
        *part = (old + (new - old) * alpha).clamp(0.0, 255.0) as u8;
    }
}
