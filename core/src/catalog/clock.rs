//! By which clock days and hours are read.

use std::fmt;

/// A clock to read days and hours from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Clock {
    /// The person's own.
    #[default]
    Own,
    Utc,
    /// The one on the wall where each photo was taken, if anything tells of it; else the person's own.
    Local,
    /// That of a time zone.
    Zone(ZoneName),
}

/// The IANA name of a time zone, as an address may hold it: `Asia/Kathmandu`. Whether there is such a zone is for the
/// browser to say.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ZoneName {
    /// Zeros behind the name.
    bytes: [u8; Self::MOST_BYTES],
}

impl Clock {
    /// The word of an address; the person's own clock has none.
    pub(super) fn word(&self) -> Option<&str> {
        match self {
            Self::Own => None,
            Self::Utc => Some("utc"),
            Self::Local => Some("photo"),
            Self::Zone(name) => Some(name.as_str()),
        }
    }

    pub(super) fn read(word: &str) -> Self {
        match word {
            "utc" => Self::Utc,
            "photo" => Self::Local,
            _ => ZoneName::new(word).map(Self::Zone).unwrap_or_default(),
        }
    }
}

impl ZoneName {
    /// The longest names of the IANA database have 32.
    const MOST_BYTES: usize = 40;

    /// `None` for what cannot be such a name: it has a slash, and no signs but letters, digits and `_`, `-`, `+`.
    pub fn new(name: &str) -> Option<Self> {
        let is_sign = |byte: u8| byte.is_ascii_alphanumeric() || b"/_-+".contains(&byte);
        let parts_are_names = name.contains('/') && name.split('/').all(|part| !part.is_empty());
        if !parts_are_names || name.len() > Self::MOST_BYTES || !name.bytes().all(is_sign) {
            return None;
        }
        let mut bytes = [0; Self::MOST_BYTES];
        bytes[..name.len()].copy_from_slice(name.as_bytes());
        Some(Self { bytes })
    }

    pub fn as_str(&self) -> &str {
        let end = self.bytes.iter().position(|byte| *byte == 0).unwrap_or(Self::MOST_BYTES);
        std::str::from_utf8(&self.bytes[..end]).expect("it is made of ASCII alone")
    }
}

impl fmt::Debug for ZoneName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_zones_are_told_from_other_words() {
        for name in ["Asia/Kathmandu", "America/Argentina/ComodRivadavia", "Etc/GMT+12", "America/Port-au-Prince"] {
            assert_eq!(ZoneName::new(name).unwrap().as_str(), name);
            assert_eq!(Clock::read(name).word(), Some(name));
        }
        let long = format!("A/{}", "b".repeat(39));
        for word in ["", "mars", "/", "A/", "/B", "A//B", "A/B C", "Ä/B", "A/<b>", "A/B\0", long.as_str()] {
            assert_eq!(Clock::read(word), Clock::Own, "{word}");
        }
    }
}
