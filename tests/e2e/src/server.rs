//! A small HTTP server on loopback, with or without TLS, that can be put out of reach at any moment.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, Response};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::PrivateKeyDer;
use thiserror::Error;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

use crate::failure::{Told, said};

/// The connection ends here without a reply, as when a network dies.
#[derive(Debug, Error)]
#[error("the connection is cut")]
pub(crate) struct Cut;

/// Runs until it is dropped.
pub(crate) struct Server {
    pub(crate) port: u16,
    reachable: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Server {
    /// Listens on a free port of 127.0.0.1. `answer` returns [`Cut`] to break the connection.
    pub(crate) async fn start<A, F>(tls: Option<TlsAcceptor>, answer: A) -> Told<Self>
    where
        A: Fn(Request<Incoming>) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Result<Response<Body>, Cut>> + Send + 'static,
    {
        let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await?;
        let port = listener.local_addr()?.port();
        let (reachable, seen) = watch::channel(true);
        let task = tokio::spawn(async move {
            loop {
                let Ok((stream, _)) = listener.accept().await else { continue };
                let (tls, answer, seen) = (tls.clone(), answer.clone(), seen.clone());
                tokio::spawn(async move {
                    if !*seen.borrow() {
                        return;
                    }
                    match tls {
                        None => converse(stream, answer, seen).await,
                        Some(tls) => {
                            if let Ok(stream) = tls.accept(stream).await {
                                converse(stream, answer, seen).await;
                            }
                        }
                    }
                });
            }
        });
        Ok(Self { port, reachable, task })
    }

    /// Whether connections are accepted; those that live are cut at once when they are no longer.
    pub(crate) fn set_reachable(&self, reachable: Reachable) {
        self.reachable.send_replace(reachable == Reachable::Yes);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Whether a server can be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reachable {
    Yes,
    No,
}

async fn converse<S, A, F>(stream: S, answer: A, mut seen: watch::Receiver<bool>)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    A: Fn(Request<Incoming>) -> F + Send + Sync + 'static,
    F: Future<Output = Result<Response<Body>, Cut>> + Send + 'static,
{
    let service = service_fn(answer);
    // One request a connection: a browser silently repeats what was cut on a connection that had worked before.
    let talk =
        hyper::server::conn::http1::Builder::new().keep_alive(false).serve_connection(TokioIo::new(stream), service);
    tokio::select! {
        _ = talk => {}
        _ = seen.wait_for(|reachable| !reachable) => {}
    }
}

/// TLS under these names with a certificate made for the occasion; the browser is told to accept any.
pub(crate) fn tls_for(hosts: &[&str]) -> Told<TlsAcceptor> {
    let names: Vec<String> = hosts.iter().map(ToString::to_string).collect();
    let made = rcgen::generate_simple_self_signed(names).map_err(|error| said(format!("certificate: {error}")))?;
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).map_err(said)?;
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| said(format!("TLS: {error}")))?
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .map_err(|error| said(format!("TLS: {error}")))?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}
