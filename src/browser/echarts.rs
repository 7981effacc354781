//! Charts by Apache ECharts: a bundle of our own beside the page, loaded when the first chart is shown. With it comes the
//! program that knows what charts look like (`charts/` in the sources).
//!
//! Options come from there as JSON; JavaScript functions are never made from text. An instance is disposed of when it is
//! dropped.

use futures_util::future::try_join;
use js_sys::{Array, Float64Array, Function, JSON, Reflect};
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

/// The loaded bundle, and the program beside it.
#[derive(Clone, Debug)]
pub struct Charts {
    bundle: ChartsModule,
    looks: LooksModule,
}

/// What a chart looks like, apart from its numbers: see `albumen_charts::Asked`.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    pub kind: &'static str,
    /// The page's colors by their names.
    pub palette: Vec<(&'static str, String)>,
    /// The names of the categories, in their order.
    pub names: Vec<String>,
}

/// What a bar that was clicked says of itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Clicked {
    pub series: usize,
    /// Position within the series.
    pub index: usize,
    /// The category's name; empty where there is none.
    pub name: String,
}

/// A chart in an element.
pub struct Chart {
    instance: Instance,
    looks: LooksModule,
    handlers: Vec<Closure<dyn FnMut(JsValue)>>,
}

impl Charts {
    /// Loads `charts.js` and `chart-options.js` from beside the page at `base`. Loaded once; later calls are quick.
    pub async fn load(base: &str) -> Result<Self, ChartError> {
        let failed = |error: JsValue| ChartError::NotLoaded { message: js::error_text(&error) };
        let address = |file: &str| format!("{base}{file}?v={BUILD}");
        let bundle = async { JsFuture::from(import(&address("charts.js"))?).await };
        let looks = async {
            let looks = JsFuture::from(import(&address("chart-options.js"))?).await?;
            let looks: LooksModule = looks.unchecked_into();
            let program = js::object(&[("module_or_path", address("chart-options_bg.wasm").into())]);
            JsFuture::from(looks.start(&program)?).await?;
            Ok(looks)
        };
        let (bundle, looks) = try_join(bundle, looks).await.map_err(failed)?;
        Ok(Self { bundle: bundle.unchecked_into(), looks })
    }

    /// A chart on a canvas that fills `element`. `theme` is a name that the bundle knows, such as `dark`.
    pub fn chart(&self, element: &Element, theme: Option<&str>) -> Result<Chart, ChartError> {
        let how = js::object(&[("renderer", "canvas".into())]);
        let instance = self.bundle.init(element, theme, &how).map_err(not_drawn)?;
        Ok(Chart { instance, looks: self.looks.clone(), handlers: Vec::new() })
    }
}

impl Chart {
    /// Shows a chart of one series in place of what was shown before. Its numbers go past the options, as a typed array
    /// of pairs that follow one another: x₀, y₀, x₁, y₁ …
    pub fn show(&self, look: &Look, pairs: &[f64]) -> Result<(), ChartError> {
        let options = self.looks.options(&asked(look)).and_then(|options| JSON::parse(&options)).map_err(not_drawn)?;
        let series = js::property(&options, "series").map(|series| Array::from(&series).get(0)).unwrap_or_default();
        Reflect::set(&series, &"data".into(), &Float64Array::from(pairs)).map_err(not_drawn)?;
        // ECharts cannot tell pairs from single numbers by itself.
        let dimensions = Array::of2(&"x".into(), &"y".into());
        Reflect::set(&series, &"dimensions".into(), &dimensions).map_err(not_drawn)?;
        let how = js::object(&[("notMerge", true.into())]);
        self.instance.set_option(&options, &how).map_err(not_drawn)
    }

    /// Fits the chart to its element, after that has changed its size.
    pub fn resize(&self) {
        // It fails only for a chart that was disposed of.
        let _ = self.instance.resize();
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

/// A look as JSON.
fn asked(look: &Look) -> String {
    let palette: Vec<(&str, JsValue)> = look.palette.iter().map(|(name, color)| (*name, color.into())).collect();
    let names: Array = look.names.iter().map(|name| JsValue::from_str(name)).collect();
    let asked =
        js::object(&[("kind", look.kind.into()), ("palette", js::object(&palette).into()), ("names", names.into())]);
    JSON::stringify(&asked).expect("plain objects of strings are always JSON").into()
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

    /// The exports of the program that knows what charts look like.
    #[derive(Clone, Debug)]
    type LooksModule;

    #[wasm_bindgen(method, catch, js_name = default)]
    fn start(this: &LooksModule, program: &js_sys::Object) -> Result<js_sys::Promise, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn options(this: &LooksModule, asked: &str) -> Result<String, JsValue>;

    type Instance;

    #[wasm_bindgen(method, catch, js_name = setOption)]
    fn set_option(this: &Instance, options: &JsValue, how: &js_sys::Object) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch)]
    fn resize(this: &Instance) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch)]
    fn on(this: &Instance, event: &str, handler: &Function) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch)]
    fn dispose(this: &Instance) -> Result<(), JsValue>;
}
