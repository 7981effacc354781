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
use web_sys::{Element, HtmlCanvasElement};

use super::build::BUILD;
use super::captioned::{Caption, captioned};
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
    /// The names of the categories, in their order; of cells, those of the columns.
    pub names: Vec<String>,
    /// The names of the rows of cells.
    pub rows: Vec<String>,
    /// The first and the last category that are zoomed to.
    pub window: Option<[u32; 2]>,
}

impl Look {
    fn color(&self, name: &str) -> &str {
        self.palette.iter().find(|(of, _)| *of == name).map_or("", |(_, color)| color)
    }
}

/// A series and its numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    pub name: String,
    /// `first` or `second`.
    pub tone: &'static str,
    pub numbers: SeriesNumbers,
}

/// The numbers of a series.
#[derive(Clone, Debug, PartialEq)]
pub enum SeriesNumbers {
    /// One a category.
    Bars(Vec<f64>),
    /// The same, where some are drawn faintly: those that are not `true`.
    Chosen(Vec<(f64, bool)>),
    /// One a category, of bars that lie across.
    Across(Vec<(f64, bool)>),
    Cells(Vec<Cell>),
}

/// A cell of a table of colors.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    pub column: u32,
    pub row: u32,
    /// On the scale of colors, 0 to 4.
    pub step: u8,
    pub count: u32,
    pub name: String,
    pub is_chosen: bool,
}

/// Where a chart was clicked: by which category of each axis, or which value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Clicked {
    pub x: f64,
    pub y: f64,
}

/// What is not chosen is as faint as this.
const FAINT: f64 = 0.35;
/// The line around a cell that is chosen among others, in CSS pixels.
const CHOSEN_PX: f64 = 1.5;

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
    /// Shows a chart in place of what was shown before. Its numbers go past the options: where there may be many of them,
    /// as a typed array of pairs that follow one another, x₀, y₀, x₁, y₁ …
    pub fn show(&self, look: &Look, numbers: &[Series]) -> Result<(), ChartError> {
        let asked = asked(look, numbers);
        let options = self.looks.options(&asked).and_then(|options| JSON::parse(&options)).map_err(not_drawn)?;
        let drawn = js::property(&options, "series").map(|series| Array::from(&series)).unwrap_or_default();
        for (at, series) in (0..).zip(numbers) {
            fill(&drawn.get(at), &series.numbers, look.color("ink")).map_err(not_drawn)?;
        }
        let how = js::object(&[("notMerge", true.into())]);
        self.instance.set_option(&options, &how).map_err(not_drawn)
    }

    /// The chart as it is on the screen, below its caption, as a PNG of twice its size; `None` if the browser would not.
    pub fn png(&self, caption: &Caption<'_>) -> Option<Vec<u8>> {
        const RATIO: u32 = 2;
        let how = js::object(&[("pixelRatio", RATIO.into()), ("backgroundColor", caption.paper.into())]);
        captioned(&self.instance.render(&how).ok()?, RATIO.into(), caption)
    }

    /// Fits the chart to its element, after that has changed its size.
    pub fn resize(&self) {
        // It fails only for a chart that was disposed of.
        let _ = self.instance.resize();
    }

    /// Tells of every click between the axes, as long as the chart lives: a bar of one photo among those of thousands is
    /// too low to be hit itself.
    pub fn on_click(&mut self, clicked: impl Fn(Clicked) + 'static) {
        let instance = self.instance.clone();
        let handler = Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| {
            let offset = |name| js::property(&event, name).and_then(|value| value.as_f64());
            let (Some(x), Some(y)) = (offset("offsetX"), offset("offsetY")) else { return };
            let pixel = Array::of2(&x.into(), &y.into());
            if !instance.contains_pixel("grid", &pixel).unwrap_or(false) {
                return;
            }
            let grid = js::object(&[("gridIndex", 0.into())]);
            let Ok(values) = instance.from_pixel(&grid, &pixel) else { return };
            if let (Some(x), Some(y)) = (values.get(0).as_f64(), values.get(1).as_f64()) {
                clicked(Clicked { x, y });
            }
        });
        if let Ok(surface) = self.instance.surface() {
            let _ = surface.on("click", handler.as_ref().unchecked_ref());
        }
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
fn asked(look: &Look, series: &[Series]) -> String {
    let palette: Vec<(&str, JsValue)> = look.palette.iter().map(|(name, color)| (*name, color.into())).collect();
    let texts = |texts: &[String]| -> Array { texts.iter().map(|text| JsValue::from_str(text)).collect() };
    let named = |series: &Series| js::object(&[("name", series.name.as_str().into()), ("tone", series.tone.into())]);
    let window = look.window.map(|ends| ends.into_iter().map(JsValue::from).collect::<Array>());
    let asked = js::object(&[
        ("kind", look.kind.into()),
        ("palette", js::object(&palette).into()),
        ("names", texts(&look.names).into()),
        ("rows", texts(&look.rows).into()),
        ("series", series.iter().map(named).collect::<Array>().into()),
        ("window", window.map_or(JsValue::NULL, JsValue::from)),
    ]);
    JSON::stringify(&asked).expect("plain objects of strings are always JSON").into()
}

