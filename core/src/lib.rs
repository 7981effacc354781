//! What Albumen decides: values in, values out. No browser, no clock, no chance.
//!
//! | room | what it holds |
//! |---|---|
//! | [`photo`] | the nouns: media items, cameras, instants, days |
//! | [`ports`] | what the core asks of the world: HTTP, clock, entropy, store, vault, files, zones |
//! | [`catalog`] | all media items we know of, as columns; segments and their codec, order, filter, upsert |
//! | [`store`] | stored records, their names and versions; a store in memory |
//! | [`google`] | the client's side of Google's wire: requests built, replies parsed, refusals classified |
//! | [`sign_in`] | the client file, PKCE, the authorize address, the callback, the life of tokens |
//! | [`library`] | sync (plan, step, resume); the layout of the grid; scroll space |
//! | `lenient` | foreign JSON read whatever its types |
//! | [`insights`] | time zones, and counts by hour and by day |
//! | [`places`] | the map: its projection, what lies together, land, towns, trips |
//! | [`table`] | the data frame: columns, cells, the order by several keys, columns in short |
//! | [`export`] | rows written down as files: CSV, JSON, GeoJSON, GPX, and columns for Parquet |
//! | [`upload`] | the queue decides, the run carries out |
//! | [`takeout`] | exports of Google Takeout: containers, names, sidecars, what belongs together, times, Exif |
//! | [`sandbox`] | the pretend Google: its own side of the wire, sharing no type with `google` |
//! | [`engine`] | wishes of the page carried out over the ports, news told back |
//! | [`protocol`] | the words page and worker exchange |
//! | [`trouble`] | every failure a person may have to hear of, as data |

pub mod catalog;
pub mod engine;
pub mod export;
pub mod google;
pub mod insights;
pub mod library;
pub mod photo;
pub mod places;
pub mod ports;
pub mod protocol;
pub mod sandbox;
pub mod sign_in;
pub mod store;
pub mod table;
pub mod takeout;
pub mod trouble;
pub mod upload;

mod lenient;
