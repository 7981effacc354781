//! What lies together in a window of the map: circles with counts.
//!
//! The world is divided into squares of about 64 CSS pixels. The photos of a square are one circle, at their middle; a
//! circle that would lie over a greater one next to it goes into that. Which do depends on the squares alone and not on
//! the window, so that no circle changes while the map is moved.

use std::ops::Range;

use super::mercator::Spot;
use super::points::Points;
use super::view::View;
use crate::photo::Bounds;

/// Squares of the world at zoom 0, as a power of two of its side: 64 CSS pixels each.
const LEVEL_AT_0: f64 = 2.0;
const DEEPEST_LEVEL: u32 = 30;
/// A circle goes into a greater one whose middle is nearer than so many sides of a square.
const REACH: f64 = 0.72;
/// Squares around the window that have a say in what is in it: a square may go into its neighbor, which may have to
/// choose between its own, and who is great among those is a matter of theirs.
const AROUND: i64 = 3;
/// A circle whose middle is outside of the window may still be seen in it.
const MOST_RADIUS_PX: f64 = 40.0;

/// Photos that are shown as one.
#[derive(Clone, Debug, PartialEq)]
pub struct Cluster {
    /// How many they are.
    pub count: u32,
    /// Where they are on average; `x` is where the window is, which may be outside of the world.
    pub at: Spot,
    /// One in their midst.
    pub row: u32,
    /// The runs of [`Points`] that they are, the greatest first.
    runs: Vec<Range<usize>>,
}

impl Cluster {
    /// The rows of all of them.
    pub fn rows<'a>(&'a self, points: &'a Points) -> impl Iterator<Item = u32> + 'a {
        self.runs.iter().flat_map(|run| points.rows(run.clone())).copied()
    }

    /// What its photos lie in, to a centimetre.
    pub fn bounds(&self, points: &Points) -> Option<Bounds> {
        points.bounds_of(self.runs.iter().cloned())
    }

    /// How large its circle is, in CSS pixels.
    pub fn radius_px(&self) -> f64 {
        radius_px(self.count)
    }

    /// What tells it from the others of the same points and zoom.
    pub fn key(&self) -> usize {
        self.runs.first().map_or(0, |run| run.start)
    }
}

/// A dot for one photo; a circle that holds its number for more.
pub fn radius_px(count: u32) -> f64 {
    match count {
        0 | 1 => 6.0,
        _ => (10.0 + 3.6 * f64::from(count).log10()).min(MOST_RADIUS_PX),
    }
}

/// The photos of one square.
#[derive(Clone, Debug)]
struct Square {
    /// Squares from the world's corner to it; across it may lie outside of the world.
    across: i64,
    down: i64,
    photos: Range<usize>,
    middle: Spot,
}

/// All circles that are in the window, the greatest first.
pub fn clusters(points: &Points, view: &View) -> Vec<Cluster> {
    let level = (view.zoom() + LEVEL_AT_0).round().clamp(0.0, f64::from(DEEPEST_LEVEL)) as u32;
    let side = f64::from(level).exp2();
    let (corner, (width_px, height_px), world_px) = (view.corner(), view.size_px(), view.world_px());
    let square = |position: f64| (position * side).floor() as i64;
    let (left, right) = (square(corner.x) - AROUND, square(corner.x + width_px / world_px) + AROUND);
    let (top, bottom) = (square(corner.y) - AROUND, square(corner.y + height_px / world_px) + AROUND);
    let mut squares = Vec::new();
    let last = 1_i64 << level;
    // The map goes on in the east and in the west.
    for round in left.div_euclid(last)..=right.div_euclid(last) {
        let wanted = Wanted {
            across: (left - round * last).max(0)..=(right - round * last).min(last - 1),
            down: top.max(0)..=bottom.min(last - 1),
            level,
        };
        let from = squares.len();
        descend(points, &wanted, 0, (0, 0), 0..points.len(), &mut squares);
        for square in &mut squares[from..] {
            square.across += round * last;
            square.middle.x += round as f64;
        }
    }
    let mut clusters = joined(points, &squares, REACH / side);
    clusters.retain(|cluster| {
        let (x, y) = ((cluster.at.x - corner.x) * world_px, (cluster.at.y - corner.y) * world_px);
        (-MOST_RADIUS_PX..=width_px + MOST_RADIUS_PX).contains(&x)
            && (-MOST_RADIUS_PX..=height_px + MOST_RADIUS_PX).contains(&y)
    });
    clusters.sort_by(|a, b| (b.count, a.key()).cmp(&(a.count, b.key())));
    clusters
}

