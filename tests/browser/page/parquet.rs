//! Who makes Parquet files, against a worker that says what it is told.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use albumen::browser::build::BUILD;
use albumen::browser::object_url::Piece;
use albumen::browser::parquet::ParquetMaker;
use albumen_core::trouble::ParquetError;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::hands;

const BASE: &str = "https://example.test/photos/";

/// What is waited for, and whether it is there.
struct Waiting<T>(Pin<Box<dyn Future<Output = T>>>);

impl<T> Waiting<T> {
    fn of(future: impl Future<Output = T> + 'static) -> Self {
        Self(Box::pin(future))
    }

    fn now(&mut self) -> Option<T> {
        match self.0.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(value) => Some(value),
            Poll::Pending => None,
        }
    }
}

fn starting() -> Waiting<Result<ParquetMaker, ParquetError>> {
    hands::pretend_workers();
    let mut starting = Waiting::of(ParquetMaker::start(BASE));
    assert!(starting.now().is_none(), "it has not said that it is ready");
    starting
}

fn started() -> ParquetMaker {
    let mut starting = starting();
    hands::say_bytes(0, b"");
    starting.now().unwrap().ok().unwrap()
}

fn columns() -> Piece {
    Piece::in_passing(b"columns", None)
}

fn not_made(made: Option<Result<Piece, ParquetError>>) -> String {
    match made {
        Some(Err(ParquetError::NotMade { message })) => message,
        other => panic!("{other:?}"),
    }
}

#[wasm_bindgen_test]
async fn it_starts_from_a_module_in_memory_that_imports_this_very_build() {
    let _maker = started();
    assert!(hands::is_module(0));
    let program = hands::text_at(&hands::address(0)).await.unwrap().as_string().unwrap();
    assert!(program.starts_with(&format!("import(\"{BASE}parquet.js?v={BUILD}\")")), "{program}");
}

#[wasm_bindgen_test]
fn what_is_written_is_answered_in_turn_and_the_next_need_not_wait() {
    let maker = started();
    let (mut first, mut second) = (Waiting::of(maker.write(&columns())), Waiting::of(maker.write(&columns())));
    let mut end = Waiting::of(maker.end());
    assert_eq!(hands::count_posted(0), 3);
    assert!(first.now().is_none() && second.now().is_none() && end.now().is_none());
    hands::say_bytes(0, b"PAR1");
    assert_eq!(first.now().unwrap().unwrap().size(), 4);
    assert!(second.now().is_none());
    hands::say_bytes(0, b"rows");
    hands::say_bytes(0, b"the foot");
    assert_eq!(second.now().unwrap().unwrap().size(), 4);
    assert_eq!(end.now().unwrap().unwrap().size(), 8);
    assert!(!hands::is_ended(0), "another file can be made");
    drop(maker);
    assert!(hands::is_ended(0));
}

#[wasm_bindgen_test]
fn why_it_cannot_go_on_is_said_to_all_who_wait_and_to_whoever_comes_later() {
    let maker = started();
    assert!(!maker.is_broken());
    let (mut first, mut second) = (Waiting::of(maker.write(&columns())), Waiting::of(maker.write(&columns())));
    hands::say_text(0, "these are no columns of this build");
    assert_eq!(not_made(first.now()), "these are no columns of this build");
    assert_eq!(not_made(second.now()), "these are no columns of this build");
    assert_eq!(not_made(Waiting::of(maker.end()).now()), "these are no columns of this build");

    assert!(maker.is_broken());

    for break_it in [hands::fail as fn(usize), hands::garble, hands::say_nonsense] {
        let maker = started();
        let mut written = Waiting::of(maker.write(&columns()));
        break_it(0);
        assert!(!not_made(written.now()).is_empty());
    }
}

#[wasm_bindgen_test]
fn a_program_that_cannot_be_had_is_told_apart() {
    let mut asked = starting();
    hands::say_not_started(0, "TypeError: offline");
    let told = asked.now().unwrap().err();
    assert_eq!(told, Some(ParquetError::NotLoaded { message: "TypeError: offline".into() }));
    assert!(hands::is_ended(0), "nothing is left running");
    let mut asked = starting();
    hands::fail(0);
    assert!(matches!(asked.now().unwrap().err(), Some(ParquetError::NotLoaded { .. })));
}

#[wasm_bindgen_test]
fn columns_that_are_no_bytes_are_not_posted() {
    let maker = started();
    let blob = Piece::of_bytes(b"columns").unwrap();
    assert!(!not_made(Waiting::of(maker.write(&blob)).now()).is_empty());
    assert_eq!(hands::count_posted(0), 0);
}

#[wasm_bindgen_test]
fn a_piece_takes_the_place_of_one_that_is_spare_where_it_has_room() {
    let spare = Piece::in_passing(&[7; 1000], None);
    let shorter = Piece::in_passing(&[1; 600], Some(spare));
    assert_eq!(shorter.size(), 600);
    let longer = Piece::in_passing(&[2; 5000], Some(shorter));
    assert_eq!(longer.size(), 5000);
    let blob = Piece::of_bytes(&[3; 9000]).unwrap();
    assert_eq!(Piece::in_passing(&[4; 9], Some(blob)).size(), 9);
}
