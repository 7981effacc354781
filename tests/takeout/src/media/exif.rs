//! Exif, written as cameras do (CIPA DC-008-2023; TIFF 6.0).

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// What a camera writes.
pub(crate) struct Facts {
    pub(crate) make: &'static str,
    pub(crate) model: &'static str,
    pub(crate) lens: Option<&'static str>,
    pub(crate) orientation: u16,
    pub(crate) local: Option<String>,
    pub(crate) offset: Option<String>,
    pub(crate) exposure: (u32, u32),
    pub(crate) f_number_hundredths: u32,
    pub(crate) iso: u16,
    pub(crate) focal_hundredths_mm: u32,
    pub(crate) focal_35mm: u16,
    pub(crate) size: (u32, u32),
    /// Degrees, degrees, meters.
    pub(crate) place: Option<(f64, f64, f64)>,
    pub(crate) gps_time: Option<Timestamp>,
}

enum Value {
    Text(String),
    Byte(u8),
    Short(u16),
    Long(u32),
    Ratios(Vec<(u32, u32)>),
    /// Where another directory begins: of Exif, of GPS.
    Exif,
    Gps,
    /// Where the thumbnail begins.
    Thumbnail,
}

/// A TIFF structure in either order of bytes, with a thumbnail if there is one.
pub(crate) fn tiff(facts: &Facts, big: bool, thumbnail: Option<&[u8]>) -> Vec<u8> {
    let main = main(facts);
    let camera = camera(facts);
    let gps = gps(facts);
    let second = [
        (0x0103, Value::Short(6)),
        (0x0201, Value::Thumbnail),
        (0x0202, Value::Long(thumbnail.map_or(0, <[u8]>::len) as u32)),
    ];
    let has = (gps.is_empty(), thumbnail.is_some());
    let writer = |exif, gps_at, thumbnail_at| Writer { big, exif, gps: gps_at, thumbnail: thumbnail_at };
    let length = |entries: &[(u16, Value)]| writer(0, 0, 0).directory(0, entries, 0).len() as u32;
    let exif_at = 8 + length(&main);
    let gps_at = exif_at + length(&camera);
    let second_at = if has.0 { gps_at } else { gps_at + length(&gps) };
    let thumbnail_at = second_at + length(&second);
    let writer = writer(exif_at, gps_at, thumbnail_at);
    let mut tiff = if big { b"MM\0\x2A".to_vec() } else { b"II\x2A\0".to_vec() };
    tiff.extend(writer.u32(8));
    tiff.extend(writer.directory(8, &main, if has.1 { second_at } else { 0 }));
    tiff.extend(writer.directory(exif_at, &camera, 0));
    if !has.0 {
        tiff.extend(writer.directory(gps_at, &gps, 0));
    }
    if let Some(thumbnail) = thumbnail {
        tiff.extend(writer.directory(second_at, &second, 0));
        tiff.extend(thumbnail);
    }
    tiff
}

fn main(facts: &Facts) -> Vec<(u16, Value)> {
    let mut main = vec![
        (0x010F, Value::Text(facts.make.into())),
        (0x0110, Value::Text(facts.model.into())),
        (0x0112, Value::Short(facts.orientation)),
        (0x011A, Value::Ratios(vec![(72, 1)])),
        (0x011B, Value::Ratios(vec![(72, 1)])),
        (0x0128, Value::Short(2)),
    ];
    // When the file was changed: never when the photo was taken.
    main.push((0x0132, Value::Text("2024:02:29 23:59:59".into())));
    main.push((0x8769, Value::Exif));
    if facts.place.is_some() || facts.gps_time.is_some() {
        main.push((0x8825, Value::Gps));
    }
    main
}

fn camera(facts: &Facts) -> Vec<(u16, Value)> {
    let mut camera = vec![
        (0x829A, Value::Ratios(vec![facts.exposure])),
        (0x829D, Value::Ratios(vec![(facts.f_number_hundredths, 100)])),
        (0x8827, Value::Short(facts.iso)),
    ];
    if let Some(local) = &facts.local {
        camera.push((0x9003, Value::Text(local.clone())));
        camera.push((0x9004, Value::Text(local.clone())));
    }
    if let Some(offset) = &facts.offset {
        camera.push((0x9011, Value::Text(offset.clone())));
    }
    camera.push((0x920A, Value::Ratios(vec![(facts.focal_hundredths_mm, 100)])));
    camera.push((0xA002, Value::Long(facts.size.0)));
    camera.push((0xA003, Value::Long(facts.size.1)));
    camera.push((0xA405, Value::Short(facts.focal_35mm)));
    if let Some(lens) = facts.lens {
        camera.push((0xA434, Value::Text(lens.into())));
    }
    camera
}

