//! The program beside the page that knows what charts look like. Words go in and come out as JSON: see `albumen_charts`.

#[cfg(target_family = "wasm")]
mod exports {
    use wasm_bindgen::prelude::wasm_bindgen;

    /// ECharts' options for what is asked; an error in words if that cannot be read.
    #[wasm_bindgen]
    #[expect(unreachable_pub, reason = "it is reached from JavaScript")]
    pub fn options(asked: &str) -> Result<String, String> {
        albumen_charts::options(asked).map_err(|error| error.to_string())
    }
}

/// All it does is done by its exports.
fn main() {}
