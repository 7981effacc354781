//! The table of all that is known of a photo: its columns, and what a row has in each.

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::photo::{ItemFacts, Kind, Marks, Origin, TimeBasis, format_rfc3339};

/// What is in a column, as long as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    Text,
    Integer,
    Float,
    /// True or false.
    Truth,
    /// A moment everywhere on Earth.
    Instant,
    /// A moment by the clock on the wall, whatever its zone.
    Local,
    Texts,
}

/// What a row has in a column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value<'a> {
    /// It is not known. So is an empty text.
    Unknown,
    Text(&'a str),
    Integer(i64),
    /// A number that its source told with the precision of 32 bits: its shortest decimals are what was told.
    Narrow(f32),
    Float(f64),
    Truth(bool),
    /// Seconds since 1970-01-01T00:00:00Z.
    Instant(i64),
    /// Seconds since 1970-01-01T00:00:00 on that clock.
    Local(i64),
    Texts(&'a [&'a str]),
}

/// A column by its name.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    pub name: &'static str,
    pub sort: Sort,
    /// Whether a media item as Google writes it has a place for it.
    pub(super) is_googles: bool,
    /// What an item has in it.
    pub of: for<'a> fn(&'a ItemFacts<'a>) -> Value<'a>,
}

/// What Google tells too.
const fn google(name: &'static str, sort: Sort, of: for<'a> fn(&'a ItemFacts<'a>) -> Value<'a>) -> Column {
    Column { name, sort, is_googles: true, of }
}

/// What it does not.
const fn column(name: &'static str, sort: Sort, of: for<'a> fn(&'a ItemFacts<'a>) -> Value<'a>) -> Column {
    Column { name, sort, is_googles: false, of }
}

/// Makes [`COLUMNS`] and [`each_value`] of one list.
macro_rules! columns {
    ($($whose:ident $name:ident: $sort:ident = |$item:ident| $of:expr;)*) => {
        /// All columns, in their order.
        pub const COLUMNS: [Column; [$(stringify!($name)),*].len()] =
            [$($whose(stringify!($name), Sort::$sort, |$item| $of)),*];

        /// Hands out what an item has in each column, in their order. As [`Column::of`], but written out, so that the
        /// compiler knows which values a column can have: a file of a million rows is 36 million of them.
        #[inline(always)]
        pub(super) fn each_value<'a>(item: &'a ItemFacts<'a>, sink: &mut impl ValueSink) {
            $({
                let $item = item;
                sink.put($of);
            })*
        }
    };
}

/// What takes the values of a row.
pub(super) trait ValueSink {
    /// Takes the next one. It is to be inlined: see [`each_value`].
    fn put(&mut self, value: Value<'_>);
}

columns! {
    google id: Text = |item| Value::text(item.id);
    google file_name: Text = |item| Value::text(item.file_name);
    google description: Text = |item| Value::text(item.description);
    google mime_type: Text = |item| Value::text(item.mime_type);
    google kind: Text = |item| Value::Text(kind(item.kind));
    google created_utc: Instant = |item| item.moment.taken_s.map_or(Value::Unknown, Value::Instant);
    column created_local: Local = |item| item.moment.local_s().map_or(Value::Unknown, Value::Local);
    column utc_offset_min: Integer = |item| Value::integer(item.moment.clock.map(|clock| i64::from(clock.offset_min)));
    column time_basis: Text = |item| Value::text(item.moment.clock.map_or("", |clock| basis(clock.basis)));
    column time_corrected: Truth = |item| Value::Truth(item.is_corrected);
    google width: Integer = |item| Value::size(item.width_px);
    google height: Integer = |item| Value::size(item.height_px);
    google camera_make: Text = |item| Value::text(item.camera_make);
    google camera_model: Text = |item| Value::text(item.camera_model);
    column lens: Text = |item| Value::text(item.export.as_ref().map_or("", |export| export.lens));
    google focal_length_mm: Float = |item| Value::narrow(item.exposure.focal_length_mm);
    column focal_length_35mm: Integer = |item| {
        Value::integer(item.export.as_ref().and_then(|export| export.focal_length_35mm).map(i64::from))
    };
    google f_number: Float = |item| Value::narrow(item.exposure.f_number);
    google exposure_s: Float = |item| Value::float(item.exposure.exposure_s);
    google iso: Integer = |item| Value::integer(item.exposure.iso.map(i64::from));
    google video_fps: Float = |item| Value::float(item.exposure.frames_per_s);
    column latitude: Float = |item| Value::float(item.place().map(|place| place.latitude));
    column longitude: Float = |item| Value::float(item.place().map(|place| place.longitude));
    column altitude_m: Float = |item| Value::float(item.place().and_then(|place| place.altitude_m));
    column people: Texts = |item| item.export.as_ref().map_or(Value::Unknown, |export| Value::Texts(&export.people));
    column albums: Texts = |item| Value::Texts(&item.albums);
    column favorite: Truth = |item| Value::mark(item, |marks| marks.favorited);
    column archived: Truth = |item| Value::mark(item, |marks| marks.archived);
    column trashed: Truth = |item| Value::mark(item, |marks| marks.trashed);
    column locked: Truth = |item| Value::mark(item, |marks| marks.locked);
    column origin: Text = |item| Value::text(item.export.as_ref().map_or("", |export| origin(export.origin)));
    column in_account: Truth = |item| Value::Truth(item.is_in_account);
    column in_takeout: Truth = |item| Value::Truth(item.export.is_some());
    column has_motion: Truth = |item| {
        item.export.as_ref().map_or(Value::Unknown, |export| Value::Truth(export.has_motion))
    };
    column has_edited: Truth = |item| {
        item.export.as_ref().map_or(Value::Unknown, |export| Value::Truth(export.has_edited))
    };
    google product_url: Text = |item| Value::text(item.product_url);
}

impl<'a> Value<'a> {
    pub fn is_unknown(&self) -> bool {
        *self == Self::Unknown
    }

