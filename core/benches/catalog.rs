//! What the page and the worker do with a million rows, on the host: `cargo bench -p albumen-core`.
//!
//! The library is made by seed: photos in bursts over twenty years, in the order in which Google gives them (newest
//! first) or in no order at all.

use std::cmp::Reverse;
use std::hint::black_box;

use albumen_core::catalog::codec::{HotSegment, LocalFacts, TextRow, encode_hot, encode_keys, encode_text};
use albumen_core::catalog::{Filter, Hot, Ledger, ROWS_PER_SEGMENT, RowSet, shown};
use albumen_core::insights::{Counts, Zone};
use albumen_core::library::layout::{Layout, Settings};
use albumen_core::photo::{Camera, Export, Kind, Place};
use albumen_core::places::clusters::clusters;
use albumen_core::places::points::Gathering;
use albumen_core::places::view::View;
use albumen_core::store::{MemoryStore, keys};
use albumen_core::table::{Column, RankMaker, Value, put_in_order};
use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use oorandom::Rand32;

const ROWS: usize = 1_000_000;
const NEWEST_S: i64 = 1_750_000_000;
const WORDS: [&str; 12] =
    ["", "", "", "beach", "Oma am Meer", "birthday", "snow", "the garden in spring", "Straße", "dog", "sunset", "2019"];

/// Hot segments' records.
fn records(in_order: bool) -> Vec<Vec<u8>> {
    let mut chance = Rand32::new(7);
    let mut taken_s = Vec::with_capacity(ROWS);
    let mut at_s = NEWEST_S;
    for _ in 0..ROWS {
        at_s -= if chance.rand_range(0..40) == 0 { i64::from(chance.rand_range(0..45_000)) } else { 60 };
        taken_s.push(at_s);
    }
    if !in_order {
        for row in (1..ROWS).rev() {
            taken_s.swap(row, chance.rand_range(0..row as u32 + 1) as usize);
        }
    }
    let mut segment = |taken_s: &[i64]| {
        let mut columns = HotSegment::absent(taken_s.len());
        for (row, taken_s) in taken_s.iter().enumerate() {
            let is_portrait = chance.rand_range(0..4) == 0;
            columns.taken_s[row] = *taken_s;
            (columns.width_px[row], columns.height_px[row]) = if is_portrait { (3000, 4000) } else { (4000, 3000) };
            columns.kind[row] = u8::from(chance.rand_range(0..12) == 0);
            columns.camera[row] = chance.rand_range(0..40) as u16;
        }
        encode_hot(&columns)
    };
    taken_s.chunks(ROWS_PER_SEGMENT).map(&mut segment).collect()
}

fn open(records: &[Vec<u8>]) -> Hot {
    let mut hot = Hot::new();
    for (record, number) in records.iter().zip(0..) {
        hot.set_segment(number, record).expect("the record was just made");
    }
    hot.set_cameras((0..40).map(|number| Camera { make: "M".into(), model: number.to_string() }).collect());
    hot
}

/// A zone with a summer and a winter.
fn zone() -> Zone {
    Zone::probe("bench", 0, 2_000_000_000, |utc_s| if utc_s / 15_778_800 % 2 == 0 { 60 } else { 120 })
}

/// A store with the texts of a million rows.
fn texts() -> MemoryStore {
    let (store, mut chance) = (MemoryStore::new(), Rand32::new(11));
    for number in 0..ROWS.div_ceil(ROWS_PER_SEGMENT) as u32 {
        let first = number as usize * ROWS_PER_SEGMENT;
        let numbers: Vec<usize> = (first..ROWS.min(first + ROWS_PER_SEGMENT)).collect();
        let row = |number: &usize| TextRow {
            file_name: format!("IMG_2019{:04}_{number:06}.jpg", number % 1231),
            description: WORDS[chance.rand_range(0..WORDS.len() as u32) as usize].into(),
        };
        let rows: Vec<TextRow> = numbers.iter().map(row).collect();
        let keys: Vec<u128> = numbers.iter().map(|number| *number as u128 + 1).collect();
        store.plant(keys::text(number), encode_text(&rows));
        store.plant(keys::keys_segment(number), encode_keys(&keys));
    }
    store
}

