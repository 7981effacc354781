//! Small files of every kind, written by hand.

pub(super) const THUMBNAIL: &[u8] = b"\xff\xd8 a small picture \xff\xd9";

/// A TIFF structure being written: entries, and what does not fit into them.
struct Directory {
    is_little: bool,
    entries: Vec<(u16, u16, u32, Vec<u8>)>,
}

impl Directory {
    fn new(is_little: bool) -> Self {
        Self { is_little, entries: Vec::new() }
    }

    fn u16(&self, number: u16) -> Vec<u8> {
        if self.is_little { number.to_le_bytes().to_vec() } else { number.to_be_bytes().to_vec() }
    }

    fn u32(&self, number: u32) -> Vec<u8> {
        if self.is_little { number.to_le_bytes().to_vec() } else { number.to_be_bytes().to_vec() }
    }

    fn text(mut self, tag: u16, text: &str) -> Self {
        let bytes = [text.as_bytes(), b"\0"].concat();
        self.entries.push((tag, 2, bytes.len() as u32, bytes));
        self
    }

    fn short(mut self, tag: u16, number: u16) -> Self {
        self.entries.push((tag, 3, 1, self.u16(number)));
        self
    }

    fn long(mut self, tag: u16, number: u32) -> Self {
        self.entries.push((tag, 4, 1, self.u32(number)));
        self
    }

    fn byte(mut self, tag: u16, number: u8) -> Self {
        self.entries.push((tag, 1, 1, vec![number]));
        self
    }

    fn fractions(mut self, tag: u16, fractions: &[(u32, u32)]) -> Self {
        let bytes = fractions.iter().flat_map(|(above, below)| [self.u32(*above), self.u32(*below)].concat()).collect();
        self.entries.push((tag, 5, fractions.len() as u32, bytes));
        self
    }

    /// How many bytes it takes.
    fn len(&self) -> u32 {
        let apart: usize = self
            .entries
            .iter()
            .map(|(.., bytes)| if bytes.len() > 4 { bytes.len().next_multiple_of(2) } else { 0 })
            .sum();
        (2 + self.entries.len() * 12 + 4 + apart) as u32
    }

    fn write(&self, at: u32, next: u32) -> Vec<u8> {
        let mut bytes = self.u16(self.entries.len() as u16);
        let mut apart_at = at + 2 + self.entries.len() as u32 * 12 + 4;
        let mut apart = Vec::new();
        for (tag, kind, count, value) in &self.entries {
            bytes.extend([self.u16(*tag), self.u16(*kind), self.u32(*count)].concat());
            if value.len() > 4 {
                bytes.extend(self.u32(apart_at));
                apart.extend(value);
                apart.resize(apart.len().next_multiple_of(2), 0);
                apart_at += value.len().next_multiple_of(2) as u32;
            } else {
                let mut value = value.clone();
                value.resize(4, 0);
                bytes.extend(value);
            }
        }
        bytes.extend(self.u32(next));
        bytes.extend(apart);
        bytes
    }
}

/// Exif with every field that is read, and a thumbnail.
pub(super) fn exif(is_little: bool) -> Vec<u8> {
    let new = || Directory::new(is_little);
    let exif = new()
        .fractions(0x829a, &[(1, 250)])
        .fractions(0x829d, &[(28, 10)])
        .short(0x8827, 400)
        .text(0x9003, "2023:10:06 12:15:00")
        .text(0x9004, "2023:10:07 12:15:00")
        .text(0x9010, "+01:00")
        .text(0x9011, "+05:45")
        .fractions(0x920a, &[(50, 1)])
        .long(0xa002, 640)
        .long(0xa003, 480)
        .short(0xa405, 75)
        .text(0xa434, "smc 50mm F1.4");
    let gps = new()
        .text(1, "N")
        .fractions(2, &[(27, 1), (42, 1), (3600, 100)])
        .text(3, "W")
        .fractions(4, &[(85, 1), (19, 1), (12, 1)])
        .byte(5, 1)
        .fractions(6, &[(14005, 10)])
        .fractions(7, &[(6, 1), (30, 1), (1, 1)])
        .text(0x1d, "2023:10:06");
    let first = |exif_at: u32, gps_at: u32| {
        new()
            .long(0x0100, 640)
            .long(0x0101, 480)
            .text(0x010f, "Pentax")
            .text(0x0110, "K-3 “Ω”")
            .short(0x0112, 6)
            .text(0x0132, "2024:01:01 00:00:00")
            .long(0x8769, exif_at)
            .long(0x8825, gps_at)
    };
    let second = |at: u32| new().long(0x0201, at).long(0x0202, THUMBNAIL.len() as u32);
    let exif_at = 8 + first(0, 0).len();
    let gps_at = exif_at + exif.len();
    let second_at = gps_at + gps.len();
    let thumbnail_at = second_at + second(0).len();
    let start = new();
    let mut bytes = if is_little { b"II".to_vec() } else { b"MM".to_vec() };
    bytes.extend([start.u16(42), start.u32(8)].concat());
    bytes.extend(first(exif_at, gps_at).write(8, second_at));
    bytes.extend(exif.write(exif_at, 0));
    bytes.extend(gps.write(gps_at, 0));
    bytes.extend(second(thumbnail_at).write(second_at, 0));
    bytes.extend(THUMBNAIL);
    bytes
}

