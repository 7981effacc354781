//! What the figures must show, each at a million rows unless it says otherwise. For exports of Takeout: at most four times
//! what Python takes, one and a half times what the best reads take, and a tenth more reads and bytes than those.

use crate::report::Figure;

/// What must hold of a figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Bar {
    /// Its value at the most.
    AtMost(f64),
    /// How many times better than what it is compared with at the least.
    Ratio(f64),
}

/// Name, rows (`None`: it has none), bar.
const BARS: [(&str, Option<u32>, Bar); 34] = [
    ("ingest", Some(1_000_000), Bar::Ratio(6.0)),
    ("ingest_memory", Some(1_000_000), Bar::Ratio(10.0)),
    ("open", Some(1_000_000), Bar::AtMost(500.0)),
    ("open_data", Some(1_000_000), Bar::Ratio(20.0)),
    ("counts", Some(1_000_000), Bar::Ratio(10.0)),
    ("counts", Some(1_000_000), Bar::AtMost(15.0)),
    ("insights", Some(1_000_000), Bar::AtMost(60.0)),
    ("insights_long_task", Some(1_000_000), Bar::AtMost(50.0)),
    ("layout", Some(10_000), Bar::Ratio(50.0)),
    ("layout", Some(1_000_000), Bar::AtMost(20.0)),
    ("scroll_long_task", Some(1_000_000), Bar::AtMost(50.0)),
    ("scroll_script_p99", Some(1_000_000), Bar::AtMost(8.0)),
    ("scrub_long_task", Some(1_000_000), Bar::AtMost(50.0)),
    ("scrub_script_p99", Some(1_000_000), Bar::AtMost(8.0)),
    ("grid_nodes", Some(1_000_000), Bar::AtMost(500.0)),
    ("select_all", Some(1_000_000), Bar::AtMost(30.0)),
    ("filter", Some(1_000_000), Bar::AtMost(100.0)),
    ("filter_long_task", Some(1_000_000), Bar::AtMost(50.0)),
    ("table_sort", Some(1_000_000), Bar::AtMost(1000.0)),
    ("table_sort_long_task", Some(1_000_000), Bar::AtMost(50.0)),
    ("export_csv", Some(1_000_000), Bar::Ratio(10.0)),
    ("export_parquet", Some(1_000_000), Bar::Ratio(1.0)),
    ("memory", Some(1_000_000), Bar::AtMost(250.0)),
    ("memory_growth", Some(1_000_000), Bar::AtMost(10.0)),
    ("map_script_p99", Some(1_000_000), Bar::AtMost(8.0)),
    ("map_long_task", Some(1_000_000), Bar::AtMost(50.0)),
    ("takeout_dense", Some(100_000), Bar::Ratio(0.25)),
    ("takeout_long_task", Some(100_000), Bar::AtMost(50.0)),
    ("takeout_sparse", Some(10_000), Bar::Ratio(0.667)),
    ("takeout_sparse_reads", Some(10_000), Bar::Ratio(0.909)),
    ("takeout_sparse_bytes", Some(10_000), Bar::Ratio(0.909)),
    ("takeout_memory", None, Bar::AtMost(400.0)),
    ("first_load", None, Bar::AtMost(300.0)),
    ("interactive", None, Bar::Ratio(0.6)),
];

impl Bar {
    /// All bars of a figure.
    pub(crate) fn of(figure: &Figure) -> impl Iterator<Item = Self> {
        let fits = |(name, rows, _): &&(&str, Option<u32>, Self)| {
            *name == figure.name && rows.is_none_or(|rows| rows == figure.n)
        };
        BARS.iter().filter(fits).map(|(_, _, bar)| *bar)
    }

    /// Whether the figure shows it; a figure that could not be compared shows nothing.
    pub(crate) fn is_met(self, figure: &Figure) -> bool {
        match self {
            Self::AtMost(most) => figure.value <= most,
            Self::Ratio(least) => figure.ratio.is_some_and(|ratio| ratio >= least),
        }
    }

    pub(crate) fn words(self, unit: &str) -> String {
        match self {
            Self::AtMost(most) => format!("≤ {most} {unit}"),
            Self::Ratio(least) => format!("ratio ≥ {least}"),
        }
    }
}
