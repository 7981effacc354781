//! The cameras that passed through the person's hands, and how each names its files.

use super::calendar::Day;
use super::chance::Chance;

/// What a camera is to its owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Always in the pocket.
    Phone,
    /// Taken along when pictures are the purpose.
    Serious,
    /// For water and sport.
    Action,
}

/// How a camera names its files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Naming {
    /// `IMG_1234.JPG`, `MVI_1234.MP4` (DCF, JEITA CP-3461).
    Canon,
    /// `IMG_1234.JPG`, `IMG_1234.MOV`
    Apple,
    /// `20150611_101010.jpg`, in local time
    Samsung,
    /// `IMG_20180611_101010.jpg`, `VID_20180611_101010.mp4`, in local time
    OldPixel,
    /// `PXL_20230611_101010123.jpg`, in UTC
    Pixel,
    /// `DSC_1234.JPG`
    Nikon,
    /// `DSCF1234.JPG`
    Fujifilm,
    /// `GOPR1234.JPG`, `GX011234.MP4`
    GoPro,
}

/// A camera as Exif and Google name it, and what it can do.
pub(super) struct Camera {
    pub(super) make: &'static str,
    pub(super) model: &'static str,
    pub(super) role: Role,
    pub(super) naming: Naming,
    /// First and last month of use: year, month; the last is excluded.
    used: ((i32, u32), (i32, u32)),
    /// Pixels of a still, lying.
    pub(super) still_px: (u32, u32),
    /// Pixels of a video, lying.
    pub(super) video_px: (u32, u32),
    pub(super) frames_per_s: f64,
    /// Focal lengths that its owner uses, in hundredths of a millimetre.
    pub(super) focal_hundredths_mm: &'static [u32],
    /// Widest f-number, in hundredths.
    pub(super) f_number_hundredths: u32,
    /// Whether the f-number can be changed.
    pub(super) iris: bool,
}

const ALWAYS: (i32, u32) = (9999, 1);

/// In the order in which they were bought.
const CAMERAS: [Camera; 9] = [
    Camera {
        make: "Canon",
        model: "Canon PowerShot S95",
        role: Role::Serious,
        naming: Naming::Canon,
        used: ((0, 1), (2015, 3)),
        still_px: (3648, 2736),
        video_px: (1280, 720),
        frames_per_s: 23.976,
        focal_hundredths_mm: &[600, 757, 1083, 2250],
        f_number_hundredths: 200,
        iris: true,
    },
    Camera {
        make: "Apple",
        model: "iPhone 4S",
        role: Role::Phone,
        naming: Naming::Apple,
        used: ((0, 1), (2014, 10)),
        still_px: (3264, 2448),
        video_px: (1920, 1080),
        frames_per_s: 29.97,
        focal_hundredths_mm: &[428],
        f_number_hundredths: 240,
        iris: false,
    },
    Camera {
        make: "samsung",
        model: "SM-G900F",
        role: Role::Phone,
        naming: Naming::Samsung,
        used: ((2014, 10), (2017, 11)),
        still_px: (5312, 2988),
        video_px: (1920, 1080),
        frames_per_s: 29.97,
        focal_hundredths_mm: &[480],
        f_number_hundredths: 220,
        iris: false,
    },
    Camera {
        make: "NIKON CORPORATION",
        model: "NIKON D750",
        role: Role::Serious,
        naming: Naming::Nikon,
        used: ((2015, 3), (2023, 5)),
        still_px: (6016, 4016),
        video_px: (1920, 1080),
        frames_per_s: 25.0,
        focal_hundredths_mm: &[2400, 3500, 5000, 8500, 12_000],
        f_number_hundredths: 400,
        iris: true,
    },
    Camera {
        make: "Google",
        model: "Pixel 2",
        role: Role::Phone,
        naming: Naming::OldPixel,
        used: ((2017, 11), (2021, 11)),
        still_px: (4032, 3024),
        video_px: (1920, 1080),
        frames_per_s: 29.97,
        focal_hundredths_mm: &[444],
        f_number_hundredths: 180,
        iris: false,
    },
    Camera {
        make: "GoPro",
        model: "HERO7 Black",
        role: Role::Action,
        naming: Naming::GoPro,
        used: ((2018, 12), ALWAYS),
        still_px: (4000, 3000),
        video_px: (2704, 1520),
        frames_per_s: 59.94,
        focal_hundredths_mm: &[300],
        f_number_hundredths: 280,
        iris: false,
    },
    Camera {
        make: "Google",
        model: "Pixel 6",
        role: Role::Phone,
        naming: Naming::Pixel,
        used: ((2021, 11), (2024, 9)),
        still_px: (4080, 3072),
        video_px: (1920, 1080),
        frames_per_s: 30.0,
        focal_hundredths_mm: &[681, 235],
        f_number_hundredths: 185,
        iris: false,
    },
    Camera {
        make: "FUJIFILM",
        model: "X-T5",
        role: Role::Serious,
        naming: Naming::Fujifilm,
        used: ((2023, 5), ALWAYS),
        still_px: (7728, 5152),
        video_px: (3840, 2160),
        frames_per_s: 25.0,
        focal_hundredths_mm: &[1800, 2300, 3500, 5500],
        f_number_hundredths: 280,
        iris: true,
    },
    Camera {
        make: "Google",
        model: "Pixel 8 Pro",
        role: Role::Phone,
        naming: Naming::Pixel,
        used: ((2024, 9), ALWAYS),
        still_px: (4080, 3072),
        video_px: (3840, 2160),
        frames_per_s: 30.0,
        focal_hundredths_mm: &[690, 223, 1800],
        f_number_hundredths: 168,
        iris: false,
    },
];

