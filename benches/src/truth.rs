//! What a seeded library is, told by whoever makes it: what exports are compared with.

use std::io::{BufWriter, Write};
use std::path::Path;

use albumen_core::photo::Kind;
use albumen_e2e::failure::Told;
use serde_json::json;

use crate::library;

/// Writes a line a photo, newest first, into `truth.ndjson` below `folder`. What is unknown is `null`.
pub(crate) fn write(folder: &Path, rows: u32) -> Told {
    let mut items: Vec<_> = (0..rows).map(|number| library::item(number, rows)).collect();
    // Of photos of the same second the one that came first is the first.
    items.sort_by_key(|item| std::cmp::Reverse(item.taken_s));
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    // Of a number of 32 bits its own decimals, as its source told it.
    let narrow = |number: Option<f32>| number.and_then(|number| number.to_string().parse::<f64>().ok());
    let mut file = BufWriter::new(std::fs::File::create(folder.join("truth.ndjson"))?);
    for item in items {
        let line = json!({
            "id": item.id,
            "file_name": text(&item.file_name),
            "description": text(&item.description),
            "mime_type": text(&item.mime_type),
            "kind": if item.kind == Kind::Video { "video" } else { "photo" },
            "taken_s": item.taken_s,
            "width": item.width_px,
            "height": item.height_px,
            "camera_make": text(&item.camera.make),
            "camera_model": text(&item.camera.model),
            "focal_length_mm": narrow(item.exposure.focal_length_mm),
            "f_number": narrow(item.exposure.f_number),
            "exposure_s": item.exposure.exposure_s,
            "iso": item.exposure.iso,
            "video_fps": item.exposure.frames_per_s,
            "product_url": text(&item.product_url),
        });
        writeln!(file, "{line}")?;
    }
    Ok(file.flush()?)
}
