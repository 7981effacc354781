//! Charts by Apache ECharts: a bundle of our own beside the page, loaded when the first chart is shown.
//!
//! Options come from `charming` as data; JavaScript functions are never made from text. An instance is disposed of when
//! it is dropped.

use js_sys::{Array, Float64Array, Function, Reflect};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use thiserror::Error;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Element;

use super::build::BUILD;
use super::js;

/// Why there is no chart. The numbers can still be shown.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ChartError {
    #[error("the charts could not be loaded: {message}")]
    NotLoaded { message: String },
    #[error("the chart could not be drawn: {message}")]
    NotDrawn { message: String },
}

/// The loaded bundle.
#[derive(Clone, Debug)]
pub struct Charts(ChartsModule);

/// What a bar that was clicked says of itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Clicked {
    pub series: usize,
    /// Position within the series.
    pub index: usize,
    /// The category's name; empty where there is none.
    pub name: String,
}

/// Numbers of a long series, put into the options as a typed array instead of through JSON. Pairs (x, y) follow one
/// another: x₀, y₀, x₁, y₁ …
#[derive(Clone, Copy, Debug)]
pub struct LongSeries<'a> {
    pub series: u32,
    pub pairs: &'a [f64],
}

/// A chart in an element.
pub struct Chart {
    instance: Instance,
    handlers: Vec<Closure<dyn FnMut(JsValue)>>,
}

impl Charts {
    /// Loads `charts.js` from beside the page at `base`. Loaded once; later calls are quick.
    pub async fn load(base: &str) -> Result<Self, ChartError> {
        let failed = |error: JsValue| ChartError::NotLoaded { message: js::error_text(&error) };
        let promise = import(&format!("{base}charts.js?v={BUILD}")).map_err(failed)?;
        JsFuture::from(promise).await.map(|module| Self(module.unchecked_into())).map_err(failed)
    }

    /// A chart on a canvas that fills `element`. `theme` is a name that the bundle knows, such as `dark`.
    pub fn chart(&self, element: &Element, theme: Option<&str>) -> Result<Chart, ChartError> {
        let how = js::object(&[("renderer", "canvas".into())]);
        let instance = self.0.init(element, theme, &how).map_err(not_drawn)?;
        Ok(Chart { instance, handlers: Vec::new() })
    }
}

impl Chart {
    /// Shows these options in place of what was shown before.
    pub fn show(&self, options: &impl Serialize, long: &[LongSeries<'_>]) -> Result<(), ChartError> {
        let options = options
            .serialize(&Serializer::json_compatible())
            .map_err(|error| ChartError::NotDrawn { message: error.to_string() })?;
        let all_series = js::property(&options, "series").map(|series| Array::from(&series)).unwrap_or_default();
        for long in long {
            let series = all_series.get(long.series);
            let data = Float64Array::from(long.pairs);
            Reflect::set(&series, &"data".into(), &data).map_err(not_drawn)?;
            // ECharts cannot tell pairs from single numbers by itself.
            let dimensions = Array::of2(&"x".into(), &"y".into());
            Reflect::set(&series, &"dimensions".into(), &dimensions).map_err(not_drawn)?;
        }
        let how = js::object(&[("notMerge", true.into())]);
        self.instance.set_option(&options, &how).map_err(not_drawn)
    }

    /// Fits the chart to its element, after that has changed its size.
    pub fn resize(&self) {
        // It fails only for a chart that was disposed of.
        let _ = self.instance.resize();
    }

    pub fn set_theme(&self, theme: &str) {
        let _ = self.instance.set_theme(theme);
    }

    /// Tells of every click on a bar, as long as the chart lives.
    pub fn on_click(&mut self, clicked: impl Fn(Clicked) + 'static) {
        let handler = Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| {
            let number = |name| js::property(&event, name).and_then(|value| value.as_f64());
            let (Some(series), Some(index)) = (number("seriesIndex"), number("dataIndex")) else { return };
            let name = js::property(&event, "name").and_then(|name| name.as_string()).unwrap_or_default();
            clicked(Clicked { series: series as usize, index: index as usize, name });
        });
        let _ = self.instance.on("click", handler.as_ref().unchecked_ref());
        self.handlers.push(handler);
    }
}

impl Drop for Chart {
    fn drop(&mut self) {
        // A chart whose element has gone may be disposed of already.
        let _ = self.instance.dispose();
    }
}

fn not_drawn(error: JsValue) -> ChartError {
    ChartError::NotDrawn { message: js::error_text(&error) }
}

#[wasm_bindgen(inline_js = "export function load_module(address) { return import(address); }")]
extern "C" {
    #[wasm_bindgen(catch, js_name = load_module)]
    fn import(address: &str) -> Result<js_sys::Promise, JsValue>;
}

#[wasm_bindgen]
extern "C" {
    /// The bundle's exports.
    #[derive(Clone, Debug)]
    type ChartsModule;

    #[wasm_bindgen(method, catch)]
    fn init(
        this: &ChartsModule,
        element: &Element,
        theme: Option<&str>,
        how: &js_sys::Object,
    ) -> Result<Instance, JsValue>;

    type Instance;

    #[wasm_bindgen(method, catch, js_name = setOption)]
    fn set_option(this: &Instance, options: &JsValue, how: &js_sys::Object) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch)]
    fn resize(this: &Instance) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch)]
    fn on(this: &Instance, event: &str, handler: &Function) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch, js_name = setTheme)]
    fn set_theme(this: &Instance, theme: &str) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch)]
    fn dispose(this: &Instance) -> Result<(), JsValue>;
}