pub(super) fn jpeg(exif: &[u8]) -> Vec<u8> {
    let segment =
        |marker: u8, bytes: &[u8]| [&[0xff, marker][..], &(bytes.len() as u16 + 2).to_be_bytes(), bytes].concat();
    [
        b"\xff\xd8".to_vec(),
        segment(0xe0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"),
        segment(0xe1, &[b"Exif\0\0", exif].concat()),
        segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0<x/>"),
        // Fill bytes before a marker are allowed.
        b"\xff\xff".to_vec(),
        segment(0xc2, &[8, 1, 0xe0, 2, 0x80, 1, 1, 0x11, 0]),
        segment(0xda, &[1, 1, 0, 0, 63, 0]),
        b"\xff\xd9".to_vec(),
    ]
    .concat()
}

pub(super) fn png(exif: &[u8]) -> Vec<u8> {
    let chunk = |kind: &[u8; 4], bytes: &[u8]| [&(bytes.len() as u32).to_be_bytes()[..], kind, bytes, &[0; 4]].concat();
    let size = [640u32.to_be_bytes(), 480u32.to_be_bytes()].concat();
    [
        b"\x89PNG\r\n\x1a\n".to_vec(),
        chunk(b"IHDR", &[&size[..], &[8, 2, 0, 0, 0]].concat()),
        chunk(b"tEXt", b"Title\0x"),
        chunk(b"eXIf", exif),
        chunk(b"IDAT", b"x"),
        chunk(b"IEND", b""),
    ]
    .concat()
}

pub(super) fn webp(exif: &[u8]) -> Vec<u8> {
    webp_of(exif, 11)
}

pub(super) fn webp_of(exif: &[u8], picture_bytes: usize) -> Vec<u8> {
    let chunk = |kind: &[u8; 4], bytes: &[u8]| {
        let padding = vec![0; bytes.len() % 2];
        [&kind[..], &(bytes.len() as u32).to_le_bytes(), bytes, &padding].concat()
    };
    let body = [
        b"WEBP".to_vec(),
        chunk(b"VP8X", &[8, 0, 0, 0, 0x7f, 2, 0, 0xdf, 1, 0]),
        chunk(b"VP8 ", &vec![1; picture_bytes]),
        chunk(b"EXIF", exif),
    ]
    .concat();
    [b"RIFF".to_vec(), (body.len() as u32).to_le_bytes().to_vec(), body].concat()
}

fn boxed(kind: &[u8; 4], bytes: &[u8]) -> Vec<u8> {
    [&(bytes.len() as u32 + 8).to_be_bytes()[..], kind, bytes].concat()
}

fn full(kind: &[u8; 4], version: u8, bytes: &[u8]) -> Vec<u8> {
    boxed(kind, &[&[version, 0, 0, 0][..], bytes].concat())
}

fn be(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_be_bytes()).collect()
}

