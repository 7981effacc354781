//! The small picture that a photo carries in its Exif.

use crate::ports::SmallPicture;
use crate::takeout::exif::{Format, MediaFacts, Reader, Step};

/// From so many pixels on the longer side on it is shown as it is; smaller ones are what cameras put on their own
/// screens long ago.
const GOOD_PX: u32 = 240;
/// How far its shape may be off the photo's: many are padded to 4:3 with black.
const MOST_OFF: f64 = 0.03;
/// A whole file that is no larger is its own small picture.
const MOST_OWN_BYTES: usize = 64 * 1024;
const MOST_OWN_PX: u32 = 640;
const JPEG: &str = "image/jpeg";

/// What the first bytes of a file say of it, and the small picture that may be among them.
pub struct Embedded {
    pub facts: MediaFacts,
    head: Vec<u8>,
    /// Its size in pixels, as it lies in the file.
    size_px: Option<(u32, u32)>,
}

impl Embedded {
    /// `head` are the first bytes of a file of `size` bytes.
    pub fn of(head: Vec<u8>, size: u64) -> Self {
        let (facts, head) = read(head, size);
        let mut embedded = Self { facts, head, size_px: None };
        let inside = embedded.bytes().map(|bytes| read(bytes.to_vec(), bytes.len() as u64).0);
        let inside = inside.filter(|facts| facts.format == Some(Format::Jpeg) && facts.width_px > 0);
        embedded.size_px = inside.map(|facts| (facts.width_px, facts.height_px));
        embedded
    }

    /// Whether the file is a video, whatever its name says.
    pub fn is_video(&self) -> bool {
        self.facts.format == Some(Format::Movie)
    }

    /// It, if it is large enough and of the photo's shape.
    pub fn good(&self) -> Option<SmallPicture> {
        let (width_px, height_px) = self.size_px?;
        let is_large = width_px.max(height_px) >= GOOD_PX;
        (is_large && self.has_shape(width_px, height_px)).then(|| self.any())?
    }

    /// It, whatever it is like.
    pub fn any(&self) -> Option<SmallPicture> {
        self.size_px?;
        let bytes = turned(self.bytes()?, self.facts.orientation.unwrap_or(1));
        Some(SmallPicture { mime_type: JPEG.to_owned(), bytes })
    }

    fn has_shape(&self, width_px: u32, height_px: u32) -> bool {
        // The photo's size is told as it is shown, the small picture's as it lies.
        let is_turned = matches!(self.facts.orientation, Some(5..=8));
        let (width_px, height_px) = if is_turned { (height_px, width_px) } else { (width_px, height_px) };
        let ratio = |width: u32, height: u32| f64::from(width) / f64::from(height.max(1));
        let (own, photo) = (ratio(width_px, height_px), ratio(self.facts.width_px, self.facts.height_px));
        self.facts.width_px > 0 && (own / photo - 1.0).abs() <= MOST_OFF
    }

    fn bytes(&self) -> Option<&[u8]> {
        let range = self.facts.thumbnail.clone()?;
        let from = usize::try_from(range.start).ok()?;
        let bytes = self.head.get(from..usize::try_from(range.end).ok()?)?;
        bytes.starts_with(&[0xff, 0xd8]).then_some(bytes)
    }
}

/// What can be kept of a file that passes: the small picture that it carries, or itself if it is small. `head` are the
/// first bytes of a file of `size` bytes.
pub fn passing(head: &[u8], size: u64) -> Option<SmallPicture> {
    let embedded = Embedded::of(head.to_vec(), size);
    if embedded.is_video() {
        return None;
    }
    let mime_type = match embedded.facts.format {
        Some(Format::Jpeg) => JPEG,
        Some(Format::Png) => "image/png",
        Some(Format::WebP) => "image/webp",
        Some(Format::Gif) => "image/gif",
        _ => return embedded.any(),
    };
    let longest_px = embedded.facts.width_px.max(embedded.facts.height_px);
    let is_whole = head.len() as u64 == size && head.len() <= MOST_OWN_BYTES;
    if is_whole && (1..=MOST_OWN_PX).contains(&longest_px) {
        return Some(SmallPicture { mime_type: mime_type.to_owned(), bytes: head.to_vec() });
    }
    embedded.any()
}

/// As much as the bytes say; nothing more of the file is read.
fn read(head: Vec<u8>, size: u64) -> (MediaFacts, Vec<u8>) {
    let mut reader = Reader::new(size);
    reader.add(0, head.clone());
    let facts = match reader.step() {
        Step::Done { facts, .. } => *facts,
        Step::Need(_) => reader.so_far(),
    };
    (facts, head)
}

/// A JPEG that says how it is to be turned: the small picture lies as the photo does, and says nothing itself.
fn turned(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    if orientation == 1 {
        return jpeg.to_vec();
    }
    // JPEG's APP1 with Exif's header, and a TIFF of one directory with one entry: Orientation, SHORT, 1.
    #[rustfmt::skip]
    let exif = [
        0xff, 0xe1, 0, 34, b'E', b'x', b'i', b'f', 0, 0,
        b'M', b'M', 0, 42, 0, 0, 0, 8,
        0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0,
        0, 0, 0, 0,
    ];
    [&jpeg[..2], &exif, &jpeg[2..]].concat()
}
