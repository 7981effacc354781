//! Files written piece by piece, against a service worker that notes what it is told.

use albumen::browser::build::BUILD;
use albumen::browser::object_url::Piece;
use albumen::browser::saving::Saving;
use albumen_core::trouble::SaveError;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::hands;

/// Below it is nothing: a frame for whatever is there is loaded, and told from a download.
fn base() -> String {
    format!("{}/none/", web_sys::window().unwrap().location().origin().unwrap())
}

async fn begin(name: &str) -> Saving {
    Saving::begin(&base(), name, "text/csv").await
}

fn piece(text: &str) -> Piece {
    Piece::in_passing(text.as_bytes(), None)
}

#[wasm_bindgen_test]
async fn pieces_arrive_in_turn_and_are_given_back_and_the_file_is_whole_at_its_end() {
    hands::pretend_service_worker(true);
    let saving = begin("whole.csv").await;
    let address = hands::download_is("address");
    assert!(address.starts_with(&hands::download_is("scope")) && address.len() > 32, "{address}");
    assert_eq!(hands::download_is("scope"), format!("{}download/", base()));
    assert_eq!(hands::download_is("program"), format!("{}downloads.js?v={BUILD}", base()));
    assert_eq!((hands::download_is("name").as_str(), hands::download_is("type").as_str()), ("whole.csv", "text/csv"));
    assert!(saving.write(piece("id\r\n")).await.unwrap().is_none(), "the first is still with the browser");
    let spare = saving.write(piece("ä\r\n")).await.unwrap().unwrap();
    assert_eq!(spare.size(), 4);
    saving.write(Piece::in_passing(b"1\r\n", Some(spare))).await.unwrap();
    saving.end().await.unwrap();
    assert_eq!(hands::download_has(), "id\r\nä\r\n1\r\n".as_bytes());
    assert_eq!(hands::frames(), 0);
}

#[wasm_bindgen_test]
async fn what_is_dropped_before_its_end_is_broken_off() {
    hands::pretend_service_worker(true);
    let saving = begin("half.csv").await;
    saving.write(piece("id\r\n")).await.unwrap();
    assert_eq!(hands::frames(), 1);
    drop(saving);
    hands::download_hears("abort").await;
    assert_eq!(hands::frames(), 0);
}

#[wasm_bindgen_test]
async fn a_download_that_the_browser_ends_is_no_file() {
    hands::pretend_service_worker(true);
    let saving = begin("ended.csv").await;
    hands::end_download();
    saving.write(piece("id\r\n")).await.unwrap();
    assert!(matches!(saving.write(piece("1\r\n")).await, Err(SaveError::Ended)));
}

#[wasm_bindgen_test]
async fn where_nothing_is_streamed_pieces_are_gathered() {
    hands::pretend_service_worker(false);
    // The address is taken for that of a page.
    let unanswered = begin("a.csv").await;
    hands::pretend_no_service_worker();
    for saving in [unanswered, begin("b.csv").await] {
        let spare = saving.write(piece("id\r\n")).await.unwrap();
        assert!(spare.is_some(), "its bytes are copied");
    }
    assert_eq!(hands::frames(), 0);
}
