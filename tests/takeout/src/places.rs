//! Where photos are taken, and with what.

/// A town, far enough from any border of its time zone.
pub(crate) struct Town {
    pub(crate) zone: &'static str,
    pub(crate) latitude: f64,
    pub(crate) longitude: f64,
}

const fn town(zone: &'static str, latitude: f64, longitude: f64) -> Town {
    Town { zone, latitude, longitude }
}

/// Summer time in both hemispheres, of half an hour, given up, or counted backwards; half and quarter hours; both ends
/// of the world's day.
pub(crate) const TOWNS: &[Town] = &[
    town("Europe/Berlin", 52.52, 13.405),
    town("Europe/Paris", 48.8566, 2.3522),
    town("Europe/London", 51.5074, -0.1278),
    town("America/New_York", 40.7128, -74.006),
    town("America/Los_Angeles", 34.0522, -118.2437),
    town("America/St_Johns", 47.5615, -52.7126),
    town("America/Sao_Paulo", -23.5505, -46.6333),
    town("Africa/Cairo", 30.0444, 31.2357),
    town("Africa/Nairobi", -1.2921, 36.8219),
    town("Africa/Casablanca", 33.5731, -7.5898),
    town("Asia/Kathmandu", 27.7172, 85.324),
    town("Asia/Kolkata", 19.076, 72.8777),
    town("Asia/Kabul", 34.5553, 69.2075),
    town("Asia/Tehran", 35.6892, 51.389),
    town("Asia/Yangon", 16.8409, 96.1735),
    town("Asia/Tokyo", 35.6762, 139.6503),
    town("Australia/Adelaide", -34.9285, 138.6007),
    town("Australia/Darwin", -12.4634, 130.8456),
    town("Australia/Lord_Howe", -31.5553, 159.0821),
    town("Australia/Eucla", -31.6772, 128.8893),
    town("Australia/Sydney", -33.8688, 151.2093),
    town("Pacific/Chatham", -43.9535, -176.5597),
    town("Pacific/Marquesas", -8.911, -140.1),
    town("Pacific/Kiritimati", 1.8721, -157.4278),
    town("Pacific/Pago_Pago", -14.2756, -170.702),
    town("Pacific/Honolulu", 21.3069, -157.8583),
    town("Atlantic/Reykjavik", 64.1466, -21.9426),
];

/// A camera, and how it is set.
pub(crate) struct Camera {
    pub(crate) make: &'static str,
    pub(crate) model: &'static str,
    pub(crate) lens: Option<&'static str>,
    /// Hundredths.
    pub(crate) f_numbers: &'static [u32],
    /// Hundredths of a millimeter, and what that is on 35 mm film.
    pub(crate) focal: &'static [(u32, u16)],
}

pub(crate) const CAMERAS: &[Camera] = &[
    Camera {
        make: "Google",
        model: "Pixel 7",
        lens: Some("Pixel 7 back camera 6.81mm f/1.85"),
        f_numbers: &[185],
        focal: &[(681, 24)],
    },
    Camera {
        make: "Apple",
        model: "iPhone 12 mini",
        lens: Some("iPhone 12 mini back dual wide camera 4.2mm f/1.6"),
        f_numbers: &[160],
        focal: &[(420, 26)],
    },
    Camera { make: "samsung", model: "SM-G973F", lens: None, f_numbers: &[150, 240], focal: &[(432, 26)] },
    Camera {
        make: "SONY",
        model: "ILCE-7M3",
        lens: Some("FE 24-105mm F4 G OSS"),
        f_numbers: &[400, 560, 800],
        focal: &[(2400, 24), (5000, 50), (10_500, 105)],
    },
    Camera {
        make: "NIKON CORPORATION",
        model: "NIKON D90",
        lens: Some("18.0-105.0 mm f/3.5-5.6"),
        f_numbers: &[350, 560, 1100],
        focal: &[(1800, 27), (10_500, 157)],
    },
    Camera { make: "Canon", model: "Canon PowerShot A520", lens: None, f_numbers: &[260, 550], focal: &[(581, 35)] },
];

/// Exposure times as cameras write them.
pub(crate) const EXPOSURES: &[(u32, u32)] =
    &[(1, 4000), (1, 1000), (1, 250), (1, 125), (1, 60), (1, 10), (10, 600), (2, 1)];

pub(crate) const ISOS: &[u16] = &[50, 100, 125, 200, 400, 800, 3200];
