//! Sealed secrets: what may open them, and what may not.

use std::rc::Rc;

use albumen::browser::idb::{self, Database, SECRETS};
use albumen::browser::vault::BrowserVault;
use albumen_core::ports::{Vault, VaultError};
use futures_util::future::join;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::CryptoKey;

use crate::faults::{self, Mended};

async fn fresh(name: &str) -> BrowserVault {
    idb::delete(name).await.unwrap();
    again(name).await
}

async fn again(name: &str) -> BrowserVault {
    BrowserVault::new(Rc::new(Database::open(name).await.unwrap()))
}

#[wasm_bindgen_test]
async fn what_was_sealed_opens_here_and_after_the_page_is_opened_again() {
    let vault = fresh("vault").await;
    for secret in [b"".as_slice(), b"GOCSPX-secret", &[0xa5; 5000]] {
        let sealed = vault.seal(secret).await.unwrap();
        assert_eq!(vault.open(&sealed).await.unwrap(), secret);
        assert_eq!(again("vault").await.open(&sealed).await.unwrap(), secret);
    }
}

#[wasm_bindgen_test]
async fn a_sealed_record_does_not_show_its_content_and_never_looks_the_same_twice() {
    let vault = fresh("vault-hides").await;
    let secret = b"refresh-token";
    let (one, other) = (vault.seal(secret).await.unwrap(), vault.seal(secret).await.unwrap());
    assert_ne!(one, other);
    assert_ne!(one[..12], other[..12]);
    assert!(!one.windows(7).any(|part| secret.windows(7).any(|of_secret| of_secret == part)));
}

#[wasm_bindgen_test]
async fn a_record_that_was_changed_in_any_place_is_broken() {
    let vault = fresh("vault-tamper").await;
    let sealed = vault.seal(b"secret").await.unwrap();
    for place in 0..sealed.len() {
        let mut changed = sealed.clone();
        changed[place] ^= 1;
        assert_eq!(vault.open(&changed).await, Err(VaultError::Broken), "{place}");
    }
    for length in 0..sealed.len() {
        assert_eq!(vault.open(&sealed[..length]).await, Err(VaultError::Broken), "{length}");
    }
}

#[wasm_bindgen_test]
async fn the_key_cannot_be_taken_out_of_the_browser() {
    fresh("vault-key").await.seal(b"secret").await.unwrap();
    let key: CryptoKey = faults::look("vault-key", SECRETS, "key").await.unwrap().dyn_into().unwrap();
    assert!(!key.extractable());
}

#[wasm_bindgen_test]
async fn without_its_key_a_record_is_broken() {
    let sealed = fresh("vault-lost").await.seal(b"secret").await.unwrap();
    assert_eq!(fresh("vault-lost").await.open(&sealed).await, Err(VaultError::Broken));
    assert_eq!(BrowserVault::in_memory().open(&sealed).await, Err(VaultError::Broken));
}

#[wasm_bindgen_test]
async fn two_tabs_that_seal_for_the_first_time_at_once_agree_on_one_key() {
    let one = fresh("vault-race").await;
    let other = again("vault-race").await;
    let (sealed_by_one, sealed_by_other) = join(one.seal(b"1"), other.seal(b"2")).await;
    assert_eq!(other.open(&sealed_by_one.unwrap()).await.unwrap(), b"1");
    assert_eq!(one.open(&sealed_by_other.unwrap()).await.unwrap(), b"2");
}

#[wasm_bindgen_test]
async fn a_page_outside_a_secure_context_says_that_it_cannot_encrypt() {
    let vault = BrowserVault::in_memory();
    let _mended = Mended;
    faults::hide_global("crypto");
    assert!(matches!(vault.seal(b"secret").await, Err(VaultError::Unavailable { .. })));
}
