//! What a photo, its sidecar and its name tell of its time and place, where a case leaves only some of it.

use super::cases::{Case, still, title};
use super::{Kind, Photo, Sidecar};

/// Takes all that a file itself says.
pub(super) fn mute(photo: &mut Photo) {
    photo.shot = None;
    let says = &mut photo.says;
    (says.exif_local, says.exif_offset, says.gps, says.gps_time) = (false, false, false, false);
    (says.geo_data, says.geo_data_exif) = (false, false);
}

pub(super) fn evidence(photo: &mut Photo) {
    still(photo, Kind::Jpeg);
    title(photo, "DSC{id}.JPG");
    if photo.shot.is_none() || photo.case == Case::NameOnly {
        mute(photo);
    }
    let file = photo.shot.is_some();
    let says = &mut photo.says;
    (says.exif_local, says.exif_offset, says.gps, says.gps_time) = (file, false, false, false);
    (says.geo_data, says.geo_data_exif) = (false, false);
    match photo.case {
        Case::PlaceInExifPartOnly => says.geo_data_exif = true,
        Case::PlaceOfSidecarOnly => (says.geo_data, says.exif_local) = (true, false),
        Case::PlaceOfFileOnly => (says.gps, says.sidecar) = (file, Sidecar::Zero),
        Case::GpsTimeOnly => (says.gps, says.gps_time, says.sidecar) = (file, file, Sidecar::Zero),
        Case::NameOnly => title(photo, "IMG_{local}.jpg"),
        _ => says.exif_local = false,
    }
}
