//! The scrubber: a track along the grid's edge on which every month has its part.

use super::layout::Layout;

/// The least that a month gets of the track, in CSS pixels, as long as there is room for all.
const LEAST_PX: f64 = 2.0;

/// A year and a month of it, 1 to 12.
pub type Month = (i32, u32);

/// A month on the track.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Segment {
    /// `None`: the photos without a date.
    pub month: Option<Month>,
    /// The first photo's place in the order.
    pub first: u32,
    /// How many photos it has.
    pub count: u32,
    /// Where it begins in the layout.
    pub top_px: f64,
    /// Where it begins on the track.
    pub from_px: f64,
    /// Where it ends on the track.
    pub to_px: f64,
}

/// The months in the order in which they are shown, on a track of some length.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scrubber {
    segments: Vec<Segment>,
    layout_px: f64,
}

impl Scrubber {
    /// Gives every month of the layout a part of the track as long as it is high, and a little to the small ones.
    pub fn new(layout: &Layout, track_px: f64) -> Self {
        let mut segments: Vec<Segment> = Vec::new();
        for day in layout.days() {
            let month = day.day.map(|day| {
                let (year, month, _) = day.ymd();
                (year, month)
            });
            match segments.last_mut() {
                Some(last) if last.month == month => last.count += day.count,
                _ => segments.push(Segment {
                    month,
                    first: day.first,
                    count: day.count,
                    top_px: day.top_px,
                    from_px: 0.0,
                    to_px: 0.0,
                }),
            }
        }
        let mut scrubber = Self { segments, layout_px: layout.height_px() };
        scrubber.lay_on(if track_px.is_finite() { track_px.max(0.0) } else { 0.0 });
        scrubber
    }

    fn lay_on(&mut self, track_px: f64) {
        let months = self.segments.len() as f64;
        let least_px = LEAST_PX.min(track_px / months.max(1.0));
        let shared_px = track_px - least_px * months;
        let mut from_px = 0.0;
        for at in 0..self.segments.len() {
            let height_px = self.end_px(at) - self.segments[at].top_px;
            let part = if self.layout_px > 0.0 { height_px / self.layout_px } else { 0.0 };
            let to_px = from_px + least_px + part * shared_px;
            (self.segments[at].from_px, self.segments[at].to_px) = (from_px, to_px);
            from_px = to_px;
        }
        if let Some(last) = self.segments.last_mut() {
            last.to_px = track_px.max(last.from_px);
        }
    }

    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// The month at a place on the track; past its ends the first or the last. `None` when there are no photos.
    pub fn at_track(&self, track_px: f64) -> Option<usize> {
        let after = self.segments.partition_point(|segment| segment.from_px <= track_px);
        self.segments.len().checked_sub(1).map(|last| after.saturating_sub(1).min(last))
    }

    /// The month at a place in the layout.
    pub fn at_layout(&self, top_px: f64) -> Option<usize> {
        let after = self.segments.partition_point(|segment| segment.top_px <= top_px);
        self.segments.len().checked_sub(1).map(|last| after.saturating_sub(1).min(last))
    }

    /// Where a place in the layout is on the track.
    pub fn to_track(&self, top_px: f64) -> f64 {
        let Some(at) = self.at_layout(top_px) else { return 0.0 };
        let segment = &self.segments[at];
        let height_px = self.end_px(at) - segment.top_px;
        let part = if height_px > 0.0 { ((top_px - segment.top_px) / height_px).clamp(0.0, 1.0) } else { 0.0 };
        segment.from_px + part * (segment.to_px - segment.from_px)
    }

    /// The month that is a year before or after, or the nearest that has photos: `1` goes on as the order does, `-1`
    /// back.
    pub fn a_year_from(&self, at: usize, way: i32) -> usize {
        let last = self.segments.len().saturating_sub(1);
        let Some((year, month)) = self.segments.get(at).and_then(|segment| segment.month) else {
            return if way < 0 { at.saturating_sub(1) } else { last };
        };
        // Newest first: what comes later in the order is older.
        let asked = (year - way.signum(), month);
        let place = self.segments.partition_point(|segment| segment.month.is_some_and(|month| month > asked));
        let place = if way < 0 && self.segments.get(place).and_then(|segment| segment.month) != Some(asked) {
            place.saturating_sub(1)
        } else {
            place
        };
        if way < 0 { place.min(at.saturating_sub(1)) } else { place.max(at + 1).min(last) }
    }

