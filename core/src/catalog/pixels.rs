//! Sizes of pictures in classes of megapixels.

/// How many pixels a picture has, as classes that begin at 0, 1, 2, 5, 8, 12, 16, 24 and 48 million; or that it is not
/// known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SizeClass(u8);

/// Where the classes begin, in megapixels.
const STARTS: [u32; 9] = [0, 1, 2, 5, 8, 12, 16, 24, 48];
const PIXELS: u64 = 1_000_000;

impl SizeClass {
    /// For what has no known size.
    pub const UNKNOWN: Self = Self(STARTS.len() as u8);
    /// How many classes there are, the unknown one among them.
    pub const COUNT: usize = STARTS.len() + 1;

    /// Of a size in pixels; 0 is unknown.
    pub fn of(width_px: u32, height_px: u32) -> Self {
        let pixels = u64::from(width_px) * u64::from(height_px);
        if pixels == 0 {
            return Self::UNKNOWN;
        }
        // Without a branch: a million of them are looked at.
        Self(STARTS.iter().skip(1).map(|start| u8::from(pixels >= u64::from(*start) * PIXELS)).sum())
    }

    /// All of them, the smallest first, the unknown one at the end.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..Self::COUNT as u8).map(Self)
    }

    /// Its place among all.
    pub fn number(self) -> usize {
        usize::from(self.0)
    }

    /// From how many megapixels up to fewer than how many; the last has no end. `None`: they are not known.
    pub fn megapixels(self) -> Option<(u32, Option<u32>)> {
        Some((*STARTS.get(self.number())?, STARTS.get(self.number() + 1).copied()))
    }

    /// As an address has it: `12` for those of twelve megapixels and more, `unknown`.
    pub(super) fn word(self) -> String {
        self.megapixels().map_or_else(|| "unknown".to_owned(), |(least, _)| least.to_string())
    }

    pub(super) fn read(word: &str) -> Option<Self> {
        Self::all().find(|class| class.word() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_in_the_class_whose_ends_hold_them() {
        for (width, height, word) in [
            (4032, 3024, "12"),
            (4000, 3000, "12"),
            (3999, 3000, "8"),
            (1920, 1080, "2"),
            (1, 1, "0"),
            (0, 3000, "unknown"),
            (u32::MAX, u32::MAX, "48"),
        ] {
            assert_eq!(SizeClass::of(width, height).word(), word, "{width} × {height}");
        }
        for class in SizeClass::all() {
            assert_eq!(SizeClass::read(&class.word()), Some(class));
        }
        assert_eq!((SizeClass::read("3"), SizeClass::read("")), (None, None));
    }
}
