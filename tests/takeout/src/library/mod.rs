//! The photos of a person, drawn from a seed. Every oddity occurs once in the first photos, and then by chance.

mod albums;
pub mod cases;
mod evidence;
mod titles;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::chance::Chance;
use crate::export::Style;
use crate::places::{CAMERAS, EXPOSURES, ISOS, TOWNS};
use crate::time::zone;

pub(crate) use albums::{Album, albums};
pub use cases as case;
use cases::{CASES, Case};

/// What kind of file a photo or video is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Jpeg,
    Png,
    Heic,
    Avif,
    Gif,
    Mp4,
    Mov,
}

impl Kind {
    pub(crate) fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => ".jpg",
            Self::Png => ".png",
            Self::Heic => ".heic",
            Self::Avif => ".avif",
            Self::Gif => ".gif",
            Self::Mp4 => ".mp4",
            Self::Mov => ".mov",
        }
    }

    pub(crate) fn is_video(self) -> bool {
        matches!(self, Self::Mp4 | Self::Mov)
    }

    fn has_exif(self) -> bool {
        matches!(self, Self::Jpeg | Self::Png | Self::Heic | Self::Avif)
    }
}

/// The moving half of a live or motion photo: what stands instead of the still's own extension.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pair {
    Mp4,
    Mov,
    /// `X.MP` beside `X.MP.jpg`.
    Mp,
    /// `X.MP~2` beside `X.MP.jpg`.
    Mp2,
}

/// Which folder a photo is in, besides its albums.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Home {
    Year,
    Archive,
    Trash,
    Locked,
    Failed,
    /// In no folder but an album's: somebody else's photo.
    AlbumOnly,
}

/// Where a photo came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    Android,
    Iphone,
    Web,
    Drive,
    Composition,
    Partner,
    SharedAlbum,
    Unsaid,
}

/// What the sidecar says of the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sidecar {
    Right,
    /// `"0"`
    Zero,
    /// No `timestamp`.
    Silent,
    /// In the year 9999.
    Far,
    /// Off by so many seconds.
    Off(i64),
    /// No JSON.
    Broken,
    /// There is none.
    Missing,
}

/// What is said in a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Named {
    Nothing,
    Local,
    Utc,
}

/// What file and sidecar tell.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Says {
    pub(crate) exif_local: bool,
    pub(crate) exif_offset: bool,
    pub(crate) gps: bool,
    pub(crate) gps_time: bool,
    pub(crate) geo_data: bool,
    pub(crate) geo_data_exif: bool,
    pub(crate) sidecar: Sidecar,
    pub(crate) name: Named,
}

/// How a photo was exposed: places in the tables of cameras.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shot {
    pub(crate) camera: usize,
    pub(crate) f_number: u32,
    pub(crate) exposure: (u32, u32),
    pub(crate) iso: u16,
    pub(crate) focal: (u32, u16),
    pub(crate) orientation: u16,
}

/// One photo or video of the library.
#[derive(Clone, Debug)]
pub(crate) struct Photo {
    pub(crate) id: u32,
    /// What is odd about it.
    pub(crate) case: Case,
    pub(crate) title: String,
    pub(crate) kind: Kind,
    pub(crate) pair: Option<Pair>,
    /// What an edited copy has behind its name.
    pub(crate) edited: Option<&'static str>,
    pub(crate) instant_s: i64,
    pub(crate) offset_s: i32,
    pub(crate) town: usize,
    pub(crate) latitude: f64,
    pub(crate) longitude: f64,
    pub(crate) altitude_m: f64,
    pub(crate) says: Says,
    pub(crate) shot: Option<Shot>,
    pub(crate) home: Home,
    pub(crate) origin: Origin,
    pub(crate) favorited: bool,
    pub(crate) archived: bool,
    pub(crate) description: &'static str,
    pub(crate) people: &'static [&'static str],
    pub(crate) duration_s: u32,
}

impl Photo {
    pub(crate) fn local_s(&self) -> i64 {
        self.instant_s + i64::from(self.offset_s)
    }

    pub(crate) fn year(&self) -> i16 {
        Timestamp::from_second(self.instant_s).map_or(1970, |instant| instant.to_zoned(TimeZone::UTC).year())
    }
}

const FIRST_S: i64 = 1_041_379_200; // 2003-01-01
const LAST_S: i64 = 1_761_868_800; // 2025-10-31

const DESCRIPTIONS: &[&str] = &["", "", "", "", "Grüße vom Gipfel\nund zurück", "\"quoted\", with a comma", "海"];
const PEOPLE: &[&[&str]] = &[&[], &[], &[], &["Ada"], &["Ada", "Íñigo López"]];

