//! The figures, one file each, or each few that come from the same runs.

pub(crate) mod counts;
pub(crate) mod export;
pub(crate) mod filter;
pub(crate) mod first_visit;
pub(crate) mod ingest;
pub(crate) mod insights;
pub(crate) mod layout;
pub(crate) mod map;
pub(crate) mod memory;
pub(crate) mod nothing;
pub(crate) mod numbers;
pub(crate) mod open;
pub(crate) mod open_data;
pub(crate) mod scroll;
pub(crate) mod select_all;
pub(crate) mod table_sort;
pub(crate) mod takeout;

use crate::options::Options;
use crate::pandas::Pandas;
use crate::report::Report;
use crate::stage::Stage;
use nothing::Nothing;

/// The names of those that need a seeded library.
pub(crate) const OF_A_LIBRARY: [&str; 15] = [
    "open",
    "open_data",
    "order",
    "layout",
    "counts",
    "insights",
    "scroll",
    "scrub",
    "grid_nodes",
    "select_all",
    "filter",
    "export_csv",
    "export_parquet",
    "memory",
    "table_sort",
];

/// The names of those that pandas is compared with.
pub(crate) const BESIDE_PANDAS: [&str; 3] = ["ingest", "ingest_memory", "counts"];

/// All of them in one browser: seeding it takes longer than most.
pub(crate) async fn of_a_library(
    options: &Options,
    stage: &Stage,
    nothing: &Nothing,
    pandas: Option<&Pandas>,
    report: &mut Report,
) {
    let at = |what: &str| format!("{what} at {}", stage.rows);
    if options.wants(&["open", "open_data", "order", "layout"]) {
        match open::runs(options, stage).await {
            Ok(runs) => {
                report.take(&at("open"), Ok(open::figures(stage, &runs, nothing)));
                report.take(&at("open_data"), open_data::measure(options, stage, &runs).await);
                report.take(&at("layout"), layout::measure(options, stage, &runs).await);
            }
            Err(failure) => report.take(&at("open"), Err(failure)),
        }
    }
    if options.wants(&["counts"]) {
        report.take(&at("counts"), counts::measure(options, stage, pandas).await);
    }
    if options.wants(&["insights"]) {
        report.take(&at("insights"), insights::measure(options, stage).await);
    }
    if options.wants(&["scroll", "grid_nodes"]) {
        report.take(&at("scroll"), scroll::fling(options, stage).await);
    }
    if options.wants(&["scrub"]) {
        report.take(&at("scrub"), scroll::scrub(options, stage).await);
    }
    if options.wants(&["select_all"]) {
        report.take(&at("select_all"), select_all::measure(options, stage).await);
    }
    if options.wants(&["filter"]) {
        report.take(&at("filter"), filter::measure(options, stage).await);
    }
    if options.wants(&["table_sort"]) {
        report.take(&at("table_sort"), table_sort::measure(options, stage).await);
    }
    if options.wants(&export::NAMES) {
        report.take(&at("export"), export::measure(options, stage).await);
    }
    if options.wants(&["memory"]) {
        report.take(&at("memory"), memory::measure(options, stage, nothing).await);
    }
}
