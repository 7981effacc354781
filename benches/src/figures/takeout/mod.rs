//! Exports of Takeout, from the drop onto the empty page to photos in the grid.

mod dense;
mod exports;
mod sparse;
mod stay;

use crate::options::Options;
use crate::report::Report;
use crate::stage::Site;

/// The names of the figures here.
pub(crate) const NAMES: [&str; 6] = [
    "takeout_dense",
    "takeout_long_task",
    "takeout_memory",
    "takeout_sparse",
    "takeout_sparse_reads",
    "takeout_sparse_bytes",
];

/// Those that were asked for.
pub(crate) async fn measure(options: &Options, site: &Site, report: &mut Report) {
    if options.wants(&NAMES[..3]) {
        report.take("a dense export", dense::measure(options, site).await);
    }
    if options.wants(&NAMES[2..]) {
        report.take("a sparse export", sparse::measure(options, site).await);
    }
}
