//! The quick way through a page of search results: once over its bytes, without a copy of what need not be kept.
//!
//! It knows the form that Google writes and gives up at anything else, from a field said twice to a text that is no
//! UTF-8: then the page is read the slow way, which decides what it means. Where it does not give up, both say the same.

use std::borrow::Cow;

use super::item::{WireCapture, WireItem, WireMetadata};
use crate::lenient::{Object, Scalar};

/// Values that nobody asks for may be as deep as this.
const DEEPEST: u32 = 24;

/// What a page says besides its items.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Rest<'a> {
    pub(super) next_page_token: Scalar<'a>,
    pub(super) has_error: bool,
}

/// Tells `take` every item of the page in `body`; `None` where it gave up, and what was told before is void.
pub(super) fn scan_page<'a>(body: &'a [u8], mut take: impl FnMut(Object<WireItem<'a>>)) -> Option<Rest<'a>> {
    let mut scanner = Scanner { bytes: body, at: 0 };
    let mut rest = Rest::default();
    scanner.object(|scanner, field| match field {
        b"mediaItems" => scanner.items(&mut take).map(|()| 1),
        b"nextPageToken" => scanner.scalar().map(|token| {
            rest.next_page_token = token;
            2
        }),
        b"error" => {
            rest.has_error = !scanner.skip_null();
            if rest.has_error { scanner.skip(0).map(|()| 4) } else { Some(4) }
        }
        _ => scanner.skip(0).map(|()| 0),
    })?;
    scanner.space();
    (scanner.at == body.len()).then_some(rest)
}

struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Scanner<'a> {
    /// Reads an object. `value` reads the value of a field and gives the field's bit, 0 for one that nobody asks for;
    /// no bit may come twice.
    fn object(&mut self, mut value: impl FnMut(&mut Self, &'a [u8]) -> Option<u32>) -> Option<()> {
        self.expect(b'{')?;
        if self.skip_byte(b'}') {
            return Some(());
        }
        let mut seen = 0;
        loop {
            self.space();
            let name = self.plain_text()?;
            self.expect(b':')?;
            let bit = value(self, name)?;
            if seen & bit != 0 {
                return None;
            }
            seen |= bit;
            if !self.skip_byte(b',') {
                return self.expect(b'}');
            }
        }
    }

    fn items(&mut self, take: &mut impl FnMut(Object<WireItem<'a>>)) -> Option<()> {
        if self.skip_null() {
            return Some(());
        }
        self.expect(b'[')?;
        if self.skip_byte(b']') {
            return Some(());
        }
        loop {
            let mut item = WireItem::default();
            self.item(&mut item)?;
            take(Object::Read(item));
            if !self.skip_byte(b',') {
                return self.expect(b']');
            }
        }
    }

    /// Fills `item` where it is, as the others do: to move half a kilobyte from hand to hand takes longer than to read it.
    fn item(&mut self, item: &mut WireItem<'a>) -> Option<()> {
        self.object(|scanner, field| {
            let (place, bit) = match field {
                b"id" => (&mut item.id, 1),
                b"description" => (&mut item.description, 2),
                b"productUrl" => (&mut item.product_url, 4),
                b"baseUrl" => (&mut item.base_url, 8),
                b"mimeType" => (&mut item.mime_type, 16),
                b"filename" => (&mut item.filename, 32),
                b"mediaMetadata" => {
                    scanner.metadata(item.media_metadata.begin())?;
                    return Some(64);
                }
                _ => return scanner.skip(0).map(|()| 0),
            };
            *place = scanner.scalar()?;
            Some(bit)
        })
    }

    fn metadata(&mut self, metadata: &mut WireMetadata<'a>) -> Option<()> {
        self.object(|scanner, field| {
            let (place, bit) = match field {
                b"creationTime" => (&mut metadata.creation_time, 1),
                b"width" => (&mut metadata.width, 2),
                b"height" => (&mut metadata.height, 4),
                b"photo" => {
                    scanner.capture(metadata.photo.begin())?;
                    return Some(8);
                }
                b"video" => {
                    scanner.capture(metadata.video.begin())?;
                    return Some(16);
                }
                _ => return scanner.skip(0).map(|()| 0),
            };
            *place = scanner.scalar()?;
            Some(bit)
        })
    }

    fn capture(&mut self, capture: &mut WireCapture<'a>) -> Option<()> {
        self.object(|scanner, field| {
            let (place, bit) = match field {
                b"cameraMake" => (&mut capture.camera_make, 1),
                b"cameraModel" => (&mut capture.camera_model, 2),
                b"focalLength" => (&mut capture.focal_length, 4),
                b"apertureFNumber" => (&mut capture.aperture_f_number, 8),
                b"isoEquivalent" => (&mut capture.iso_equivalent, 16),
                b"exposureTime" => (&mut capture.exposure_time, 32),
                b"fps" => (&mut capture.fps, 64),
                _ => return scanner.skip(0).map(|()| 0),
            };
            *place = scanner.scalar()?;
            Some(bit)
        })
    }

    /// A text, a number or nothing. What is none of them it gives up at.
    fn scalar(&mut self) -> Option<Scalar<'a>> {
        self.space();
        match *self.bytes.get(self.at)? {
            b'"' => self.text().map(Scalar::Text),
            b'-' | b'0'..=b'9' => self.number(),
            _ => self.skip_null().then_some(Scalar::Missing),
        }
    }

    fn text(&mut self) -> Option<Cow<'a, str>> {
        let start = self.at;
        let (end, is_plain) = self.end_of_text()?;
        self.at = end + 1;
        if is_plain {
            return std::str::from_utf8(&self.bytes[start + 1..end]).ok().map(Cow::Borrowed);
        }
        serde_json::from_slice::<String>(&self.bytes[start..=end]).ok().map(Cow::Owned)
    }

    /// A text without escapes, as the names of fields are.
    fn plain_text(&mut self) -> Option<&'a [u8]> {
        let start = self.at + 1;
        let (end, _) = self.end_of_text()?;
        self.at = end + 1;
        let name = &self.bytes[start..end];
        // None that anybody asks for is long or has anything else in it.
        (name.len() <= 64 && name.iter().all(u8::is_ascii_alphanumeric)).then_some(name)
    }

    /// The place of the quotation mark that ends the text which begins here, and whether there are no escapes before it.
    fn end_of_text(&self) -> Option<(usize, bool)> {
        if self.bytes.get(self.at) != Some(&b'"') {
            return None;
        }
        let (mut at, mut is_plain) = (self.at + 1, true);
        loop {
            at += plain_bytes(self.bytes.get(at..)?);
            match *self.bytes.get(at)? {
                b'"' => return Some((at, is_plain)),
                b'\\' => {
                    at += 2;
                    is_plain = false;
                }
                // A control character, which no text may have as it is.
                _ => return None,
            }
        }
    }

    fn number(&mut self) -> Option<Scalar<'a>> {
        let rest = &self.bytes[self.at..];
        let is_part = |byte: &u8| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E');
        let length = rest.iter().position(|byte| !is_part(byte))?;
        self.at += length;
        short_number(&rest[..length]).or_else(|| serde_json::from_slice(&rest[..length]).ok())
    }

    /// Passes over a value that nobody asks for.
    fn skip(&mut self, depth: u32) -> Option<()> {
        self.space();
        match *self.bytes.get(self.at)? {
            b'"' => self.text().map(drop),
            b'-' | b'0'..=b'9' => self.number().map(drop),
            b'{' if depth < DEEPEST => self.object(|scanner, _| scanner.skip(depth + 1).map(|()| 0)),
            b'[' if depth < DEEPEST => {
                self.at += 1;
                if self.skip_byte(b']') {
                    return Some(());
                }
                loop {
                    self.skip(depth + 1)?;
                    if !self.skip_byte(b',') {
                        return self.expect(b']');
                    }
                }
            }
            _ => (self.skip_null() || self.skip_word(b"true") || self.skip_word(b"false")).then_some(()),
        }
    }

    fn skip_null(&mut self) -> bool {
        self.space();
        self.skip_word(b"null")
    }

    fn skip_word(&mut self, word: &[u8]) -> bool {
        let is_there = self.bytes[self.at..].starts_with(word);
        if is_there {
            self.at += word.len();
        }
        is_there
    }

    fn expect(&mut self, byte: u8) -> Option<()> {
        self.skip_byte(byte).then_some(())
    }

    /// Passes over spaces and this byte, if it is there.
    fn skip_byte(&mut self, byte: u8) -> bool {
        self.space();
        let is_there = self.bytes.get(self.at) == Some(&byte);
        self.at += usize::from(is_there);
        is_there
    }

    fn space(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.bytes.get(self.at) {
            self.at += 1;
        }
    }
}

