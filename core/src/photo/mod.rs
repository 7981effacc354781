//! The nouns: a media item, its camera, its instants and days, its albums.

mod album;
mod bounds;
mod civil;
mod correction;
mod day;
mod export;
mod exposed;
mod facts;
mod file_name;
mod media_item;
mod place;
mod rfc3339;
mod taken;

pub use album::{Album, AlbumKey, AlbumSource};
pub use bounds::Bounds;
pub use civil::{civil_from_days, days_from_civil};
pub use correction::{Corrected, Correction, Moment};
pub use day::{Day, DayRange, DayReader, LocalHour};
pub use export::{Export, LocalClock, Marks, Origin};
pub use exposed::{Exposed, Facet, Span};
pub use facts::{ExportFacts, ItemFacts};
pub use file_name::safe_file_name;
pub use media_item::{Camera, Exposure, Kind, MediaItem};
pub use place::Place;
pub use rfc3339::{format_rfc3339, parse_rfc3339};
pub use taken::{Taken, TimeBasis, offset_of_local};
