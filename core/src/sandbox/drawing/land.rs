//! What lies under the sky: hills, fields, woods, mountains, sand, the sea and the city.

use super::brush::{Brush, Noise};
use super::sky::Sky;
use super::{Color, blend, lit};
use crate::sandbox::chance::{Chance, mix};
use crate::sandbox::light::Scene;
use crate::sandbox::people::Landscape;

pub(super) fn draw(brush: &mut Brush, scene: &Scene, landscape: Landscape, sky: &Sky) {
    let mut chance = Chance::new(mix(scene.seed, 2));
    match landscape {
        Landscape::Sea => sea(brush, scene, sky, &mut chance),
        Landscape::City => city(brush, scene, sky, &mut chance),
        Landscape::Mountains => mountains(brush, scene, sky, &mut chance),
        Landscape::Forest => forest(brush, scene, sky, &mut chance),
        Landscape::Desert => desert(brush, scene, sky, &mut chance),
        Landscape::Fields | Landscape::Indoors => fields(brush, scene, sky, &mut chance),
    }
}

/// Leaves and grass of the season.
fn green(scene: &Scene) -> Color {
    const SUMMER: Color = [112.0, 134.0, 74.0];
    const SPRING: Color = [138.0, 160.0, 86.0];
    const AUTUMN: Color = [178.0, 128.0, 62.0];
    const WINTER: Color = [196.0, 198.0, 198.0];
    let growing = if scene.waning { AUTUMN } else { SPRING };
    if scene.summer < 0.4 {
        blend(WINTER, growing, (scene.summer - 0.12) / 0.2)
    } else {
        blend(growing, SUMMER, (scene.summer - 0.45) / 0.25)
    }
}

/// A color seen through air: the farther, the more of the horizon.
fn far(color: Color, sky: &Sky, distance: f32) -> Color {
    blend(lit(color, sky.light), sky.horizon, distance)
}

/// A line of hills: `base` and `rise` in parts of the picture's height, `length` of a hill in units.
fn hills(noise: Noise, size: (f32, f32), base: f32, rise: f32, length: f32, layers: u32) -> impl Fn(f32) -> f32 {
    let (unit, h) = size;
    move |x| h * (base - rise * noise.rough(x / unit / length, layers))
}

fn fields(brush: &mut Brush, scene: &Scene, sky: &Sky, chance: &mut Chance) {
    let (w, h, unit) = (brush.width(), brush.height(), brush.unit());
    let size = (unit, h);
    let grass = green(scene);
    let back = far(blend(grass, [96.0, 112.0, 116.0], 0.5), sky, 0.55);
    brush.below(hills(Noise::new(scene.seed, 11), size, 0.66, 0.13, 0.5, 4), |_| back);
    let middle = far(blend(grass, [150.0, 140.0, 84.0], chance.between(0.0, 0.5)), sky, 0.26);
    let middle_line = hills(Noise::new(scene.seed, 12), size, 0.74, 0.1, 0.8, 3);
    brush.below(&middle_line, |v| blend(middle, far(grass, sky, 0.1), (v - 0.64) * 3.0));
    for _ in 0..chance.range(2..9) {
        let x = w * chance.between(-0.02, 1.02);
        tree(brush, (x, middle_line(x) + h * 0.012), unit * chance.between(0.03, 0.075), far(grass, sky, 0.15), chance);
    }
    let near = hills(Noise::new(scene.seed, 13), size, 0.9, 0.12, 1.3, 3);
    let ripe = blend(grass, [206.0, 176.0, 96.0], chance.between(0.0, 0.55));
    brush.below(&near, |v| blend(far(ripe, sky, 0.06), lit(grass, sky.light.map(|p| p * 0.66)), (v - 0.82) * 4.5));
    if chance.happens(0.55) {
        let x = w * chance.between(0.1, 0.9);
        let shade = lit(blend(grass, [58.0, 66.0, 40.0], 0.6), sky.light);
        tree(brush, (x, near(x) + h * 0.03), unit * chance.between(0.14, 0.24), shade, chance);
    }
}

