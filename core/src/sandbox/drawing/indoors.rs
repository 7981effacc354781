//! Rooms with a window, a table and what stands on it; and the screens of phones.

use super::brush::Brush;
use super::{Color, blend, lit};
use crate::sandbox::chance::{Chance, mix};
use crate::sandbox::light::Scene;

pub(super) fn room(brush: &mut Brush, scene: &Scene) {
    let mut chance = Chance::new(mix(scene.seed, 3));
    let (w, h, unit) = (brush.width(), brush.height(), brush.unit());
    let walls: [Color; 6] = [
        [206.0, 190.0, 168.0],
        [176.0, 182.0, 172.0],
        [194.0, 162.0, 140.0],
        [156.0, 166.0, 178.0],
        [214.0, 202.0, 184.0],
        [132.0, 140.0, 128.0],
    ];
    let day = scene.light > 0.0;
    // By day the window lights the room, at night a lamp does.
    let light = if day { [0.92 + scene.light * 0.1, 0.92 + scene.light * 0.08, 0.9] } else { [0.74, 0.62, 0.47] };
    let wall = lit(*chance.one(&walls), light);
    brush.rows(|v| blend(wall, wall.map(|p| p * 0.8), v));
    let window = w * chance.between(0.14, 0.6);
    let (wide, high) = (unit * chance.between(0.3, 0.46), unit * chance.between(0.34, 0.5));
    pane(brush, scene, (window, h * 0.12), (wide, high));
    if chance.happens(0.6) {
        let at = ((window + wide * 1.2 + unit * 0.06) % (w * 0.85), h * chance.between(0.14, 0.26));
        frame(brush, at, unit * chance.between(0.14, 0.2), &mut chance, light);
    }
    let edge = h * chance.between(0.62, 0.7);
    let wood = lit(blend([142.0, 100.0, 66.0], [196.0, 164.0, 128.0], chance.part()), light);
    brush.below(|_| edge, |v| blend(wood, wood.map(|p| p * 0.76), (v - edge / h) * 3.0));
    brush.below(
        |_| edge + unit * 0.012,
        |v| blend(wood.map(|p| p * 1.07), wood.map(|p| p * 0.82), (v - edge / h) * 3.0),
    );
    if day {
        let patch = (window + wide * 0.9, edge + (h - edge) * 0.45);
        brush.haze(patch, (unit * 0.5, unit * 0.2), [255.0, 244.0, 218.0], 0.38);
    }
    for nth in 0..chance.range(2..5) {
        let x = w * (0.16 + 0.7 * (nth as f32 + chance.part()) / 4.0);
        let foot = (x, edge + (h - edge) * chance.between(0.25, 0.75));
        thing(brush, foot, unit * chance.between(0.09, 0.16), &mut chance, light);
    }
    if !day {
        let lamp = (w * chance.between(0.2, 0.8), h * 0.2);
        brush.haze(lamp, (unit * 0.9, unit * 0.8), [255.0, 206.0, 138.0], 0.42);
        brush.rect((lamp.0 - unit * 0.003, 0.0), (lamp.0 + unit * 0.003, lamp.1), [52.0, 42.0, 36.0], 1.0);
        brush.spire((lamp.0, lamp.1 - unit * 0.07), lamp.1 + unit * 0.02, unit * 0.1, [248.0, 220.0, 168.0]);
    }
}