/// The circle at a point of the window; of several, the one whose middle is nearest.
pub fn hit(clusters: &[Cluster], view: &View, (x_px, y_px): (f64, f64), slack_px: f64) -> Option<usize> {
    let (corner, world_px) = (view.corner(), view.world_px());
    let apart_px = |cluster: &Cluster| {
        let (x, y) = ((cluster.at.x - corner.x) * world_px, (cluster.at.y - corner.y) * world_px);
        (x - x_px).hypot(y - y_px)
    };
    let apart = clusters.iter().enumerate().map(|(nth, cluster)| (nth, apart_px(cluster), cluster.radius_px()));
    let near = apart.filter(|(_, apart_px, radius_px)| *apart_px <= radius_px + slack_px);
    near.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(nth, ..)| nth)
}

/// The squares that are asked for.
struct Wanted {
    across: std::ops::RangeInclusive<i64>,
    down: std::ops::RangeInclusive<i64>,
    level: u32,
}

/// Finds the squares of a square of a higher level that have photos and are wanted: each is a run of keys.
fn descend(
    points: &Points,
    wanted: &Wanted,
    level: u32,
    (across, down): (i64, i64),
    photos: Range<usize>,
    found: &mut Vec<Square>,
) {
    let below = wanted.level - level;
    let is_apart = |square: i64, wanted: &std::ops::RangeInclusive<i64>| {
        (square + 1) << below <= *wanted.start() || square << below > *wanted.end()
    };
    if photos.is_empty() || is_apart(across, &wanted.across) || is_apart(down, &wanted.down) {
        return;
    }
    if below == 0 {
        let middle = points.middle(photos.clone());
        return found.push(Square { across, down, photos, middle });
    }
    let keys = &points.keys()[photos.clone()];
    // The bits of this square's quarters in a key.
    let shift = u64::BITS - 2 * (level + 1);
    let mut from = 0;
    for quarter in 0..4 {
        let to = from + keys[from..].partition_point(|key| key >> shift & 3 <= quarter);
        let (east, south) = ((quarter & 1) as i64, (quarter >> 1) as i64);
        let inside = photos.start + from..photos.start + to;
        descend(points, wanted, level + 1, (across * 2 + east, down * 2 + south), inside, found);
        from = to;
    }
}

/// Squares whose middles are near a greater one's go into it, where that goes into none itself.
fn joined(points: &Points, squares: &[Square], reach: f64) -> Vec<Cluster> {
    let mut by_place: Vec<usize> = (0..squares.len()).collect();
    by_place.sort_unstable_by_key(|nth| (squares[*nth].down, squares[*nth].across));
    let at = |(across, down): (i64, i64)| {
        let found = by_place.binary_search_by_key(&(down, across), |nth| (squares[*nth].down, squares[*nth].across));
        found.ok().map(|found| by_place[found])
    };
    let beside = |square: &Square| {
        let middle = square.middle;
        let (across, down) = (square.across, square.down);
        let around =
            (down - 1..=down + 1).flat_map(move |down| (across - 1..=across + 1).map(move |across| (across, down)));
        around
            .filter(move |place| *place != (across, down))
            .filter_map(at)
            .map(move |nth| (nth, apart(squares[nth].middle, middle)))
            .filter(move |(_, apart)| *apart < reach)
    };
    let rank = |square: &Square| (square.photos.len(), std::cmp::Reverse(square.photos.start));
    let is_greatest: Vec<bool> =
        squares.iter().map(|square| beside(square).all(|(other, _)| rank(&squares[other]) < rank(square))).collect();
    let nearest = |nth: usize| {
        let greatest = beside(&squares[nth]).filter(|(other, _)| is_greatest[*other]);
        greatest.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(host, _)| host).filter(|_| !is_greatest[nth])
    };
    let hosts: Vec<Option<usize>> = (0..squares.len()).map(nearest).collect();
    let mut guests = vec![Vec::new(); squares.len()];
    for (nth, host) in hosts.iter().enumerate() {
        if let Some(host) = host {
            guests[*host].push(nth);
        }
    }
    let own = (0..squares.len()).filter(|nth| hosts[*nth].is_none());
    own.map(|nth| cluster(points, squares, nth, &guests[nth])).collect()
}

