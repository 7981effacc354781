//! The camera dictionary: hot rows name their camera by its place in it.

use crate::photo::Camera;

use super::bytes::{Reader, write_strings};
use super::error::SegmentError;
use super::frame::{self, Sort};

/// As many as a `u16` can tell apart.
const MOST_CAMERAS: usize = 1 << 16;

/// The record of the dictionary. At most 65,536 cameras.
pub fn encode_cameras(cameras: &[Camera]) -> Vec<u8> {
    frame::seal(Sort::Cameras, cameras.len(), |out| {
        write_strings(out, cameras.iter().map(|camera| camera.make.as_str()));
        write_strings(out, cameras.iter().map(|camera| camera.model.as_str()));
    })
}

/// Reads what [`encode_cameras`] wrote.
///
/// # Errors
/// When the record is not whole, not a dictionary, or not one that this program writes.
pub fn decode_cameras(record: &[u8]) -> Result<Vec<Camera>, SegmentError> {
    let (count, columns) = frame::open(Sort::Cameras, record, MOST_CAMERAS)?;
    let mut reader = Reader::new(columns);
    let makes = reader.strings(count)?;
    let models = reader.strings(count)?;
    reader.end()?;
    Ok(makes.into_iter().zip(models).map(|(make, model)| Camera { make, model }).collect())
}