fn catalog(bench: &mut Criterion) {
    let mut group = bench.benchmark_group("catalog of 10^6");
    group.sample_size(10);
    let records = records(true);
    let other = self::records(false);
    group.bench_function("open", |bencher| bencher.iter(|| open(black_box(&records))));

    let (hot, zone) = (open(&records), zone());
    let everything = Filter::default().prepare(hot.cameras(), None);
    let all = || shown(&hot, &everything, zone.hours());
    for (name, hot) in [("as it came", open(&records)), ("in no order", open(&other))] {
        let plain = |hot: &Hot| {
            let mut rows: Vec<u32> = hot.rows().collect();
            rows.sort_by_key(|row| Reverse(hot.taken_s(*row)));
            rows
        };
        group.bench_function(format!("order {name}, by a plain sort"), |bencher| bencher.iter(|| plain(&hot)));
        let anew = |hot: Hot| (shown(&hot, &everything, zone.hours()), hot);
        group.bench_function(format!("order {name}"), |bencher| {
            bencher.iter_batched(|| hot.clone(), anew, BatchSize::LargeInput);
        });
    }
    let mut fetched = hot.clone();
    drop(shown(&fetched, &everything, zone.hours()));
    group.bench_function("order after a fetched page", |bencher| {
        bencher.iter(|| {
            fetched.set_segment(200, &other[200]).expect("a record");
            fetched.set_segment(200, &records[200]).expect("a record");
            shown(&fetched, &everything, zone.hours())
        });
    });
    for (name, filter) in [
        ("everything", Filter::default()),
        ("videos", Filter { kind: Some(Kind::Video), ..Filter::default() }),
        ("an hour", Filter { hour: Some(14), ..Filter::default() }),
    ] {
        let filter = filter.prepare(hot.cameras(), None);
        group.bench_function(format!("shown: {name}"), |bencher| bencher.iter(|| shown(&hot, &filter, zone.hours())));
        group.bench_function(format!("counts: {name}"), |bencher| bencher.iter(|| Counts::of(&hot, &filter, &zone)));
    }

    let rows = all();
    let settings = Settings {
        width_px: 1400.0,
        row_height_px: 200.0,
        gap_px: 3.0,
        day_gap_px: 12.0,
        heading_px: 36.0,
        month_px: 52.0,
        day_width_px: 92.0,
    };
    group.bench_function("layout", |bencher| {
        bencher.iter(|| Layout::of_rows(&hot, &rows, zone.clock(), settings));
    });
    group.finish();
}

fn search(bench: &mut Criterion) {
    let mut group = bench.benchmark_group("search of 10^6");
    group.sample_size(10);
    let store = texts();
    let open = || pollster::block_on(Ledger::open(&store)).expect("memory can be read").0;
    let find = |ledger: &Ledger, text: &str| {
        pollster::block_on(ledger.find(&store, text)).expect("memory can be read").rows.len()
    };
    let read = open();
    group.bench_function("the first, texts read", |bencher| {
        bencher.iter_batched(open, |ledger| find(&ledger, "sea"), BatchSize::PerIteration);
    });
    // Each is no continuation of the one before.
    for text in ["i", "q", "beach", "img 2019 jpg", "999999"] {
        group.bench_function(format!("anew: {text}"), |bencher| {
            bencher.iter(|| find(&read, "\u{1}") + find(&read, text));
        });
    }
    group.bench_function("another key: beac, beach", |bencher| {
        bencher.iter_batched(|| find(&read, "beac"), |_| find(&read, "beach"), BatchSize::PerIteration);
    });
    group.finish();
}

/// A million places: most near home, the rest in some hundred towns.
fn places(bench: &mut Criterion) {
    let mut group = bench.benchmark_group("map of 10^6");
    group.sample_size(10);
    let mut chance = Rand32::new(23);
    let mut hot = Hot::new();
    for number in 0..ROWS.div_ceil(ROWS_PER_SEGMENT) as u32 {
        let mut columns = HotSegment::absent(ROWS_PER_SEGMENT);
        columns.kind.fill(0);
        columns.local = (0..ROWS_PER_SEGMENT)
            .map(|_| {
                let town = if chance.rand_range(0..3) > 0 { 0 } else { chance.rand_range(0..400) };
                let near = |degrees: f64, chance: &mut Rand32| degrees + f64::from(chance.rand_float() - 0.5) * 0.3;
                let latitude = near(48.0 - f64::from(town % 90), &mut chance);
                let longitude = near(16.0 + f64::from(town * 7 % 160), &mut chance);
                LocalFacts::of(&Export { place: Place::new(latitude, longitude, None), ..Export::default() })
            })
            .collect();
        hot.set_segment(number, &encode_hot(&columns)).expect("the record was just made");
    }
    group.bench_function("gathered", |bencher| bencher.iter(|| Gathering::all(&hot)));
    let points = Gathering::all(&hot);
    let rows: RowSet = hot.rows().filter(|row| row % 3 == 0).collect();
    group.bench_function("a third left in", |bencher| bencher.iter(|| points.filtered(&rows)));
    let town = points.bounds().expect("there are places");
    for zoom in [3.0_f64, 6.0, 10.0] {
        let view = View::whole(1700.0, 950.0).fitted(&town, 0.0);
        let view = view.zoomed((zoom - view.zoom()).exp2(), (850.0, 300.0));
        group.bench_function(format!("clusters at zoom {zoom}"), |bencher| bencher.iter(|| clusters(&points, &view)));
    }
    group.finish();
}

fn table(bench: &mut Criterion) {
    let mut group = bench.benchmark_group("table of 10^6");
    group.sample_size(10);
    let mut chance = Rand32::new(3);
    let names: Vec<String> = (0..ROWS)
        .map(|number| match number % 3 {
            0 => format!("IMG_{:04}.JPG", chance.rand_range(0..10_000)),
            _ => format!("IMG_2019{:04}_{number:06}.jpg", number % 1231),
        })
        .collect();
    let ranks = || {
        let mut maker = RankMaker::new(Column::Name, ROWS);
        names.iter().zip(0..).for_each(|(name, row)| maker.put(row, &Value::of_text(name)));
        maker.finish()
    };
    group.bench_function("ranks of names", |bencher| bencher.iter(ranks));
    let ranks = ranks();
    group.bench_function("in order by names", |bencher| {
        let all = || (0..ROWS as u32).collect::<Vec<u32>>();
        bencher.iter_batched(all, |mut rows| put_in_order(&mut rows, &ranks, true), BatchSize::LargeInput);
    });
    group.finish();
}

criterion_group!(benches, catalog, search, places, table);
criterion_main!(benches);
