//! Spans of time in the browser's own timeline (User Timing, level 3): its profiler shows them beside its own.

use wasm_bindgen::prelude::*;

use super::js;

#[wasm_bindgen]
extern "C" {
    #[derive(Debug)]
    type Performance;

    #[wasm_bindgen(method)]
    fn now(this: &Performance) -> f64;

    // web-sys knows the measures of level 2 only, which need two marks each.
    #[wasm_bindgen(method, catch)]
    fn measure(this: &Performance, name: &str, options: &js_sys::Object) -> Result<(), JsValue>;
}

/// A span that ends when it is dropped, and is then in the timeline.
#[derive(Debug)]
#[must_use = "it ends when it is dropped"]
pub struct Timed {
    name: &'static str,
    performance: Performance,
    start_ms: f64,
}

/// Begins a span of this name: `albumen:` and what is done in it. `None` where there is no timeline.
pub fn timed(name: &'static str) -> Option<Timed> {
    let performance: Performance = js::global("performance")?.unchecked_into();
    Some(Timed { name, start_ms: performance.now(), performance })
}

impl Drop for Timed {
    fn drop(&mut self) {
        let span = js::object(&[("start", self.start_ms.into()), ("end", self.performance.now().into())]);
        // Browsers that know level 2 only refuse it, and their timeline lacks it.
        let _ = self.performance.measure(self.name, &span);
    }
}
