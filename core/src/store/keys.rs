//! The names of all stored records.

/// The version of the whole store, see [`super::migrate`].
pub const SCHEMA: &str = "schema";

/// Everything of the catalog begins so: segments, the cameras, and what was set aside.
pub const CATALOG: &str = "catalog/";
/// Hot segments begin so.
pub const HOT: &str = "catalog/hot/";
/// Cold segments begin so.
pub const COLD: &str = "catalog/cold/";
/// Segments of texts begin so.
pub const TEXT: &str = "catalog/text/";
/// Segments of keys begin so.
pub const KEYS: &str = "catalog/keys/";
/// Albums begin so.
pub const ALBUMS: &str = "catalog/albums/";
/// Records that could not be read are kept under this and the rest of their name.
pub const ASIDE: &str = "catalog/aside/";
/// A mark drawn anew with every change of the catalog, by whichever tab; eight bytes, little-endian.
pub const GENERATION: &str = "catalog/generation";
/// How far the correction of times is that was begun and is not at its end.
pub const CORRECTING: &str = "catalog/correcting";
/// Which rows it is of.
pub const CORRECTING_ROWS: &str = "catalog/correcting_rows";
/// The camera dictionary.
pub const CAMERAS: &str = "catalog/cameras";

/// Small pictures begin so. They have a database of their own: whoever reads the catalog never waits for one of them.
pub const SMALL: &str = "small/";
/// Which small pictures were looked at last.
pub const SMALL_USED: &str = "used";

/// Everything of the library begins so.
pub const LIBRARY: &str = "library/";
/// Whose rows these are.
pub const OWNER: &str = "library/owner";
/// Where a fetch stands.
pub const SYNC: &str = "library/sync";
/// Where the fetch of albums stands, which follows a fetch.
pub const ALBUM_SYNC: &str = "library/albums";

/// Everything of the sign-in begins so.
pub const SIGN_IN: &str = "sign_in/";
/// The OAuth client, sealed.
pub const CLIENT: &str = "sign_in/client";
/// The tokens, sealed.
pub const TOKENS: &str = "sign_in/tokens";
/// Sign-ins begun and not yet ended begin so.
pub const PENDING: &str = "sign_in/pending/";

/// Rows of the upload list begin so.
pub const UPLOADS: &str = "upload/";
/// Requests made today.
pub const QUOTA: &str = "quota";
/// What the pretend Google remembers.
pub const SANDBOX_STATE: &str = "sandbox/state";

/// Everything of imports begins so.
pub const IMPORT: &str = "import/";
/// Where the imports of this device stand, and the parts that they know.
pub const IMPORT_STATE: &str = "import/state";
/// What they came to.
pub const IMPORT_REPORT: &str = "import/report";
/// Which files are behind which rows: records by segment begin so.
pub const IMPORT_ROWS: &str = "import/rows/";

/// What the account told of rows before an export was merged with them: records by segment begin so.
pub const IMPORT_ACCOUNT: &str = "import/account/";
/// There while imports are to be taken out of the catalog.
pub const IMPORT_REMOVAL: &str = "import/removal";

/// All slices of what was read of a part begin so.
pub fn import_scans(part: u16) -> String {
    format!("import/scan/{part:05}/")
}

/// A slice of what was read of a part.
pub fn import_scan(part: u16, slice: u32) -> String {
    format!("{}{slice:06}", import_scans(part))
}

/// All slices of what the files of a part say of themselves begin so.
pub fn import_facts_of(part: u16) -> String {
    format!("import/facts/{part:05}/")
}

/// A slice of what the files of a part say of themselves.
pub fn import_facts(part: u16, slice: u32) -> String {
    format!("{}{slice:06}", import_facts_of(part))
}

/// Which files are behind the rows of this segment.
pub fn import_rows(segment: u32) -> String {
    format!("{IMPORT_ROWS}{segment:06}")
}

/// What the account told of merged rows of this segment.
pub fn import_account(segment: u32) -> String {
    format!("{IMPORT_ACCOUNT}{segment:06}")
}

/// The hot segment of this number.
pub fn hot(number: u32) -> String {
    format!("{HOT}{number:06}")
}

/// The cold segment of this number.
pub fn cold(number: u32) -> String {
    format!("{COLD}{number:06}")
}

/// The segment of texts of this number.
pub fn text(number: u32) -> String {
    format!("{TEXT}{number:06}")
}

/// The segment of keys of this number. (Not named `keys`, which is the room.)
pub fn keys_segment(number: u32) -> String {
    format!("{KEYS}{number:06}")
}

