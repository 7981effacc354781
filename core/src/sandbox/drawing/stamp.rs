//! What is written over a picture: the date in its corner, as film cameras did, and the button of a video.

use super::Canvas;

/// Digits and signs, three wide and five high, a row in each octal digit from the top.
fn glyph(letter: char) -> [u8; 5] {
    match letter {
        '0' => [7, 5, 5, 5, 7],
        '1' => [2, 6, 2, 2, 7],
        '2' => [7, 1, 7, 4, 7],
        '3' => [7, 1, 7, 1, 7],
        '4' => [5, 5, 7, 1, 1],
        '5' => [7, 4, 7, 1, 7],
        '6' => [7, 4, 7, 5, 7],
        '7' => [7, 1, 2, 2, 2],
        '8' => [7, 5, 7, 5, 7],
        '9' => [7, 5, 7, 1, 7],
        '-' => [0, 0, 7, 0, 0],
        _ => [0; 5],
    }
}

/// Writes digits and hyphens into the lower right corner, in the amber of a quartz date back.
pub(in crate::sandbox) fn stamp(canvas: &mut Canvas, text: &str) {
    let (width, height) = canvas.size();
    let dot = (width.min(height) / 130).max(1);
    let long = (text.chars().count() as u32 * 4).saturating_sub(1) * dot;
    let (Some(left), Some(top)) = (width.checked_sub(long + 4 * dot), height.checked_sub(9 * dot)) else {
        return;
    };
    for (letter, nth) in text.chars().zip(0..) {
        for (row, y) in glyph(letter).into_iter().zip(0..) {
            for x in (0..3).filter(|x| row >> (2 - x) & 1 == 1) {
                let at = (left + (nth * 4 + x) * dot, top + y * dot);
                block(canvas, (at.0 + dot.div_ceil(3), at.1 + dot.div_ceil(3)), dot, [62, 34, 14]);
                block(canvas, at, dot, [250, 172, 84]);
            }
        }
    }
}

/// A white triangle in a dark disc, in the middle (Google: base URL parameters: video thumbnails carry a play button).
pub(in crate::sandbox) fn play_button(canvas: &mut Canvas) {
    let (width, height) = canvas.size();
    let radius = (width.min(height) / 9) as i64;
    let (cx, cy) = (i64::from(width / 2), i64::from(height / 2));
    for dy in -radius..=radius {
        for dx in -radius..=radius {
            if dx * dx + dy * dy > radius * radius {
                continue;
            }
            let (Ok(x), Ok(y)) = (u32::try_from(cx + dx), u32::try_from(cy + dy)) else { continue };
            let right = dx * 5 + radius * 2;
            let triangle = right >= 0 && dx * 5 <= radius * 3 && dy.abs() * 5 * 2 <= radius * 5 - right;
            let old = canvas.pixel(x, y);
            canvas.set(x, y, if triangle { [248; 3] } else { old.map(|part| part / 3 + 14) });
        }
    }
}

fn block(canvas: &mut Canvas, at: (u32, u32), size: u32, color: [u8; 3]) {
    for y in at.1..at.1 + size {
        for x in at.0..at.0 + size {
            canvas.set(x, y, color);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_numbers_are_two_pictures() {
        let stamped = |text| {
            let mut canvas = Canvas::new(400, 300);
            stamp(&mut canvas, text);
            canvas
        };
        assert_ne!(stamped("2024-06-11 1"), stamped("2024-06-11 2"));
        assert_ne!(stamped("2024-06-11 1"), Canvas::new(400, 300));
    }

    #[test]
    fn a_canvas_too_small_for_the_stamp_stays_as_it_is() {
        let mut canvas = Canvas::new(20, 8);
        stamp(&mut canvas, "2024-06-11 1");
        assert_eq!(canvas, Canvas::new(20, 8));
    }
}
