//! CSV (RFC 4180): a header, then a line a photo, in UTF-8.
//!
//! Lists are JSON in one cell. What is unknown is empty.

use super::cells::{self, Numbers};
use super::values::{ValueSink, each_value};
use super::{COLUMNS, Cells, Value};
use crate::photo::ItemFacts;

/// Line ends of RFC 4180, section 2.1.
const END: &[u8] = b"\r\n";

/// Texts that begin so are taken for formulas by some spreadsheet or other (OWASP, "CSV Injection"); the last four are
/// the wide forms that East Asian input methods write.
const RUN: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

pub(super) fn header(out: &mut Vec<u8>) {
    for (at, column) in COLUMNS.iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        out.extend_from_slice(column.name.as_bytes());
    }
    out.extend_from_slice(END);
}

pub(super) fn row(out: &mut Vec<u8>, item: &ItemFacts<'_>, how: Cells, numbers: &mut Numbers) {
    each_value(item, &mut Line { out, how, numbers });
    // A comma is after every cell but the last.
    out.pop();
    out.extend_from_slice(END);
}

struct Line<'a> {
    out: &'a mut Vec<u8>,
    how: Cells,
    numbers: &'a mut Numbers,
}

impl ValueSink for Line<'_> {
    #[inline(always)]
    fn put(&mut self, value: Value<'_>) {
        let Self { out, how, numbers } = self;
        match value {
            Value::Unknown | Value::Texts([]) => {}
            Value::Text(text) => quoted(out, text, *how == Cells::Defused && is_run(text)),
            Value::Integer(number) => cells::integer(out, number),
            Value::Narrow(number) => numbers.narrow(out, number),
            Value::Float(number) => numbers.float(out, number),
            Value::Truth(truth) => out.extend_from_slice(if truth { b"true" } else { b"false" }),
            Value::Instant(utc_s) => {
                numbers.moment(out, utc_s);
                out.push(b'Z');
            }
            Value::Local(local_s) => numbers.moment(out, local_s),
            Value::Texts(texts) => list(out, texts),
        }
        out.push(b',');
    }
}

fn list(out: &mut Vec<u8>, texts: &[&str]) {
    let list = serde_json::to_string(texts).expect("texts can always be written");
    quoted(out, &list, false);
}

/// Rows of cells as CSV, each of which ends with CR LF; cells that a spreadsheet would run are defused, since many come from
/// strangers' files.
pub fn csv_of<'a, Row: IntoIterator<Item = &'a str>>(rows: impl IntoIterator<Item = Row>) -> Vec<u8> {
    let mut out = Vec::new();
    for row in rows {
        for (at, cell) in row.into_iter().enumerate() {
            if at > 0 {
                out.push(b',');
            }
            quoted(&mut out, cell, is_run(cell));
        }
        out.extend_from_slice(END);
    }
    out
}

/// Whether a spreadsheet may take a text for a formula.
fn is_run(text: &str) -> bool {
    // Hardly a text begins with anything else.
    !text.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric) && text.starts_with(RUN)
}

/// Whether a text would be read as more than a cell, or as another one, without quotes around it. All of it is looked at,
/// without a stop at the first such letter: so many are looked at at once.
fn needs_quotes(text: &str) -> bool {
    text.bytes().fold(false, |found, byte| found | matches!(byte, b'"' | b',' | b'\n' | b'\r'))
}

/// A text as a cell, in quotes where RFC 4180, section 2.6, wants them; after an apostrophe if it is to be defused.
fn quoted(out: &mut Vec<u8>, text: &str, is_run: bool) {
    let needs_quotes = needs_quotes(text);
    if needs_quotes {
        out.push(b'"');
    }
    if is_run {
        out.push(b'\'');
    }
    if needs_quotes {
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('"') {
            out.extend_from_slice(before.as_bytes());
            out.extend_from_slice(b"\"\"");
            rest = after;
        }
        out.extend_from_slice(rest.as_bytes());
        out.push(b'"');
    } else {
        out.extend_from_slice(text.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_formulas_are_none() {
        let rows =
            [vec!["Camera", "Photos"], vec!["a \"b\", c", "3"], vec!["=1+1", ""], vec!["-\n", "＋"], vec!["\n="]];
        let text = "Camera,Photos\r\n\"a \"\"b\"\", c\",3\r\n'=1+1,\r\n\"'-\n\",'＋\r\n\"'\n=\"\r\n";
        assert_eq!(String::from_utf8(csv_of(rows)).unwrap(), text);
    }
}
