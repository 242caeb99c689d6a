//! Accepts connections, serves them within limits, and shuts them down gracefully.

mod paced;
mod registry;

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::response::Response;
use bigmodel_rerank_engine::ScorerKind;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout_at};

use crate::caller::Caller;
use crate::guarded_body::GuardedBody;
use crate::io_error::io_error;
use crate::outcome::Refusal;
use crate::rate::Window;
use crate::state::State;
use crate::{clock, paths};
use paced::PacedStream;
use registry::{Admission, Connection, Open, Registry};

/// How long idle connections stay open after the server is told to stop, so that requests that were
/// already sent are read and answered.
const IDLE_GRACE: Duration = Duration::from_millis(250);
/// The minimum time for idle connections to close, even after the deadline.
const MIN_CLOSE_TIME: Duration = Duration::from_millis(50);
/// The maximum size of a request line with headers, in bytes.
const MAX_HEADERS: usize = 64 << 10;
/// The maximum size of the read buffer and of the write buffer of a connection, in bytes.
const MAX_BUFFER: usize = 64 << 10;
/// The delay after a failed accept, which usually means that the process has no file handles left.
const ACCEPT_RETRY_DELAY: Duration = Duration::from_millis(20);
/// The header timeout of connections beyond the limits.
const RESTRICTED_HEADER_TIMEOUT: Duration = Duration::from_secs(2);

/// How a server stopped.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Stopped {
    /// The number of connections that were closed at the deadline without a response.
    pub cut: usize,
}

/// The open connections, and what is needed to serve new ones.
struct Acceptor {
    http: http1::Builder,
    router: Router,
    state: Arc<State>,
    registry: Registry,
    /// Becomes true when connections must close.
    closing: watch::Sender<bool>,
    open: JoinSet<()>,
}

pub(crate) async fn serve(
    listener: TcpListener,
    router: Router,
    state: Arc<State>,
    stop: impl Future<Output = ()>,
) -> Stopped {
    let mut stop = pin!(stop);
    let is_fast = state.scorer.description().kind == ScorerKind::Lexical;
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(state.settings.header_timeout)
        .max_header_size(MAX_HEADERS)
        // A caller may shut down its sending side before it reads the response. Where scoring takes
        // long, that means that the caller has gone away, and scoring stops.
        .half_close(is_fast)
        .max_buf_size(MAX_BUFFER);
    let mut acceptor = Acceptor {
        http,
        router,
        registry: Registry::new(state.settings.max_connections, state.settings.address_share),
        state,
        closing: watch::Sender::new(false),
        open: JoinSet::new(),
    };
    loop {
        tokio::select! {
            () = &mut stop => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => acceptor.admit(stream, peer),
                Err(error) => acceptor.accept_failed(&error).await,
            },
            Some(_) = acceptor.open.join_next() => {}
        }
    }
    acceptor.state.stop();
    acceptor.admit_pending(listener);
    acceptor.shut_down().await
}

impl Acceptor {
    fn admit(&mut self, stream: TcpStream, peer: SocketAddr) {
        if !clock::is_http_date() {
            tracing::error!("rejected a connection: the clock is before 1970 or after 9999");
            return;
        }
        let caller = Caller::new(peer);
        match self.registry.admit(caller.address) {
            Admission::Served(open, evicted) => {
                if let Some(evicted) = evicted {
                    self.evict(&evicted);
                }
                self.spawn(stream, open, caller);
            }
            Admission::Refused(reason) => {
                self.state.metrics.refused(reason);
                tracing::debug!(reason = reason.name(), "refused a connection");
            }
        }
    }

    fn evict(&self, connection: &Connection) {
        self.state.metrics.refused(Refusal::Idle);
        connection.close.notify_one();
    }

    async fn accept_failed(&self, error: &io::Error) {
        // Closing an idle connection frees its file handle.
        match self.registry.evict() {
            Some(idle) => self.evict(&idle),
            None => tracing::warn!(%error, "cannot accept a connection"),
        }
        sleep(ACCEPT_RETRY_DELAY).await;
    }

