//! What happens after a panic: nothing runs on, and somebody is told.

use std::cell::RefCell;

type Callback = Box<dyn Fn(&str)>;

thread_local! {
    static CALLBACK: RefCell<Option<Callback>> = const { RefCell::new(None) };
}

/// Writes every panic to the console and tells `panicked` what it said and where. The program is dead afterwards: the
/// callback may only show or post something, never await.
pub fn install(panicked: impl Fn(&str) + 'static) {
    CALLBACK.with(|callback| *callback.borrow_mut() = Some(Box::new(panicked)));
    std::panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        CALLBACK.with(|callback| {
            // Taken out, so that a panic within the callback does not call it again.
            let callback = callback.try_borrow_mut().ok().and_then(|mut callback| callback.take());
            if let Some(callback) = callback {
                callback(&info.to_string());
            }
        });
    }));
}
