//! The numbers of a chart as a file that spreadsheets read (RFC 4180).

/// Rows of cells as CSV, each ended by CR LF. A cell that a spreadsheet would run as a formula gets an apostrophe before
/// it: names of cameras and lenses come from strangers' files.
pub fn csv<'a, Row: IntoIterator<Item = &'a str>>(rows: impl IntoIterator<Item = Row>) -> String {
    let mut out = String::new();
    for row in rows {
        for (at, cell) in row.into_iter().enumerate() {
            if at > 0 {
                out.push(',');
            }
            write_cell(&mut out, cell);
        }
        out.push_str("\r\n");
    }
    out
}

fn write_cell(out: &mut String, cell: &str) {
    let guard = if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) { "'" } else { "" };
    if !cell.contains(['"', ',', '\r', '\n']) {
        out.push_str(guard);
        return out.push_str(cell);
    }
    out.push('"');
    out.push_str(guard);
    out.push_str(&cell.replace('"', "\"\""));
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_formulas_are_none() {
        let rows = [vec!["Camera", "Photos"], vec!["a \"b\", c", "3"], vec!["=1+1", ""], vec!["-\n", "+"]];
        assert_eq!(csv(rows), "Camera,Photos\r\n\"a \"\"b\"\", c\",3\r\n'=1+1,\r\n\"'-\n\",'+\r\n");
    }
}
