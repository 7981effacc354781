//! Chromium by its debugging socket (Chrome DevTools Protocol): what WebDriver does not show. Every page, pop-up and
//! worker is attached to as it appears, so that nothing it writes to a console is missed.

use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::sync::{mpsc, oneshot};
use tokio_tungstenite::client_async;
use tokio_tungstenite::tungstenite::Message;

use crate::failure::{Told, said};
use crate::script::locked;
use crate::wait::until;

/// One line of a console: of a page or of a worker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Whose console: `page`, `worker` …
    pub target: String,
    /// `console-api`, `javascript`, `network`, `security` …
    pub source: String,
    /// `error`, `warning`, `log` …
    pub level: String,
    /// What it says, with the address it is about.
    pub text: String,
}

impl fmt::Display for Line {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} · {} · {} · {}", self.target, self.source, self.level, self.text)
    }
}

/// A page or worker that is attached to.
#[derive(Clone, Debug)]
struct Target {
    session: String,
    kind: String,
    url: String,
}

#[derive(Default)]
struct Heard {
    targets: Vec<Target>,
    lines: Vec<Line>,
    /// Hosts that pages and workers have asked for anything.
    hosts: BTreeSet<String>,
    /// File dialogs that were opened and not yet answered: session, element and whether it takes several files.
    dialogs: Vec<(String, i64, bool)>,
    /// Downloads that the browser has begun: its number for it, and how it is with it.
    downloads: Vec<(String, String)>,
    trace: Trace,
}

/// What a trace has brought so far.
#[derive(Default)]
struct Trace {
    events: Vec<Value>,
    is_complete: bool,
}

type Replies = Arc<Mutex<HashMap<u64, oneshot::Sender<Told<Value>>>>>;

/// The debugging socket. Closed when dropped.
#[derive(Clone)]
pub struct Watcher {
    out: mpsc::UnboundedSender<Message>,
    replies: Replies,
    next: Arc<AtomicU64>,
    heard: Arc<Mutex<Heard>>,
}

impl Watcher {
    /// Attaches to the browser that runs with this profile.
    pub async fn attach(profile: &Path) -> Told<Self> {
        let address = until("the browser's debugging socket", async || {
            let text = tokio::fs::read_to_string(profile.join("DevToolsActivePort")).await?;
            Ok(text.split_once('\n').map(|(port, path)| (port.trim().to_owned(), path.trim().to_owned())))
        })
        .await?;
        let (port, path) = address;
        let stream = TcpStream::connect(format!("127.0.0.1:{port}")).await?;
        let (socket, _) = client_async(format!("ws://127.0.0.1:{port}{path}"), stream)
            .await
            .map_err(|error| said(format!("debugging socket: {error}")))?;
        let (mut sink, mut source) = socket.split();
        let (out, mut outgoing) = mpsc::unbounded_channel::<Message>();
        tokio::spawn(async move {
            while let Some(message) = outgoing.recv().await {
                if sink.send(message).await.is_err() {
                    break;
                }
            }
        });
        let watcher = Self { out, replies: Replies::default(), next: Arc::default(), heard: Arc::default() };
        let listening = watcher.clone();
        tokio::spawn(async move {
            while let Some(Ok(message)) = source.next().await {
                if let Ok(message) = serde_json::from_str(message.to_text().unwrap_or_default()) {
                    listening.hear(&message);
                }
            }
            // Whoever still waits for a reply is told by the drop of its sender.
            locked(&listening.replies).clear();
        });
        watcher.call(None, "Target.setAutoAttach", auto_attach()).await?;
        Ok(watcher)
    }

    /// Everything written to a console so far.
    pub fn lines(&self) -> Vec<Line> {
        locked(&self.heard).lines.clone()
    }

    /// The hosts (with port, if it is not the scheme's own) that pages and workers have asked for anything so far.
    pub fn hosts(&self) -> BTreeSet<String> {
        locked(&self.heard).hosts.clone()
    }