    #[inline(always)]
    fn text(text: &'a str) -> Self {
        if text.is_empty() { Self::Unknown } else { Self::Text(text) }
    }

    #[inline(always)]
    fn integer(number: Option<i64>) -> Self {
        number.map_or(Self::Unknown, Self::Integer)
    }

    #[inline(always)]
    fn size(pixels: u32) -> Self {
        if pixels == 0 { Self::Unknown } else { Self::Integer(pixels.into()) }
    }

    /// What is no number, which no decimals could say, is unknown.
    #[inline(always)]
    fn float(number: Option<f64>) -> Self {
        number.filter(|number| number.is_finite()).map_or(Self::Unknown, Self::Float)
    }

    #[inline(always)]
    fn narrow(number: Option<f32>) -> Self {
        number.filter(|number| number.is_finite()).map_or(Self::Unknown, Self::Narrow)
    }

    /// The Library API tells nothing of marks.
    #[inline(always)]
    fn mark(item: &ItemFacts<'_>, of: fn(&Marks) -> bool) -> Self {
        item.export.as_ref().map_or(Self::Unknown, |export| Self::Truth(of(&export.marks)))
    }
}

/// As JSON. What is unknown is `null`.
impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Unknown => serializer.serialize_none(),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Integer(number) => serializer.serialize_i64(*number),
            Self::Narrow(number) => serializer.serialize_f32(*number),
            Self::Float(number) => serializer.serialize_f64(*number),
            Self::Truth(truth) => serializer.serialize_bool(*truth),
            Self::Instant(utc_s) => serializer.serialize_str(&format_rfc3339(*utc_s)),
            Self::Local(local_s) => serializer.serialize_str(format_rfc3339(*local_s).trim_end_matches('Z')),
            Self::Texts(texts) => texts.serialize(serializer),
        }
    }
}

/// An item as a JSON object of those columns that `is_in` says, without those that are unknown or empty lists.
pub(super) struct Named<'a> {
    pub(super) item: &'a ItemFacts<'a>,
    pub(super) is_in: fn(&Column) -> bool,
}

impl Serialize for Named<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for column in COLUMNS.iter().filter(|column| (self.is_in)(column)) {
            match (column.of)(self.item) {
                Value::Unknown | Value::Texts([]) => {}
                value => map.serialize_entry(column.name, &value)?,
            }
        }
        map.end()
    }
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Photo => "photo",
        Kind::Video => "video",
    }
}

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

fn origin(origin: Origin) -> &'static str {
    match origin {
        Origin::Unknown => "",
        Origin::Phone => "phone",
        Origin::Web => "web",
        Origin::Drive => "drive",
        Origin::Partner => "partner",
        Origin::SharedAlbum => "shared_album",
        Origin::Creation => "creation",
        Origin::Other => "other",
    }
}
