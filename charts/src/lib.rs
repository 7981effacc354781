//! What the charts look like: ECharts' options, from the kind of chart, the page's colors and the names below the bars.
//!
//! The typed options of `charming` weigh more than the screens, so they are no part of the page: this is a program of its
//! own, which the page loads when the first chart is shown. The numbers never pass through here; the page adds them.

mod bars;

use serde::Deserialize;
use serde_json::{Value, json};

/// What the page asks for.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Asked {
    pub kind: Kind,
    pub palette: Palette,
    /// The names of the categories, in their order.
    pub names: Vec<String>,
}

/// The kinds of charts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A few wide bars.
    Hours,
    /// Thousands of bars, to be zoomed into.
    Days,
}

/// The colors of the page, as CSS writes them.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Palette {
    pub ink: String,
    pub soft: String,
    pub line: String,
    pub raised: String,
    pub sunk: String,
    /// Of the first series.
    pub first: String,
}

/// The options for what is asked, both as JSON.
pub fn options(asked: &str) -> serde_json::Result<String> {
    let Asked { kind, palette, names } = serde_json::from_str(asked)?;
    let chart = match kind {
        Kind::Hours => bars::hours(&palette, names),
        Kind::Days => bars::days(&palette, names),
    };
    Ok(finished(serde_json::to_value(chart)?, &palette).to_string())
}

/// Adds what the typed options cannot say: a tooltip that is painted, since the page's policy forbids styled markup.
fn finished(mut options: Value, palette: &Palette) -> Value {
    options["tooltip"] = json!({
        "renderMode": "richText",
        "trigger": "axis",
        "axisPointer": { "type": "shadow", "shadowStyle": { "color": palette.ink, "opacity": 0.06 } },
        "backgroundColor": palette.raised,
        "borderColor": palette.line,
        "borderWidth": 1,
        "padding": [6, 10],
        "confine": true,
        "textStyle": { "color": palette.ink, "fontSize": 13 },
    });
    options["textStyle"] = json!({ "fontFamily": "system-ui, sans-serif" });
    options
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(kind: &str) -> String {
        json!({
            "kind": kind,
            "palette": {
                "ink": "#111", "soft": "#222", "line": "#333", "raised": "#444", "sunk": "#555", "first": "#666",
            },
            "names": ["a \"b\"", "c"],
        })
        .to_string()
    }

    #[test]
    fn a_chart_has_the_names_it_was_given_the_pages_colors_and_one_series_without_numbers() {
        for kind in ["hours", "days"] {
            let options: Value = serde_json::from_str(&options(&asked(kind)).unwrap()).unwrap();
            assert_eq!(options["xAxis"]["data"], json!(["a \"b\"", "c"]), "{kind}");
            assert_eq!(options["xAxis"]["type"], "category", "{kind}");
            assert_eq!(options["yAxis"]["minInterval"], 1.0, "{kind}");
            assert_eq!(options["series"].as_array().map(Vec::len), Some(1), "{kind}");
            assert_eq!(options["series"][0]["itemStyle"]["color"], "#666", "{kind}");
            assert_eq!(options["series"][0].get("data"), None, "{kind}");
            assert_eq!(options["animation"], false, "{kind}");
        }
    }

    #[test]
    fn tooltips_are_painted() {
        let options: Value = serde_json::from_str(&options(&asked("days")).unwrap()).unwrap();
        assert_eq!(options["tooltip"]["renderMode"], "richText");
        assert_eq!(options["tooltip"]["backgroundColor"], "#444");
    }

    #[test]
    fn days_can_be_zoomed_into_and_hours_cannot() {
        let zooms = |kind| serde_json::from_str::<Value>(&options(&asked(kind)).unwrap()).unwrap()["dataZoom"].clone();
        let days = zooms("days");
        let kinds: Vec<_> = days.as_array().unwrap().iter().map(|zoom| zoom["type"].clone()).collect();
        assert_eq!(kinds, ["inside", "slider"]);
        assert!(zooms("hours").as_array().is_none_or(Vec::is_empty));
    }

    #[test]
    fn what_cannot_be_read_is_an_error_in_words() {
        for nonsense in ["", "{}", "[1]", &asked("pies")] {
            assert!(!options(nonsense).unwrap_err().to_string().is_empty());
        }
    }
}
