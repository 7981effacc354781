//! A media item in the shape in which Google writes it, so that programs made for the Library API read it unchanged.
//!
//! What Google's shape has no place for is under a key of our own, `albumen`, by the names of the columns.

use serde::Serialize;

use super::values::Named;
use crate::photo::{ItemFacts, Kind, format_rfc3339};

/// MediaItem (Google: Library API, resource mediaItems). What is unknown is left out, as Google does.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WrittenItem<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    id: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    product_url: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    mime_type: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    filename: &'a str,
    media_metadata: WrittenMetadata<'a>,
    albumen: Named<'a>,
}

/// MediaMetadata: sizes are int64 and so written as texts.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WrittenMetadata<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    creation_time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    width: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    height: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    photo: Option<WrittenCapture<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    video: Option<WrittenCapture<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WrittenCapture<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    camera_make: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    camera_model: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    focal_length: Option<f32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    aperture_f_number: Option<f32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    iso_equivalent: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    exposure_time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fps: Option<f64>,
}

/// Appends one line of JSON, without its end. The base URL is left out: it dies within the hour.
pub fn write_media_item(out: &mut Vec<u8>, item: &ItemFacts<'_>) {
    let size = |side_px: u32| (side_px > 0).then(|| side_px.to_string());
    let exposure = &item.exposure;
    let capture = WrittenCapture {
        camera_make: item.camera_make,
        camera_model: item.camera_model,
        focal_length: exposure.focal_length_mm,
        aperture_f_number: exposure.f_number,
        iso_equivalent: exposure.iso,
        exposure_time: exposure.exposure_s.map(|seconds| format!("{seconds}s")),
        fps: exposure.frames_per_s,
    };
    let (photo, video) = match item.kind {
        Kind::Photo => (Some(capture), None),
        Kind::Video => (None, Some(capture)),
    };
    let written = WrittenItem {
        id: item.id,
        description: item.description,
        product_url: item.product_url,
        mime_type: item.mime_type,
        filename: item.file_name,
        media_metadata: WrittenMetadata {
            creation_time: item.moment.taken_s.map(format_rfc3339),
            width: size(item.width_px),
            height: size(item.height_px),
            photo,
            video,
        },
        albumen: Named { item, is_in: |column| !column.is_googles },
    };
    serde_json::to_writer(out, &written).expect("texts and numbers can always be written, and memory takes them");
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::google::search::parse_search;
    use crate::photo::{Camera, Exposure, MediaItem};
    use crate::ports::Reply;

    fn write_item(item: &MediaItem) -> String {
        let mut line = Vec::new();
        write_media_item(&mut line, &item.into());
        String::from_utf8(line).unwrap()
    }

    fn read_again(line: &str) -> (Option<MediaItem>, Vec<String>) {
        let body = format!(r#"{{"mediaItems":[{line}]}}"#).into_bytes();
        let mut page = parse_search(&Reply { status: 200, headers: Vec::new(), body }).unwrap();
        (page.items.pop(), page.problems)
    }

    prop_compose! {
        fn items()(
            texts in proptest::array::uniform5("\\PC{0,20}"), id in "[A-Za-z0-9_-]{1,80}", is_video: bool, whole: bool,
            taken_s in proptest::option::of(-62_135_596_800_i64..253_402_300_799), size in (0_u32..100_000, 0_u32..100_000),
            f_number in proptest::option::of(0.7_f32..64.0), focal_length_mm in proptest::option::of(1.0_f32..800.0),
            exposure_s in proptest::option::of(1e-5..900.0_f64), iso in proptest::option::of(1_u32..4_000_000),
            frames_per_s in proptest::option::of((100_u32..24_000).prop_map(|hundredths| f64::from(hundredths) / 100.0)),
        ) -> MediaItem {
            let [file_name, description, make, model, page] = texts;
            let (kind, mime) = if is_video { (Kind::Video, "video/mp4") } else { (Kind::Photo, "image/jpeg") };
            MediaItem {
                id,
                file_name,
                description,
                mime_type: if whole { mime.into() } else { String::new() },
                kind,
                product_url: if whole { format!("https://photos.google.com/{page}") } else { String::new() },
                base_url: None,
                taken_s,
                width_px: size.0,
                height_px: size.1,
                camera: Camera { make, model },
                exposure: Exposure { f_number, exposure_s, iso, focal_length_mm, frames_per_s },
                export: None,
                corrected: None,
            }
        }
    }

    proptest! {
        #[test]
        fn what_is_written_reads_as_google_s_own(item in items()) {
            let line = write_item(&item);
            prop_assert!(!line.contains('\n'));
            prop_assert_eq!(read_again(&line), (Some(item), Vec::new()));
        }
    }

    #[test]
    fn what_is_unknown_is_left_out() {
        let line = write_item(&MediaItem { id: "a".into(), ..MediaItem::default() });
        assert_eq!(
            line,
            r#"{"id":"a","mediaMetadata":{"photo":{}},"albumen":{"time_corrected":false,"in_account":true,"in_takeout":false}}"#
        );
    }
}