    /// Years with the place on the track where their newest month begins, none nearer to the one above, or to the end of
    /// the track, than `apart_px`.
    pub fn years(&self, apart_px: f64) -> Vec<(i32, f64)> {
        let mut years: Vec<(i32, f64)> = Vec::new();
        let mut year_before = None;
        let end_px = self.segments.last().map_or(0.0, |last| last.to_px);
        for segment in &self.segments {
            let year = segment.month.map(|(year, _)| year);
            if let Some(year) = year.filter(|_| year != year_before)
                && years.last().is_none_or(|(_, above_px)| {
                    segment.from_px - above_px >= apart_px && end_px - segment.from_px >= apart_px
                })
            {
                years.push((year, segment.from_px));
            }
            year_before = year;
        }
        years
    }

    /// How many photos months have, as corners of a ridge along the track: how far along, and how far out, 0 to 1. The
    /// square root is drawn, since few photos beside many would not be seen.
    pub fn ridge(&self) -> Vec<(f64, f64)> {
        let most = self.segments.iter().map(|segment| segment.count).max().unwrap_or(0).max(1);
        let middle = |segment: &Segment| {
            let along_px = (segment.from_px + segment.to_px) / 2.0;
            (along_px, (f64::from(segment.count) / f64::from(most)).sqrt())
        };
        self.segments.iter().map(middle).collect()
    }

