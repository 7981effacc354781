//! Pictures worth looking at, drawn from a scene: the same scene is the same picture at every size.

mod brush;
mod indoors;
mod land;
mod sky;
mod stamp;

use super::light::Scene;
use super::people::Landscape;
use brush::Brush;

pub(super) use stamp::{play_button, stamp};

/// Red, green, blue, 0 to 255 as written to files.
pub(super) type Color = [f32; 3];

/// Pixels in rows from the top, three bytes each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Canvas {
    width: u32,
    height: u32,
    pixels: Vec<u8>,
}

impl Canvas {
    /// All black.
    pub(super) fn new(width: u32, height: u32) -> Self {
        Self { width, height, pixels: vec![0; width as usize * height as usize * 3] }
    }

    pub(super) fn size(&self) -> (u32, u32) {
        (self.width, self.height)
    }

    /// The color at a place inside the canvas; black outside.
    pub(super) fn pixel(&self, x: u32, y: u32) -> [u8; 3] {
        let at = (y as usize * self.width as usize + x as usize) * 3;
        match self.pixels.get(at..at + 3) {
            Some([r, g, b]) if x < self.width => [*r, *g, *b],
            _ => [0; 3],
        }
    }

    /// Colors one place; nothing outside the canvas.
    pub(super) fn set(&mut self, x: u32, y: u32, color: [u8; 3]) {
        let at = (y as usize * self.width as usize + x as usize) * 3;
        if x < self.width
            && let Some(pixel) = self.pixels.get_mut(at..at + 3)
        {
            pixel.copy_from_slice(&color);
        }
    }
}

/// Which part of a picture is drawn, and how large: the whole picture would measure `whole` pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct View {
    whole: (f32, f32),
    left: f32,
    top: f32,
    width: u32,
    height: u32,
}

/// No canvas is larger: the image host shrinks what is asked for beyond it.
const MOST_PIXELS: u64 = 6_000_000;

impl View {
    /// The whole picture, as large as fits into the box, never larger than it is.
    pub(super) fn inside(own: (u32, u32), width: u32, height: u32) -> Self {
        let (w, h) = (u64::from(own.0.max(1)), u64::from(own.1.max(1)));
        // Whole pixels, rounded down, as least surprising: the box is never overstepped.
        let (box_w, box_h) = (u64::from(width).min(w), u64::from(height).min(h));
        let (mut fit_w, mut fit_h) =
            if box_w * h <= box_h * w { (box_w, box_w * h / w) } else { (box_h * w / h, box_h) };
        while fit_w * fit_h > MOST_PIXELS {
            (fit_w, fit_h) = (fit_w * 9 / 10, fit_h * 9 / 10);
        }
        let (width, height) = (fit_w.max(1) as u32, fit_h.max(1) as u32);
        Self { whole: (width as f32, height as f32), left: 0.0, top: 0.0, width, height }
    }

    /// The middle of the picture, exactly as large as the box.
    pub(super) fn cropped(own: (u32, u32), width: u32, height: u32) -> Self {
        let (mut width, mut height) = (width.max(1), height.max(1));
        while u64::from(width) * u64::from(height) > MOST_PIXELS {
            (width, height) = (width * 9 / 10, height * 9 / 10);
        }
        let (w, h) = (own.0.max(1) as f32, own.1.max(1) as f32);
        let scale = (width as f32 / w).max(height as f32 / h);
        let whole = (w * scale, h * scale);
        let (left, top) = ((whole.0 - width as f32) / 2.0, (whole.1 - height as f32) / 2.0);
        Self { whole, left, top, width, height }
    }
}

/// Draws what the view shows of a scene.
pub(super) fn draw(scene: &Scene, view: View) -> Canvas {
    let mut canvas = Canvas::new(view.width, view.height);
    let mut brush = Brush::new(&mut canvas, view);
    match scene.landscape {
        _ if scene.screenshot => indoors::screen(&mut brush, scene),
        Landscape::Indoors => indoors::room(&mut brush, scene),
        landscape => {
            let sky = sky::draw(&mut brush, scene);
            land::draw(&mut brush, scene, landscape, &sky);
        }
    }
    canvas
}

