//! One tab at a time, by Web Locks.

use albumen_core::ports::Locks;
use albumen_core::protocol::World;
use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::AbortController;

use super::js::{self, delivery};
use super::names;

/// `navigator.locks`, under names of one world of this page. A browser without it (or outside a secure context) has
/// nobody to wait for: the work is done at once.
#[derive(Clone, Debug)]
pub struct WebLocks {
    base: String,
    world: World,
}

impl WebLocks {
    pub fn new(base: &str, world: World) -> Self {
        Self { base: base.to_owned(), world }
    }
}

impl Locks for WebLocks {
    async fn exclusive<T>(&self, name: &str, work: impl Future<Output = T>) -> T {
        let _held = hold(&names::lock(&self.base, self.world, name)).await;
        work.await
    }
}

#[wasm_bindgen]
extern "C" {
    // web-sys has LockManager behind `web_sys_unstable_apis`, so the one method is bound here.
    type LockManager;

    #[wasm_bindgen(method, catch)]
    fn request(
        this: &LockManager,
        name: &str,
        options: &js_sys::Object,
        granted: &Function,
    ) -> Result<Promise, JsValue>;
}

/// A lock that is wanted or held; dropping it gives it up either way.
pub(super) struct Held {
    release: Function,
    withdraw: AbortController,
}

impl Drop for Held {
    fn drop(&mut self) {
        // Before it is granted the first counts, afterwards the second; the other does nothing.
        self.withdraw.abort();
        let _ = self.release.call0(&JsValue::UNDEFINED);
    }
}

/// Waits for the lock of this name; `None` where there are no locks.
pub(super) async fn hold(name: &str) -> Option<Held> {
    let manager: LockManager = js::property(&js::global("navigator")?, "locks")?.unchecked_into();
    let withdraw = AbortController::new().ok()?;
    let mut release = None;
    let until_released = Promise::new(&mut |resolve, _| release = Some(resolve));
    let held = Held { release: release?, withdraw };
    let (deliver, answered) = delivery();
    let refused = deliver.clone();
    // The lock is held until the promise that this returns is fulfilled.
    let granted = Closure::once_into_js(move |_lock: JsValue| {
        deliver.deliver(true);
        until_released
    });
    let options = js::object(&[("signal", held.withdraw.signal().into())]);
    let request = manager.request(name, &options, granted.unchecked_ref()).ok()?;
    spawn_local(async move {
        if JsFuture::from(request).await.is_err() {
            refused.deliver(false);
        }
    });
    answered.await.then_some(held)
}
