//! What a map needs of the browser: files that lie beside the page, and names of countries.

use super::{Services, asset, locale};

impl Services {
    /// The bytes of a file beside the page; `None` if it cannot be had.
    pub async fn asset(self, name: &str) -> Option<Vec<u8>> {
        asset::asset(&self.base_url(), name).await
    }

    /// The name of a country or region, from its two letters (ISO 3166); the letters where the browser knows none.
    pub fn region(self, letters: &str) -> String {
        locale::region(letters).unwrap_or_else(|| letters.to_owned())
    }
}
