//! Binds a server, and runs it until it is told to stop.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use bigmodel_rerank_engine::Scorer;
use tokio::net::{TcpListener, TcpSocket, lookup_host};

use crate::connections::{self, Stopped};
use crate::state::State;
use crate::{Settings, clock, routes};

/// The number of connections that the system queues until they are accepted. With the usual 128,
/// callers would wait for seconds when many connect at once.
const BACKLOG: u32 = 1024;
/// The size of a connection's send buffer in bytes; Linux doubles it. A default buffer would hide
/// for many seconds how fast a caller reads.
const SEND_BUFFER: u32 = 128 << 10;

/// A bound server. Callers can connect, and get responses once it runs.
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    state: Arc<State>,
}

impl Server {
    /// Binds `listen`, a host and a port such as `127.0.0.1:8321`; port 0 lets the system choose.
    ///
    /// # Errors
    ///
    /// If the address is invalid or in use, if other machines can reach it and the settings neither
    /// contain keys nor allow anonymous callers, or if HTTP cannot represent the current date.
    pub async fn bind(
        listen: &str,
        scorer: impl Scorer + 'static,
        settings: Settings,
    ) -> Result<Self, BindError> {
        if !clock::is_http_date() {
            return Err(BindError::Clock);
        }
        let failed = |reason| BindError::Io(listen.to_owned(), reason);
        let addresses: Vec<_> = lookup_host(listen).await.map_err(failed)?.collect();
        let public = addresses
            .iter()
            .find(|address| !address.ip().to_canonical().is_loopback());
        if let Some(public) = public
            && settings.keys.is_empty()
            && !settings.allow_anonymous
        {
            return Err(BindError::Public(*public));
        }
        let listener = listen_on(&addresses).map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        Ok(Self {
            listener,
            address,
            state: State::new(scorer, settings),
        })
    }

    /// Returns the bound address.
    #[must_use]
    pub fn local_addr(&self) -> SocketAddr {
        self.address
    }

    /// Serves until `stop` is ready. Then it accepts no more connections, completes the requests in
    /// flight and returns, after `stop_timeout` at the latest.
    pub async fn run(self, stop: impl Future<Output = ()>) -> Stopped {
        let router = routes::router(&self.state);
        connections::serve(self.listener, router, self.state, stop).await
    }
}

/// Listens on the first address that can be bound.
fn listen_on(addresses: &[SocketAddr]) -> io::Result<TcpListener> {
    let mut last = None;
    for address in addresses {
        let listener = socket(*address).and_then(|socket| socket.listen(BACKLOG));
        match listener {
            Ok(listener) => return Ok(listener),
            Err(error) => last = Some(error),
        }
    }
    Err(last.unwrap_or_else(|| io::ErrorKind::AddrNotAvailable.into()))
}

fn socket(address: SocketAddr) -> io::Result<TcpSocket> {
    let socket = match address {
        SocketAddr::V4(_) => TcpSocket::new_v4(),
        SocketAddr::V6(_) => TcpSocket::new_v6(),
    }?;
    // A restarted server gets its port back at once. On Windows, the option would allow two servers
    // to share a port.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    // Accepted connections inherit this.
    socket.set_send_buffer_size(SEND_BUFFER)?;
    socket.bind(address)?;
    Ok(socket)
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}

/// An error when binding a server.
#[derive(Debug)]
#[non_exhaustive]
pub enum BindError {
    /// Other machines can reach this address, but no keys are set.
    Public(SocketAddr),
    /// The system cannot listen on this address.
    Io(String, io::Error),
    /// The clock is before 1970 or after 9999.
    Clock,
}

impl fmt::Display for BindError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Public(address) => write!(
                f,
                "other machines can reach {address}, but no API keys are set"
            ),
            Self::Io(listen, _) => write!(f, "cannot listen on {listen}"),
            Self::Clock => f.write_str("the system clock is before 1970 or after 9999"),
        }
    }
}

impl std::error::Error for BindError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Public(_) | Self::Clock => None,
            Self::Io(_, reason) => Some(reason),
        }
    }
}
