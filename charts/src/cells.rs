//! Cells whose color says how many.

use charming::Chart;
use charming::component::{Grid, VisualMap, VisualMapChannel, VisualMapType};
use charming::element::{AxisType, ItemStyle};
use charming::series::Heatmap;
use serde_json::{Value, json};

use crate::Asked;
use crate::bars::{BELOW_PX, axis};

/// The greatest step of the scale; 0 is an empty cell.
const LAST_STEP: f64 = 4.0;

/// A table of cells, the first row at the top.
pub(crate) fn cells(asked: &Asked) -> Chart {
    let palette = &asked.palette;
    let axis = || axis(palette).type_(AxisType::Category);
    let scale = VisualMap::new()
        .type_(VisualMapType::Continuous)
        .show(false)
        .min(0.0)
        .max(LAST_STEP)
        .dimension(2.0)
        .in_range(VisualMapChannel::new().color(vec![palette.sunk.as_str(), palette.first.as_str()]));
    let name = asked.series.first().map_or("", |series| series.name.as_str());
    let style = ItemStyle::new().border_color(palette.paper.as_str()).border_width(1.5).border_radius(2.0);
    Chart::new()
        .animation(false)
        .x_axis(axis().data(asked.names.clone()))
        .y_axis(axis().data(asked.rows.clone()).inverse(true))
        .grid(Grid::new().left(0).right(0).top(4).bottom(BELOW_PX).contain_label(true))
        .visual_map(scale)
        .series(Heatmap::new().name(name).item_style(style).progressive(0.0))
}

/// What the typed options cannot say: which column of a cell is what. A cell is its column, its row, its step on the scale,
/// its count and its name.
pub(crate) fn finish(options: &mut Value) {
    options["xAxis"]["splitLine"] = json!({ "show": false });
    options["yAxis"]["splitLine"] = json!({ "show": false });
    // Months and years stand where they begin, with blanks between them.
    options["xAxis"]["axisLabel"]["interval"] = json!(0);
    options["yAxis"]["axisLabel"]["interval"] = json!(0);
    options["xAxis"]["axisLabel"]["hideOverlap"] = json!(true);
    let series = &mut options["series"][0];
    series["encode"] = json!({ "x": 0, "y": 1, "value": 2, "itemName": 4, "tooltip": [3] });
    series["emphasis"] = json!({ "disabled": true });
}
