//! What a row says in a column, read from where it is kept.

use crate::catalog::codec::ColdRow;
use crate::catalog::{Hot, Source};
use crate::photo::{Kind, Origin, TimeBasis};

use super::{Column, Value};

/// What stands between the texts of a cell that has several.
pub(super) const BETWEEN: &str = "; ";

/// A cell of a column that is hot (see [`Part::Hot`](super::Part)); of any other, nothing is known here. `row` is
/// counted as `hot` counts.
pub fn hot_value(column: Column, hot: &Hot, row: u32) -> Value<'_> {
    if !hot.is_present(row) {
        return Value::Unknown;
    }
    let side = |px: u32| if px == 0 { Value::Unknown } else { Value::Whole(i64::from(px)) };
    let camera = || hot.cameras().get(usize::from(hot.camera(row)));
    let clock = || hot.clock(row).filter(|_| hot.taken_s(row).is_some());
    // The Library API tells nothing of these: of what only the account told they are not known.
    let mark = |is_set: bool| if hot.is_from(row, Source::Takeout) { Value::Flag(is_set) } else { Value::Unknown };
    match column {
        Column::Taken => hot.taken_s(row).map_or(Value::Unknown, Value::Instant),
        Column::Local => hot.local_s(row).map_or(Value::Unknown, Value::Local),
        Column::Offset => clock().map_or(Value::Unknown, |clock| Value::Offset(clock.offset_min)),
        Column::Basis => clock().map_or(Value::Unknown, |clock| Value::of_text(basis_word(clock.basis))),
        Column::Kind => Value::of_text(match hot.kind(row) {
            Kind::Photo => "photo",
            Kind::Video => "video",
        }),
        Column::Width => side(hot.width_px(row)),
        Column::Height => side(hot.height_px(row)),
        Column::Megapixels => megapixels(hot.width_px(row), hot.height_px(row)),
        Column::Make => camera().map_or(Value::Unknown, |camera| Value::of_text(&camera.make)),
        Column::Model => camera().map_or(Value::Unknown, |camera| Value::of_text(&camera.model)),
        Column::Latitude => hot.place(row).map_or(Value::Unknown, |place| Value::Number(place.latitude)),
        Column::Longitude => hot.place(row).map_or(Value::Unknown, |place| Value::Number(place.longitude)),
        Column::Favorite => mark(hot.marks(row).favorited),
        Column::Archived => mark(hot.marks(row).archived),
        Column::Trashed => mark(hot.marks(row).trashed),
        Column::Locked => mark(hot.marks(row).locked),
        Column::Sources => {
            let told: Vec<&str> = Source::ALL.into_iter().filter(|s| hot.is_from(row, *s)).map(source_word).collect();
            Value::of_owned(told.join(BETWEEN))
        }
        _ => Value::Unknown,
    }
}

/// A cell of a column that is cold.
pub fn cold_value(column: Column, row: &ColdRow) -> Value<'_> {
    if row.id.is_empty() {
        return Value::Unknown;
    }
    let exposure = &row.exposure;
    let export = row.export.as_deref();
    let single = |number: Option<f32>| number.map_or(Value::Unknown, Value::Single);
    let number = |number: Option<f64>| number.map_or(Value::Unknown, Value::Number);
    let whole = |number: Option<u32>| number.map_or(Value::Unknown, |number| Value::Whole(i64::from(number)));
    // Where it is not so, an export need not have told.
    let mark = |is_set: bool| if is_set { Value::Flag(true) } else { Value::Unknown };
    match column {
        Column::Id => Value::of_text(&row.id),
        Column::Url => Value::of_text(&row.product_url),
        Column::MimeType => Value::of_text(&row.mime_type),
        Column::FNumber => single(exposure.f_number),
        Column::ExposureTime => number(exposure.exposure_s),
        Column::Iso => whole(exposure.iso),
        Column::FocalLength => single(exposure.focal_length_mm),
        Column::FramesPerSecond => number(exposure.frames_per_s),
        Column::Lens => export.map_or(Value::Unknown, |export| Value::of_text(&export.lens)),
        Column::FocalLength35 => whole(export.and_then(|export| export.focal_length_35mm).map(u32::from)),
        Column::Altitude => number(export.and_then(|export| export.altitude_m)),
        Column::People => export.map_or(Value::Unknown, |export| Value::of_owned(export.people.join(BETWEEN))),
        Column::Moving => mark(export.is_some_and(|export| export.has_motion)),
        Column::Edited => mark(export.is_some_and(|export| export.has_edited)),
        Column::Origin => export.map_or(Value::Unknown, |export| Value::of_text(origin_word(export.origin))),
        Column::Corrected => Value::Flag(row.correction.is_some()),
        Column::TakenAsTold => {
            let told = row.correction.as_deref().and_then(|correction| correction.told.taken_s);
            told.map_or(Value::Unknown, Value::Instant)
        }
        _ => Value::Unknown,
    }
}

/// A cell of a column that is a text.
pub fn text_value<'a>(column: Column, file_name: &'a str, description: &'a str) -> Value<'a> {
    match column {
        Column::Name => Value::of_text(file_name),
        Column::Description => Value::of_text(description),
        _ => Value::Unknown,
    }
}

/// Millions of pixels, to a tenth.
fn megapixels(width_px: u32, height_px: u32) -> Value<'static> {
    let pixels = u64::from(width_px) * u64::from(height_px);
    if pixels == 0 { Value::Unknown } else { Value::Number(((pixels + 50_000) / 100_000) as f64 / 10.0) }
}

fn source_word(source: Source) -> &'static str {
    match source {
        Source::Account => "account",
        Source::Takeout => "takeout",
    }
}

fn basis_word(basis: TimeBasis) -> &'static str {
    match basis {
        TimeBasis::ExifOffset => "exif offset",
        TimeBasis::ExifLocal => "exif local time",
        TimeBasis::GpsTime => "gps time",
        TimeBasis::Place => "place",
        TimeBasis::FileName => "file name",
        TimeBasis::PersonZone => "own zone",
        TimeBasis::Utc => "utc",
        TimeBasis::Correction => "correction",
    }
}

fn origin_word(origin: Origin) -> &'static str {
    match origin {
        Origin::Unknown => "",
        Origin::Phone => "phone",
        Origin::Web => "web",
        Origin::Drive => "drive",
        Origin::Partner => "partner",
        Origin::SharedAlbum => "shared album",
        Origin::Creation => "creation",
        Origin::Other => "other",
    }
}
