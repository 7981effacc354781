//! The map on its way from one view to another.

use albumen_core::places::view::View;
use leptos::prelude::*;

use super::map::Map;
use crate::app::services::media_holds;

/// How long a way takes.
const GLIDE_MS: f64 = 260.0;

impl Map {
    /// Goes there; at once for whoever wants no motion.
    pub(super) fn glide_to(self, to: View) {
        let Some(from) = self.view.get_untracked() else { return };
        self.change(|_| if is_still() { to } else { from });
        if !is_still() {
            let now = self.glides.get_value();
            step(self, from, to, now, None);
        }
    }
}

fn is_still() -> bool {
    media_holds("(prefers-reduced-motion: reduce)")
}

/// One frame of glide number `nth`, which began at `begun_ms`.
fn step(map: Map, from: View, to: View, nth: u32, begun_ms: Option<f64>) {
    request_animation_frame(move || {
        let Some(now_ms) = performance_now() else { return };
        // The screen was left, or the map is moved by something else.
        if map.glides.try_get_value() != Some(nth) {
            return;
        }
        let begun_ms = begun_ms.unwrap_or(now_ms);
        let part = ((now_ms - begun_ms) / GLIDE_MS).clamp(0.0, 1.0);
        let eased = 1.0 - (1.0 - part) * (1.0 - part);
        map.view.set(Some(if part < 1.0 { from.between(to, eased) } else { to }));
        if part < 1.0 {
            step(map, from, to, nth, Some(begun_ms));
        }
    });
}

/// Milliseconds of a clock that goes forward; `None` where the browser has none.
fn performance_now() -> Option<f64> {
    Some(window().performance()?.now())
}
