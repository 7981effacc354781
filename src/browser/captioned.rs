//! A picture of a drawing with words above it: what a chart that was taken out of the page says of itself.

use wasm_bindgen::prelude::*;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

/// The words above a drawing, and their colors as in CSS.
#[derive(Clone, Debug)]
pub struct Caption<'a> {
    pub title: &'a str,
    /// What is said below the title, each in lines of its own.
    pub notes: &'a [String],
    pub ink: &'a str,
    pub soft: &'a str,
    pub paper: &'a str,
}

/// Lengths in CSS pixels.
const EDGE_PX: f64 = 16.0;
const TITLE_PX: f64 = 26.0;
const NOTE_PX: f64 = 18.0;
const TITLE_FONT: &str = "600 18px system-ui, sans-serif";
const NOTE_FONT: &str = "12px system-ui, sans-serif";

/// A drawing with so many device pixels in a CSS pixel, on paper and below its caption, as a PNG. `None` where the browser
/// would not.
pub fn captioned(drawing: &HtmlCanvasElement, ratio: f64, caption: &Caption<'_>) -> Option<Vec<u8>> {
    let canvas: HtmlCanvasElement = web_sys::window()?.document()?.create_element("canvas").ok()?.dyn_into().ok()?;
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok().flatten()?.dyn_into().ok()?;
    let room_px = f64::from(drawing.width()) / ratio;
    let width_of = |font: &str, text: &str| {
        context.set_font(font);
        context.measure_text(text).map_or(0.0, |measured| measured.width())
    };
    let titles = lines(caption.title, room_px, |text| width_of(TITLE_FONT, text));
    let notes: Vec<String> =
        caption.notes.iter().flat_map(|note| lines(note, room_px, |text| width_of(NOTE_FONT, text))).collect();
    let head_px = EDGE_PX + titles.len() as f64 * TITLE_PX + notes.len() as f64 * NOTE_PX + EDGE_PX / 2.0;
    let (width_px, height_px) = (room_px + 2.0 * EDGE_PX, head_px + f64::from(drawing.height()) / ratio + EDGE_PX);
    // A canvas of another size has forgotten its font.
    canvas.set_width((width_px * ratio).round() as u32);
    canvas.set_height((height_px * ratio).round() as u32);
    context.set_fill_style_str(caption.paper);
    context.fill_rect(0.0, 0.0, f64::from(canvas.width()), f64::from(canvas.height()));
    context.draw_image_with_html_canvas_element(drawing, (EDGE_PX * ratio).round(), (head_px * ratio).round()).ok()?;
    context.scale(ratio, ratio).ok()?;
    context.set_text_baseline("middle");
    let mut top_px = EDGE_PX;
    let titles = titles.iter().map(|line| (line, TITLE_FONT, TITLE_PX, caption.ink));
    for (line, font, line_px, color) in titles.chain(notes.iter().map(|line| (line, NOTE_FONT, NOTE_PX, caption.soft)))
    {
        context.set_font(font);
        context.set_fill_style_str(color);
        context.fill_text(line, EDGE_PX, top_px + line_px / 2.0).ok()?;
        top_px += line_px;
    }
    let address = canvas.to_data_url_with_type("image/png").ok()?;
    let letters = address.strip_prefix("data:image/png;base64,")?;
    let bytes = web_sys::window()?.atob(letters).ok()?;
    // A letter a byte.
    Some(bytes.chars().map(|letter| letter as u8).collect())
}

/// A text in lines that are no wider than `room_px`, unless one word is.
fn lines(text: &str, room_px: f64, width_of: impl Fn(&str) -> f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_ascii_whitespace() {
        match lines.last_mut() {
            Some(line) if width_of(&format!("{line} {word}")) <= room_px => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
