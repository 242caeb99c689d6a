//! A server on 127.0.0.1 that answers as told and keeps what it was sent, byte for byte.

use std::io::{self, BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// How a connection is answered.
#[derive(Clone, Debug)]
pub enum Answer {
    /// The request is read, these bytes are sent, and the connection ends in good order.
    Bytes(Vec<u8>),
    /// These bytes are sent and the connection is reset, the request left unread.
    Reset(Vec<u8>),
    /// The request is read, these bytes are sent, and then nothing more happens.
    Stall(Vec<u8>),
}

impl Answer {
    /// A whole answer with this status, these headers and this body.
    pub fn new(status: u16, headers: &[(&str, &str)], body: &[u8]) -> Self {
        Self::Bytes(with_length(status, headers, body, body.len()))
    }

    /// The bytes of an answer that promises one byte more than its body has.
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

/// A request as it arrived: all of it, or as much as there was.
#[derive(Clone, Debug, Default)]
pub struct Request(Vec<u8>);

impl Request {
    /// The line with method and path.
    pub fn line(&self) -> String {
        self.head().lines().next().unwrap_or_default().to_owned()
    }

    /// Each header as it was sent, in the order of the wire.
    pub fn headers(&self) -> Vec<(String, String)> {
        let pair = |line: &str| {
            let (name, value) = line.split_once(':').unwrap_or((line, ""));
            (name.to_owned(), value.trim().to_owned())
        };
        self.head().lines().skip(1).map(pair).collect()
    }

    /// The bytes after the head.
    pub fn body(&self) -> &[u8] {
        self.0.get(self.body_start()..).unwrap_or_default()
    }

    fn head(&self) -> String {
        let head = self.0.get(..self.body_start()).unwrap_or_default();
        String::from_utf8_lossy(head).trim_end().to_owned()
    }

    fn body_start(&self) -> usize {
        let gap = b"\r\n\r\n";
        let start = self.0.windows(gap.len()).position(|window| window == gap);
        start.map_or(self.0.len(), |start| start + gap.len())
    }
}

/// The server, until it is dropped or finished.
#[derive(Debug)]
pub struct Loopback {
    address: SocketAddr,
    // Held, not used: the thread ends when it is gone.
    running: Sender<()>,
    thread: JoinHandle<Vec<Request>>,
}

impl Loopback {
    /// Starts a server that answers every connection alike.
    pub fn start(answer: Answer) -> io::Result<Self> {
        Self::start_each(vec![answer])
    }

    /// Starts a server that answers one connection after the other with these, and further
    /// ones with the last.
    pub fn start_each(answers: Vec<Answer>) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let (running, stop) = mpsc::channel();
        let thread = thread::spawn(move || serve(&listener, &answers, &stop));
        Ok(Self {
            address,
            running,
            thread,
        })
    }

    /// A URL of this server, with `path` after the port.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Stops the server; one request for each connection that was made to it.
    pub fn finish(self) -> Vec<Request> {
        drop(self.running);
        self.thread.join().unwrap_or_default()
    }
}

/// One connection after the other, until told to stop and none is waiting.
fn serve(listener: &TcpListener, answers: &[Answer], stop: &Receiver<()>) -> Vec<Request> {
    let mut requests = Vec::new();
    let nothing = Answer::Bytes(Vec::new());
    let mut stalled = Vec::new();
    let mut stopping = false;
    loop {
        match listener.accept() {
            Ok((stream, _)) => {
                let mut request = Request::default();
                let answer = answers.get(requests.len()).or(answers.last());
                let answer = answer.unwrap_or(&nothing);
                // A peer that goes away early is the peer's affair; what it sent is kept.
                if let Ok(Some(open)) = exchange(stream, answer, &mut request.0) {
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

/// Reads a request into `bytes` and answers it; returns the connection if it is to stay open.
fn exchange(
    mut stream: TcpStream,
    answer: &Answer,
    bytes: &mut Vec<u8>,
) -> io::Result<Option<TcpStream>> {
    stream.set_nonblocking(false)?;
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    match answer {
        Answer::Bytes(sent) => {
            read_request(&stream, bytes)?;
            stream.write_all(sent)?;
            Ok(None)
        }
        Answer::Reset(sent) => {
            // A connection that is closed over unread bytes is reset.
            stream.peek(&mut [0])?;
            stream.write_all(sent)?;
            Ok(None)
        }
        Answer::Stall(sent) => {
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
