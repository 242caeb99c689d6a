//! One connection: reads requests one after the other and sends the same response to each.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::atomic::Ordering;

use crate::Shared;

/// Serves the connection until the peer closes it.
pub(crate) fn serve(mut stream: TcpStream, shared: &Shared) {
    stream.set_nodelay(true).expect("TCP_NODELAY");
    let mut buffer = Vec::new();
    let mut chunk = vec![0; 256 << 10];
    while let Some(body) = next_request(&mut stream, &mut buffer, &mut chunk) {
        shared.requests.fetch_add(1, Ordering::Relaxed);
        if let Some(bodies) = &shared.bodies {
            bodies.add(&buffer[body]);
        }
        buffer.clear();
        if stream.write_all(&shared.response).is_err() {
            return;
        }
    }
}

/// Reads a request into the empty `buffer` and returns the range of its body. No contender
/// pipelines requests or sends a chunked body.
fn next_request(
    stream: &mut TcpStream,
    buffer: &mut Vec<u8>,
    chunk: &mut [u8],
) -> Option<std::ops::Range<usize>> {
    let mut body: Option<std::ops::Range<usize>> = None;
    loop {
        if let Some(body) = body.clone().filter(|body| buffer.len() >= body.end) {
            return Some(body);
        }
        let read = stream.read(chunk).ok().filter(|read| *read > 0)?;
        buffer.extend_from_slice(chunk.get(..read)?);
        if body.is_none() {
            let end = buffer.windows(4).position(|window| window == b"\r\n\r\n");
            body = end.map(|end| {
                let start = end + 4;
                start..start + content_length(&buffer[..end])
            });
        }
    }
}

fn content_length(head: &[u8]) -> usize {
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let mut lines = head.lines();
    let value = lines.find_map(|line| line.strip_prefix("content-length:"));
    let value = value.expect("every contender sends a content-length");
    value.trim().parse().expect("a length")
}
