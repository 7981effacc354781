//! What every adapter needs of JavaScript: globals of page and worker, words of an error, awaiting an event.

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use js_sys::Reflect;
use wasm_bindgen::prelude::*;

/// A property of the global object (`window` or the worker's `self`). `None` where it is missing, or where the browser
/// throws at the mere question, as some do for storage that the person has forbidden.
pub(super) fn global(name: &str) -> Option<JsValue> {
    property(&js_sys::global(), name)
}

/// A property of any object; `None` where it is missing, null, or its getter throws.
pub(super) fn property(object: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(object, &JsValue::from_str(name)).ok().filter(|value| !value.is_undefined() && !value.is_null())
}

/// A plain object with these properties.
pub(super) fn object(properties: &[(&str, JsValue)]) -> js_sys::Object {
    let object = js_sys::Object::new();
    for (name, value) in properties {
        // A plain extensible object takes any property.
        let _ = Reflect::set(&object, &JsValue::from_str(name), value);
    }
    object
}

/// The `name` of an `Error` or `DOMException`; empty for anything else.
pub(super) fn error_name(error: &JsValue) -> String {
    property(error, "name").and_then(|name| name.as_string()).unwrap_or_default()
}

/// What an error says, as "name: message", for people who report it.
pub(super) fn error_text(error: &JsValue) -> String {
    let message = property(error, "message").and_then(|message| message.as_string()).unwrap_or_default();
    match (error_name(error), message) {
        (name, message) if !name.is_empty() && !message.is_empty() => format!("{name}: {message}"),
        (name, message) if !name.is_empty() || !message.is_empty() => name + &message,
        _ => error.as_string().unwrap_or_else(|| "unknown error".into()),
    }
}

/// A value that a callback will deliver, to be awaited. Only the first delivery counts.
pub(super) struct Delivery<T>(Rc<RefCell<Awaited<T>>>);

/// The callback's end of a [`Delivery`].
pub(super) struct Deliver<T>(Rc<RefCell<Awaited<T>>>);

enum Awaited<T> {
    Nothing,
    Waiting(Waker),
    Here(T),
    Taken,
}

/// Both ends of a value to come.
pub(super) fn delivery<T>() -> (Deliver<T>, Delivery<T>) {
    let shared = Rc::new(RefCell::new(Awaited::Nothing));
    (Deliver(shared.clone()), Delivery(shared))
}

impl<T> Clone for Deliver<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> Deliver<T> {
    pub(super) fn deliver(&self, value: T) {
        let mut awaited = self.0.borrow_mut();
        if matches!(*awaited, Awaited::Here(_) | Awaited::Taken) {
            return;
        }
        let before = std::mem::replace(&mut *awaited, Awaited::Here(value));
        drop(awaited);
        if let Awaited::Waiting(waker) = before {
            waker.wake();
        }
    }
}

impl<T> Future for Delivery<T> {
    type Output = T;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        let mut awaited = self.0.borrow_mut();
        match std::mem::replace(&mut *awaited, Awaited::Taken) {
            Awaited::Here(value) => Poll::Ready(value),
            _ => {
                *awaited = Awaited::Waiting(context.waker().clone());
                Poll::Pending
            }
        }
    }
}