/// A number of at most fifteen digits, with or without a point and without anything else, as most are. It and the power of
/// ten are held without loss, so that their quotient is the number that is nearest.
fn short_number(text: &[u8]) -> Option<Scalar<'static>> {
    if !(1..=16).contains(&text.len()) || text[0] == b'0' && text.get(1).is_some_and(u8::is_ascii_digit) {
        return None;
    }
    let (mut digits, mut divisor) = (0_i64, 0_i64);
    for (at, byte) in text.iter().enumerate() {
        match byte {
            b'0'..=b'9' if divisor < 1_000_000_000_000_000 && digits < 100_000_000_000_000 => {
                digits = digits * 10 + i64::from(byte - b'0');
                divisor *= 10;
            }
            b'.' if at > 0 && at + 1 < text.len() && divisor == 0 => divisor = 1,
            _ => return None,
        }
    }
    Some(if divisor == 0 { Scalar::Whole(digits) } else { Scalar::Real(digits as f64 / divisor as f64) })
}

/// How many bytes from the start are neither a quotation mark, a backslash nor a control character. Eight at a time:
/// most of a page is long addresses.
fn plain_bytes(bytes: &[u8]) -> usize {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    const HIGHS: u64 = u64::from_le_bytes([0x80; 8]);
    let (words, _) = bytes.as_chunks::<8>();
    let mut at = 0;
    for word in words {
        let word = u64::from_le_bytes(*word);
        let (quote, backslash) = (word ^ (ONES * b'"' as u64), word ^ (ONES * b'\\' as u64));
        let is_zero = |word: u64| word.wrapping_sub(ONES) & !word;
        let found = (is_zero(quote) | is_zero(backslash) | word.wrapping_sub(ONES * 0x20) & !word) & HIGHS;
        if found != 0 {
            // A borrow can only mark bytes above one that is rightly marked, so the lowest mark is right.
            return at + found.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    at + bytes[at..].iter().take_while(|byte| !matches!(byte, b'"' | b'\\' | 0..0x20)).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn short_numbers_are_what_they_are_elsewhere(text in "-?(0|[1-9][0-9]{0,16}|00?)(\\.[0-9]{0,16})?(e1)?|\\.[0-9]") {
            if let Some(number) = short_number(text.as_bytes()) {
                prop_assert_eq!(Ok(number), serde_json::from_str(&text).map_err(|_| ()));
            }
        }

        #[test]
        fn eight_at_a_time_find_what_one_at_a_time_finds(bytes in prop::collection::vec(prop_oneof![
            8 => any::<u8>(), 1 => Just(b'"'), 1 => Just(b'\\'), 1 => Just(0x1f_u8), 1 => Just(0x20_u8), 30 => b'a'..=b'z',
        ], 0..80)) {
            let expected = bytes.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20)).unwrap_or(bytes.len());
            prop_assert_eq!(plain_bytes(&bytes), expected);
        }
    }
}