/// Puts numbers into the options of a series.
fn fill(series: &JsValue, numbers: &SeriesNumbers, ink: &str) -> Result<(), JsValue> {
    let plain = |names: [&str; 2]| names.into_iter().map(JsValue::from_str).collect::<Array>();
    let (data, dimensions): (JsValue, Array) = match numbers {
        SeriesNumbers::Bars(values) => {
            let pairs: Vec<f64> = (0_u32..).zip(values).flat_map(|(at, value)| [f64::from(at), *value]).collect();
            // ECharts cannot tell pairs from single numbers by itself.
            (Float64Array::from(pairs.as_slice()).into(), plain(["x", "y"]))
        }
        SeriesNumbers::Chosen(values) => {
            let items =
                (0_u32..).zip(values).map(|(at, (value, is_chosen))| item(&[at.into(), (*value).into()], *is_chosen));
            (items.collect::<Array>().into(), plain(["x", "y"]))
        }
        SeriesNumbers::Across(values) => {
            let items =
                (0_u32..).zip(values).map(|(at, (value, is_chosen))| item(&[(*value).into(), at.into()], *is_chosen));
            (items.collect::<Array>().into(), plain(["x", "y"]))
        }
        SeriesNumbers::Cells(cells) => {
            // The color of a cell says how many: one of a few photos would hardly be seen among the faint ones.
            let is_some_faint = cells.iter().any(|cell| !cell.is_chosen);
            let framed = [("borderColor", JsValue::from_str(ink)), ("borderWidth", CHOSEN_PX.into())];
            let values = |cell: &Cell| {
                let numbers = [cell.column, cell.row, u32::from(cell.step), cell.count].map(JsValue::from);
                let [column, row, step, count] = numbers;
                let values = [column, row, step, count, cell.name.as_str().into()];
                if cell.is_chosen && is_some_faint { styled(&values, &framed) } else { item(&values, cell.is_chosen) }
            };
            let dimensions = ["x", "y", "step", "count"].into_iter().map(JsValue::from_str).collect::<Array>();
            dimensions.push(&js::object(&[("name", "name".into()), ("type", "ordinal".into())]));
            (cells.iter().map(values).collect::<Array>().into(), dimensions)
        }
    };
    Reflect::set(series, &"data".into(), &data)?;
    Reflect::set(series, &"dimensions".into(), &dimensions)?;
    Ok(())
}

/// One item of a series.
fn item(values: &[JsValue], is_chosen: bool) -> JsValue {
    match is_chosen {
        true => values.iter().collect::<Array>().into(),
        false => styled(values, &[("opacity", FAINT.into())]),
    }
}

fn styled(values: &[JsValue], style: &[(&str, JsValue)]) -> JsValue {
    let values = values.iter().collect::<Array>();
    js::object(&[("value", values.into()), ("itemStyle", js::object(style).into())]).into()
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

    #[derive(Clone, Debug)]
    type Instance;

    /// What a chart is painted on.
    type Surface;

    #[wasm_bindgen(method, catch, js_name = setOption)]
    fn set_option(this: &Instance, options: &JsValue, how: &js_sys::Object) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch, js_name = renderToCanvas)]
    fn render(this: &Instance, how: &js_sys::Object) -> Result<HtmlCanvasElement, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn resize(this: &Instance) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch, js_name = getZr)]
    fn surface(this: &Instance) -> Result<Surface, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn on(this: &Surface, event: &str, handler: &Function) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch, js_name = containPixel)]
    fn contains_pixel(this: &Instance, finder: &str, pixel: &Array) -> Result<bool, JsValue>;

    #[wasm_bindgen(method, catch, js_name = convertFromPixel)]
    fn from_pixel(this: &Instance, finder: &js_sys::Object, pixel: &Array) -> Result<Array, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn dispose(this: &Instance) -> Result<(), JsValue>;
}
