//! What the charts look like: ECharts' options, from the kind of chart, the page's colors and the names below the bars.
//!
//! The typed options of `charming` weigh more than the screens, so they are no part of the page: this is a program of its
//! own, which the page loads when the first chart is shown. The numbers never pass through here; the page adds them.

mod bars;
mod cells;

use serde::Deserialize;
use serde_json::{Value, json};

/// What the page asks for.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Asked {
    pub kind: Kind,
    pub palette: Palette,
    /// The names of the categories, in their order; of cells, those of the columns.
    pub names: Vec<String>,
    /// The names of the rows of cells.
    #[serde(default)]
    pub rows: Vec<String>,
    pub series: Vec<Series>,
    /// The first and the last category that are zoomed to; all of them without.
    #[serde(default)]
    pub window: Option<[u32; 2]>,
}

/// Numbers that are drawn alike.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Series {
    pub name: String,
    pub tone: Tone,
}

/// The color of a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tone {
    First,
    Second,
}

/// The kinds of charts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A few wide bars.
    Bars,
    /// Thousands of bars, to be zoomed into.
    Days,
    /// Bars that lie across.
    Across,
    /// Cells whose color says how many.
    Cells,
}

/// The colors of the page, as CSS writes them.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Palette {
    pub ink: String,
    pub soft: String,
    pub line: String,
    pub paper: String,
    pub raised: String,
    pub sunk: String,
    /// Of the first series.
    pub first: String,
    pub second: String,
}

/// The options for what is asked, both as JSON.
pub fn options(asked: &str) -> serde_json::Result<String> {
    let asked: Asked = serde_json::from_str(asked)?;
    let chart = match asked.kind {
        Kind::Bars => bars::wide(&asked),
        Kind::Days => bars::days(&asked),
        Kind::Across => bars::across(&asked),
        Kind::Cells => cells::cells(&asked),
    };
    let mut options = finished(serde_json::to_value(chart)?, &asked);
    match asked.kind {
        Kind::Cells => cells::finish(&mut options),
        Kind::Across => {
            options["yAxis"]["axisLabel"]["overflow"] = json!("truncate");
            options["yAxis"]["axisLabel"]["width"] = json!(bars::NAMES_PX - 10.0);
            // A telephone has little room beside the names.
            options["xAxis"]["axisLabel"]["hideOverlap"] = json!(true);
            set_gap(&mut options, "30%");
        }
        Kind::Bars => set_gap(&mut options, "28%"),
        Kind::Days => {}
    }
    Ok(options.to_string())
}

/// Adds what the typed options cannot say: a tooltip that is painted, since the page's policy forbids styled markup.
fn finished(mut options: Value, asked: &Asked) -> Value {
    let palette = &asked.palette;
    options["tooltip"] = json!({
        "renderMode": "richText",
        "trigger": if asked.kind == Kind::Cells { "item" } else { "axis" },
        "axisPointer": { "type": "shadow", "shadowStyle": { "color": palette.ink, "opacity": 0.06 } },
        "backgroundColor": palette.raised,
        "borderColor": palette.line,
        "borderWidth": 1,
        "padding": [6, 10],
        "confine": true,
        "textStyle": { "color": palette.ink, "fontSize": 13 },
    });
    options["textStyle"] = json!({ "fontFamily": "system-ui, sans-serif" });
    if asked.series.len() > 1 {
        options["legend"] = json!({
            "top": 0,
            "left": 0,
            "itemWidth": 12,
            "itemHeight": 12,
            "selectedMode": false,
            "textStyle": { "color": palette.soft, "fontSize": 12 },
        });
    }
    options
}