    /// As [`Watcher::hosts`]; they are forgotten.
    pub fn take_hosts(&self) -> BTreeSet<String> {
        std::mem::take(&mut locked(&self.heard).hosts)
    }

    /// From now on pages live in this time zone (a name of the IANA database).
    pub async fn set_time_zone(&self, zone: &str) -> Told {
        let page = self.session_of("page").await?;
        self.call(Some(&page), "Emulation.setTimezoneOverride", json!({ "timezoneId": zone })).await?;
        Ok(())
    }

    /// Runs JavaScript in the page, awaits it and returns its value. The page's own policy applies, which WebDriver's
    /// scripts are exempt from.
    pub async fn run_in_page(&self, script: &str) -> Told<Value> {
        let page = self.session_of("page").await?;
        self.evaluate(&page, script).await
    }

    /// Runs JavaScript in the page's worker, awaits it and returns its value. The worker's own policy applies.
    pub async fn run_in_worker(&self, script: &str) -> Told<Value> {
        let worker = self.session_of("worker").await?;
        self.evaluate(&worker, script).await
    }

    /// The addresses of the workers that live.
    pub fn workers(&self) -> Vec<String> {
        locked(&self.heard).targets.iter().filter(|t| t.kind == "worker").map(|t| t.url.clone()).collect()
    }

    /// From now on a file dialog is not drawn but waits for [`Watcher::choose_files`].
    pub async fn take_over_file_dialog(&self) -> Told {
        let page = self.session_of("page").await?;
        self.call(Some(&page), "Page.enable", json!({})).await?;
        self.call(Some(&page), "Page.setInterceptFileChooserDialog", json!({ "enabled": true })).await?;
        Ok(())
    }

    /// Answers the file dialog that the page has opened, as a person would.
    pub async fn choose_files(&self, files: &[&Path]) -> Told {
        let (session, element, several) =
            until("a file dialog", async || Ok(locked(&self.heard).dialogs.pop())).await?;
        if files.len() > 1 && !several {
            return Err(said("the file dialog takes one file only"));
        }
        let names: Vec<_> = files.iter().map(|file| file.to_string_lossy()).collect();
        let answer = json!({ "files": names, "backendNodeId": element });
        self.call(Some(&session), "DOM.setFileInputFiles", answer).await?;
        Ok(())
    }

    /// Drops these files and folders onto the page at a place of its window, in CSS pixels, as a hand would that drags
    /// them there from a folder.
    pub async fn drop_files(&self, (x, y): (u32, u32), files: &[&Path]) -> Told {
        let page = self.session_of("page").await?;
        let files: Vec<_> = files.iter().map(|file| file.to_string_lossy()).collect();
        const COPY: u32 = 1;
        let dragged = json!({ "items": [], "files": files, "dragOperationsMask": COPY });
        for what in ["dragEnter", "dragOver", "drop"] {
            let event = json!({ "type": what, "x": x, "y": y, "data": dragged });
            self.call(Some(&page), "Input.dispatchDragEvent", event).await?;
        }
        Ok(())
    }

    /// Ends the page's process at once, with its worker in it: as when memory runs out or the machine loses power.
    /// Nothing of the page's own runs any more.
    pub async fn kill_page(&self) -> Told {
        let page = self.session_of("page").await?;
        // The one that would answer is gone.
        drop(self.send(Some(&page), "Page.crash", json!({})));
        until("the page's worker to go", async || Ok(self.workers().is_empty().then_some(()))).await
    }

    /// From now on what the page saves lands in this folder, without a question.
    pub async fn save_into(&self, folder: &Path) -> Told {
        let how = json!({ "behavior": "allow", "downloadPath": folder.to_string_lossy(), "eventsEnabled": true });
        self.call(None, "Browser.setDownloadBehavior", how).await?;
        Ok(())
    }

    /// How it is with every download so far: `inProgress`, `completed` or `canceled`, which those are too that failed.
    pub fn downloads(&self) -> Vec<String> {
        locked(&self.heard).downloads.iter().map(|(_, state)| state.clone()).collect()
    }

