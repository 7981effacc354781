//! The sky of an hour: its colors, sun or moon, stars and clouds, and the light it throws on the land.

use super::brush::Brush;
use super::{Color, blend};
use crate::sandbox::chance::{Chance, mix};
use crate::sandbox::light::Scene;

/// What the land must know of the sky above it.
pub(super) struct Sky {
    pub(super) horizon: Color,
    /// By how much red, green and blue of anything under this sky is lit, 0 to about 1.1.
    pub(super) light: Color,
    /// Where sun or moon stands, from the left, 0 to 1.
    pub(super) sun_at: f32,
    /// How strongly sun or moon glitters on water, 0 to 1.
    pub(super) glitter: f32,
    pub(super) sun_color: Color,
}

/// At this light: top, middle and horizon of the sky, and the light on the land.
struct Hour(f32, Color, Color, Color, Color);

/// From night to noon. Muted, a little warm: prints, not screens.
const HOURS: [Hour; 6] = [
    Hour(-0.45, [13.0, 17.0, 31.0], [21.0, 27.0, 45.0], [38.0, 43.0, 60.0], [0.13, 0.15, 0.21]),
    Hour(-0.16, [32.0, 39.0, 70.0], [74.0, 70.0, 100.0], [148.0, 104.0, 96.0], [0.27, 0.27, 0.34]),
    Hour(0.0, [72.0, 86.0, 126.0], [168.0, 130.0, 128.0], [240.0, 166.0, 106.0], [0.60, 0.51, 0.49]),
    Hour(0.14, [104.0, 128.0, 164.0], [196.0, 174.0, 156.0], [250.0, 208.0, 150.0], [0.95, 0.82, 0.66]),
    Hour(0.4, [98.0, 142.0, 184.0], [162.0, 188.0, 206.0], [222.0, 222.0, 214.0], [1.02, 0.98, 0.90]),
    Hour(1.0, [84.0, 134.0, 184.0], [146.0, 182.0, 208.0], [210.0, 222.0, 224.0], [1.06, 1.03, 0.97]),
];

pub(super) fn draw(brush: &mut Brush, scene: &Scene) -> Sky {
    let mut chance = Chance::new(mix(scene.seed, 1));
    let cover = chance.part();
    let Hour(_, mut top, mut middle, mut horizon, mut light) = hour(scene.light);
    if cover > 0.72 {
        // Overcast: the sky is one soft grey, and nothing throws a shadow.
        let grey = (middle[0] + middle[1] + middle[2]) / 3.0 * 1.06;
        let cloud = [grey * 1.0, grey * 1.0, grey * 1.01];
        (top, middle, horizon) = (blend(top, cloud, 0.75), blend(middle, cloud, 0.85), blend(horizon, cloud, 0.7));
        light = light.map(|part| part * 0.84);
    }
    // Every evening has a color of its own.
    let tint = [chance.between(-10.0, 12.0), chance.between(-7.0, 7.0), chance.between(-12.0, 10.0)];
    for color in [&mut top, &mut middle, &mut horizon] {
        for (part, tint) in color.iter_mut().zip(tint) {
            *part += tint;
        }
    }
    brush.rows(|v| if v < 0.35 { blend(top, middle, v / 0.35) } else { blend(middle, horizon, (v - 0.35) / 0.33) });
    let (w, h, unit) = (brush.width(), brush.height(), brush.unit());
    if scene.light < -0.12 {
        stars(brush, &mut chance, scene.light);
    }
    let sun_at = chance.between(0.12, 0.88);
    let height = (scene.light.abs() * 0.52 + 0.02).min(0.5);
    let center = (w * sun_at, h * (0.6 - height));
    let overcast = cover > 0.72;
    let sun_color = if scene.light > 0.3 { [255.0, 252.0, 238.0] } else { [255.0, 226.0, 174.0] };
    if scene.light > -0.08 && !overcast {
        brush.haze(center, (unit * 0.62, unit * 0.52), blend(horizon, sun_color, 0.6), 0.55);
        brush.haze(center, (unit * 0.2, unit * 0.2), sun_color, 0.6);
        brush.ellipse(center, (unit * 0.032, unit * 0.032), sun_color, 0.95);
    } else if scene.light < -0.2 && cover < 0.5 {
        moon(brush, (w * sun_at, h * 0.2), unit * 0.035, top);
    }
    clouds(brush, &mut chance, cover, blend(horizon, [255.0; 3], 0.45 * light[1]), light);
    let glitter = if overcast { 0.05 } else { (1.0 - (scene.light - 0.12).abs() * 1.1).clamp(0.1, 1.0) };
    Sky {
        horizon,
        light,
        sun_at,
        glitter,
        sun_color: if scene.light < -0.1 { [206.0, 212.0, 226.0] } else { sun_color },
    }
}

fn hour(light: f32) -> Hour {
    let after = HOURS.iter().position(|hour| hour.0 >= light).unwrap_or(HOURS.len() - 1);
    let (from, to) = (&HOURS[after.saturating_sub(1)], &HOURS[after]);
    let part = if to.0 > from.0 { (light - from.0) / (to.0 - from.0) } else { 0.0 };
    Hour(
        light,
        blend(from.1, to.1, part),
        blend(from.2, to.2, part),
        blend(from.3, to.3, part),
        blend(from.4, to.4, part),
    )
}

fn stars(brush: &mut Brush, chance: &mut Chance, light: f32) {
    let (w, h, unit) = (brush.width(), brush.height(), brush.unit());
    for _ in 0..90 {
        let at = (w * chance.part(), h * 0.6 * chance.part());
        let size = unit * chance.between(0.0012, 0.0036);
        let alpha = chance.between(0.15, 0.85) * (-light * 2.4).clamp(0.0, 1.0);
        brush.ellipse(at, (size, size), [232.0, 232.0, 240.0], alpha);
    }
}

fn moon(brush: &mut Brush, center: (f32, f32), radius: f32, sky: Color) {
    brush.haze(center, (radius * 6.0, radius * 6.0), [190.0, 198.0, 214.0], 0.28);
    brush.ellipse(center, (radius, radius), [234.0, 232.0, 220.0], 1.0);
    // The dark side takes a bite out of it.
    brush.ellipse((center.0 - radius * 0.42, center.1 - radius * 0.12), (radius * 0.9, radius * 0.9), sky, 0.9);
}

fn clouds(brush: &mut Brush, chance: &mut Chance, cover: f32, bright: Color, light: Color) {
    let (w, h, unit) = (brush.width(), brush.height(), brush.unit());
    let shade = [bright[0] * 0.86, bright[1] * 0.87, bright[2] * 0.9];
    for _ in 0..(cover * 9.0) as u32 {
        let center = (w * chance.between(-0.1, 1.1), h * chance.between(0.04, 0.48));
        // The nearer the horizon, the flatter.
        let near = 1.0 - center.1 / h;
        let long = unit * chance.between(0.16, 0.5) * near;
        let color = blend(shade, bright, light[0]);
        for _ in 0..4 {
            let puff = (center.0 + long * chance.between(-0.75, 0.75), center.1 + long * chance.between(-0.1, 0.08));
            let wide = long * chance.between(0.35, 0.8);
            brush.haze(puff, (wide, wide * chance.between(0.16, 0.34)), color, 0.5);
        }
    }
}