    fn end_px(&self, at: usize) -> f64 {
        self.segments.get(at + 1).map_or(self.layout_px, |next| next.top_px)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::library::layout::Settings;
    use crate::photo::Day;

    const SETTINGS: Settings = Settings {
        width_px: 1_000.0,
        row_height_px: 200.0,
        gap_px: 3.0,
        day_gap_px: 12.0,
        heading_px: 36.0,
        month_px: 52.0,
        day_width_px: 92.0,
    };

    /// Newest first; days with how many photos each.
    fn layout(days: &[(&str, usize)], undated: usize) -> Layout {
        let dated =
            days.iter().flat_map(|(day, count)| std::iter::repeat_n(Some(Day::parse_iso(day).unwrap()), *count));
        Layout::new(dated.chain(std::iter::repeat_n(None, undated)).map(|day| (1.5, day)), SETTINGS)
    }

    #[test]
    fn months_have_their_photos_in_the_order_shown_and_the_undated_come_last() {
        let layout = layout(&[("2021-06-12", 3), ("2021-06-02", 4), ("2019-01-31", 1)], 2);
        let scrubber = Scrubber::new(&layout, 600.0);
        let months: Vec<_> = scrubber.segments().iter().map(|s| (s.month, s.first, s.count)).collect();
        assert_eq!(months, [(Some((2021, 6)), 0, 7), (Some((2019, 1)), 7, 1), (None, 8, 2)]);
        assert_eq!(scrubber.years(20.0).iter().map(|(year, _)| *year).collect::<Vec<_>>(), [2021, 2019]);
        assert_eq!(scrubber.years(1e6).len(), 1);
    }

    #[test]
    fn a_year_on_is_the_same_month_or_the_nearest_there_is() {
        let days = [("2021-06-01", 1), ("2021-01-01", 1), ("2020-06-01", 1), ("2018-12-01", 1), ("2018-02-01", 1)];
        let scrubber = Scrubber::new(&layout(&days, 1), 600.0);
        let goes = |at: usize| (scrubber.a_year_from(at, -1), scrubber.a_year_from(at, 1));
        assert_eq!([goes(0), goes(1), goes(2), goes(3)], [(0, 2), (0, 3), (0, 3), (2, 5)]);
        assert_eq!([goes(4), goes(5)], [(2, 5), (4, 5)]);
        assert_eq!(Scrubber::default().a_year_from(0, 1), 0);
    }

    #[test]
    fn nothing_has_no_months() {
        let scrubber = Scrubber::new(&layout(&[], 0), 600.0);
        assert_eq!((scrubber.at_track(5.0), scrubber.at_layout(5.0), scrubber.to_track(5.0)), (None, None, 0.0));
        assert!(scrubber.ridge().is_empty() && scrubber.years(1.0).is_empty());
    }

    #[test]
    fn a_huge_month_leaves_the_small_ones_their_places() {
        let days: Vec<(String, usize)> =
            (1..=12).map(|month| (format!("2020-{:02}-01", 13 - month), if month == 6 { 20_000 } else { 1 })).collect();
        let days: Vec<(&str, usize)> = days.iter().map(|(day, count)| (day.as_str(), *count)).collect();
        let scrubber = Scrubber::new(&layout(&days, 0), 300.0);
        assert!(scrubber.segments().iter().all(|segment| segment.to_px - segment.from_px >= LEAST_PX - 1e-9));
    }

    prop_compose! {
        fn libraries()(
            days in proptest::collection::vec((1_i32..90, 1_usize..60), 0..60), undated in 0_usize..5,
        ) -> Layout {
            let mut day = 20_000;
            let mut pictures = Vec::new();
            for (step, count) in days {
                day -= step;
                pictures.extend(std::iter::repeat_n((1.2_f32, Some(Day(day))), count));
            }
            pictures.extend(std::iter::repeat_n((1.2, None), undated));
            Layout::new(pictures.into_iter(), SETTINGS)
        }
    }

    proptest! {
        #[test]
        fn months_lie_along_the_whole_track_without_gaps(layout in libraries(), track in 0.0..2_000.0_f64) {
            let scrubber = Scrubber::new(&layout, track);
            let mut from_px = 0.0;
            let mut first = 0;
            for segment in scrubber.segments() {
                prop_assert!((segment.from_px - from_px).abs() < 1e-6 && segment.to_px >= segment.from_px);
                prop_assert_eq!(segment.first, first);
                prop_assert!(layout.find(first).unwrap().top_px > segment.top_px);
                first += segment.count;
                from_px = segment.to_px;
            }
            prop_assert_eq!(first as usize, layout.len());
            prop_assert!(scrubber.segments().is_empty() || (from_px - track).abs() < 1e-6);
        }

        #[test]
        fn a_month_is_found_on_the_track_and_in_the_layout(layout in libraries(), track in 50.0..2_000.0_f64) {
            let scrubber = Scrubber::new(&layout, track);
            for (at, segment) in scrubber.segments().iter().enumerate() {
                prop_assert_eq!(scrubber.at_layout(segment.top_px), Some(at));
                prop_assert_eq!(scrubber.at_track((segment.from_px + segment.to_px) / 2.0), Some(at));
                prop_assert!((scrubber.to_track(segment.top_px) - segment.from_px).abs() < 1e-6);
            }
        }

        #[test]
        fn going_on_in_the_layout_goes_on_along_the_track(
            layout in libraries(), track in 50.0..2_000.0_f64, a in 0.0..1.0_f64, b in 0.0..1.0_f64,
        ) {
            let scrubber = Scrubber::new(&layout, track);
            let (low, high) = (a.min(b) * layout.height_px(), a.max(b) * layout.height_px());
            prop_assert!(scrubber.to_track(low) <= scrubber.to_track(high) + 1e-9);
            prop_assert!((0.0..=track + 1e-6).contains(&scrubber.to_track(low)));
        }

        #[test]
        fn years_go_on_and_back_and_end(layout in libraries()) {
            let scrubber = Scrubber::new(&layout, 500.0);
            let last = scrubber.segments().len().saturating_sub(1);
            for at in 0..scrubber.segments().len() {
                let (back, on) = (scrubber.a_year_from(at, -1), scrubber.a_year_from(at, 1));
                prop_assert!(back < at || at == 0);
                prop_assert!(on > at || at == last);
            }
        }
    }
}
