//! What several runs of one thing came to.

/// The values of several runs.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sample {
    sorted: Vec<f64>,
}

impl Sample {
    /// `None` of no run at all. What is no number is left out.
    pub(crate) fn of(values: impl IntoIterator<Item = f64>) -> Option<Self> {
        let mut sorted: Vec<f64> = values.into_iter().filter(|value| value.is_finite()).collect();
        sorted.sort_by(f64::total_cmp);
        (!sorted.is_empty()).then_some(Self { sorted })
    }

    pub(crate) fn median(&self) -> f64 {
        let middle = self.sorted.len() / 2;
        if self.sorted.len().is_multiple_of(2) {
            f64::midpoint(self.sorted[middle - 1], self.sorted[middle])
        } else {
            self.sorted[middle]
        }
    }

    pub(crate) fn min(&self) -> f64 {
        self.sorted[0]
    }

    pub(crate) fn max(&self) -> f64 {
        self.sorted[self.sorted.len() - 1]
    }

    /// The value that `part` (0 to 1) of all values do not exceed.
    pub(crate) fn quantile(&self, part: f64) -> f64 {
        let at = (part * self.sorted.len() as f64).ceil() as usize;
        self.sorted[at.clamp(1, self.sorted.len()) - 1]
    }

    /// Every value less `base`, but never below nothing.
    pub(crate) fn less(&self, base: f64) -> Self {
        Self { sorted: self.sorted.iter().map(|value| (value - base).max(0.0)).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle_or_between_the_two_in_the_middle() {
        assert_eq!(Sample::of([3.0, 1.0, 2.0]).unwrap().median(), 2.0);
        assert_eq!(Sample::of([4.0, 1.0, 2.0, 3.0]).unwrap().median(), 2.5);
        assert_eq!(Sample::of([f64::NAN]), None);
    }

    #[test]
    fn quantiles_are_values_that_were_there() {
        let sample = Sample::of((1..=200).map(f64::from)).unwrap();
        assert_eq!([0.0, 0.5, 0.99, 1.0].map(|part| sample.quantile(part)), [1.0, 100.0, 198.0, 200.0]);
        assert_eq!(sample.less(150.0).min(), 0.0);
    }
}
