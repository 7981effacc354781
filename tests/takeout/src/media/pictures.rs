//! Pictures, painted once: a file is a painting with its own Exif and its own number, so that no two are alike.

use std::io::Write;

use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};
use jpeg_encoder::{ColorType, Encoder};

use crate::chance::Chance;

/// Sizes of paintings: upright, lying, square, very wide.
const SIZES: [(u16, u16); 6] = [(160, 120), (120, 160), (192, 108), (128, 128), (240, 80), (144, 96)];
const PAINTINGS: usize = 24;
const THUMBNAIL: (u16, u16) = (80, 60);

struct Painting {
    size: (u16, u16),
    /// What follows the first two bytes of a JPEG.
    jpeg: Vec<u8>,
    /// The content of a PNG's `IDAT`.
    png: Vec<u8>,
    thumbnail: Vec<u8>,
}

/// All paintings there are.
pub(crate) struct Pictures(Vec<Painting>);

impl Pictures {
    pub(crate) fn new(seed: u64) -> Self {
        Self((0..PAINTINGS).map(|nth| Painting::new(seed, nth)).collect())
    }

    fn painting(&self, look: usize) -> &Painting {
        &self.0[look % self.0.len()]
    }

    pub(crate) fn size(&self, look: usize) -> (u32, u32) {
        let (width, height) = self.painting(look).size;
        (width.into(), height.into())
    }

    pub(crate) fn thumbnail(&self, look: usize) -> &[u8] {
        &self.painting(look).thumbnail
    }

    /// A baseline JPEG (ITU-T T.81) with a comment, and with Exif if there is any.
    pub(crate) fn jpeg(&self, look: usize, tiff: Option<&[u8]>, serial: &str) -> Vec<u8> {
        let mut file = vec![0xFF, 0xD8];
        if let Some(tiff) = tiff {
            segment(&mut file, 0xE1, &[b"Exif\0\0", tiff].concat());
        }
        segment(&mut file, 0xFE, serial.as_bytes());
        file.extend(&self.painting(look).jpeg);
        file
    }

    /// A PNG (ISO/IEC 15948) with a text, and with Exif if there is any.
    pub(crate) fn png(&self, look: usize, tiff: Option<&[u8]>, serial: &str) -> Vec<u8> {
        let (width, height) = self.size(look);
        let mut file = b"\x89PNG\r\n\x1A\n".to_vec();
        let mut header = width.to_be_bytes().to_vec();
        header.extend(height.to_be_bytes());
        // Eight bits of red, green and blue.
        header.extend([8, 2, 0, 0, 0]);
        chunk(&mut file, b"IHDR", &header);
        if let Some(tiff) = tiff {
            chunk(&mut file, b"eXIf", tiff);
        }
        chunk(&mut file, b"tEXt", &[b"Comment\0", serial.as_bytes()].concat());
        chunk(&mut file, b"IDAT", &self.painting(look).png);
        chunk(&mut file, b"IEND", &[]);
        file
    }
}

/// A GIF (version 89a) of one dot, with a comment.
pub(crate) fn gif(serial: &str) -> Vec<u8> {
    let mut file = b"GIF89a\x01\0\x01\0\x80\0\0\xFF\xFF\xFF\0\0\0".to_vec();
    file.extend([0x21, 0xFE, serial.len().min(255) as u8]);
    file.extend(&serial.as_bytes()[..serial.len().min(255)]);
    file.push(0);
    file.extend(b"\x2C\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0\x3B");
    file
}

impl Painting {
    fn new(seed: u64, nth: usize) -> Self {
        let size = SIZES[nth % SIZES.len()];
        let pixels = paint(seed, nth, size);
        let jpeg = encode(&pixels, size)[2..].to_vec();
        let mut png = ZlibEncoder::new(Vec::new(), Compression::default());
        for row in pixels.chunks(usize::from(size.0) * 3) {
            png.write_all(&[0]).and_then(|()| png.write_all(row)).expect("memory takes all that is written");
        }
        let png = png.finish().expect("memory takes all that is written");
        Self { size, jpeg, png, thumbnail: encode(&paint(seed, nth, THUMBNAIL), THUMBNAIL) }
    }
}

/// A sky, a sun and hills, in colors of their own.
fn paint(seed: u64, nth: usize, (width, height): (u16, u16)) -> Vec<u8> {
    let mut chance = Chance::new(seed, 1 << 40 | nth as u64);
    let mut color = || [chance.below(256) as f64, chance.below(256) as f64, chance.below(256) as f64];
    let (top, bottom, sun, hills) = (color(), color(), color(), color());
    let (sun_x, sun_y) = (chance.between(0.1, 0.9), chance.between(0.1, 0.5));
    let (waves, height_of) = (chance.between(3.0, 9.0), chance.between(0.5, 0.8));
    let mut pixels = Vec::with_capacity(usize::from(width) * usize::from(height) * 3);
    for y in 0..height {
        for x in 0..width {
            let (x, y) = (f64::from(x) / f64::from(width), f64::from(y) / f64::from(height));
            let is_hill = y > height_of + 0.1 * (x * waves).sin();
            let is_sun = (x - sun_x).hypot(y - sun_y) < 0.12;
            for part in 0..3 {
                let sky = top[part] + (bottom[part] - top[part]) * y;
                let value = if is_hill {
                    hills[part] * (1.3 - y)
                } else if is_sun {
                    sun[part]
                } else {
                    sky
                };
                pixels.push(value.clamp(0.0, 255.0) as u8);
            }
        }
    }
    pixels
}

fn encode(pixels: &[u8], (width, height): (u16, u16)) -> Vec<u8> {
    let mut file = Vec::new();
    Encoder::new(&mut file, 70)
        .encode(pixels, width, height, ColorType::Rgb)
        .expect("there are as many pixels as the size says");
    file
}

fn segment(file: &mut Vec<u8>, marker: u8, content: &[u8]) {
    file.extend([0xFF, marker]);
    file.extend((content.len() as u16 + 2).to_be_bytes());
    file.extend(content);
}

fn chunk(file: &mut Vec<u8>, kind: &[u8; 4], content: &[u8]) {
    file.extend((content.len() as u32).to_be_bytes());
    file.extend(kind);
    file.extend(content);
    let mut sum = Crc::new();
    sum.update(kind);
    sum.update(content);
    file.extend(sum.sum().to_be_bytes());
}
