//! A window opened by a click, for a consent page beside this one.

use web_sys::Window;

/// A window that this page opened. Whether the person closed it cannot be told for sure: a consent page may cut the tie
/// between the two (Cross-Origin-Opener-Policy).
#[derive(Clone, Debug)]
pub struct PopUp(Window);

impl PopUp {
    /// Opens an empty window. To be called within the click itself, before anything is awaited: browsers block it
    /// otherwise. `None` if it was blocked.
    pub fn open() -> Option<Self> {
        let (width_px, height_px) = (520, 680);
        let features = format!("popup,width={width_px},height={height_px}");
        web_sys::window()?
            .open_with_url_and_target_and_features("about:blank", "_blank", &features)
            .ok()
            .flatten()
            .map(Self)
    }

    /// Sends the window to an address. `false` if it is no longer there to be sent.
    pub fn go_to(&self, url: &str) -> bool {
        self.0.location().set_href(url).is_ok()
    }

    pub fn close(&self) {
        // Closed already, or cut off: either way there is nothing to close.
        let _ = self.0.close();
    }
}
