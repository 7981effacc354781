//! Cameras by name.

use albumen_core::photo::Camera;

/// Make and model; many models begin with their make. `None` where neither is known.
pub fn camera_name(camera: &Camera) -> Option<String> {
    let (make, model) = (camera.make.trim(), camera.model.trim());
    match (make.is_empty(), model.is_empty()) {
        (true, true) => None,
        (false, true) => Some(make.to_owned()),
        (true, false) => Some(model.to_owned()),
        (false, false) if begins_with(model, make) => Some(model.to_owned()),
        (false, false) => Some(format!("{make} {model}")),
    }
}

/// Whatever the case of its letters. Those beyond ASCII are held to theirs: makers' names have none, and the table of the
/// others weighs more than all cameras' names.
fn begins_with(model: &str, make: &str) -> bool {
    model.as_bytes().get(..make.len()).is_some_and(|start| start.eq_ignore_ascii_case(make.as_bytes()))
}
