//! A mock server on 127.0.0.1 that sends given responses and records the bytes of the requests.

use std::io::{self, BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// The server's behavior on one connection.
#[derive(Clone, Debug)]
pub enum MockResponse {
    /// Reads the request, sends these bytes and closes the connection.
    Bytes(Vec<u8>),
    /// Sends these bytes and resets the connection, without reading the request.
    Reset(Vec<u8>),
    /// Reads the request, sends these bytes and keeps the connection open.
    Stall(Vec<u8>),
}

impl MockResponse {
    /// Returns a complete response.
    pub fn new(status: u16, headers: &[(&str, &str)], body: &[u8]) -> Self {
        Self::Bytes(with_length(status, headers, body, body.len()))
    }

    /// Returns the bytes of a response whose `Content-Length` is one byte more than its body has.
    pub fn cut_short(status: u16, body: &[u8]) -> Vec<u8> {
        with_length(status, &[], body, body.len() + 1)
    }
}

fn with_length(status: u16, headers: &[(&str, &str)], body: &[u8], length: usize) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {status} \r\ncontent-length: {length}\r\n");
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("connection: close\r\n\r\n");
    [head.as_bytes(), body].concat()
}

/// The bytes of a request, or of its part that arrived.
#[derive(Clone, Debug, Default)]
pub struct Request(Vec<u8>);

impl Request {
    /// Returns the request line.
    pub fn line(&self) -> String {
        self.head().lines().next().unwrap_or_default().to_owned()
    }

    /// Returns the headers in the order of the request.
    pub fn headers(&self) -> Vec<(String, String)> {
        let pair = |line: &str| {
            let (name, value) = line.split_once(':').unwrap_or((line, ""));
            (name.to_owned(), value.trim().to_owned())
        };
        self.head().lines().skip(1).map(pair).collect()
    }

    /// Returns the bytes after the headers.
    pub fn body(&self) -> &[u8] {
        self.0.get(self.body_start()..).unwrap_or_default()
    }

    fn head(&self) -> String {
        let head = self.0.get(..self.body_start()).unwrap_or_default();
        String::from_utf8_lossy(head).trim_end().to_owned()
    }

    fn body_start(&self) -> usize {
        let separator = b"\r\n\r\n";
        let start = self
            .0
            .windows(separator.len())
            .position(|window| window == separator);
        start.map_or(self.0.len(), |start| start + separator.len())
    }
}

/// A mock server, which runs until it is dropped or finished.
#[derive(Debug)]
pub struct Loopback {
    address: SocketAddr,
    // Never used: the thread ends when this is dropped.
    running: Sender<()>,
    thread: JoinHandle<Vec<Request>>,
}

impl Loopback {
    /// Starts a server with the same response on every connection.
    pub fn start(response: MockResponse) -> io::Result<Self> {
        Self::start_each(vec![response])
    }

    /// Starts a server with one response per connection, in order, and the last one on all further
    /// connections.
    pub fn start_each(responses: Vec<MockResponse>) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let (running, stop) = mpsc::channel();
        let thread = thread::spawn(move || serve(&listener, &responses, &stop));
        Ok(Self {
            address,
            running,
            thread,
        })
    }

    /// Returns a URL of this server with this path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Stops the server and returns one request per connection.
    pub fn finish(self) -> Vec<Request> {
        drop(self.running);
        self.thread.join().unwrap_or_default()
    }
}

/// Serves one connection after the other, until the server is stopped and no connection waits.
fn serve(listener: &TcpListener, responses: &[MockResponse], stop: &Receiver<()>) -> Vec<Request> {
    let mut requests = Vec::new();
    let empty = MockResponse::Bytes(Vec::new());
    let mut stalled = Vec::new();
    let mut stopping = false;
    loop {
        match listener.accept() {
            Ok((stream, _)) => {
                let mut request = Request::default();
                let response = responses.get(requests.len()).or(responses.last());
                let response = response.unwrap_or(&empty);
                // If the peer disconnects early, the part of its request that arrived is kept.
                if let Ok(Some(open)) = exchange(stream, response, &mut request.0) {
                    stalled.push(open);
                }
                requests.push(request);
            }
            Err(error) if error.kind() == ErrorKind::WouldBlock && !stopping => {
                let waited = stop.recv_timeout(Duration::from_millis(1));
                stopping = waited == Err(RecvTimeoutError::Disconnected);
            }
            Err(_) => return requests,
        }
    }
}

/// Reads a request into `bytes` and responds. Returns the connection if it must stay open.
fn exchange(
    mut stream: TcpStream,
    response: &MockResponse,
    bytes: &mut Vec<u8>,
) -> io::Result<Option<TcpStream>> {
    stream.set_nonblocking(false)?;
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    match response {
        MockResponse::Bytes(sent) => {
            read_request(&stream, bytes)?;
            stream.write_all(sent)?;
            Ok(None)
        }
        MockResponse::Reset(sent) => {
            // Closing a connection with unread bytes resets it.
            stream.peek(&mut [0])?;
            stream.write_all(sent)?;
            Ok(None)
        }
        MockResponse::Stall(sent) => {
            read_request(&stream, bytes)?;
            stream.write_all(sent)?;
            Ok(Some(stream))
        }
    }
}

fn read_request(stream: &TcpStream, bytes: &mut Vec<u8>) -> io::Result<()> {
    let mut reader = BufReader::new(stream);
    let mut length = 0;
    while !bytes.ends_with(b"\r\n\r\n") {
        let mut line = Vec::new();
        if reader.read_until(b'\n', &mut line)? == 0 {
            return Ok(());
        }
        length = content_length(&line).unwrap_or(length);
        bytes.extend(line);
    }
    reader.take(length).read_to_end(bytes)?;
    Ok(())
}

fn content_length(line: &[u8]) -> Option<u64> {
    let (name, value) = str::from_utf8(line).ok()?.split_once(':')?;
    let is_length = name.eq_ignore_ascii_case("content-length");
    is_length.then(|| value.trim().parse().ok())?
}
