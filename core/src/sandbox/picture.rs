//! Drawn pixels as JPEG and PNG files, at their own size or stretched.

use jpeg_encoder::{Encoder, ImageBuffer, JpegColorType, SamplingFactor, rgb_to_ycbcr};

use super::drawing::Canvas;

/// A baseline JPEG (ITU-T T.81) of this size, with Exif if there is any.
pub(super) fn jpeg(canvas: &Canvas, size: (u32, u32), exif: Option<Vec<u8>>) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, 82);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    if let Some(tiff) = exif {
        // An Exif block of a few hundred bytes always fits into its segment of 64 kB.
        let _fits = encoder.add_app_segment(1, [b"Exif\0\0".as_slice(), &tiff].concat());
    }
    let (width, height) = (size.0.clamp(1, 65_500) as u16, size.1.clamp(1, 65_500) as u16);
    match encoder.encode_image(Stretched { canvas, width, height }) {
        Ok(()) => file,
        // Writing into memory fails for no size between 1 and 65500.
        Err(_) => Vec::new(),
    }
}

/// A canvas as the encoder reads it, row by row, at another size.
struct Stretched<'a> {
    canvas: &'a Canvas,
    width: u16,
    height: u16,
}

impl ImageBuffer for Stretched<'_> {
    fn get_jpeg_color_type(&self) -> JpegColorType {
        JpegColorType::Ycbcr
    }

    fn width(&self) -> u16 {
        self.width
    }

    fn height(&self) -> u16 {
        self.height
    }

    fn fill_buffers(&self, y: u16, buffers: &mut [Vec<u8>; 4]) {
        for pixel in stretched_row(self.canvas, (u32::from(self.width), u32::from(self.height)), u32::from(y)) {
            let (luma, blue, red) = rgb_to_ycbcr(pixel[0], pixel[1], pixel[2]);
            buffers[0].push(luma);
            buffers[1].push(blue);
            buffers[2].push(red);
        }
    }
}

/// A PNG (ISO/IEC 15948) of this size, its data stored and not compressed.
pub(super) fn png(canvas: &Canvas, size: (u32, u32)) -> Vec<u8> {
    let mut rows = Vec::with_capacity((size.0 as usize * 3 + 1) * size.1 as usize);
    for y in 0..size.1 {
        rows.push(0);
        for pixel in stretched_row(canvas, size, y) {
            rows.extend(pixel);
        }
    }
    let mut header = size.0.to_be_bytes().to_vec();
    header.extend(size.1.to_be_bytes());
    // Eight bits, true colour, deflate, no filter, not interlaced.
    header.extend([8, 2, 0, 0, 0]);
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    chunk(&mut file, b"IHDR", &header);
    chunk(&mut file, b"IDAT", &stored(&rows));
    chunk(&mut file, b"IEND", &[]);
    file
}

fn stretched_row(canvas: &Canvas, size: (u32, u32), y: u32) -> impl Iterator<Item = [u8; 3]> {
    let (own_width, own_height) = canvas.size();
    let row = u64::from(y) * u64::from(own_height) / u64::from(size.1.max(1));
    (0..size.0).map(move |x| {
        let column = u64::from(x) * u64::from(own_width) / u64::from(size.0.max(1));
        canvas.pixel(column as u32, row as u32)
    })
}

/// A zlib stream of stored blocks (RFC 1950; RFC 1951, section 3.2.4).
fn stored(data: &[u8]) -> Vec<u8> {
    let mut stream = vec![0x78, 0x01];
    let mut blocks = data.chunks(0xFFFF).peekable();
    while let Some(block) = blocks.next() {
        let length = block.len() as u16;
        stream.push(u8::from(blocks.peek().is_none()));
        stream.extend(length.to_le_bytes());
        stream.extend((!length).to_le_bytes());
        stream.extend(block);
    }
    let (mut a, mut b) = (1u32, 0u32);
    for part in data.chunks(4096) {
        for byte in part {
            a += u32::from(*byte);
            b += a;
        }
        (a, b) = (a % 65_521, b % 65_521);
    }
    stream.extend((b << 16 | a).to_be_bytes());
    stream
}

fn chunk(file: &mut Vec<u8>, name: &[u8; 4], data: &[u8]) {
    file.extend((data.len() as u32).to_be_bytes());
    let start = file.len();
    file.extend(name);
    file.extend(data);
    let crc = crc32(&file[start..]);
    file.extend(crc.to_be_bytes());
}

/// ISO 3309, as PNG uses it (ISO/IEC 15948, annex D).
fn crc32(bytes: &[u8]) -> u32 {
    let mut table = [0u32; 256];
    for (entry, nth) in table.iter_mut().zip(0u32..) {
        *entry = (0..8).fold(nth, |c, _| if c & 1 == 1 { 0xEDB8_8320 ^ (c >> 1) } else { c >> 1 });
    }
    !bytes.iter().fold(!0u32, |crc, byte| table[((crc ^ u32::from(*byte)) & 0xFF) as usize] ^ (crc >> 8))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::sniff;

    fn canvas() -> Canvas {
        let mut canvas = Canvas::new(8, 6);
        canvas.set(7, 5, [255, 0, 0]);
        canvas
    }

    #[test]
    fn files_have_the_size_they_were_asked_for() {
        for size in [(8, 6), (80, 60), (3, 200)] {
            let look = sniff::look(&jpeg(&canvas(), size, None)).unwrap();
            assert_eq!((look.width_px, look.height_px), size);
            let look = sniff::look(&png(&canvas(), size)).unwrap();
            assert_eq!((look.mime_type, look.width_px, look.height_px), ("image/png", size.0, size.1));
        }
    }

    #[test]
    fn checksums_are_those_of_the_standards() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
        // RFC 1950's Adler-32 of "Wikipedia" is 0x11E60398.
        assert_eq!(stored(b"Wikipedia")[2 + 5 + 9..], [0x11, 0xE6, 0x03, 0x98]);
    }

    #[test]
    fn a_stretched_row_ends_with_the_last_pixel() {
        assert_eq!(stretched_row(&canvas(), (80, 60), 59).last(), Some([255, 0, 0]));
    }
}
