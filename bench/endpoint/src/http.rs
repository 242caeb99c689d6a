//! HTTP byte by byte, from an address of choice.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::time::Duration;

use socket2::{Domain, Socket, Type};

/// The longest that a caller waits.
const PATIENCE: Duration = Duration::from_secs(40);

pub(crate) fn connect(server: SocketAddr, from: Ipv4Addr) -> io::Result<TcpStream> {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None)?;
    socket.bind(&SocketAddr::from((from, 0)).into())?;
    socket.connect_timeout(&server.into(), PATIENCE)?;
    let stream = TcpStream::from(socket);
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

/// The bytes of a rerank request.
pub(crate) fn rerank(body: &str) -> Vec<u8> {
    let head = format!(
        "POST /api/paas/v4/rerank HTTP/1.1\r\nHost: localhost\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body.as_bytes()].concat()
}

pub(crate) fn get(path: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n").into_bytes()
}

/// Sends a request and reads the response to it: its status and its body.
pub(crate) fn call(stream: &mut TcpStream, request: &[u8]) -> io::Result<(u16, Vec<u8>)> {
    // A server that has seen enough may answer before everything is sent.
    let sent = stream.write_all(request);
    let response = read(stream);
    match (sent, response) {
        (_, Ok(response)) => Ok(response),
        (Err(error), _) | (_, Err(error)) => Err(error),
    }
}

fn read(stream: &mut TcpStream) -> io::Result<(u16, Vec<u8>)> {
    let mut all = Vec::new();
    let mut piece = vec![0; 64 << 10];
    let end = loop {
        let count = stream.read(&mut piece)?;
        if count == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        all.extend_from_slice(piece.get(..count).unwrap_or_default());
        if let Some(end) = all.windows(4).position(|four| four == b"\r\n\r\n") {
            break end + 4;
        }
    };
    let mut body = all.split_off(end);
    let head = String::from_utf8_lossy(&all).to_lowercase();
    let status = head
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok());
    let status = status.ok_or_else(|| io::Error::other("no status"))?;
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length:"))
        .and_then(|length| length.trim().parse::<usize>().ok())
        .ok_or_else(|| io::Error::other("no length"))?;
    let have = body.len().min(length);
    body.resize(length, 0);
    stream.read_exact(body.get_mut(have..).unwrap_or_default())?;
    Ok((status, body))
}

/// The value of one line of `/metrics`.
pub(crate) fn metric(server: SocketAddr, from: Ipv4Addr, name: &str) -> io::Result<u64> {
    let mut stream = connect(server, from)?;
    let (_, text) = call(&mut stream, &get("/metrics"))?;
    let text = String::from_utf8_lossy(&text).into_owned();
    let value = text
        .lines()
        .find_map(|line| line.strip_prefix(name)?.trim().parse().ok());
    value.ok_or_else(|| io::Error::other("no such metric"))
}