/// The camera of this role that was in use on this day, if there was one.
pub(super) fn camera_of(role: Role, day: Day) -> Option<&'static Camera> {
    let (year, month, _) = day.ymd();
    CAMERAS.iter().find(|camera| camera.role == role && (camera.used.0..camera.used.1).contains(&(year, month)))
}

/// The phone of this day: there always was one.
pub(super) fn phone_of(day: Day) -> &'static Camera {
    camera_of(Role::Phone, day).unwrap_or(&CAMERAS[1])
}

/// When a file was made, for the cameras that name files by it.
pub(super) struct Moment {
    pub(super) utc_s: i64,
    pub(super) local_s: i64,
    /// Counts up with every picture.
    pub(super) count: u32,
}

/// The name of a still or a video, as this camera would write it.
pub(super) fn file_name(naming: Naming, moving: Moving, moment: &Moment, chance: &mut Chance) -> String {
    let number = moment.count % 9999 + 1;
    match (naming, moving) {
        (Naming::Canon, Moving::Still) | (Naming::Apple, Moving::Still) => format!("IMG_{number:04}.JPG"),
        (Naming::Canon, Moving::Video) => format!("MVI_{number:04}.MP4"),
        (Naming::Apple, Moving::Video) => format!("IMG_{number:04}.MOV"),
        (Naming::Samsung, Moving::Still) => format!("{}.jpg", stamp(moment.local_s, "_")),
        (Naming::Samsung, Moving::Video) => format!("{}.mp4", stamp(moment.local_s, "_")),
        (Naming::OldPixel, Moving::Still) => format!("IMG_{}.jpg", stamp(moment.local_s, "_")),
        (Naming::OldPixel, Moving::Video) => format!("VID_{}.mp4", stamp(moment.local_s, "_")),
        (Naming::Pixel, Moving::Still) => {
            format!("PXL_{}{:03}.jpg", stamp(moment.utc_s, "_"), chance.range(0..1000))
        }
        (Naming::Pixel, Moving::Video) => {
            format!("PXL_{}{:03}.mp4", stamp(moment.utc_s, "_"), chance.range(0..1000))
        }
        (Naming::Nikon, Moving::Still) => format!("DSC_{number:04}.JPG"),
        (Naming::Nikon, Moving::Video) => format!("DSC_{number:04}.MOV"),
        (Naming::Fujifilm, Moving::Still) => format!("DSCF{number:04}.JPG"),
        (Naming::Fujifilm, Moving::Video) => format!("DSCF{number:04}.MOV"),
        (Naming::GoPro, Moving::Still) => format!("GOPR{number:04}.JPG"),
        (Naming::GoPro, Moving::Video) => format!("GX01{number:04}.MP4"),
    }
}

/// `Screenshot_20180611-101010.png`, in local time.
pub(super) fn screenshot_name(local_s: i64) -> String {
    format!("Screenshot_{}.png", stamp(local_s, "-"))
}

/// Still or video.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Moving {
    Still,
    Video,
}

/// `20180611_101010` of an instant, `between` date and time.
fn stamp(seconds: i64, between: &str) -> String {
    let (y, m, d) = Day::of_utc_s(seconds).ymd();
    let s = seconds.rem_euclid(86_400);
    format!("{y:04}{m:02}{d:02}{between}{:02}{:02}{:02}", s / 3600, s / 60 % 60, s % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_a_phone_on_every_day_and_at_most_one() {
        for day in (Day::from_ymd(2005, 1, 1).unwrap().0..Day::from_ymd(2040, 1, 1).unwrap().0).map(Day) {
            let (year, month, _) = day.ymd();
            let phones = CAMERAS
                .iter()
                .filter(|c| c.role == Role::Phone && (c.used.0..c.used.1).contains(&(year, month)))
                .count();
            assert_eq!(phones, 1, "{day:?}");
        }
    }

    #[test]
    fn a_pixel_names_its_files_by_universal_time_and_its_forebear_by_local_time() {
        let moment = Moment { utc_s: 1_686_478_210, local_s: 1_686_485_410, count: 7 };
        let name = |naming, moving| file_name(naming, moving, &moment, &mut Chance::new(1));
        assert!(name(Naming::Pixel, Moving::Still).starts_with("PXL_20230611_101010"));
        assert_eq!(name(Naming::OldPixel, Moving::Still), "IMG_20230611_121010.jpg");
        assert_eq!(name(Naming::Nikon, Moving::Still), "DSC_0008.JPG");
        assert_eq!(screenshot_name(1_686_478_210), "Screenshot_20230611-101010.png");
    }
}
