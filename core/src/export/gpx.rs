//! GPX 1.1 (topografix.com/GPX/1/1): a waypoint for every photo whose place is known.

use std::io::Write;

use super::cells::Numbers;
use crate::photo::{ItemFacts, Place};

pub(super) const BEGIN: &[u8] = b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
<gpx version=\"1.1\" creator=\"Albumen\" xmlns=\"http://www.topografix.com/GPX/1/1\">\n";
pub(super) const END: &[u8] = b"</gpx>\n";

/// Appends an item's waypoint; `false` if its place is not known. The order of its parts is that of the schema.
pub(super) fn waypoint(out: &mut Vec<u8>, item: &ItemFacts<'_>, numbers: &mut Numbers) -> bool {
    let Some(Place { latitude, longitude, altitude_m }) = item.place() else { return false };
    out.extend_from_slice(b"<wpt lat=\"");
    numbers.float(out, latitude);
    out.extend_from_slice(b"\" lon=\"");
    // The schema has the meridian in the Pacific at -180 degrees only.
    numbers.float(out, if longitude == 180.0 { -180.0 } else { longitude });
    out.extend_from_slice(b"\">");
    if let Some(altitude_m) = altitude_m {
        out.extend_from_slice(b"<ele>");
        numbers.float(out, altitude_m);
        out.extend_from_slice(b"</ele>");
    }
    if let Some(utc_s) = item.moment.taken_s {
        out.extend_from_slice(b"<time>");
        numbers.moment(out, utc_s);
        out.extend_from_slice(b"Z</time>");
    }
    element(out, "name", item.file_name);
    element(out, "desc", item.description);
    if !item.product_url.is_empty() {
        out.extend_from_slice(b"<link href=\"");
        escaped(out, item.product_url);
        out.extend_from_slice(b"\"/>");
    }
    out.extend_from_slice(b"</wpt>\n");
    true
}

fn element(out: &mut Vec<u8>, name: &str, text: &str) {
    if text.is_empty() {
        return;
    }
    // Memory takes whatever is written.
    let _ = write!(out, "<{name}>");
    escaped(out, text);
    let _ = write!(out, "</{name}>");
}

/// A text as XML has it, without the characters that XML 1.0 (section 2.2) cannot hold at all. What a reader would make
/// another of, such as the line ends of attributes, is written as a number.
fn escaped(out: &mut Vec<u8>, text: &str) {
    for letter in text.chars() {
        match letter {
            '&' => out.extend_from_slice(b"&amp;"),
            '<' => out.extend_from_slice(b"&lt;"),
            '>' => out.extend_from_slice(b"&gt;"),
            '"' => out.extend_from_slice(b"&quot;"),
            '\t' | '\n' | '\r' => {
                // Memory takes whatever is written.
                let _ = write!(out, "&#{};", u32::from(letter));
            }
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            _ => out.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
}
