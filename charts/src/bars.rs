//! Bars over categories.

use charming::Chart;
use charming::component::{Axis, DataZoom, DataZoomType, Grid};
use charming::element::{AxisLabel, AxisLine, AxisTick, AxisType, ItemStyle, LineStyle, SplitLine};
use charming::series::Bar;

use crate::Palette;

/// A few wide bars.
pub(crate) fn hours(palette: &Palette, names: Vec<String>) -> Chart {
    let style = ItemStyle::new().color(palette.first.as_str()).border_radius(2.0);
    chart(palette, names)
        .grid(Grid::new().left(0).right(0).top(16).bottom(0).contain_label(true))
        .series(series().bar_width("72%").item_style(style))
}

/// Bars to be zoomed into, by the wheel and by a slider below them.
pub(crate) fn days(palette: &Palette, names: Vec<String>) -> Chart {
    chart(palette, names)
        .grid(Grid::new().left(0).right(0).top(16).bottom(44).contain_label(true))
        .data_zoom(DataZoom::new().type_(DataZoomType::Inside).min_value_span(7.0))
        .data_zoom(
            DataZoom::new()
                .type_(DataZoomType::Slider)
                .min_value_span(7.0)
                .bottom(4)
                .background_color("transparent")
                .filler_color(palette.sunk.as_str())
                .border_color(palette.line.as_str())
                .brush_select(false),
        )
        .series(series().item_style(ItemStyle::new().color(palette.first.as_str())))
}

fn chart(palette: &Palette, names: Vec<String>) -> Chart {
    Chart::new()
        .animation(false)
        .x_axis(axis(palette).type_(AxisType::Category).data(names))
        .y_axis(axis(palette).type_(AxisType::Value).min_interval(1.0))
}

/// Its numbers come later.
fn series() -> Bar {
    Bar::new().name("Photos")
}

/// An axis without a line of its own; values get faint lines across.
fn axis(palette: &Palette) -> Axis {
    Axis::new()
        .axis_line(AxisLine::new().show(false))
        .axis_tick(AxisTick::new().show(false))
        .axis_label(AxisLabel::new().color(palette.soft.as_str()).font_size(12.0))
        .split_line(SplitLine::new().line_style(LineStyle::new().color(palette.line.as_str()).width(1.0)))
}
