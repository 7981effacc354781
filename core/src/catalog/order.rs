//! Which rows are shown, and in which order.

use super::{Filter, Hot};

/// The rows that `filter` leaves in: newest first, undated ones last, rows of the same instant by number.
///
/// `local_s` reads the local clock at an instant: seconds since the epoch, with the zone's offset added.
pub fn shown(hot: &Hot, filter: &Filter, mut local_s: impl FnMut(i64) -> i64) -> Vec<u32> {
    let mut dated = Vec::with_capacity(hot.len());
    let mut undated = Vec::new();
    for row in hot.rows() {
        let taken_s = hot.taken_s(row);
        // Reading a clock costs: it is left alone when nothing asks for it.
        if filter.is_narrowing() && !filter.admits(taken_s.map(&mut local_s)) {
            continue;
        }
        match taken_s {
            Some(taken_s) => dated.push((taken_s, row)),
            None => undated.push(row),
        }
    }
    dated.sort_unstable_by(|(a_s, a_row), (b_s, b_row)| b_s.cmp(a_s).then(a_row.cmp(b_row)));
    let mut rows: Vec<u32> = dated.into_iter().map(|(_, row)| row).collect();
    rows.append(&mut undated);
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::codec::{HotSegment, encode_hot};
    use crate::photo::{Day, DayRange};

    fn hot(taken_s: &[i64], kind: &[u8]) -> Hot {
        let columns = HotSegment {
            taken_s: taken_s.to_vec(),
            width_px: vec![4; taken_s.len()],
            height_px: vec![3; taken_s.len()],
            kind: kind.to_vec(),
            camera: vec![0; taken_s.len()],
        };
        let mut hot = Hot::new();
        hot.set_segment(0, &encode_hot(&columns)).unwrap();
        hot
    }

    #[test]
    fn the_newest_come_first_the_undated_last_and_the_absent_never() {
        let hot = hot(&[10, i64::MIN, 30, 10, 99], &[0, 0, 1, 0, 255]);
        assert_eq!(shown(&hot, &Filter::default(), |_| unreachable!("no clock is needed")), [2, 0, 3, 1]);
    }

    #[test]
    fn a_filter_reads_the_local_clock() {
        let hot = hot(&[0, 86_399, i64::MIN], &[0, 0, 0]);
        let filter = Filter { days: Some(DayRange { first: Day(1), last: Day(1) }), ..Filter::default() };
        assert_eq!(shown(&hot, &filter, |utc_s| utc_s + 3600), [1]);
    }
}
