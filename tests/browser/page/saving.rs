//! Files written piece by piece: whole, or not there.

use albumen::browser::object_url::Piece;
use albumen::browser::saving::SavePlace;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::hands;

async fn place(name: &str) -> SavePlace {
    hands::offers_place(name);
    SavePlace::ask(name, "text/csv").await.unwrap()
}

fn piece(text: &str) -> Piece {
    Piece::of_bytes(text.as_bytes()).unwrap()
}

#[wasm_bindgen_test]
async fn a_file_is_there_when_its_last_piece_is_and_not_before() {
    let place = place("whole.csv").await;
    assert_eq!(place.file_name(), "whole.csv");
    let saving = place.begin().await.unwrap();
    saving.write(&piece("id\r\n")).await.unwrap();
    saving.write(&Piece::in_passing("ä\r\n".as_bytes(), None)).await.unwrap();
    assert_eq!(hands::place_holds("whole.csv").await.as_string().as_deref(), Some(""));
    saving.end().await.unwrap();
    assert_eq!(hands::place_holds("whole.csv").await.as_string().as_deref(), Some("id\r\nä\r\n"));
}

#[wasm_bindgen_test]
async fn of_a_file_that_is_broken_off_nothing_is_left() {
    let saving = place("half.csv").await.begin().await.unwrap();
    saving.write(&piece("id\r\n")).await.unwrap();
    saving.abort().await;
    assert!(hands::place_holds("half.csv").await.is_undefined());
}

#[wasm_bindgen_test]
async fn who_closes_the_dialog_wants_no_file_and_without_one_there_are_the_downloads() {
    hands::refuses_place("AbortError");
    assert!(SavePlace::ask("a.csv", "text/csv").await.is_none());
    hands::refuses_place("SecurityError");
    assert_eq!(SavePlace::ask("a.csv", "text/csv").await.unwrap().file_name(), "a.csv");
    hands::offers_no_place();
    let saving = SavePlace::ask("b.csv", "text/csv").await.unwrap().begin().await.unwrap();
    saving.write(&piece("id\r\n")).await.unwrap();
    saving.write(&Piece::in_passing(b"1\r\n", None)).await.unwrap();
    saving.abort().await;
}
