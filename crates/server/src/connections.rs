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

/// How long an idle connection is kept after the server is stopped, so that requests on their way
/// are served.
const LAST_CALL: Duration = Duration::from_millis(250);
/// The longest time that idle connections take to close.
const MOMENT: Duration = Duration::from_millis(50);
/// The most bytes of the headers of a request, the request line included.
const HEADERS: usize = 64 << 10;
/// The most bytes that are buffered of a connection in each direction.
const BUFFER: usize = 64 << 10;
/// How long to wait when the system is out of resources, usually of file handles.
const OUT_OF_HANDLES: Duration = Duration::from_millis(20);
/// The timeout of headers on a connection beyond the limits.
const RESTRICTED_HEADER_TIMEOUT: Duration = Duration::from_secs(2);

/// How a server stopped.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Stopped {
    /// Connections that were closed at the deadline, without responses to their requests.
    pub cut: usize,
}

/// The state that connections are served with.
struct Serving {
    http: http1::Builder,
    router: Router,
    state: Arc<State>,
    registry: Registry,
    /// True once connections must close.
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
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(state.settings.header_timeout)
        .max_header_size(HEADERS)
        // A caller may close its sending side before it has read the response.
        .half_close(true)
        .max_buf_size(BUFFER);
    let mut serving = Serving {
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
                Ok((stream, peer)) => serving.start(stream, peer),
                Err(error) => serving.not_accepted(&error).await,
            },
            Some(_) = serving.open.join_next() => {}
        }
    }
    serving.state.stop();
    serving.start_waiting(listener);
    serving.end().await
}

impl Serving {
    fn start(&mut self, stream: TcpStream, peer: SocketAddr) {
        if !clock::is_sane() {
            tracing::error!("the clock is before 1970 or after 9999: a connection was closed");
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
                tracing::debug!(reason = reason.name(), "a connection was refused");
            }
        }
    }

    fn evict(&self, connection: &Connection) {
        self.state.metrics.refused(Refusal::Idle);
        connection.close.notify_one();
    }

    async fn not_accepted(&self, error: &io::Error) {
        // The handle of an idle connection is freed for another one.
        match self.registry.evict() {
            Some(idle) => self.evict(&idle),
            None => tracing::warn!(%error, "a connection was not accepted"),
        }
        sleep(OUT_OF_HANDLES).await;
    }

    fn spawn(&mut self, stream: TcpStream, open: Open, mut caller: Caller) {
        // Without it responses are only delayed.
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
            let _counted = state.metrics.connection();
            let mut served = pin!(served);
            let whole = async {
                tokio::select! {
                    ended = &mut served => return ended,
                    // Dropped at once: it must not be borrowed while the connection closes.
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
                ended = whole => ended,
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

    /// Takes the connections that the system has already accepted.
    fn start_waiting(&mut self, listener: TcpListener) {
        let Ok(listener) = listener.into_std() else {
            return;
        };
        while let Ok((stream, peer)) = listener.accept() {
            let stream = stream
                .set_nonblocking(true)
                .and_then(|()| TcpStream::from_std(stream));
            if let Ok(stream) = stream {
                self.start(stream, peer);
            }
        }
    }

    /// Waits for the requests in flight, as long as the settings allow.
    async fn end(mut self) -> Stopped {
        let now = Instant::now();
        let deadline = now + self.state.settings.stop_timeout;
        let last_call = deadline.min(now + LAST_CALL);
        if timeout_at(last_call, join_all(&mut self.open))
            .await
            .is_err()
        {
            self.closing.send_replace(true);
            // Even at the deadline, connections are notified: idle ones close at once.
            let deadline = deadline.max(Instant::now() + MOMENT);
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

/// Serves the requests of one connection, which is not idle until a response is handed over.
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
        let answered = router.call(request);
        async move {
            let response = answered.await?;
            Ok(response.map(|body| GuardedBody::wrap(body, guard)))
        }
    })
}

/// Whether the connection ended because its peer read too slowly.
fn is_slow_download(error: &hyper::Error) -> bool {
    io_error(error).is_some_and(|error| error.kind() == io::ErrorKind::TimedOut)
}