/// A picture of tiles that is turned by a quarter, with its Exif at the end.
pub(super) fn heif(exif: &[u8], brand: &[u8; 4]) -> Vec<u8> {
    let start = boxed(b"ftyp", &[&brand[..], &[0; 4], b"mif1", brand].concat());
    let entry = |id: u16, kind: &[u8; 4]| full(b"infe", 2, &[&id.to_be_bytes()[..], &[0, 0], kind, b"\0"].concat());
    let items = [&[0, 2][..], &entry(1, b"grid"), &entry(2, b"Exif")].concat();
    let properties =
        [full(b"ispe", 0, &be(&[512, 512])), full(b"ispe", 0, &be(&[640, 480])), boxed(b"irot", &[3])].concat();
    // Item 1 has the properties 2 and 3.
    let links = full(b"ipma", 0, &[&be(&[1])[..], &[0, 1, 2, 2, 0x83]].concat());
    let meta = |exif_at: u32| {
        let place = [&[0x44, 0, 0, 1, 0, 2, 0, 0, 0, 1][..], &be(&[exif_at, exif.len() as u32 + 10])].concat();
        let inside = [
            full(b"hdlr", 0, &[&[0; 4][..], b"pict", &[0; 13]].concat()),
            full(b"pitm", 0, &[0, 1]),
            full(b"iinf", 0, &items),
            boxed(b"iprp", &[boxed(b"ipco", &properties), links.clone()].concat()),
            full(b"iloc", 0, &place),
        ];
        full(b"meta", 0, &inside.concat())
    };
    let media_at = (start.len() + meta(0).len()) as u32;
    let payload = [&be(&[6])[..], b"Exif\0\0", exif].concat();
    [start, meta(media_at + 8), boxed(b"mdat", &payload)].concat()
}

fn movie_head() -> Vec<u8> {
    // 2023-10-06T06:30:00Z, of 600 units a second, ten seconds.
    full(b"mvhd", 0, &[&be(&[3_779_418_600, 3_779_418_600, 600, 6000])[..], &[0; 80]].concat())
}

fn track(width_px: u32, height_px: u32) -> Vec<u8> {
    let turned = be(&[0, 0x10000, 0, 0xffff_0000, 0, 0, 0, 0, 0x4000_0000]);
    let head = [&be(&[0, 0, 1, 0, 6000, 0, 0, 0, 0])[..], &turned, &be(&[width_px << 16, height_px << 16])].concat();
    let table = boxed(b"stbl", &[boxed(b"stsd", &[0; 8]), full(b"stsz", 0, &be(&[0, 300]))].concat());
    let media = [full(b"mdhd", 0, &be(&[0, 0, 600, 6000, 0])), boxed(b"minf", &table)];
    boxed(b"trak", &[full(b"tkhd", 0, &head), boxed(b"mdia", &media.concat())].concat())
}

/// A video as an iPhone writes it, held upright; its directory comes last or first.
pub(super) fn movie(picture_bytes: usize, is_last: bool) -> Vec<u8> {
    let values = [
        ("com.apple.quicktime.make", "Apple"),
        ("com.apple.quicktime.model", "iPhone 12"),
        ("com.apple.quicktime.creationdate", "2023-10-06T12:15:00+0545"),
        ("com.apple.quicktime.location.ISO6709", "+27.7100+085.3200+1400.000/"),
        ("com.apple.quicktime.software", "15"),
    ];
    let keys: Vec<u8> = values.iter().flat_map(|(name, _)| boxed(b"mdta", name.as_bytes())).collect();
    let list: Vec<u8> = (1u32..)
        .zip(values)
        .flat_map(|(number, (_, value))| {
            boxed(&number.to_be_bytes(), &boxed(b"data", &[&be(&[1, 0])[..], value.as_bytes()].concat()))
        })
        .collect();
    let meta = [
        full(b"hdlr", 0, &[&[0; 4][..], b"mdta", &[0; 12]].concat()),
        full(b"keys", 0, &[&be(&[5])[..], &keys].concat()),
        boxed(b"ilst", &list),
    ];
    let sound = boxed(b"trak", &full(b"tkhd", 0, &[0; 80]));
    let movie = boxed(b"moov", &[movie_head(), sound, track(1920, 1080), boxed(b"meta", &meta.concat())].concat());
    let start = boxed(b"ftyp", b"qt  \0\0\0\0qt  ");
    let media = [&be(&[1])[..], b"mdat", &(picture_bytes as u64 + 16).to_be_bytes(), &vec![7; picture_bytes]].concat();
    if is_last { [start, boxed(b"wide", b""), media, movie].concat() } else { [start, movie, media].concat() }
}

pub(super) fn android_movie() -> Vec<u8> {
    let text = b"+27.7103-085.3222/";
    let place = boxed(b"\xa9xyz", &[&(text.len() as u16).to_be_bytes()[..], &[0x15, 0xc7], text].concat());
    let movie = boxed(b"moov", &[movie_head(), track(1920, 1080), boxed(b"udta", &place)].concat());
    [boxed(b"ftyp", b"mp42\0\0\0\0isommp42"), movie].concat()
}
