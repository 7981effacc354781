//! Drawing on a canvas: paths that are kept, circles, words.

use std::f64::consts::TAU;

use wasm_bindgen::prelude::*;
use web_sys::{CanvasRenderingContext2d, CanvasWindingRule, HtmlCanvasElement, Path2d};

/// A path of SVG's data, ready to be drawn any number of times.
#[derive(Clone, Debug)]
pub struct Path(Path2d);

impl Path {
    /// A path of nothing yet. `None` where the browser has no paths.
    pub fn new() -> Option<Self> {
        Path2d::new().ok().map(Self)
    }

    /// Goes on with more of SVG's data; what is no path adds nothing.
    pub fn add(&self, data: &str) {
        if let Ok(more) = Path2d::new_with_path_string(data) {
            self.0.add_path(&more);
        }
    }
}

/// A canvas that is drawn on in CSS pixels, from its upper left corner.
#[derive(Clone, Debug)]
pub struct Canvas {
    element: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
    ratio: f64,
}

impl Canvas {
    /// `None` where the browser draws none.
    pub fn of(element: &HtmlCanvasElement) -> Option<Self> {
        let context = element.get_context("2d").ok().flatten()?.dyn_into().ok()?;
        Some(Self { element: element.clone(), context, ratio: 1.0 })
    }

    /// Begins a drawing of this size, with so many device pixels in a CSS pixel, on a ground of one color.
    pub fn begin(&mut self, (width_px, height_px): (f64, f64), ratio: f64, color: &str) {
        let (width, height) = ((width_px * ratio).round() as u32, (height_px * ratio).round() as u32);
        // Setting a size clears the canvas, even if it is the same.
        if self.element.width() != width || self.element.height() != height {
            self.element.set_width(width);
            self.element.set_height(height);
        }
        self.ratio = ratio;
        self.settle();
        self.context.set_fill_style_str(color);
        self.context.fill_rect(0.0, 0.0, width_px, height_px);
    }

    /// From now on a unit is `scale` CSS pixels, and the origin is at a point of the canvas.
    pub fn move_to(&self, (x, y): (f64, f64), scale: f64) {
        let scale = scale * self.ratio;
        // Refused for no finite numbers.
        let _ = self.context.set_transform(scale, 0.0, 0.0, scale, x * self.ratio, y * self.ratio);
    }

    /// Back to CSS pixels from the corner.
    pub fn settle(&self) {
        self.move_to((0.0, 0.0), 1.0);
    }

    /// Fills a path by the rule of odd and even.
    pub fn fill(&self, path: &Path, color: &str) {
        self.context.set_fill_style_str(color);
        self.context.fill_with_path_2d_and_winding(&path.0, CanvasWindingRule::Evenodd);
    }

    /// Draws along a path, `width` units wide.
    pub fn stroke(&self, path: &Path, color: &str, width: f64) {
        self.pen(color, width);
        self.context.stroke_with_path(&path.0);
    }

    /// Straight lines between points, `width` wide.
    pub fn lines(&self, lines: impl Iterator<Item = ((f64, f64), (f64, f64))>, color: &str, width: f64) {
        self.pen(color, width);
        self.context.begin_path();
        for (from, to) in lines {
            self.context.move_to(from.0, from.1);
            self.context.line_to(to.0, to.1);
        }
        self.context.stroke();
    }

    /// A rectangle from one corner to the other: a wash of `ground` at this part of its strength, and an edge.
    pub fn rectangle(&self, one: (f64, f64), other: (f64, f64), ground: &str, strength: f64, edge: &str) {
        let (x, y) = (one.0.min(other.0), one.1.min(other.1));
        let (width, height) = ((one.0 - other.0).abs(), (one.1 - other.1).abs());
        self.context.set_global_alpha(strength);
        self.context.set_fill_style_str(ground);
        self.context.fill_rect(x, y, width, height);
        self.context.set_global_alpha(1.0);
        self.pen(edge, 1.5);
        self.context.stroke_rect(x, y, width, height);
    }

    /// Circles by middle and radius, with an edge of another color around them.
    pub fn circles(&self, circles: impl Iterator<Item = ((f64, f64), f64)>, color: &str, edge: &str, width: f64) {
        self.context.begin_path();
        for ((x, y), radius) in circles {
            self.context.move_to(x + radius, y);
            // Refused for a radius below zero.
            let _ = self.context.arc(x, y, radius, 0.0, TAU);
        }
        self.pen(edge, width);
        self.context.stroke();
        self.context.set_fill_style_str(color);
        self.context.fill();
    }

    /// Words around a point each, in one font (as in CSS) and color.
    pub fn words<'a>(&self, words: impl Iterator<Item = (&'a str, (f64, f64))>, font: &str, color: &str) {
        self.context.set_font(font);
        self.context.set_text_align("center");
        self.context.set_text_baseline("middle");
        self.context.set_fill_style_str(color);
        for (text, (x, y)) in words {
            // Refused for no finite numbers.
            let _ = self.context.fill_text(text, x, y);
        }
    }

    fn pen(&self, color: &str, width: f64) {
        self.context.set_stroke_style_str(color);
        self.context.set_line_width(width);
        self.context.set_line_join("round");
    }
}