    /// Cancels the last download that was begun, as the person does among the browser's own.
    pub async fn cancel_download(&self) -> Told {
        let begun = async || Ok(locked(&self.heard).downloads.last().map(|(number, _)| number.clone()));
        let number = until("a download", begun).await?;
        self.call(None, "Browser.cancelDownload", json!({ "guid": number })).await?;
        Ok(())
    }

    /// Any command of the debugging protocol, to the page.
    pub async fn ask_page(&self, method: &str, params: Value) -> Told<Value> {
        let page = self.session_of("page").await?;
        self.call(Some(&page), method, params).await
    }

    /// Any command of the debugging protocol, to the page's worker.
    pub async fn ask_worker(&self, method: &str, params: Value) -> Told<Value> {
        let worker = self.session_of("worker").await?;
        self.call(Some(&worker), method, params).await
    }

    /// Any command of the debugging protocol, to the browser as a whole.
    pub async fn ask_browser(&self, method: &str, params: Value) -> Told<Value> {
        self.call(None, method, params).await
    }

    /// Records what the browser does while `work` is done: the events of these categories of its own tracing.
    pub async fn traced<T>(&self, categories: &str, work: impl Future<Output = Told<T>>) -> Told<(T, Vec<Value>)> {
        locked(&self.heard).trace = Trace::default();
        let wish = json!({ "traceConfig": { "includedCategories": categories.split(',').collect::<Vec<_>>() } });
        self.call(None, "Tracing.start", wish).await?;
        let outcome = work.await;
        self.call(None, "Tracing.end", json!({})).await?;
        let events = until("the end of the trace", async || {
            let mut heard = locked(&self.heard);
            Ok(heard.trace.is_complete.then(|| std::mem::take(&mut heard.trace.events)))
        })
        .await?;
        Ok((outcome?, events))
    }

    async fn evaluate(&self, session: &str, script: &str) -> Told<Value> {
        let wish = json!({
            "expression": script,
            "awaitPromise": true,
            "returnByValue": true,
            "allowUnsafeEvalBlockedByCSP": false,
        });
        let reply = self.call(Some(session), "Runtime.evaluate", wish).await?;
        match reply.get("exceptionDetails") {
            Some(problem) => Err(said(format!("the script threw: {problem}"))),
            None => Ok(reply["result"]["value"].clone()),
        }
    }

    async fn session_of(&self, kind: &str) -> Told<String> {
        until(&format!("a {kind}"), async || {
            let heard = locked(&self.heard);
            Ok(heard.targets.iter().rfind(|target| target.kind == kind).map(|target| target.session.clone()))
        })
        .await
    }

    async fn call(&self, session: Option<&str>, method: &str, params: Value) -> Told<Value> {
        let reply = self.send(session, method, params);
        reply.await.map_err(|_| said(format!("{method}: the browser has gone")))?
    }

    fn send(&self, session: Option<&str>, method: &str, params: Value) -> oneshot::Receiver<Told<Value>> {
        let id = self.next.fetch_add(1, Ordering::Relaxed) + 1;
        let (tell, reply) = oneshot::channel();
        locked(&self.replies).insert(id, tell);
        let mut message = json!({ "id": id, "method": method, "params": params });
        if let Some(session) = session {
            message["sessionId"] = session.into();
        }
        if self.out.send(Message::text(message.to_string())).is_err() {
            locked(&self.replies).remove(&id);
        }
        reply
    }

