//! Files from a drop, and addresses of bytes.

use albumen::browser::files::{Dropped, FileReadError, PickedFile};
use albumen::browser::object_url::ObjectUrl;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::hands;

fn file(bytes: &[u8]) -> PickedFile {
    hands::picked_file(bytes, "client_secret.json", "application/json").into()
}

#[wasm_bindgen_test]
async fn a_file_says_its_name_size_type_and_date() {
    let described = file(b"{}").describe();
    assert_eq!((described.name.as_str(), described.size), ("client_secret.json", 2));
    assert_eq!((described.mime_type.as_str(), described.modified_ms), ("application/json", 1_700_000_000_000));
}

#[wasm_bindgen_test]
async fn text_is_read_without_its_byte_order_mark_and_never_past_the_limit() {
    assert_eq!(file("\u{feff}{\"ä\":1}".as_bytes()).read_text(100).await.unwrap(), "{\"ä\":1}");
    assert_eq!(file(b"1234").read_text(4).await.unwrap(), "1234");
    assert_eq!(file(b"12345").read_text(4).await, Err(FileReadError::TooLarge { limit_bytes: 4 }));
    assert_eq!(file(&[0xff, 0xd8]).read_text(4).await, Err(FileReadError::NotText));
}

#[wasm_bindgen_test]
fn a_drop_gives_its_files_in_order_and_leaves_text_alone() {
    let transfer = hands::drop_of(vec!["b.jpg".into(), "a.jpg".into()]);
    assert!(Dropped::carries_files(&transfer));
    let dropped = Dropped::from_drop(&transfer);
    let names: Vec<String> = dropped.files.iter().map(|file| file.describe().name).collect();
    assert_eq!((names, dropped.folders), (vec!["b.jpg".to_owned(), "a.jpg".to_owned()], 0));
    assert!(!Dropped::carries_files(&hands::drop_of_text()));
}

#[wasm_bindgen_test]
async fn an_address_of_bytes_is_given_back_when_it_is_dropped() {
    let address = ObjectUrl::of_bytes(b"hello", "text/plain").unwrap();
    let text = address.as_str().to_owned();
    assert_eq!(hands::text_at(&text).await.unwrap().as_string().as_deref(), Some("hello"));
    drop(address);
    assert!(hands::text_at(&text).await.is_err());
}