/// From one color (0) to another (1).
fn blend(from: Color, to: Color, part: f32) -> Color {
    let part = part.clamp(0.0, 1.0);
    [from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part, from[2] + (to[2] - from[2]) * part]
}

/// A color in more or less light.
fn lit(color: Color, light: Color) -> Color {
    [color[0] * light[0], color[1] * light[1], color[2] * light[2]]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::calendar::Day;
    use crate::sandbox::light::scene;

    const ALL: [Landscape; 7] = [
        Landscape::City,
        Landscape::Sea,
        Landscape::Mountains,
        Landscape::Forest,
        Landscape::Fields,
        Landscape::Desert,
        Landscape::Indoors,
    ];

    fn at(landscape: Landscape, hour: i64, seed: u64) -> Scene {
        let day = Day::from_ymd(2024, 6, 11).unwrap();
        scene(52.0, day, i64::from(day.0) * 86_400 + hour * 3600, landscape, seed)
    }

    fn brightness(canvas: &Canvas) -> f64 {
        canvas.pixels.iter().map(|v| f64::from(*v)).sum::<f64>() / canvas.pixels.len() as f64
    }

    /// Mean difference of two canvases of one size, 0 to 255.
    fn difference(one: &Canvas, two: &Canvas) -> f64 {
        assert_eq!(one.size(), two.size());
        let sum: f64 = one.pixels.iter().zip(&two.pixels).map(|(a, b)| f64::from(a.abs_diff(*b))).sum();
        sum / one.pixels.len() as f64
    }

    #[test]
    fn a_picture_fits_its_box_and_keeps_its_shape() {
        let view = View::inside((4000, 3000), 400, 400);
        assert_eq!((view.width, view.height), (400, 300));
        let view = View::inside((3000, 4000), 400, 400);
        assert_eq!((view.width, view.height), (300, 400));
        let view = View::inside((100, 50), 4000, 4000);
        assert_eq!((view.width, view.height), (100, 50));
        let view = View::inside((10_000, 1), 100, 100);
        assert_eq!((view.width, view.height), (100, 1));
    }

    #[test]
    fn a_cropped_picture_is_exactly_as_large_as_its_box() {
        let view = View::cropped((4000, 3000), 256, 256);
        assert_eq!((view.width, view.height), (256, 256));
        assert!(view.left > 40.0 && view.top.abs() < 0.01);
    }

    #[test]
    fn noon_is_brighter_than_midnight_outdoors() {
        for landscape in ALL.into_iter().filter(|l| *l != Landscape::Indoors) {
            let at = |hour| brightness(&draw(&at(landscape, hour, 5), View::inside((400, 300), 120, 90)));
            assert!(at(13) > at(1) + 40.0, "{landscape:?}: {} {}", at(13), at(1));
        }
    }

    #[test]
    fn another_seed_is_another_picture_and_the_same_is_the_same() {
        for landscape in ALL {
            let at = |seed| draw(&at(landscape, 15, seed), View::inside((400, 300), 120, 90));
            assert_eq!(at(1), at(1));
            assert!(difference(&at(1), &at(2)) > 2.0, "{landscape:?}");
        }
    }

    #[test]
    fn a_small_picture_is_the_large_one_made_small() {
        for landscape in ALL {
            let scene = at(landscape, 15, 3);
            let small = draw(&scene, View::inside((1600, 1200), 100, 75));
            let large = draw(&scene, View::inside((1600, 1200), 800, 600));
            let mut shrunk = Canvas::new(100, 75);
            for y in 0..75 {
                for x in 0..100 {
                    shrunk.set(x, y, large.pixel(x * 8 + 4, y * 8 + 4));
                }
            }
            assert!(difference(&small, &shrunk) < 9.0, "{landscape:?} {}", difference(&small, &shrunk));
        }
    }

    #[test]
    fn every_size_can_be_drawn() {
        for own in [(1, 1), (3, 4000), (9000, 900), (1080, 2160)] {
            for landscape in ALL {
                for (w, h) in [(1, 1), (7, 500), (64, 64)] {
                    let mut canvas = draw(&at(landscape, 22, 9), View::cropped(own, w, h));
                    stamp(&mut canvas, "2024-06-11 12345");
                    play_button(&mut canvas);
                    assert_eq!(canvas.size(), (w, h));
                }
            }
        }
    }
}