    fn hear(&self, message: &Value) {
        if let Some(id) = message["id"].as_u64() {
            let Some(tell) = locked(&self.replies).remove(&id) else { return };
            let reply = match message.get("error") {
                Some(error) => Err(said(format!("the browser refused: {}", error["message"]))),
                None => Ok(message["result"].clone()),
            };
            // Nobody waits for the replies to what was sent on attaching.
            let _ = tell.send(reply);
            return;
        }
        let params = &message["params"];
        let session = message["sessionId"].as_str().unwrap_or_default();
        match message["method"].as_str().unwrap_or_default() {
            "Target.attachedToTarget" => self.meet(params),
            "Target.detachedFromTarget" => {
                let gone = params["sessionId"].as_str().unwrap_or_default();
                locked(&self.heard).targets.retain(|target| target.session != gone);
            }
            "Network.requestWillBeSent" => {
                if let Some(host) = host_of(params["request"]["url"].as_str().unwrap_or_default()) {
                    locked(&self.heard).hosts.insert(host);
                }
            }
            "Page.fileChooserOpened" => {
                let element = params["backendNodeId"].as_i64().unwrap_or_default();
                let several = params["mode"] == "selectMultiple";
                locked(&self.heard).dialogs.push((session.to_owned(), element, several));
            }
            "Browser.downloadWillBegin" => {
                let number = params["guid"].as_str().unwrap_or_default().to_owned();
                locked(&self.heard).downloads.push((number, "inProgress".to_owned()));
            }
            "Browser.downloadProgress" => {
                let state = params["state"].as_str().unwrap_or_default();
                let mut heard = locked(&self.heard);
                let changed = heard.downloads.iter_mut().filter(|(number, _)| params["guid"] == number.as_str());
                changed.for_each(|(_, kept)| state.clone_into(kept));
            }
            "Tracing.dataCollected" => {
                let events = params["value"].as_array().cloned().unwrap_or_default();
                locked(&self.heard).trace.events.extend(events);
            }
            "Tracing.tracingComplete" => locked(&self.heard).trace.is_complete = true,
            method => self.note(session, method, params),
        }
    }

    /// A page or worker has appeared: its consoles are listened to, and its own workers announced.
    fn meet(&self, params: &Value) {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let info = &params["targetInfo"];
        let target = Target { session: text(&params["sessionId"]), kind: text(&info["type"]), url: text(&info["url"]) };
        let session = target.session.clone();
        locked(&self.heard).targets.push(target);
        let everything = ["Runtime.enable", "Log.enable", "Network.enable", "Runtime.runIfWaitingForDebugger"]
            .map(|method| (method, json!({})));
        for (method, params) in everything.into_iter().chain([("Target.setAutoAttach", auto_attach())]) {
            // Replies are not awaited here, since this runs where they are received.
            drop(self.send(Some(&session), method, params));
        }
    }

    fn note(&self, session: &str, method: &str, params: &Value) {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let (source, level, said) = match method {
            "Runtime.consoleAPICalled" => ("console-api".to_owned(), text(&params["type"]), words(&params["args"])),
            "Runtime.exceptionThrown" => {
                let details = &params["exceptionDetails"];
                let said = format!("{} {}", text(&details["text"]), text(&details["exception"]["description"]));
                ("javascript".to_owned(), "error".to_owned(), said)
            }
            "Log.entryAdded" => {
                let entry = &params["entry"];
                let said = format!("{} {}", text(&entry["text"]), text(&entry["url"]));
                (text(&entry["source"]), text(&entry["level"]), said)
            }
            _ => return,
        };
        let mut heard = locked(&self.heard);
        let target = heard.targets.iter().find(|target| target.session == session).map_or("gone", |t| &t.kind);
        let line = Line { target: target.to_owned(), source, level, text: said.trim().to_owned() };
        heard.lines.push(line);
    }
}

fn auto_attach() -> Value {
    json!({ "autoAttach": true, "waitForDebuggerOnStart": false, "flatten": true })
}

/// The arguments of a `console.log` as one text.
fn words(arguments: &Value) -> String {
    let say = |argument: &Value| match &argument["value"] {
        Value::Null => argument["description"].as_str().unwrap_or("…").to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    arguments.as_array().map(|all| all.iter().map(say).collect::<Vec<_>>().join(" ")).unwrap_or_default()
}

/// The host of an address that is asked over a network; `None` for `blob:`, `data:` and the browser's own schemes.
fn host_of(address: &str) -> Option<String> {
    let rest = ["https://", "http://", "wss://", "ws://"].iter().find_map(|scheme| address.strip_prefix(scheme))?;
    rest.split(['/', '?', '#']).next().map(str::to_owned)
}
