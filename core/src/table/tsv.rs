//! Cells as lines of tab-separated values, for the clipboard.

use super::{Column, Type};

/// What a spreadsheet takes for the beginning of a formula.
const RUNS: [char; 4] = ['=', '+', '-', '@'];

/// Appends a line of cells, each with the column that it is of. One cell stays one cell: what has a tab, a line's end or
/// a quote in it is quoted as spreadsheets do, and a NUL, which ends texts in some programs, is written as U+2400. A text
/// that a spreadsheet would run as a formula has an apostrophe before it, by which it is read as a text.
pub fn write_tsv_line<'a>(out: &mut String, cells: impl IntoIterator<Item = (Column, &'a str)>) {
    for (at, (column, text)) in cells.into_iter().enumerate() {
        if at > 0 {
            out.push('\t');
        }
        write_cell(out, text, column.holds() == Type::Text);
    }
    out.push('\n');
}

/// Appends the line of their titles, each with its unit.
pub fn write_tsv_title(out: &mut String, columns: &[Column]) {
    for (at, column) in columns.iter().enumerate() {
        if at > 0 {
            out.push('\t');
        }
        out.push_str(column.title());
        if !column.unit().is_empty() {
            out.push_str(" (");
            out.push_str(column.unit());
            out.push(')');
        }
    }
    out.push('\n');
}

fn write_cell(out: &mut String, text: &str, is_text: bool) {
    let is_quoted = text.contains(['\t', '\n', '\r', '"', '\u{2028}', '\u{2029}', '\u{b}', '\u{c}', '\u{85}']);
    if is_quoted {
        out.push('"');
    }
    if is_text && text.starts_with(RUNS) {
        out.push('\'');
    }
    for c in text.chars() {
        match c {
            '"' => out.push_str("\"\""),
            '\0' => out.push('\u{2400}'),
            _ => out.push(c),
        }
    }
    if is_quoted {
        out.push('"');
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn line(cells: &[&str]) -> String {
        let mut out = String::new();
        write_tsv_line(&mut out, cells.iter().map(|text| (Column::Name, *text)));
        out
    }

    /// Reads lines as spreadsheets do: a quote at a cell's beginning goes on to the next one that is not doubled.
    fn read(text: &str) -> Vec<Vec<String>> {
        let (mut lines, mut cells, mut cell) = (Vec::new(), Vec::new(), String::new());
        let mut chars = text.chars().peekable();
        let mut is_at_start = true;
        while let Some(c) = chars.next() {
            match c {
                '"' if is_at_start => loop {
                    match chars.next() {
                        Some('"') if chars.next_if_eq(&'"').is_some() => cell.push('"'),
                        Some('"') | None => break,
                        Some(c) => cell.push(c),
                    }
                },
                '\t' => cells.push(std::mem::take(&mut cell)),
                '\n' => {
                    cells.push(std::mem::take(&mut cell));
                    lines.push(std::mem::take(&mut cells));
                }
                c => cell.push(c),
            }
            is_at_start = matches!(c, '\t' | '\n');
        }
        lines
    }

    #[test]
    fn one_cell_stays_one_cell() {
        let cells = ["a\tb", "say \"no\"", "two\nlines\r\n", "\u{202e}gpj.exe", "👨‍👩‍👧 \u{200f}שלום", ""];
        assert_eq!(read(&line(&cells)), [cells]);
        assert_eq!(line(&["a\0b"]), "a\u{2400}b\n");
        assert_eq!(line(&["plain", "", "x"]), "plain\t\tx\n");
    }

    #[test]
    fn a_text_is_never_run_as_a_formula_and_a_number_keeps_its_sign() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)"] {
            assert_eq!(line(&[text]), format!("'{text}\n"));
        }
        assert_eq!(line(&["=\"a\"\t1"]), "\"'=\"\"a\"\"\t1\"\n");
        let mut out = String::new();
        write_tsv_line(&mut out, [(Column::Latitude, "-33.9"), (Column::Offset, "+02:00")]);
        assert_eq!(out, "-33.9\t+02:00\n");
    }

    #[test]
    fn titles_have_their_units() {
        let mut out = String::new();
        write_tsv_title(&mut out, &[Column::Taken, Column::Name, Column::ExposureTime]);
        assert_eq!(out, "Taken (UTC)\tName\tExposure time (s)\n");
    }

    proptest! {
        #[test]
        fn whatever_is_in_cells_they_come_back(cells in proptest::collection::vec("[^\0]{0,12}", 1..6)) {
            let cells: Vec<&str> = cells.iter().map(|text| text.trim_start_matches(RUNS)).collect();
            prop_assert_eq!(read(&line(&cells)), [cells]);
        }
    }
}