/// Draws `count` photos.
pub(crate) fn photos(seed: u64, count: u32, style: Style) -> Vec<Photo> {
    let mut photos: Vec<Photo> = Vec::with_capacity(count as usize);
    for id in 0..count {
        let mut chance = Chance::new(seed, u64::from(id));
        let case = match CASES.get(id as usize) {
            Some(case) => *case,
            None if chance.percent(55) => Case::Plain,
            None => *chance.one(CASES),
        };
        let mut photo = plain(id, case, &mut chance);
        if (id as usize) < CASES.len() {
            photo = sure(photo, &mut chance);
        }
        let before = photos.last();
        if cases::apply(&mut photo, before, style, &mut chance).is_none() {
            photo = plain(id, Case::Plain, &mut chance);
        }
        photos.push(photo);
    }
    photos
}

/// A photo with nothing odd about it.
fn plain(id: u32, case: Case, chance: &mut Chance) -> Photo {
    let kind = *chance.one(&[
        Kind::Jpeg,
        Kind::Jpeg,
        Kind::Jpeg,
        Kind::Jpeg,
        Kind::Jpeg,
        Kind::Heic,
        Kind::Png,
        Kind::Avif,
        Kind::Gif,
        Kind::Mp4,
        Kind::Mov,
    ]);
    let town = chance.below(TOWNS.len() as u64) as usize;
    let (instant_s, offset_s) = moment(town, chance);
    let exif = kind.has_exif() && (kind != Kind::Png || chance.percent(20)) && chance.percent(88);
    let moving = kind.is_video();
    let gps = (exif || moving) && chance.percent(60);
    let place = gps || chance.percent(20);
    let says = Says {
        exif_local: exif || kind == Kind::Mov,
        exif_offset: exif && chance.percent(45) || kind == Kind::Mov,
        gps,
        gps_time: exif && gps && chance.percent(70),
        geo_data: place && chance.percent(85),
        geo_data_exif: gps && chance.percent(80),
        sidecar: Sidecar::Right,
        name: Named::Nothing,
    };
    let description = *chance.one(DESCRIPTIONS);
    let people = *chance.one(PEOPLE);
    let mut photo = Photo {
        id,
        case,
        title: String::new(),
        kind,
        pair: None,
        edited: None,
        instant_s,
        offset_s,
        town,
        latitude: TOWNS[town].latitude + chance.between(-0.02, 0.02),
        longitude: TOWNS[town].longitude + chance.between(-0.02, 0.02),
        altitude_m: chance.between(0.0, 900.0),
        says,
        shot: exif.then(|| shot(chance)),
        home: Home::Year,
        origin: *chance.one(&[
            Origin::Android,
            Origin::Android,
            Origin::Iphone,
            Origin::Web,
            Origin::Drive,
            Origin::Unsaid,
        ]),
        favorited: false,
        archived: false,
        description,
        people,
        duration_s: 1 + chance.below(90) as u32,
    };
    titles::name(&mut photo, chance);
    photo
}

/// A photo with all that most cases need: the first of each case must not fail for want of it.
fn sure(mut photo: Photo, chance: &mut Chance) -> Photo {
    photo.kind = Kind::Jpeg;
    photo.shot = Some(shot(chance));
    photo.says.exif_local = true;
    photo.title = format!("IMG_{:04}.JPG", photo.id + 1000);
    photo.says.name = Named::Nothing;
    photo
}

/// A moment and its offset from UTC in a town; some are within hours of a change of the clocks.
fn moment(town: usize, chance: &mut Chance) -> (i64, i32) {
    let zone = zone(TOWNS[town].zone);
    let mut instant_s = FIRST_S + chance.below((LAST_S - FIRST_S) as u64) as i64;
    if chance.percent(8)
        && let Ok(instant) = Timestamp::from_second(instant_s)
        && let Some(change) = zone.following(instant).next()
        && change.timestamp().as_second() < LAST_S
    {
        instant_s = change.timestamp().as_second() - 7200 + chance.below(14_400) as i64;
    }
    (instant_s, offset_s(&zone, instant_s))
}

pub(crate) fn offset_s(zone: &TimeZone, instant_s: i64) -> i32 {
    Timestamp::from_second(instant_s).map_or(0, |instant| zone.to_offset(instant).seconds())
}

fn shot(chance: &mut Chance) -> Shot {
    let camera = chance.below(CAMERAS.len() as u64) as usize;
    Shot {
        camera,
        f_number: *chance.one(CAMERAS[camera].f_numbers),
        exposure: *chance.one(EXPOSURES),
        iso: *chance.one(ISOS),
        focal: *chance.one(CAMERAS[camera].focal),
        orientation: *chance.one(&[1, 1, 1, 1, 6, 8, 3, 2]),
    }
}