/// The album of this key.
pub fn album(key: u64) -> String {
    format!("{ALBUMS}{key:016x}")
}

/// The piece of a segment that begins at its row `place`, by the name of the segment; the first has that name itself.
pub fn piece(segment: String, place: usize) -> String {
    if place == 0 { segment } else { format!("{segment}+{place:04}") }
}

/// Segment and place of a piece: `piece_in(HOT, "catalog/hot/000012+0800")` is 12 and 800. `None` for a name that none
/// of the functions here has made.
pub fn piece_in(prefix: &str, name: &str) -> Option<(u32, usize)> {
    let Some((segment, place)) = name.split_once('+') else { return Some((number_in(prefix, name)?, 0)) };
    let is_place = place.len() == 4 && place.bytes().all(|byte| byte.is_ascii_digit()) && place != "0000";
    Some((number_in(prefix, segment)?, place.parse().ok().filter(|_| is_place)?))
}

/// A small picture, with how many bytes it has: how much is kept is known without reading it.
pub fn small(key: u64, bytes: u32) -> String {
    format!("{SMALL}{key:016x}/{bytes}")
}

/// Key and bytes of a small picture. `None` for a name that [`small`] has not made.
pub fn small_in(name: &str) -> Option<(u64, u32)> {
    let (key, bytes) = name.strip_prefix(SMALL)?.split_once('/')?;
    let found = (u64::from_str_radix(key, 16).ok()?, bytes.parse().ok()?);
    (small(found.0, found.1) == name).then_some(found)
}

/// A sign-in begun with this state, sealed.
pub fn pending(state: &str) -> String {
    format!("{PENDING}{state}")
}

/// One row of the upload list. Names ascend as ids do.
pub fn upload(id: u32) -> String {
    format!("{UPLOADS}{id:08}")
}

/// The number at the end of a name: `number_in(HOT, "catalog/hot/000012")` is 12. `None` for a name that none of the
/// functions above has made.
pub fn number_in(prefix: &str, name: &str) -> Option<u32> {
    let digits = name.strip_prefix(prefix)?;
    let wide_enough = (6..=10).contains(&digits.len());
    if !wide_enough || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_store_on_peoples_devices() {
        assert_eq!(hot(12), "catalog/hot/000012");
        assert_eq!(cold(0), "catalog/cold/000000");
        assert_eq!(text(7), "catalog/text/000007");
        assert_eq!(keys_segment(999_999), "catalog/keys/999999");
        assert_eq!(album(0xab), "catalog/albums/00000000000000ab");
        assert_eq!(upload(7), "upload/00000007");
        assert_eq!(small(0xab, 12_345), "small/00000000000000ab/12345");
        assert_eq!(pending("abc.p"), "sign_in/pending/abc.p");
    }

    #[test]
    fn pieces_are_read_back_and_come_after_what_they_go_on_from() {
        assert_eq!(piece(hot(12), 800), "catalog/hot/000012+0800");
        for (number, place) in [(12, 0), (12, 1), (4095, 4095)] {
            assert_eq!(piece_in(HOT, &piece(hot(number), place)), Some((number, place)));
        }
        let names = [piece(hot(1), 0), piece(hot(1), 9), piece(hot(1), 800), piece(hot(2), 0)];
        assert!(names.is_sorted());
        for name in ["catalog/hot/000012+", "catalog/hot/000012+0000", "catalog/hot/000012+800", "catalog/hot/x+0800"] {
            assert_eq!(piece_in(HOT, name), None, "{name}");
        }
    }

    #[test]
    fn small_pictures_are_read_back_and_foreign_names_are_not() {
        assert_eq!(small_in(&small(u64::MAX, u32::MAX)), Some((u64::MAX, u32::MAX)));
        for name in ["small/ab/1", "small/00000000000000ab/", "small/00000000000000ab/01", "small/00000000000000AB/1"] {
            assert_eq!(small_in(name), None, "{name}");
        }
    }

    #[test]
    fn numbers_are_read_back_and_foreign_names_are_not() {
        assert_eq!(number_in(HOT, &hot(4095)), Some(4095));
        assert_eq!(number_in(UPLOADS, &upload(u32::MAX)), Some(u32::MAX));
        for name in
            ["catalog/hot/", "catalog/hot/12", "catalog/hot/-00012", "catalog/cold/000012", "catalog/hot/9999999999"]
        {
            assert_eq!(number_in(HOT, name), None, "{name}");
        }
    }
}
