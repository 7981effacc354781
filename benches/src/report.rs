//! The figures: as a flat list for programs, as a table for people.

use std::fmt::Write;
use std::path::Path;

use albumen_e2e::failure::Told;
use serde::Serialize;

use crate::bars::Bar;
use crate::sample::Sample;

/// One figure. Times are in ms, memory in MB (2²⁰ bytes), sizes in KB (1000 bytes), growth in percent.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Figure {
    pub(crate) name: String,
    /// Rows of the library; 0 where it has none.
    pub(crate) n: u32,
    /// The median of all runs.
    pub(crate) value: f64,
    pub(crate) unit: &'static str,
    pub(crate) min: f64,
    pub(crate) max: f64,
    pub(crate) compared_with: Option<String>,
    /// How many times better than `compared_with` in the same run.
    pub(crate) ratio: Option<f64>,
}

impl Figure {
    pub(crate) fn new(name: &str, n: u32, unit: &'static str, sample: &Sample) -> Self {
        let (value, min, max) = (rounded(sample.median()), rounded(sample.min()), rounded(sample.max()));
        Self { name: name.to_owned(), n, value, unit, min, max, compared_with: None, ratio: None }
    }

    /// Beside what others take for the same, in the same unit.
    #[must_use]
    pub(crate) fn beside(self, other: &str, value: f64) -> Self {
        let ratio = (self.value > 0.0).then(|| rounded(value / self.value));
        let compared_with = Some(format!("{other}: {} {}", rounded(value), self.unit));
        Self { compared_with, ratio, ..self }
    }
}

/// Everything that was measured, why the rest was not, and what is wrong.
#[derive(Debug, Default)]
pub(crate) struct Report {
    figures: Vec<Figure>,
    left_out: Vec<String>,
    wrong: Vec<String>,
}

impl Report {
    /// Takes what was measured of `what`, or the reason why it was not: the others are measured all the same.
    pub(crate) fn take(&mut self, what: &str, outcome: Told<Vec<Figure>>) {
        match outcome {
            Ok(figures) => {
                for figure in &figures {
                    println!("{}", line(figure));
                }
                self.figures.extend(figures);
            }
            Err(failure) => self.leave_out(&format!("{what}: {failure}")),
        }
    }

    /// What there is to compare with, if it could be had.
    pub(crate) fn offer<T>(&mut self, what: &str, outcome: Told<T>) -> Option<T> {
        outcome.map_err(|failure| self.leave_out(&format!("{what}: {failure}"))).ok()
    }

    /// Takes what was compared, or what is not as it should be.
    pub(crate) fn take_compared(&mut self, what: &str, outcome: Told<Vec<Figure>>) {
        match outcome {
            Err(failure) => {
                println!("wrong: {what}: {failure}");
                self.wrong.push(format!("{what}: {failure}"));
            }
            compared => self.take(what, compared),
        }
    }

    /// Whether all that was compared is as it should be.
    pub(crate) fn is_right(&self) -> bool {
        self.wrong.is_empty()
    }

    fn leave_out(&mut self, sentence: &str) {
        println!("left out: {sentence}");
        self.left_out.push(sentence.to_owned());
    }

    /// # Errors
    /// When the file cannot be written.
    pub(crate) fn write(&self, folder: &Path) -> Told {
        std::fs::create_dir_all(folder)?;
        std::fs::write(folder.join("report.json"), serde_json::to_string_pretty(&self.figures)?)?;
        Ok(())
    }

    pub(crate) fn table(&self) -> String {
        let mut text = format!("\n{:<20} {:>9} {:>12}    {:<24} beside\n", "figure", "rows", "median", "bar");
        for figure in &self.figures {
            text += &line(figure);
            text.push('\n');
        }
        for (name, exponent) in self.exponents() {
            // Writing to a string never fails.
            let _ = writeln!(text, "{name} grows with the {exponent:.2}th power of the rows, from 10⁵ to 10⁶.");
        }
        for sentence in &self.left_out {
            let _ = writeln!(text, "Left out: {sentence}");
        }
        for sentence in &self.wrong {
            let _ = writeln!(text, "Wrong: {sentence}");
        }
        text
    }

    /// By which power of the rows each figure grows from 10⁵ to 10⁶.
    fn exponents(&self) -> Vec<(&str, f64)> {
        let at = |name: &str, n: u32| self.figures.iter().find(|figure| figure.name == name && figure.n == n);
        let of = |figure: &Figure| {
            let before = at(&figure.name, figure.n / 10)?;
            (before.value > 0.0 && figure.value > 0.0).then(|| (figure.value / before.value).log10())
        };
        let largest = self.figures.iter().filter(|figure| figure.n == 1_000_000);
        largest.filter_map(|figure| Some((figure.name.as_str(), of(figure)?))).collect()
    }
}

fn line(figure: &Figure) -> String {
    let bars: Vec<String> = Bar::of(figure)
        .map(|bar| format!("{} {}", if bar.is_met(figure) { "✓" } else { "✗" }, bar.words(figure.unit)))
        .collect();
    let beside = figure.compared_with.as_deref().map(|other| {
        let ratio = figure.ratio.map(|ratio| format!(", ratio {ratio}")).unwrap_or_default();
        format!("{other}{ratio}")
    });
    let value = format!("{} {}", figure.value, figure.unit);
    format!(
        "{:<20} {:>9} {:>12}    {:<24} {} ({} to {})",
        figure.name,
        figure.n,
        value,
        bars.join(", "),
        beside.unwrap_or_default(),
        figure.min,
        figure.max
    )
}

/// Three significant digits, or whole numbers: more would pretend.
fn rounded(value: f64) -> f64 {
    if value.abs() >= 100.0 {
        return value.round();
    }
    let digits = 2 - value.abs().max(1e-9).log10().floor() as i32;
    let power = 10_f64.powi(digits);
    (value * power).round() / power
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(name: &str, n: u32, value: f64) -> Figure {
        Figure::new(name, n, "ms", &Sample::of([value]).unwrap())
    }

    #[test]
    fn numbers_have_three_digits() {
        let numbers = [1234.5, 12.345, 1.2345, 0.012_345, 0.0].map(rounded);
        assert_eq!(numbers, [1235.0, 12.3, 1.23, 0.0123, 0.0]);
    }

    #[test]
    fn a_ratio_says_how_many_times_better() {
        let figure = figure("open_data", 1_000_000, 50.0).beside("getAll", 1500.0);
        assert_eq!(figure.ratio, Some(30.0));
        assert!(line(&figure).contains("✓ ratio ≥ 20"), "{}", line(&figure));
    }

    #[test]
    fn bars_hold_for_their_rows_alone() {
        assert!(line(&figure("open", 1_000_000, 501.0)).contains('✗'));
        assert!(!line(&figure("open", 10_000, 501.0)).contains('✗'));
    }

    #[test]
    fn what_takes_ten_times_longer_for_ten_times_the_rows_grows_with_the_first_power() {
        let mut report = Report::default();
        report.take("x", Ok(vec![figure("order", 100_000, 3.0), figure("order", 1_000_000, 30.0)]));
        assert_eq!(report.exponents(), [("order", 1.0)]);
    }
}