fn cluster(points: &Points, squares: &[Square], host: usize, guests: &[usize]) -> Cluster {
    let of_all = || std::iter::once(host).chain(guests.iter().copied()).map(|nth| &squares[nth]);
    let count: usize = of_all().map(|square| square.photos.len()).sum();
    let weighted = |of: fn(Spot) -> f64| {
        of_all().map(|square| of(square.middle) * square.photos.len() as f64).sum::<f64>() / count.max(1) as f64
    };
    let photos = &squares[host].photos;
    let middle = photos.start + photos.len() / 2;
    Cluster {
        count: count as u32,
        at: Spot { x: weighted(|spot| spot.x), y: weighted(|spot| spot.y) },
        row: points.rows(middle..middle + 1).first().copied().unwrap_or_default(),
        runs: of_all().map(|square| square.photos.clone()).collect(),
    }
}

fn apart(a: Spot, b: Spot) -> f64 {
    (a.x - b.x).hypot(a.y - b.y)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::points::Gathering;
    use super::super::points::tests::{catalog, places};
    use super::*;
    use crate::catalog::RowSet;
    use crate::photo::Place;
    use proptest::prelude::*;

    fn vienna(zoom: f64) -> View {
        let town = Bounds::new(48.2, 16.37, 48.2, 16.37).unwrap();
        let view = View::whole(1000.0, 700.0).fitted(&town, 0.0);
        view.zoomed((zoom - view.zoom()).exp2(), (500.0, 350.0))
    }

    #[test]
    fn a_town_is_one_circle_from_afar_and_several_from_near() {
        let places: Vec<_> =
            (0..100).map(|nth| Some((48.2 + f64::from(nth % 10) * 0.01, 16.3 + f64::from(nth / 10) * 0.02))).collect();
        let points = Gathering::all(&catalog(&places));
        let afar = clusters(&points, &View::whole(1000.0, 700.0));
        assert_eq!(afar.iter().map(|cluster| cluster.count).collect::<Vec<_>>(), [100]);
        let at = afar[0].at.place();
        assert!((at.latitude - 48.245).abs() < 0.01 && (at.longitude - 16.39).abs() < 0.01, "{at:?}");
        assert_eq!(afar[0].rows(&points).collect::<BTreeSet<_>>().len(), 100);
        let near = clusters(&points, &vienna(12.0));
        assert!(near.len() > 10, "{}", near.len());
        assert!(near.is_sorted_by_key(|cluster| std::cmp::Reverse(cluster.count)), "the greatest first");
    }

    #[test]
    fn photos_of_one_spot_stay_one_circle_however_near() {
        let points = Gathering::all(&catalog(&[Some((48.2, 16.37)); 7]));
        let deepest = clusters(&points, &vienna(20.0));
        assert_eq!(deepest.len(), 1);
        assert_eq!((deepest[0].count, hit(&deepest, &vienna(20.0), (500.0, 350.0), 0.0)), (7, Some(0)));
        assert_eq!(hit(&deepest, &vienna(20.0), (10.0, 10.0), 0.0), None);
    }

    #[test]
    fn what_lies_on_both_sides_of_the_date_line_is_beside_each_other() {
        let points = Gathering::all(&catalog(&[Some((-17.0, 179.9)), Some((-17.0, -179.9)), Some((-17.0, -179.8))]));
        let fiji = View::whole(800.0, 600.0).fitted(&Bounds::new(-18.0, 175.0, -16.0, -175.0).unwrap(), 0.0);
        let seen = clusters(&points, &fiji);
        let px: Vec<f64> = seen.iter().map(|cluster| fiji.px_of(cluster.at).0).collect();
        assert_eq!(seen.iter().map(|cluster| cluster.count).sum::<u32>(), 3);
        assert!(px.iter().all(|px| (370.0..430.0).contains(px)), "{px:?}");
    }

    fn any_view() -> impl Strategy<Value = View> {
        (300.0..1800.0_f64, 200.0..1000.0_f64, -80.0..80.0_f64, -180.0..180.0_f64, 0.0..16.0_f64).prop_map(
            |(width_px, height_px, latitude, longitude, zoom)| {
                let bounds = Bounds::new(latitude, longitude, latitude, longitude).unwrap();
                let view = View::whole(width_px, height_px).fitted(&bounds, 0.0);
                view.zoomed((zoom - view.zoom()).exp2(), (width_px / 2.0, height_px / 2.0))
            },
        )
    }

    proptest! {
        #[test]
        fn every_photo_in_the_window_is_in_one_circle_and_none_is_in_two(places in places(), view in any_view()) {
            let hot = catalog(&places);
            let points = Gathering::all(&hot);
            let seen = clusters(&points, &view);
            let mut counted = BTreeSet::new();
            for cluster in &seen {
                let rows: Vec<u32> = cluster.rows(&points).collect();
                prop_assert_eq!(rows.len(), cluster.count as usize);
                prop_assert!(rows.contains(&cluster.row));
                // Where the world is as wide as the window, a circle at its edge is seen at both.
                let is_first = cluster.at.x.floor() == 0.0 || !rows.iter().all(|row| counted.contains(row));
                if is_first {
                    prop_assert!(rows.iter().all(|row| counted.insert(*row)) || view.is_farthest());
                }
            }
            let bounds = view.bounds().unwrap();
            let inside = |place: Place| bounds.contains(place);
            for row in hot.rows().filter(|row| hot.place(*row).is_some_and(inside)) {
                // A photo at the edge may be of a circle whose middle is outside.
                let (x, y) = view.px_of(Spot::of(hot.place(row).unwrap().latitude, hot.place(row).unwrap().longitude));
                let (width_px, height_px) = view.size_px();
                let is_well_inside = (120.0..width_px - 120.0).contains(&x) && (120.0..height_px - 120.0).contains(&y);
                prop_assert!(!is_well_inside || counted.contains(&row), "row {} at {} {}", row, x, y);
            }
        }

        #[test]
        fn no_circle_changes_while_the_map_is_moved(places in places(), view in any_view(), by in (-90.0..90.0_f64, -90.0..90.0_f64)) {
            let points = Gathering::all(&catalog(&places));
            let moved = view.moved(by.0, by.1);
            let of = |view: &View| -> BTreeSet<(usize, u32)> {
                let (width_px, height_px) = view.size_px();
                let is_well_inside = |cluster: &&Cluster| {
                    let (x, y) = view.px_of(cluster.at);
                    (100.0..width_px - 100.0).contains(&x) && (100.0..height_px - 100.0).contains(&y)
                };
                clusters(&points, view).iter().filter(is_well_inside).map(|cluster| (cluster.key(), cluster.count)).collect()
            };
            let all = |view: &View| -> BTreeSet<(usize, u32)> {
                clusters(&points, view).iter().map(|cluster| (cluster.key(), cluster.count)).collect()
            };
            prop_assert!(of(&view).is_subset(&all(&moved)), "{:?} {:?}", of(&view), all(&moved));
        }

        #[test]
        fn the_counts_of_a_filter_are_those_of_a_library_without_the_others(
            places in places(), kept in prop::collection::btree_set(0..300_u32, 0..300), view in any_view(),
        ) {
            let left: Vec<_> = places.iter().enumerate().map(|(row, place)| place.filter(|_| kept.contains(&(row as u32)))).collect();
            let filtered = Gathering::all(&catalog(&places)).filtered(&kept.into_iter().collect::<RowSet>());
            prop_assert_eq!(clusters(&filtered, &view), clusters(&Gathering::all(&catalog(&left)), &view));
        }
    }
}