/// A round tree on its trunk.
fn tree(brush: &mut Brush, foot: (f32, f32), size: f32, leaves: Color, chance: &mut Chance) {
    let trunk = [leaves[0] * 0.5, leaves[1] * 0.42, leaves[2] * 0.4];
    brush.rect((foot.0 - size * 0.06, foot.1 - size * 0.9), (foot.0 + size * 0.06, foot.1), trunk, 1.0);
    for puff in 0..6 {
        let across = chance.between(-0.5, 0.5);
        let at = (foot.0 + size * across, foot.1 - size * (1.15 + chance.between(-0.3, 0.42) - across.abs() * 0.3));
        let bright = if puff < 3 { 0.84 } else { 1.02 };
        let radius = size * chance.between(0.3, 0.46);
        brush.ellipse(at, (radius, radius * 0.88), leaves.map(|p| p * bright), 0.96);
    }
}

fn mountains(brush: &mut Brush, scene: &Scene, sky: &Sky, chance: &mut Chance) {
    let (w, h, unit) = (brush.width(), brush.height(), brush.unit());
    let size = (unit, h);
    let rock = [116.0 + chance.between(-14.0, 14.0), 112.0, 114.0 + chance.between(-8.0, 14.0)];
    let snow_line = 0.32 + scene.summer * 0.12;
    let snow = far([240.0, 241.0, 244.0], sky, 0.18);
    let (back_rock, front_rock) = (far(rock, sky, 0.55), far(rock, sky, 0.26));
    let peaks = hills(Noise::new(scene.seed, 21), size, 0.62, 0.5, 0.62, 5);
    brush.below(&peaks, |v| blend(far([240.0; 3], sky, 0.45), back_rock, (v - snow_line + 0.12) * 9.0));
    let nearer = hills(Noise::new(scene.seed, 22), size, 0.74, 0.44, 0.55, 5);
    brush.below(&nearer, |v| blend(snow, front_rock, (v - snow_line - 0.06) * 8.0));
    let wood = blend(green(scene), [52.0, 72.0, 56.0], 0.6);
    let slope = hills(Noise::new(scene.seed, 23), size, 0.84, 0.16, 0.7, 4);
    let (upper, lower) = (far(wood, sky, 0.18), far(wood, sky, 0.02));
    brush.below(&slope, |v| blend(upper, lower, (v - 0.68) * 4.0));
    if chance.happens(0.5) {
        // A lake that holds the sky.
        let shore = chance.between(0.84, 0.9);
        let water = blend(sky.horizon, lit([70.0, 110.0, 124.0], sky.light), 0.55);
        brush.below(|_| h * shore, |v| blend(water, lit([52.0, 82.0, 96.0], sky.light), (v - shore) * 6.0));
    }
    let dark = lit([44.0, 60.0, 48.0], sky.light);
    for _ in 0..chance.range(3..16) {
        let x = w * chance.part();
        fir(brush, (x, h * chance.between(0.93, 1.02)), unit * chance.between(0.1, 0.24), dark);
    }
}

/// A fir, three skirts one above the other.
fn fir(brush: &mut Brush, foot: (f32, f32), size: f32, color: Color) {
    for (nth, part) in (0..3).zip([1.0, 0.8, 0.58]) {
        let up = size * 0.27 * nth as f32;
        let tip = (foot.0, foot.1 - up - size * 0.52);
        brush.spire(tip, foot.1 - up, size * 0.26 * part, color.map(|p| p * (0.9 + 0.09 * nth as f32)));
    }
}

fn forest(brush: &mut Brush, scene: &Scene, sky: &Sky, chance: &mut Chance) {
    let (w, h, unit) = (brush.width(), brush.height(), brush.unit());
    let leaves = green(scene);
    let firs = chance.happens(0.45);
    for layer in 0..4u32 {
        let near = layer as f32 / 3.0;
        let wood = if firs { blend(leaves, [46.0, 68.0, 52.0], 0.72) } else { blend(leaves, [74.0, 92.0, 52.0], 0.35) };
        let color = far(wood, sky, 0.6 - near * 0.56).map(|p| p * (1.0 - near * 0.34));
        let ground = h * (0.62 + near * 0.26);
        let line = hills(Noise::new(scene.seed, 31 + u64::from(layer)), (unit, h), 0.62 + near * 0.26, 0.06, 0.3, 3);
        brush.below(line, |_| color);
        let count = 34 - layer * 8;
        for nth in 0..count {
            let x = w * (nth as f32 + chance.part()) / count as f32;
            let size = unit * (0.16 + near * 0.32) * chance.between(0.75, 1.25);
            let shade = color.map(|p| p * chance.between(0.9, 1.1));
            if firs {
                fir(brush, (x, ground + unit * 0.02), size, shade);
            } else {
                tree(brush, (x, ground), size * 0.55, shade, chance);
            }
        }
    }
    let floor = lit(blend(leaves, [92.0, 74.0, 50.0], 0.55), sky.light.map(|p| p * 0.7));
    brush.below(hills(Noise::new(scene.seed, 39), (unit, h), 0.97, 0.05, 0.9, 2), |_| floor);
    if chance.happens(0.6) && scene.light > 0.1 {
        // Light between the stems.
        let at = w * sky.sun_at;
        brush.haze((at, h * 0.5), (unit * 0.4, h * 0.5), sky.sun_color, 0.3);
    }
}