    fn spawn(&mut self, stream: TcpStream, open: Open, mut caller: Caller) {
        // If this fails, responses are only delayed.
        let _ = stream.set_nodelay(true);
        let mut http = self.http.clone();
        caller.restricted = open.connection.restricted;
        if caller.restricted.is_some() {
            http.header_read_timeout(RESTRICTED_HEADER_TIMEOUT)
                .keep_alive(false);
        }
        let connection = Arc::clone(&open.connection);
        let window = Window::new(&self.state.settings);
        let stream = PacedStream::new(stream, window, connection.blocked.clone());
        let abort = caller.abort.clone();
        let service = service(self.router.clone(), open, caller);
        let served = http.serve_connection(TokioIo::new(Box::pin(stream)), service);
        let state = Arc::clone(&self.state);
        let mut closing = self.closing.subscribe();
        self.open.spawn(async move {
            let _guard = state.metrics.connection();
            let mut served = pin!(served);
            let until_closed = async {
                tokio::select! {
                    ended = &mut served => return ended,
                    // Drops the borrowed value, which must not be held across an await.
                    _ = async { closing.wait_for(|closing| *closing).await.is_ok() } => {}
                    () = connection.close.notified() => {
                        if connection.is_idle() {
                            return Ok(());
                        }
                    }
                }
                served.as_mut().graceful_shutdown();
                served.await
            };
            let ended = tokio::select! {
                ended = until_closed => ended,
                () = abort.requested() => {
                    state.metrics.refused(Refusal::SlowDownload);
                    Ok(())
                }
            };
            if let Err(error) = ended {
                if is_slow_download(&error) {
                    state.metrics.refused(Refusal::SlowDownload);
                }
                tracing::debug!(%error, "a connection failed");
            }
        });
    }

    /// Admits the connections that wait in the listener's backlog, then closes the listener.
    fn admit_pending(&mut self, listener: TcpListener) {
        let Ok(listener) = listener.into_std() else {
            return;
        };
        while let Ok((stream, peer)) = listener.accept() {
            let stream = stream
                .set_nonblocking(true)
                .and_then(|()| TcpStream::from_std(stream));
            if let Ok(stream) = stream {
                self.admit(stream, peer);
            }
        }
    }

    /// Waits for the requests in flight, up to `stop_timeout`, and closes all connections.
    async fn shut_down(mut self) -> Stopped {
        let now = Instant::now();
        let deadline = now + self.state.settings.stop_timeout;
        let end_of_grace = deadline.min(now + IDLE_GRACE);
        if timeout_at(end_of_grace, join_all(&mut self.open))
            .await
            .is_err()
        {
            self.closing.send_replace(true);
            // Idle connections must have time to see this: they do not count as cut.
            let deadline = deadline.max(Instant::now() + MIN_CLOSE_TIME);
            let _ = timeout_at(deadline, join_all(&mut self.open)).await;
        }
        let cut = self.open.len();
        if cut > 0 {
            tracing::warn!(cut, "connections were closed at the deadline");
        }
        self.open.shutdown().await;
        Stopped { cut }
    }
}

async fn join_all(open: &mut JoinSet<()>) {
    while open.join_next().await.is_some() {}
}

type Request = hyper::Request<Incoming>;

/// Returns the service for one connection. The connection counts as busy from the arrival of a
/// request until its response has been passed to the HTTP library.
fn service(
    router: Router,
    open: Open,
    caller: Caller,
) -> impl hyper::service::Service<
    Request,
    Response = Response,
    Error = Infallible,
    Future = impl Future<Output = Result<Response, Infallible>> + Send,
> {
    let router = TowerToHyperService::new(router);
    service_fn(move |mut request: Request| {
        let guard = open.begin();
        paths::normalize(request.uri_mut());
        request.extensions_mut().insert(caller.clone());
        let response = router.call(request);
        async move {
            let response = response.await?;
            Ok(response.map(|body| GuardedBody::wrap(body, guard)))
        }
    })
}

/// Returns whether the connection failed because its peer read too slowly.
fn is_slow_download(error: &hyper::Error) -> bool {
    io_error(error).is_some_and(|error| error.kind() == io::ErrorKind::TimedOut)
}