fn gps(facts: &Facts) -> Vec<(u16, Value)> {
    let mut gps = Vec::new();
    if let Some((latitude, longitude, altitude)) = facts.place {
        gps.push((1, Value::Text(if latitude < 0.0 { "S" } else { "N" }.into())));
        gps.push((2, Value::Ratios(degrees(latitude))));
        gps.push((3, Value::Text(if longitude < 0.0 { "W" } else { "E" }.into())));
        gps.push((4, Value::Ratios(degrees(longitude))));
        gps.push((5, Value::Byte(0)));
        gps.push((6, Value::Ratios(vec![((altitude * 100.0) as u32, 100)])));
    }
    if let Some(instant) = facts.gps_time {
        let utc = instant.to_zoned(TimeZone::UTC);
        let part = |number: i8| (number.unsigned_abs().into(), 1);
        gps.push((7, Value::Ratios(vec![part(utc.hour()), part(utc.minute()), part(utc.second())])));
        gps.push((29, Value::Text(utc.strftime("%Y:%m:%d").to_string())));
    }
    gps
}

/// Degrees, minutes, and seconds in ten-thousandths.
fn degrees(degrees: f64) -> Vec<(u32, u32)> {
    let parts = (degrees.abs() * 36_000_000.0).round() as u64;
    vec![((parts / 36_000_000) as u32, 1), ((parts / 600_000 % 60) as u32, 1), ((parts % 600_000) as u32, 10_000)]
}

struct Writer {
    big: bool,
    exif: u32,
    gps: u32,
    thumbnail: u32,
}

impl Writer {
    fn u16(&self, number: u16) -> [u8; 2] {
        if self.big { number.to_be_bytes() } else { number.to_le_bytes() }
    }

    fn u32(&self, number: u32) -> [u8; 4] {
        if self.big { number.to_be_bytes() } else { number.to_le_bytes() }
    }

    /// A directory that begins at `at`, its values behind it, and where the next one begins.
    fn directory(&self, at: u32, entries: &[(u16, Value)], next: u32) -> Vec<u8> {
        let mut table = self.u16(entries.len() as u16).to_vec();
        let mut values: Vec<u8> = Vec::new();
        let values_at = at + 2 + 12 * entries.len() as u32 + 4;
        for (tag, value) in entries {
            let (kind, count, bytes) = self.value(value);
            table.extend(self.u16(*tag));
            table.extend(self.u16(kind));
            table.extend(self.u32(count));
            if bytes.len() <= 4 {
                table.extend(&bytes);
                table.extend(vec![0; 4 - bytes.len()]);
            } else {
                table.extend(self.u32(values_at + values.len() as u32));
                values.extend(bytes);
                values.resize(values.len().next_multiple_of(2), 0);
            }
        }
        table.extend(self.u32(next));
        table.extend(values);
        table
    }

    fn value(&self, value: &Value) -> (u16, u32, Vec<u8>) {
        match value {
            Value::Text(text) => (2, text.len() as u32 + 1, [text.as_bytes(), &[0]].concat()),
            Value::Byte(number) => (1, 1, vec![*number]),
            Value::Short(number) => (3, 1, self.u16(*number).to_vec()),
            Value::Long(number) => (4, 1, self.u32(*number).to_vec()),
            Value::Exif => (4, 1, self.u32(self.exif).to_vec()),
            Value::Gps => (4, 1, self.u32(self.gps).to_vec()),
            Value::Thumbnail => (4, 1, self.u32(self.thumbnail).to_vec()),
            Value::Ratios(ratios) => {
                let bytes = ratios.iter().flat_map(|(over, under)| [self.u32(*over), self.u32(*under)].concat());
                (5, ratios.len() as u32, bytes.collect())
            }
        }
    }
}