fn desert(brush: &mut Brush, scene: &Scene, sky: &Sky, chance: &mut Chance) {
    let (w, h, unit) = (brush.width(), brush.height(), brush.unit());
    let sand = blend([214.0, 160.0, 104.0], [188.0, 112.0, 76.0], chance.part());
    let ridge = far([134.0, 104.0, 96.0], sky, 0.5);
    brush.below(hills(Noise::new(scene.seed, 41), (unit, h), 0.66, 0.14, 0.4, 2), |_| ridge);
    for (layer, base) in [(0u64, 0.72), (1, 0.82), (2, 0.96)] {
        let near = layer as f32 / 2.0;
        let bright = far(sand, sky, 0.34 - near * 0.28);
        let dark = bright.map(|p| p * 0.72);
        let line = hills(Noise::new(scene.seed, 42 + layer), (unit, h), base, 0.17, 0.9 + near, 2);
        brush.below(&line, |v| blend(bright, dark, (v - base + 0.12) * 3.2));
        // The lee of each dune lies in its own shadow.
        let lee = Noise::new(scene.seed, 46 + layer);
        let shadow = bright.map(|p| p * 0.6);
        brush
            .below(|x| line(x) + h * (0.02 + 0.24 * lee.at(x / unit * 1.4)), |v| blend(shadow, dark, (v - base) * 4.0));
    }
    if chance.happens(0.4) {
        let x = w * chance.between(0.15, 0.85);
        tree(brush, (x, h * 0.84), unit * chance.between(0.08, 0.15), lit([104.0, 104.0, 66.0], sky.light), chance);
    }
}

fn sea(brush: &mut Brush, scene: &Scene, sky: &Sky, chance: &mut Chance) {
    let (w, h, unit) = (brush.width(), brush.height(), brush.unit());
    let horizon = chance.between(0.52, 0.66);
    if chance.happens(0.6) {
        let coast = far([104.0, 112.0, 108.0], sky, 0.5);
        let line = hills(Noise::new(scene.seed, 51), (unit, h), horizon + 0.08, 0.19, 0.7, 4);
        brush.below(line, |_| coast);
    }
    let deep = lit(blend([58.0, 98.0, 118.0], [44.0, 120.0, 122.0], chance.part()), sky.light);
    brush.below(|_| h * horizon, |v| blend(blend(sky.horizon, deep, 0.38), deep, (v - horizon) * 3.4));
    // Waves, longer and farther apart towards the beach.
    for _ in 0..120 {
        let depth = chance.part() * chance.part();
        let at = (w * chance.part(), h * (horizon + 0.006 + depth * (0.98 - horizon)));
        let long = unit * (0.015 + depth * 0.2);
        let bright = blend(deep, sky.horizon, chance.between(0.3, 0.8));
        brush.haze(at, (long, unit * (0.002 + depth * 0.007)), bright, 0.6);
    }
    let sun = w * sky.sun_at;
    for _ in 0..((sky.glitter * 110.0) as u32) {
        let depth = chance.part();
        let spread = unit * (0.015 + depth * 0.14);
        let at = (sun + spread * chance.between(-1.0, 1.0), h * (horizon + 0.004 + depth * (1.0 - horizon)));
        brush.haze(at, (unit * (0.008 + depth * 0.03), unit * (0.0016 + depth * 0.004)), sky.sun_color, 0.75);
    }
    if chance.happens(0.45) {
        let sail = (w * chance.between(0.1, 0.9), h * (horizon + chance.between(0.01, 0.05)));
        let size = unit * chance.between(0.03, 0.08);
        brush.spire((sail.0, sail.1 - size * 1.5), sail.1, size * 0.42, lit([244.0, 238.0, 226.0], sky.light));
        brush.ellipse(
            (sail.0, sail.1 + size * 0.06),
            (size * 0.6, size * 0.1),
            lit([84.0, 60.0, 48.0], sky.light),
            1.0,
        );
    }
    if chance.happens(0.5) {
        let foam = lit([240.0, 240.0, 234.0], sky.light);
        let beach = lit([216.0, 190.0, 148.0], sky.light);
        let edge = chance.between(0.84, 0.92);
        brush.below(hills(Noise::new(scene.seed, 55), (unit, h), edge, 0.05, 0.6, 3), |_| foam);
        brush.below(hills(Noise::new(scene.seed, 55), (unit, h), edge + 0.013, 0.05, 0.6, 3), |v| {
            blend(beach.map(|p| p * 0.82), beach, (v - edge) * 14.0)
        });
    }
}

