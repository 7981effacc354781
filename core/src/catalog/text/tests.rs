//! A search finds what a naive one finds, also when it goes on from the last and texts change in between.

use proptest::collection::vec;
use proptest::prelude::*;

use super::{SegmentTexts, TextIndex};
use crate::catalog::ROWS_PER_SEGMENT;
use crate::catalog::codec::TextRow;

const FULL: u32 = ROWS_PER_SEGMENT as u32;

fn row(file_name: &str, description: &str) -> TextRow {
    TextRow { file_name: file_name.into(), description: description.into() }
}

fn index(segments: &[Vec<TextRow>]) -> TextIndex {
    let mut index = TextIndex::default();
    index.want();
    for (rows, number) in segments.iter().zip(0..) {
        index.change(number, rows);
    }
    index
}

fn lower(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).map(|c| if c == 'ς' { 'σ' } else { c }).collect()
}

/// The search in its plainest words.
fn naive(segments: &[Vec<TextRow>], query: &str) -> Vec<u32> {
    let mut found = Vec::new();
    for (rows, number) in segments.iter().zip(0..) {
        for (row, place) in rows.iter().zip(0..) {
            let texts = [lower(&row.file_name), lower(&row.description)];
            if query.split_whitespace().all(|word| texts.iter().any(|text| text.contains(&lower(word)))) {
                found.push(number * FULL + place);
            }
        }
    }
    found
}

fn found(index: &mut TextIndex, query: &str) -> Vec<u32> {
    index.find(query).iter().collect()
}

#[test]
fn all_words_must_occur_in_any_order_and_case_and_in_either_text() {
    let mut index = index(&[vec![
        row("IMG_1.jpg", "Oma am MEER"),
        row("meer.png", ""),
        row("", "Ömer"),
        row("STRASSE.JPG", "ΟΔΟΣ"),
    ]]);
    assert_eq!(found(&mut index, "meer"), [0, 1]);
    assert_eq!(found(&mut index, " Meer\tJPG "), [0]);
    assert_eq!(found(&mut index, "ÖMER"), [2]);
    assert_eq!(found(&mut index, "οδος"), [3]);
    assert_eq!(found(&mut index, "jpgoma"), [] as [u32; 0], "nothing reaches from one text into another");
    assert_eq!(found(&mut index, ""), [0, 1, 2, 3]);
    assert_eq!(found(&mut index, "."), [0, 1, 3]);
}

#[test]
fn what_is_read_late_does_not_take_the_place_of_what_is_newer() {
    let mut index = index(&[vec![row("new", "")]]);
    let old = || SegmentTexts::new([("old", "")].into_iter());
    index.fill(0, old());
    assert_eq!((found(&mut index, "new"), found(&mut index, "old").len()), (vec![0], 0));
    let life = index.life();
    index.clear();
    assert!(index.life() != life && index.find("").is_empty());
    index.change(0, &[row("unasked", "")]);
    assert!(index.find("unasked").is_empty(), "until somebody searches, changes are not followed");
    assert_eq!(index.missing(3, 2), [0, 1]);
    index.fill(0, old());
    assert_eq!(index.missing(3, 2), [1, 2]);
}

#[test]
fn long_texts_and_control_characters_are_texts_like_others() {
    let long = "\u{0}\u{1b}[31m x".repeat(20_000);
    let mut index = index(&[vec![row("a\nb", &long), row("a", "b")]]);
    assert_eq!(found(&mut index, "a b"), [0, 1]);
    assert_eq!(found(&mut index, &"\u{1b}[31m ".repeat(9_000)), [0]);
    let many: String = (0..5_000).map(|n| format!("{n} ")).collect();
    assert!(index.find(&many).is_empty());
}

#[derive(Clone, Debug)]
enum Happening {
    Typed(String),
    Changed(u32, Vec<TextRow>),
}

prop_compose! {
    fn some_row()(file_name in "[aAbß. \n]{0,4}", description in "[aAbBσΣς]{0,3}") -> TextRow {
        TextRow { file_name, description }
    }
}

fn happening() -> impl Strategy<Value = Happening> {
    prop_oneof![
        3 => "[abAσΣß ]{0,4}".prop_map(Happening::Typed),
        1 => (0..3_u32, vec(some_row(), 0..5)).prop_map(|(number, rows)| Happening::Changed(number, rows)),
    ]
}

proptest! {
    #[test]
    fn it_finds_what_a_naive_search_finds(
        segments in vec(vec(some_row(), 0..6), 3),
        happenings in vec(happening(), 1..12),
    ) {
        let (mut segments, mut index) = (segments.clone(), index(&segments));
        for happening in happenings {
            match happening {
                Happening::Typed(query) => {
                    prop_assert_eq!(found(&mut index, &query), naive(&segments, &query), "{:?}", query);
                    let longer = format!("{query}a");
                    prop_assert_eq!(found(&mut index, &longer), naive(&segments, &longer), "{:?}", longer);
                }
                Happening::Changed(number, rows) => {
                    index.change(number, &rows);
                    segments[number as usize] = rows;
                }
            }
        }
    }

    #[test]
    fn any_text_can_be_searched_for(rows in vec((any::<String>(), any::<String>()), 0..5), query: String) {
        let rows: Vec<TextRow> = rows.iter().map(|(name, words)| row(name, words)).collect();
        let mut index = index(std::slice::from_ref(&rows));
        prop_assert_eq!(found(&mut index, &query), naive(&[rows], &query));
    }
}
