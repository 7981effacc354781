//! Who told of a row.

use super::codec::{ACCOUNT, TAKEOUT};

/// Who told of a row. Both may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// The person's account, through Google's interfaces.
    Account,
    /// An export of Google Takeout.
    Takeout,
}

impl Source {
    pub const ALL: [Self; 2] = [Self::Account, Self::Takeout];

    /// Whether it is among those who told of a present row with these flags.
    pub(super) fn is_of(self, flags: u8) -> bool {
        match self {
            Self::Account => flags & (TAKEOUT | ACCOUNT) != TAKEOUT,
            Self::Takeout => flags & TAKEOUT != 0,
        }
    }
}
