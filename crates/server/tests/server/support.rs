//! A running server, and calls of it as bytes.

mod gate;

use std::io::Write;
use std::net::{SocketAddr, TcpStream};
use std::sync::mpsc;
use std::thread::{self, JoinHandle};

use bigmodel_rerank_engine::{Lexical, Scorer};
use bigmodel_rerank_server::{Server, Settings, Stopped};
use bigmodel_rerank_test_support::probe;
use serde_json::Value;
use socket2::{Domain, Socket, Type};
use tokio::sync::oneshot;

pub(crate) use bigmodel_rerank_test_support::http::{RERANK, Response, request, rerank_request};
pub(crate) use gate::Gate;

/// A server on a free port, which runs until it is stopped or dropped.
pub(crate) struct Running {
    pub(crate) address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<Stopped>>,
}

impl Running {
    pub(crate) fn start(settings: Settings) -> Self {
        Self::over(Lexical, settings)
    }

    pub(crate) fn over(scorer: impl Scorer + 'static, settings: Settings) -> Self {
        let (stop, stopped) = oneshot::channel();
        let (bound, address) = mpsc::channel();
        let thread = thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread()
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(async move {
                let server = Server::bind("127.0.0.1:0", scorer, settings).await.unwrap();
                bound.send(server.local_addr()).unwrap();
                server.run(async { drop(stopped.await) }).await
            })
        });
        Self {
            address: address.recv().unwrap(),
            stop: Some(stop),
            thread: Some(thread),
        }
    }

    /// Tells the server to stop, without waiting for it.
    pub(crate) fn tell_to_stop(&mut self) {
        drop(self.stop.take());
    }

    /// Waits until the server refuses connections, for at most a minute.
    pub(crate) fn wait_until_closed(&self) {
        probe::wait_until_closed(self.address);
    }

    pub(crate) fn finish(mut self) -> Stopped {
        self.tell_to_stop();
        self.thread.take().unwrap().join().unwrap()
    }

    pub(crate) fn connect(&self) -> TcpStream {
        probe::connect(self.address)
    }

    /// Connects from another address of this machine.
    pub(crate) fn connect_from(&self, address: [u8; 4]) -> TcpStream {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
        socket.bind(&SocketAddr::from((address, 0)).into()).unwrap();
        socket.connect(&self.address.into()).unwrap();
        probe::with_read_timeout(TcpStream::from(socket))
    }

    /// Sends these bytes and reads one response.
    pub(crate) fn send(&self, bytes: &[u8]) -> Response {
        let mut stream = self.connect();
        // The server may close the connection before it has read everything.
        let _ = stream.write_all(bytes);
        Response::read(&mut stream).unwrap()
    }

    pub(crate) fn get(&self, path: &str) -> Response {
        self.send(&request("GET", path, &[], b""))
    }

    /// Calls the operation with this body.
    pub(crate) fn rerank(&self, body: &Value) -> Response {
        self.rerank_bytes(body.to_string().as_bytes())
    }

    pub(crate) fn rerank_bytes(&self, body: &[u8]) -> Response {
        self.send(&rerank_request(body))
    }
}
