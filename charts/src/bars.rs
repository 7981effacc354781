//! Bars over categories.

use charming::Chart;
use charming::component::{Axis, DataZoom, DataZoomType, Grid};
use charming::element::{AxisLabel, AxisLine, AxisTick, AxisType, ItemStyle, LineStyle, SplitLine};
use charming::series::Bar;

use crate::{Asked, Palette, Tone};

/// Space for what letters have below their line: the chart reckons with their height above it.
pub(crate) const BELOW_PX: f64 = 4.0;
/// Space for the names beside bars that lie across.
pub(crate) const NAMES_PX: f64 = 150.0;

/// A few wide bars.
pub(crate) fn wide(asked: &Asked) -> Chart {
    let palette = &asked.palette;
    let chart = chart(names(palette, asked), values(palette))
        .grid(Grid::new().left(0).right(0).top(top_px(asked)).bottom(BELOW_PX).contain_label(true));
    with_series(chart, asked, |bar, color| {
        bar.bar_gap("8%").item_style(ItemStyle::new().color(color).border_radius(2.0))
    })
}

/// Bars to be zoomed into, by the wheel and by a slider below them.
pub(crate) fn days(asked: &Asked) -> Chart {
    let palette = &asked.palette;
    let zoom = |kind| {
        let zoom = DataZoom::new().type_(kind).min_value_span(7.0);
        match asked.window {
            Some([first, last]) => zoom.start_value(f64::from(first)).end_value(f64::from(last)),
            None => zoom,
        }
    };
    let chart = chart(names(palette, asked), values(palette))
        .grid(Grid::new().left(0).right(0).top(16).bottom(44).contain_label(true))
        .data_zoom(zoom(DataZoomType::Inside))
        .data_zoom(
            zoom(DataZoomType::Slider)
                .bottom(4)
                .background_color("transparent")
                .filler_color(palette.sunk.as_str())
                .border_color(palette.line.as_str())
                .brush_select(false),
        );
    with_series(chart, asked, |bar, color| bar.item_style(ItemStyle::new().color(color)))
}

/// Bars that lie across, the first at the top, for names that are long.
pub(crate) fn across(asked: &Asked) -> Chart {
    let palette = &asked.palette;
    let label = AxisLabel::new().color(palette.ink.as_str()).font_size(12.0);
    let names = names(palette, asked).axis_label(label).inverse(true);
    let chart = Chart::new()
        .animation(false)
        .x_axis(values(palette).split_number(3.0))
        .y_axis(names)
        .grid(Grid::new().left(NAMES_PX).right(16).top(8).bottom(24).contain_label(false));
    with_series(chart, asked, |bar, color| bar.item_style(ItemStyle::new().color(color).border_radius(2.0)))
}

fn with_series(chart: Chart, asked: &Asked, look: impl Fn(Bar, &str) -> Bar) -> Chart {
    asked.series.iter().fold(chart, |chart, series| {
        let color = match series.tone {
            Tone::First => &asked.palette.first,
            Tone::Second => &asked.palette.second,
        };
        // Its numbers come later.
        chart.series(look(Bar::new().name(series.name.as_str()), color))
    })
}

/// Two series are named above the bars.
fn top_px(asked: &Asked) -> f64 {
    if asked.series.len() > 1 { 32.0 } else { 16.0 }
}

fn chart(names: Axis, values: Axis) -> Chart {
    Chart::new().animation(false).x_axis(names).y_axis(values)
}

fn names(palette: &Palette, asked: &Asked) -> Axis {
    axis(palette).type_(AxisType::Category).data(asked.names.clone())
}

fn values(palette: &Palette) -> Axis {
    axis(palette).type_(AxisType::Value).min_interval(1.0)
}

/// An axis without a line of its own; values get faint lines across.
pub(crate) fn axis(palette: &Palette) -> Axis {
    Axis::new()
        .axis_line(AxisLine::new().show(false))
        .axis_tick(AxisTick::new().show(false))
        .axis_label(AxisLabel::new().color(palette.soft.as_str()).font_size(12.0))
        .split_line(SplitLine::new().line_style(LineStyle::new().color(palette.line.as_str()).width(1.0)))
}