fn city(brush: &mut Brush, scene: &Scene, sky: &Sky, chance: &mut Chance) {
    let (w, h, unit) = (brush.width(), brush.height(), brush.unit());
    let walls: [Color; 5] = [
        [176.0, 144.0, 118.0],
        [196.0, 178.0, 152.0],
        [140.0, 124.0, 118.0],
        [164.0, 112.0, 92.0],
        [120.0, 124.0, 132.0],
    ];
    let tall = chance.between(0.6, 1.25);
    for layer in 0..3u32 {
        let near = layer as f32 / 2.0;
        let mut x = -unit * 0.05;
        while x < w {
            let wide = unit * chance.between(0.07, 0.15) * (0.8 + near * 0.7);
            let top = h * (0.66 + near * 0.12) - unit * chance.between(0.05, 0.34) * tall * (1.0 - near * 0.25);
            let wall = far(*chance.one(&walls), sky, 0.52 - near * 0.46);
            let roof = wall.map(|p| p * 0.78);
            if chance.happens(0.3) {
                brush.spire((x + wide / 2.0, top - wide * 0.45), top, wide / 2.0, roof);
            } else if chance.happens(0.2) {
                let mast = x + wide * chance.between(0.2, 0.8);
                brush.rect((mast, top - wide * 0.5), (mast + unit * 0.006, top), roof, 1.0);
            }
            brush.rect((x, top), (x + wide, h), wall, 1.0);
            if layer > 0 {
                windows(brush, scene, (x, top), wide, unit * (0.018 + near * 0.012), wall, chance);
            }
            x += wide * chance.between(0.96, 1.16);
        }
    }
    let street = lit([92.0, 88.0, 88.0], sky.light);
    brush.below(|_| h * 0.94, |v| blend(street, street.map(|p| p * 0.7), (v - 0.94) * 16.0));
    if scene.light < 0.0 {
        for _ in 0..14 {
            let at = (w * chance.part(), h * chance.between(0.84, 0.95));
            brush.haze(at, (unit * 0.07, unit * 0.06), [255.0, 198.0, 122.0], 0.5);
        }
    }
}

/// Rows of windows: dark by day, many of them lit in the evening, few late at night.
fn windows(
    brush: &mut Brush,
    scene: &Scene,
    corner: (f32, f32),
    wide: f32,
    size: f32,
    wall: Color,
    chance: &mut Chance,
) {
    let awake = match scene.hour {
        hour if scene.light > 0.05 => f32::from(u8::from(hour < 0.0)),
        hour if (17.0..23.0).contains(&hour) => 0.55,
        _ => 0.16,
    };
    let across = (wide / size / 1.7) as u32;
    let bottom = brush.height() * 0.94;
    let mut y = corner.1 + size * 0.8;
    while y + size < bottom && across > 0 {
        for nth in 0..across {
            let x = corner.0 + wide * (nth as f32 + 0.5) / across as f32;
            let glass = if chance.happens(awake) {
                [252.0, chance.between(196.0, 220.0), chance.between(120.0, 160.0)]
            } else {
                wall.map(|p| p * 0.6)
            };
            brush.rect((x - size * 0.34, y), (x + size * 0.34, y + size * 0.95), glass, 0.92);
        }
        y += size * 1.75;
    }
}