/// A window with the outside behind it.
fn pane(brush: &mut Brush, scene: &Scene, at: (f32, f32), size: (f32, f32)) {
    let sash: Color = if scene.light > 0.0 { [238.0, 232.0, 222.0] } else { [150.0, 126.0, 98.0] };
    let out: Color = if scene.light > 0.0 { [206.0, 222.0, 230.0] } else { [26.0, 32.0, 52.0] };
    let rim = size.0 * 0.05;
    brush.rect((at.0 - rim, at.1 - rim), (at.0 + size.0 + rim, at.1 + size.1 + rim), sash, 1.0);
    brush.rect(at, (at.0 + size.0, at.1 + size.1), out, 1.0);
    let garden = if scene.light > 0.0 {
        blend([150.0, 160.0, 150.0], [124.0, 148.0, 96.0], scene.summer)
    } else {
        [18.0, 24.0, 34.0]
    };
    let line = at.1 + size.1 * 0.68;
    brush.rect((at.0, line), (at.0 + size.0, at.1 + size.1), garden, 1.0);
    brush.ellipse((at.0 + size.0 * 0.7, line), (size.0 * 0.2, size.1 * 0.18), garden.map(|p| p * 0.9), 1.0);
    let middle = at.0 + size.0 / 2.0;
    brush.rect((middle - rim / 2.0, at.1), (middle + rim / 2.0, at.1 + size.1), sash, 1.0);
}

/// A picture on the wall.
fn frame(brush: &mut Brush, at: (f32, f32), size: f32, chance: &mut Chance, light: Color) {
    let high = size * chance.between(0.8, 1.3);
    let rim = size * 0.09;
    brush.rect((at.0 - rim, at.1 - rim), (at.0 + size + rim, at.1 + high + rim), lit([70.0, 56.0, 46.0], light), 1.0);
    brush.rect(at, (at.0 + size, at.1 + high), lit([236.0, 228.0, 212.0], light), 1.0);
    let ink = lit([chance.between(90.0, 200.0), chance.between(90.0, 150.0), chance.between(80.0, 150.0)], light);
    brush.ellipse((at.0 + size * 0.5, at.1 + high * 0.45), (size * 0.26, high * 0.24), ink, 1.0);
    brush.rect((at.0 + size * 0.2, at.1 + high * 0.72), (at.0 + size * 0.8, at.1 + high * 0.76), ink, 0.9);
}

/// A cup, a bowl of fruit, a plant, a bottle or a cake.
fn thing(brush: &mut Brush, foot: (f32, f32), size: f32, chance: &mut Chance, light: Color) {
    brush.haze(foot, (size * 1.2, size * 0.26), [40.0, 30.0, 24.0], 0.55);
    let wares = [[232.0, 226.0, 214.0], [92.0, 118.0, 132.0], [176.0, 92.0, 70.0], [120.0, 132.0, 98.0]];
    let ware = lit(*chance.one(&wares), light);
    let mut still = StillLife { brush, foot, size, light };
    match chance.range(0..5) {
        0 => still.cup(ware),
        1 => still.bowl(ware, chance),
        2 => still.plant(ware, chance),
        3 => still.bottle(),
        _ => still.cake(),
    }
}

/// Something that stands on a table: measured from its foot, in its own size, upwards.
struct StillLife<'a, 'b> {
    brush: &'a mut Brush<'b>,
    foot: (f32, f32),
    size: f32,
    light: Color,
}

impl StillLife<'_, '_> {
    fn round(&mut self, at: (f32, f32), radius: (f32, f32), color: Color) {
        let center = (self.foot.0 + self.size * at.0, self.foot.1 - self.size * at.1);
        self.brush.ellipse(center, (self.size * radius.0, self.size * radius.1), color, 1.0);
    }

    fn block(&mut self, half: f32, from: f32, to: f32, color: Color) {
        let (x, y) = self.foot;
        let side = self.size * half;
        self.brush.rect((x - side, y - self.size * to), (x + side, y - self.size * from), color, 1.0);
    }

    fn cup(&mut self, ware: Color) {
        self.round((0.55, 0.45), (0.22, 0.24), ware);
        self.block(0.45, 0.05, 0.85, ware);
        self.round((0.0, 0.08), (0.45, 0.14), ware);
        self.round((0.0, 0.85), (0.45, 0.14), ware.map(|p| p * 0.86));
        self.round((0.0, 0.83), (0.38, 0.1), lit([78.0, 50.0, 34.0], self.light));
    }

