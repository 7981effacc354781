//! Where every host name leads that is neither the page's nor Google's. It must stay empty.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rustls::server::Acceptor;
use tokio::io::AsyncReadExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio_rustls::LazyConfigAcceptor;

use crate::failure::Told;
use crate::script::locked;

/// Services of Chromium itself that no switch silences: updates, its start page, its hints. That none of them is
/// called by page or worker is seen from their own sessions (`Watcher::hosts`).
const CHROMIUMS_OWN: [&str; 7] = [
    "www.google.com",
    "android.clients.google.com",
    "update.googleapis.com",
    "clients2.google.com",
    "start.duckduckgo.com",
    "optimizationguide-pa.googleapis.com",
    "content-autofill.googleapis.com",
];

/// Notes who was meant, and answers nobody. Gone when dropped.
pub struct Recorder {
    port: u16,
    meant: Arc<Mutex<Vec<String>>>,
    /// Connections that have not yet said whom they want.
    still_arriving: watch::Receiver<u32>,
    task: JoinHandle<()>,
}

impl Recorder {
    pub async fn start() -> Told<Self> {
        let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await?;
        let port = listener.local_addr()?.port();
        let meant = Arc::new(Mutex::new(Vec::new()));
        let (notes, arriving) = (meant.clone(), watch::Sender::new(0));
        let still_arriving = arriving.subscribe();
        let task = tokio::spawn(async move {
            loop {
                let Ok((stream, _)) = listener.accept().await else { continue };
                let (notes, arrival) = (notes.clone(), Arrival::new(&arriving));
                tokio::spawn(async move {
                    let name = tokio::time::timeout(Duration::from_secs(10), name_of(stream)).await;
                    match name {
                        Ok(Some(name)) => locked(&notes).push(name),
                        Ok(None) => {} // Given up before a byte was sent: it carried nothing anywhere.
                        Err(_) => locked(&notes).push("a connection that said nothing".to_owned()),
                    }
                    drop(arrival);
                });
            }
        });
        Ok(Self { port, meant, still_arriving, task })
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// What arrived, save for Chromium's own services: the host of each connection, as far as it said one.
    pub async fn heard(&self) -> Vec<String> {
        // The sender lives as long as the task, and the task as long as `self`.
        let _ = self.still_arriving.clone().wait_for(|arriving| *arriving == 0).await;
        let own = |name: &str| CHROMIUMS_OWN.iter().any(|host| name.ends_with(host));
        locked(&self.meant).iter().filter(|name| !own(name)).cloned().collect()
    }

    /// What arrived since it was last taken; `None` as long as nothing did.
    pub async fn take_heard(&self) -> Option<Vec<String>> {
        let heard = self.heard().await;
        locked(&self.meant).clear();
        (!heard.is_empty()).then_some(heard)
    }
}

/// A connection from its first moment until its name is noted.
struct Arrival {
    arriving: watch::Sender<u32>,
}

impl Arrival {
    fn new(arriving: &watch::Sender<u32>) -> Self {
        arriving.send_modify(|arriving| *arriving += 1);
        Self { arriving: arriving.clone() }
    }
}

impl Drop for Arrival {
    fn drop(&mut self) {
        self.arriving.send_modify(|arriving| *arriving -= 1);
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// The host a connection asks for: the server name of its TLS greeting, else the head of its HTTP request.
async fn name_of(mut stream: TcpStream) -> Option<String> {
    let mut first = [0];
    stream.peek(&mut first).await.ok().filter(|&read| read == 1)?;
    const TLS_HANDSHAKE: u8 = 0x16;
    if first[0] == TLS_HANDSHAKE {
        let greeting = LazyConfigAcceptor::new(Acceptor::default(), stream).await.ok()?;
        return greeting.client_hello().server_name().map(|name| format!("https://{name}"));
    }
    let mut head = vec![0; 2048];
    let read = stream.read(&mut head).await.ok()?;
    Some(String::from_utf8_lossy(&head[..read]).lines().take(2).collect::<Vec<_>>().join(" "))
}
