//! What a seeded library is, told by whoever makes it: what exports and charts are compared with.

use std::io::{BufWriter, Write};
use std::path::Path;

use albumen_core::photo::{Kind, MediaItem, Origin, TimeBasis};
use albumen_e2e::failure::Told;
use serde_json::{Value, json};

use crate::seed::Make;

/// Writes a line a photo, newest first, into `truth.ndjson` below `folder`. What is unknown is left out.
pub(crate) fn write(folder: &Path, rows: u32, make: Make) -> Told {
    // Of photos of the same second the one that came first is the first; those without an instant are the last.
    let mut order: Vec<(Option<i64>, u32)> = (0..rows).map(|number| (make(number, rows).taken_s, number)).collect();
    order.sort_by_key(|(taken_s, _)| std::cmp::Reverse(*taken_s));
    let mut file = BufWriter::new(std::fs::File::create(folder.join("truth.ndjson"))?);
    for (_, number) in order {
        let mut line = told(&make(number, rows));
        if let Some(facts) = line.as_object_mut() {
            facts.retain(|_, value| !value.is_null());
        }
        writeln!(file, "{line}")?;
    }
    Ok(file.flush()?)
}

/// All that is known of an item, by the names of an export's columns. Times are seconds since the epoch.
fn told(item: &MediaItem) -> Value {
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    // Of a number of 32 bits its own decimals, as its source told it.
    let narrow = |number: Option<f32>| number.and_then(|number| number.to_string().parse::<f64>().ok());
    let size = |side_px: u32| (side_px > 0).then_some(side_px);
    let export = item.export.as_deref();
    let clock = export.and_then(|export| export.clock);
    let place = export.and_then(|export| export.place);
    let local_s = clock.and_then(|clock| item.taken_s.map(|taken_s| taken_s + i64::from(clock.offset_min) * 60));
    json!({
        "id": item.id,
        "file_name": text(&item.file_name),
        "description": text(&item.description),
        "mime_type": text(&item.mime_type),
        "kind": if item.kind == Kind::Video { "video" } else { "photo" },
        "created_utc": item.taken_s,
        "created_local": local_s,
        "utc_offset_min": clock.map(|clock| clock.offset_min),
        "time_basis": clock.map(|clock| basis(clock.basis)),
        "time_corrected": false,
        "width": size(item.width_px),
        "height": size(item.height_px),
        "camera_make": text(&item.camera.make),
        "camera_model": text(&item.camera.model),
        "lens": export.and_then(|export| text(&export.lens)),
        "focal_length_mm": narrow(item.exposure.focal_length_mm),
        "focal_length_35mm": export.and_then(|export| export.focal_length_35mm),
        "f_number": narrow(item.exposure.f_number),
        "exposure_s": item.exposure.exposure_s,
        "iso": item.exposure.iso,
        "video_fps": item.exposure.frames_per_s,
        "latitude": place.map(|place| place.latitude),
        "longitude": place.map(|place| place.longitude),
        "altitude_m": place.and_then(|place| place.altitude_m),
        "people": export.map(|export| &export.people),
        "albums": [],
        "favorite": export.map(|export| export.marks.favorited),
        "archived": export.map(|export| export.marks.archived),
        "trashed": export.map(|export| export.marks.trashed),
        "locked": export.map(|export| export.marks.locked),
        "origin": export.and_then(|export| origin(export.origin)),
        "in_account": export.is_none_or(|export| export.is_in_account),
        "in_takeout": export.is_some(),
        "has_motion": export.map(|export| export.has_motion),
        "has_edited": export.map(|export| export.has_edited),
        "product_url": text(&item.product_url),
    })
}

/// Written here anew, as all words of the truth are: taken from what exports, a wrong one would agree with itself.
fn basis(basis: TimeBasis) -> &'static str {
    match basis {
        TimeBasis::ExifOffset => "exif_offset",
        TimeBasis::ExifLocal => "exif_local",
        TimeBasis::GpsTime => "gps_time",
        TimeBasis::Place => "place",
        TimeBasis::FileName => "file_name",
        TimeBasis::PersonZone => "person_zone",
        TimeBasis::Utc => "utc",
        TimeBasis::Correction => "correction",
    }
}

fn origin(origin: Origin) -> Option<&'static str> {
    match origin {
        Origin::Unknown => None,
        Origin::Phone => Some("phone"),
        Origin::Web => Some("web"),
        Origin::Drive => Some("drive"),
        Origin::Partner => Some("partner"),
        Origin::SharedAlbum => Some("shared_album"),
        Origin::Creation => Some("creation"),
        Origin::Other => Some("other"),
    }
}