    fn bowl(&mut self, ware: Color, chance: &mut Chance) {
        let fruits = [[204.0, 92.0, 48.0], [214.0, 168.0, 62.0], [150.0, 60.0, 52.0], [140.0, 158.0, 70.0]];
        for nth in 0..5 {
            let fruit = lit(*chance.one(&fruits), self.light);
            let at = ((nth as f32 - 2.0) * 0.3, chance.between(0.55, 0.85));
            self.round(at, (0.27, 0.26), fruit);
            self.round((at.0 - 0.08, at.1 + 0.1), (0.06, 0.05), blend(fruit, [255.0, 246.0, 230.0], 0.4));
        }
        self.round((0.0, 0.3), (0.95, 0.3), ware);
    }

    fn plant(&mut self, ware: Color, chance: &mut Chance) {
        let leaf = lit([96.0, 124.0, 78.0], self.light);
        for _ in 0..9 {
            let at = (chance.between(-0.6, 0.6), chance.between(0.9, 2.0));
            self.round(at, (0.24, 0.4), leaf.map(|p| p * chance.between(0.8, 1.15)));
        }
        self.block(0.4, 0.0, 0.75, ware);
    }

    fn bottle(&mut self) {
        let glass = lit([70.0, 92.0, 70.0], self.light);
        self.block(0.28, 0.0, 1.5, glass);
        self.block(0.1, 1.4, 2.2, glass);
        self.block(0.28, 0.4, 1.0, lit([228.0, 218.0, 196.0], self.light));
    }

    fn cake(&mut self) {
        self.round((0.0, 0.1), (1.1, 0.22), lit([236.0, 232.0, 222.0], self.light));
        self.block(0.7, 0.12, 0.7, lit([170.0, 108.0, 66.0], self.light));
        self.round((0.0, 0.7), (0.7, 0.16), lit([244.0, 226.0, 208.0], self.light));
        self.round((0.0, 0.84), (0.1, 0.1), lit([178.0, 40.0, 46.0], self.light));
    }
}

/// A phone's screen: a bar, and messages to the left and to the right.
pub(super) fn screen(brush: &mut Brush, scene: &Scene) {
    let mut chance = Chance::new(mix(scene.seed, 4));
    let (w, h) = (brush.width(), brush.height());
    let dark = chance.happens(0.35);
    let (paper, other, ink): (Color, Color, Color) = if dark {
        ([24.0, 24.0, 28.0], [52.0, 52.0, 60.0], [190.0, 190.0, 196.0])
    } else {
        ([248.0, 247.0, 244.0], [226.0, 224.0, 220.0], [96.0, 94.0, 92.0])
    };
    let own = *chance.one(&[[62.0, 110.0, 168.0], [88.0, 138.0, 104.0], [170.0, 104.0, 84.0], [120.0, 96.0, 150.0]]);
    brush.rows(|_| paper);
    brush.rect((0.0, 0.0), (w, h * 0.09), own, 1.0);
    brush.ellipse((w * 0.1, h * 0.058), (w * 0.045, w * 0.045), [238.0, 226.0, 208.0], 1.0);
    brush.rect((w * 0.2, h * 0.05), (w * 0.55, h * 0.066), [240.0; 3], 0.9);
    let mut y = h * 0.115;
    while y < h * 0.86 {
        let mine = chance.happens(0.45);
        let lines = chance.range(1..5);
        let high = h * (0.018 + 0.021 * lines as f32);
        let wide = w * chance.between(0.34, 0.7);
        let left = if mine { w * 0.95 - wide } else { w * 0.05 };
        brush.rect((left, y), (left + wide, y + high), if mine { own } else { other }, 1.0);
        for line in 0..lines {
            let part = if line + 1 == lines { chance.between(0.3, 0.9) } else { 0.94 };
            let top = y + h * (0.012 + 0.021 * line as f32);
            let text = if mine { [244.0; 3] } else { ink };
            brush.rect(
                (left + w * 0.03, top),
                (left + w * 0.03 + (wide - w * 0.06) * part, top + h * 0.008),
                text,
                0.8,
            );
        }
        y += high + h * chance.between(0.01, 0.03);
    }
    brush.rect((w * 0.05, h * 0.92), (w * 0.95, h * 0.965), other, 1.0);
}
