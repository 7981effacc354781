//! Cameras by name.

use albumen_core::photo::Camera;

/// Make and model; many models begin with their make. `None` where neither is known.
pub fn camera_name(camera: &Camera) -> Option<String> {
    let (make, model) = (camera.make.trim(), camera.model.trim());
    match (make.is_empty(), model.is_empty()) {
        (true, true) => None,
        (false, true) => Some(make.to_owned()),
        (true, false) => Some(model.to_owned()),
        (false, false) if model.to_lowercase().starts_with(&make.to_lowercase()) => Some(model.to_owned()),
        (false, false) => Some(format!("{make} {model}")),
    }
}
