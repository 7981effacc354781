//! A seeded library as Google's Library API tells it: search pages of a hundred items each.

use std::io::{BufWriter, Write};
use std::path::Path;

use albumen_core::photo::{Kind, MediaItem};
use albumen_e2e::failure::Told;
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::library;

/// Items on a page: the most that Google gives.
pub(crate) const ITEMS_A_PAGE: u32 = 100;

/// Writes all pages one after another into `pages.bin` below `folder`, and where each ends into `pages.json`.
pub(crate) fn write(folder: &Path, rows: u32) -> Told {
    std::fs::create_dir_all(folder)?;
    let mut file = BufWriter::new(std::fs::File::create(folder.join("pages.bin"))?);
    let (mut ends, mut end) = (Vec::new(), 0);
    for from in (0..rows).step_by(ITEMS_A_PAGE as usize) {
        let to = (from + ITEMS_A_PAGE).min(rows);
        let items: Vec<Value> = (from..to).map(|number| wire(&library::item(number, rows))).collect();
        let mut page = json!({ "mediaItems": items });
        if to < rows {
            page["nextPageToken"] = format!("{to:0160}").into();
        }
        let page = serde_json::to_vec(&page)?;
        file.write_all(&page)?;
        end += page.len();
        ends.push(end);
    }
    file.flush()?;
    Ok(std::fs::write(folder.join("pages.json"), serde_json::to_string(&ends)?)?)
}

/// `MediaItem` (Google: Library API, MediaItem).
fn wire(item: &MediaItem) -> Value {
    let taken = Timestamp::from_second(item.taken_s.unwrap_or_default()).unwrap_or_default();
    let exposure = &item.exposure;
    let mut metadata = json!({
        "creationTime": taken.to_string(),
        "width": item.width_px.to_string(),
        "height": item.height_px.to_string(),
    });
    let camera = [("cameraMake", &item.camera.make), ("cameraModel", &item.camera.model)];
    let mut what = match item.kind {
        Kind::Photo => json!({
            "focalLength": exposure.focal_length_mm,
            "apertureFNumber": exposure.f_number,
            "isoEquivalent": exposure.iso,
            "exposureTime": format!("{:.9}s", exposure.exposure_s.unwrap_or_default()),
        }),
        Kind::Video => json!({ "fps": exposure.frames_per_s, "status": "READY" }),
    };
    for (name, text) in camera {
        what[name] = text.as_str().into();
    }
    metadata[if item.kind == Kind::Video { "video" } else { "photo" }] = what;
    let mut wire = json!({
        "id": item.id,
        "productUrl": item.product_url,
        // As long as Google's own.
        "baseUrl": format!("https://lh3.googleusercontent.com/lr/{0}{0}{0}", item.id),
        "mimeType": item.mime_type,
        "mediaMetadata": metadata,
        "filename": item.file_name,
    });
    if !item.description.is_empty() {
        wire["description"] = item.description.as_str().into();
    }
    wire
}

#[cfg(test)]
mod tests {
    use super::*;
    use albumen_core::google::search::parse_search;
    use albumen_core::ports::Reply;

    #[test]
    fn what_is_written_is_read_by_the_client_as_it_was() {
        let folder = std::env::temp_dir().join(format!("albumen-bench-{}", std::process::id()));
        write(&folder, 150).unwrap();
        let bytes = std::fs::read(folder.join("pages.bin")).unwrap();
        let ends: Vec<usize> = serde_json::from_slice(&std::fs::read(folder.join("pages.json")).unwrap()).unwrap();
        std::fs::remove_dir_all(folder).unwrap();
        let headers = vec![("content-type".to_owned(), "application/json".to_owned())];
        let reply = Reply { status: 200, headers, body: bytes[..ends[0]].to_vec() };
        let page = parse_search(&reply).unwrap();
        assert_eq!((page.items.len(), page.problems.len(), ends.len()), (100, 0, 2));
        assert!(page.next_page_token.is_some());
        let expected = library::item(42, 150);
        let read = MediaItem { base_url: None, ..page.items[42].clone() };
        // Google's durations have nine digits.
        let exposure_s = read.exposure.exposure_s;
        assert_eq!(
            read,
            MediaItem { exposure: albumen_core::photo::Exposure { exposure_s, ..expected.exposure }, ..expected }
        );
    }
}
