//! Connections: accepted, served within time limits, and ended in good order.

use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout_at};
use tokio_io_timeout::TimeoutStream;

use crate::app::App;
use crate::held::Cut;

/// How long after the order to stop a connection without a request is kept: what its caller
/// has sent already is read and answered in that time.
const LAST_CALL: Duration = Duration::from_millis(250);
/// How long connections without a request take to end, at most.
const MOMENT: Duration = Duration::from_millis(50);
/// The longest time that the end of a server may take.
const YEAR: Duration = Duration::from_secs(365 * 24 * 60 * 60);
/// The most that is buffered of what a connection reads, and of what it writes, in bytes.
const BUFFER: usize = 64 << 10;
/// How long to wait when the system has no more to give, file handles above all.
const OUT_OF_HANDLES: Duration = Duration::from_millis(100);

/// How a server came to its end.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Stopped {
    /// Connections that were cut at the deadline, their requests unanswered.
    pub cut: usize,
}

/// What connections are served with.
struct Serving {
    http: http1::Builder,
    router: Router,
    app: Arc<App>,
    /// Turns true when connections are to end.
    closing: watch::Sender<bool>,
    open: JoinSet<()>,
}

pub(crate) async fn serve(
    listener: TcpListener,
    router: Router,
    app: Arc<App>,
    stop: impl Future<Output = ()>,
) -> Stopped {
    let mut stop = pin!(stop);
    let places = Arc::new(Semaphore::new(
        app.settings.max_connections.min(Semaphore::MAX_PERMITS),
    ));
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(app.settings.header_time)
        // A caller may be done sending before it is done reading.
        .half_close(true)
        // Room for the headers of a request, and for what is ready of an answer.
        .max_buf_size(BUFFER);
    let mut serving = Serving {
        http,
        router,
        app,
        closing: watch::Sender::new(false),
        open: JoinSet::new(),
    };
    loop {
        tokio::select! {
            () = &mut stop => break,
            (place, accepted) = accept(&listener, &places) => match accepted {
                Ok(stream) => serving.start(stream, place),
                Err(error) => {
                    tracing::warn!(%error, "a connection was not accepted");
                    sleep(OUT_OF_HANDLES).await;
                }
            },
            Some(_) = serving.open.join_next() => {}
        }
    }
    serving.app.stop();
    serving.start_waiting(listener);
    serving.end().await
}

/// The next connection, once there is a place for it.
async fn accept(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> (Option<OwnedSemaphorePermit>, io::Result<TcpStream>) {
    // The semaphore is never closed: there is always a place in the end.
    let place = Arc::clone(places).acquire_owned().await.ok();
    (place, listener.accept().await.map(|(stream, _)| stream))
}

impl Serving {
    fn start(&mut self, stream: TcpStream, place: Option<OwnedSemaphorePermit>) {
        // Answers go out at once; without it they only come later.
        let _ = stream.set_nodelay(true);
        let mut stream = TimeoutStream::new(stream);
        stream.set_write_timeout(Some(self.app.settings.write_time));
        let cut = Cut::default();
        let router = self.router.clone().layer(Extension(cut.clone()));
        let service = TowerToHyperService::new(router);
        let connection = self
            .http
            .serve_connection(TokioIo::new(Box::pin(stream)), service);
        let counted = self.app.metrics.connection();
        let mut closing = self.closing.subscribe();
        self.open.spawn(async move {
            let mut connection = pin!(connection);
            let whole = async {
                tokio::select! {
                    ended = &mut connection => ended,
                    // The value is dropped at once: it may not be held while the connection ends.
                    _ = async { closing.wait_for(|closing| *closing).await.is_ok() } => {
                        connection.as_mut().graceful_shutdown();
                        connection.await
                    }
                }
            };
            let ended = tokio::select! {
                ended = whole => ended,
                () = cut.wanted() => Ok(()),
            };
            if let Err(error) = ended {
                tracing::debug!(%error, "a connection failed");
            }
            drop((place, counted));
        });
    }

    /// Takes the connections that the system has accepted already, and no more.
    fn start_waiting(&mut self, listener: TcpListener) {
        let Ok(listener) = listener.into_std() else {
            return;
        };
        while let Ok((stream, _)) = listener.accept() {
            let stream = stream
                .set_nonblocking(true)
                .and_then(|()| TcpStream::from_std(stream));
            if let Ok(stream) = stream {
                self.start(stream, None);
            }
        }
    }

    /// Waits for the requests under way, as long as the settings allow.
    async fn end(mut self) -> Stopped {
        let deadline = Instant::now() + self.app.settings.stop_time.min(YEAR);
        let last_call = deadline.min(Instant::now() + LAST_CALL);
        if timeout_at(last_call, join_all(&mut self.open))
            .await
            .is_err()
        {
            self.closing.send_replace(true);
            // Also at the deadline they get to see it: those without a request are no loss.
            let deadline = deadline.max(Instant::now() + MOMENT);
            let _ = timeout_at(deadline, join_all(&mut self.open)).await;
        }
        let cut = self.open.len();
        if cut > 0 {
            tracing::warn!(cut, "connections were cut at the deadline");
        }
        self.open.shutdown().await;
        Stopped { cut }
    }
}

async fn join_all(open: &mut JoinSet<()>) {
    while open.join_next().await.is_some() {}
}
