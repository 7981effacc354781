//! What is to be written, and what could not be read.

use std::collections::BTreeSet;
use std::fmt;
use std::rc::Rc;

use futures_util::lock::OwnedMutexGuard;

use super::cameras::Cameras;
use super::codec::SegmentError;
use super::segment::Segment;
use crate::photo::Camera;
use crate::ports::Batch;

/// What must be written so that some items are in the catalog.
///
/// While it lives no other one can be staged: the next call waits. Drop it when the commit failed.
pub struct Staged {
    /// The row of each item, in the order of the items.
    pub rows: Vec<u32>,
    /// How many of the items were not known before.
    pub added: u32,
    /// Rows of which nothing is known any more.
    pub removed: Vec<u32>,
    /// Rows whose times were to be corrected and could not be.
    pub passed_over: u32,
    /// What to commit; the caller adds its own records to it.
    pub batch: Batch,
    /// Records of hot columns that are new or changed, by the first of their rows: what the page must be told.
    pub hot: Vec<(u32, Vec<u8>)>,
    /// The whole camera dictionary, if it grew.
    pub cameras: Option<Vec<Camera>>,
    pub(super) new_keys: Vec<u128>,
    pub(super) new_cameras: Cameras,
    pub(super) touched: Vec<(u32, Rc<Segment>)>,
    /// Those of them whose texts changed.
    pub(super) texts: BTreeSet<u32>,
    /// Pieces that are added to segments.
    pub(super) new_pieces: Vec<(u32, usize)>,
    pub(super) revision: u64,
    pub(super) _turn: OwnedMutexGuard<()>,
}

/// A record that could not be read. Its rows are absent until their items come again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAside {
    /// The record's name in the store.
    pub name: String,
    pub why: SegmentError,
}

impl fmt::Display for SetAside {
    /// Its name, and why.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.name, self.why)
    }
}
