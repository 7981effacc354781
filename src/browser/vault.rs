//! Secrets sealed by AES-GCM under a key that the browser keeps and never gives out.
//!
//! A sealed record is twelve random bytes (the nonce, NIST SP 800-38D section 8.2.2) and then what AES-GCM made,
//! its tag of sixteen bytes at the end. The key is not extractable: a copied profile or a backup of the records alone
//! reveals nothing, though a script that runs in the page could still use it.

use std::cell::RefCell;
use std::rc::Rc;

use albumen_core::ports::{Entropy, StoreError, Vault, VaultError};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Crypto, CryptoKey, SubtleCrypto};

use super::entropy::BrowserEntropy;
use super::idb::{Database, Mode, SECRETS};
use super::js;

const NONCE_BYTES: usize = 12;
const TAG_BYTES: usize = 16;
/// The name of the key in the object store of secrets.
const KEY_NAME: &str = "key";

/// `ports::Vault` by the Web Cryptography API.
pub struct BrowserVault {
    /// Where the key is kept; without one it lives as long as this object.
    database: Option<Rc<Database>>,
    key: RefCell<Option<CryptoKey>>,
}

impl BrowserVault {
    /// A vault whose key is kept in `database`, and made there when it is first needed.
    pub fn new(database: Rc<Database>) -> Self {
        Self { database: Some(database), key: RefCell::new(None) }
    }

    /// A vault whose key is gone with the page, for browsers that keep nothing.
    pub fn in_memory() -> Self {
        Self { database: None, key: RefCell::new(None) }
    }

    /// Lets go of the key, after its database was deleted.
    pub fn forget(&self) {
        self.key.borrow_mut().take();
    }

    async fn key(&self) -> Result<CryptoKey, VaultError> {
        if let Some(key) = self.key.borrow().clone() {
            return Ok(key);
        }
        let key = match &self.database {
            None => make_key().await?,
            Some(database) => match stored_key(database).await? {
                Some(key) => key,
                None => keep_or_adopt(database, make_key().await?).await?,
            },
        };
        *self.key.borrow_mut() = Some(key.clone());
        Ok(key)
    }
}

impl Vault for BrowserVault {
    async fn seal(&self, plain: &[u8]) -> Result<Vec<u8>, VaultError> {
        let key = self.key().await?;
        let mut sealed = vec![0; NONCE_BYTES];
        BrowserEntropy.fill(&mut sealed);
        let promise =
            subtle()?.encrypt_with_object_and_js_u8_array(&algorithm(&sealed), &key, &Uint8Array::from(plain));
        let body = promised(promise).await.map_err(|error| unavailable(&error))?;
        sealed.extend(Uint8Array::new(&body).to_vec());
        Ok(sealed)
    }

    async fn open(&self, sealed: &[u8]) -> Result<Vec<u8>, VaultError> {
        if sealed.len() < NONCE_BYTES + TAG_BYTES {
            return Err(VaultError::Broken);
        }
        let (nonce, body) = sealed.split_at(NONCE_BYTES);
        let key = self.key().await?;
        let promise = subtle()?.decrypt_with_object_and_js_u8_array(&algorithm(nonce), &key, &Uint8Array::from(body));
        match promised(promise).await {
            Ok(plain) => Ok(Uint8Array::new(&plain).to_vec()),
            Err(error) if js::error_name(&error) == "OperationError" => Err(VaultError::Broken),
            Err(error) => Err(unavailable(&error)),
        }
    }
}

/// `crypto.subtle`, which browsers give to secure contexts only (https, or loopback).
fn subtle() -> Result<SubtleCrypto, VaultError> {
    js::global("crypto")
        .map(JsCast::unchecked_into::<Crypto>)
        .and_then(|crypto| js::property(&crypto, "subtle"))
        .map(JsCast::unchecked_into)
        .ok_or_else(|| VaultError::Unavailable { message: "crypto.subtle needs https or localhost".into() })
}

fn algorithm(nonce: &[u8]) -> js_sys::Object {
    js::object(&[("name", "AES-GCM".into()), ("iv", Uint8Array::from(nonce).into())])
}

async fn make_key() -> Result<CryptoKey, VaultError> {
    let kind = js::object(&[("name", "AES-GCM".into()), ("length", 256.into())]);
    let usages = Array::of2(&"encrypt".into(), &"decrypt".into());
    let extractable = false;
    let promise = subtle()?.generate_key_with_object(&kind, extractable, &usages);
    promised(promise).await.map(JsCast::unchecked_into).map_err(|error| unavailable(&error))
}

async fn stored_key(database: &Database) -> Result<Option<CryptoKey>, VaultError> {
    let stored = async {
        let transaction = database.begin(SECRETS, Mode::Read).await?;
        let request = transaction.made(transaction.objects().get(&KEY_NAME.into()))?;
        transaction.done().await?;
        request.result().map_err(|error| super::idb::store_error(&error))
    };
    let value = stored.await.map_err(|error| not_kept(&error))?;
    Ok(value.dyn_into().ok())
}

/// Keeps the key, unless another tab was faster: then that one's is taken.
async fn keep_or_adopt(database: &Database, key: CryptoKey) -> Result<CryptoKey, VaultError> {
    let kept = async {
        let transaction = database.begin(SECRETS, Mode::WriteStrict).await?;
        transaction.made(transaction.objects().add_with_key(&key, &KEY_NAME.into()))?;
        transaction.done().await
    };
    match kept.await {
        Ok(()) => Ok(key),
        Err(error) => stored_key(database).await?.ok_or_else(|| not_kept(&error)),
    }
}

async fn promised(promise: Result<js_sys::Promise, JsValue>) -> Result<JsValue, JsValue> {
    JsFuture::from(promise?).await
}

fn unavailable(error: &JsValue) -> VaultError {
    VaultError::Unavailable { message: js::error_text(error) }
}

fn not_kept(error: &StoreError) -> VaultError {
    VaultError::Unavailable { message: error.to_string() }
}