/// How much of a category is left free beside its bars.
fn set_gap(options: &mut Value, gap: &str) {
    for series in options["series"].as_array_mut().into_iter().flatten() {
        series["barCategoryGap"] = json!(gap);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(kind: &str, series: usize) -> String {
        let series: Vec<Value> =
            ["first", "second"].iter().take(series).map(|tone| json!({ "name": tone, "tone": tone })).collect();
        json!({
            "kind": kind,
            "palette": {
                "ink": "#111", "soft": "#222", "line": "#333", "raised": "#444", "sunk": "#555", "first": "#666",
                "second": "#777", "paper": "#888",
            },
            "names": ["a \"b\"", "c"],
            "rows": ["r"],
            "series": series,
        })
        .to_string()
    }

    fn read(kind: &str, series: usize) -> Value {
        serde_json::from_str(&options(&asked(kind, series)).unwrap()).unwrap()
    }

    #[test]
    fn a_chart_has_the_names_it_was_given_the_pages_colors_and_its_series_without_numbers() {
        for (kind, names, values) in
            [("bars", "xAxis", "yAxis"), ("days", "xAxis", "yAxis"), ("across", "yAxis", "xAxis")]
        {
            let options = read(kind, 1);
            assert_eq!(options[names]["data"], json!(["a \"b\"", "c"]), "{kind}");
            assert_eq!(options[names]["type"], "category", "{kind}");
            assert_eq!(options[values]["minInterval"], 1.0, "{kind}");
            assert_eq!(options["series"].as_array().map(Vec::len), Some(1), "{kind}");
            assert_eq!(options["series"][0]["itemStyle"]["color"], "#666", "{kind}");
            assert_eq!(options["series"][0].get("data"), None, "{kind}");
            assert_eq!(options["animation"], false, "{kind}");
            assert_eq!(options.get("legend"), None, "{kind}");
        }
    }

    #[test]
    fn two_series_have_two_colors_and_are_named() {
        let options = read("bars", 2);
        assert_eq!(options["series"][1]["itemStyle"]["color"], "#777");
        assert_eq!(options["series"][1]["name"], "second");
        assert!(options["legend"].is_object());
    }

    #[test]
    fn cells_take_their_color_from_their_step_and_say_their_count() {
        let options = read("cells", 1);
        assert_eq!((&options["xAxis"]["data"], &options["yAxis"]["data"]), (&json!(["a \"b\"", "c"]), &json!(["r"])));
        let scale = &options["visualMap"][0];
        assert_eq!((&scale["dimension"], &scale["inRange"]["color"]), (&json!(2.0), &json!(["#555", "#666"])));
        assert_eq!(options["series"][0]["type"], "heatmap");
        assert_eq!(options["series"][0]["encode"]["tooltip"], json!([3]));
        assert_eq!(options["tooltip"]["trigger"], "item");
    }

    #[test]
    fn tooltips_are_painted() {
        let options = read("days", 1);
        assert_eq!(options["tooltip"]["renderMode"], "richText");
        assert_eq!(options["tooltip"]["backgroundColor"], "#444");
    }

    #[test]
    fn days_can_be_zoomed_into_and_other_bars_cannot() {
        let days = read("days", 1)["dataZoom"].clone();
        let kinds: Vec<_> = days.as_array().unwrap().iter().map(|zoom| zoom["type"].clone()).collect();
        assert_eq!(kinds, ["inside", "slider"]);
        assert!(read("bars", 1)["dataZoom"].as_array().is_none_or(Vec::is_empty));
        let mut zoomed: Value = serde_json::from_str(&asked("days", 1)).unwrap();
        zoomed["window"] = json!([0, 1]);
        let options: Value = serde_json::from_str(&options(&zoomed.to_string()).unwrap()).unwrap();
        assert_eq!(
            (&options["dataZoom"][1]["startValue"], &options["dataZoom"][1]["endValue"]),
            (&json!(0.0), &json!(1.0))
        );
    }

    #[test]
    fn what_cannot_be_read_is_an_error_in_words() {
        for nonsense in ["", "{}", "[1]", &asked("pies", 1)] {
            assert!(!options(nonsense).unwrap_err().to_string().is_empty());
        }
    }
}
