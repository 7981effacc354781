//! A worker whose program lies beside the page.

use wasm_bindgen::prelude::*;
use web_sys::{MessageEvent, Worker, WorkerOptions, WorkerType};

use super::build::BUILD;
use super::js;
use super::object_url::ObjectUrl;

/// The property of the one message that is not the program's own: it could not be started, and why.
const NOT_STARTED: &str = "notStarted";

/// A worker, until this is dropped.
pub(super) struct ModuleWorker {
    worker: Worker,
    _program: ObjectUrl,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(JsValue)>,
    _on_message_error: Closure<dyn FnMut()>,
}

/// What is heard of a worker.
pub(super) enum Said {
    Message(JsValue),
    /// It did not start, or has broken: it says nothing more. Why, in words.
    Broken(String),
}

impl ModuleWorker {
    /// Starts the module of this name, beside the page at `base`, in a worker. It starts from a module in memory that
    /// imports its program: so it inherits the page's Content Security Policy, which a worker loaded from the network
    /// would not (a policy in a `<meta>` binds only the document).
    ///
    /// # Errors
    /// The browser makes no worker.
    pub(super) fn start(
        base: &str,
        module: &str,
        name: &str,
        said: impl Fn(Said) + Clone + 'static,
    ) -> Result<Self, JsValue> {
        let program = ObjectUrl::of_bytes(program(base, module).as_bytes(), "text/javascript")?;
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        options.set_name(name);
        let worker = Worker::new_with_options(program.as_str(), &options)?;
        let on_message = {
            let said = said.clone();
            Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
                let data = event.data();
                match js::property(&data, NOT_STARTED).and_then(|why| why.as_string()) {
                    Some(why) => said(Said::Broken(why)),
                    None => said(Said::Message(data)),
                }
            })
        };
        let on_error = {
            let said = said.clone();
            Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| said(Said::Broken(js::error_text(&event))))
        };
        let on_message_error =
            Closure::<dyn FnMut()>::new(move || said(Said::Broken("a message could not be read".into())));
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        worker.set_onmessageerror(Some(on_message_error.as_ref().unchecked_ref()));
        Ok(Self {
            worker,
            _program: program,
            _on_message: on_message,
            _on_error: on_error,
            _on_message_error: on_message_error,
        })
    }

    /// Posts a message, and hands over what is named beside it.
    ///
    /// # Errors
    /// The message cannot be cloned, or something of it is not here any more.
    pub(super) fn post(&self, message: &JsValue, transferred: &js_sys::Array) -> Result<(), JsValue> {
        self.worker.post_message_with_transfer(message, transferred)
    }
}

impl Drop for ModuleWorker {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.set_onmessageerror(None);
        self.worker.terminate();
    }
}

/// The module the worker starts from. Whatever keeps the program from starting is posted, since a failure inside
/// `import()` would reach nobody.
fn program(base: &str, module: &str) -> String {
    let address = js_sys::JSON::stringify(&format!("{base}{module}?v={BUILD}").into());
    let address = String::from(address.expect("a string is always JSON"));
    format!("import({address}).catch(error => postMessage({{ {NOT_STARTED}: String(error) }}));")
}
