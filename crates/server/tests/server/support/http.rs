//! HTTP byte by byte: a request as it is sent, an answer as it arrived.

use std::io::{self, Read};
use std::net::TcpStream;

use serde_json::Value;

pub(crate) const RERANK: &str = "/api/paas/v4/rerank";

/// The bytes of a call of the operation.
pub(crate) fn rerank_request(body: &[u8]) -> Vec<u8> {
    request(
        "POST",
        RERANK,
        &[("Content-Type", "application/json")],
        body,
    )
}

/// The bytes of a request, after which the connection ends.
pub(crate) fn request(method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
    let mut head = format!(
        "{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {}\r\n",
        body.len()
    );
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    [head.as_bytes(), b"\r\n", body].concat()
}

/// An answer as it arrived.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    head: String,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    /// Reads to the end of the connection, and takes the body by its announced length.
    pub(crate) fn read(stream: &mut TcpStream) -> io::Result<Self> {
        let mut bytes = Vec::new();
        let end = stream.read_to_end(&mut bytes);
        Self::parse(&bytes).ok_or_else(|| {
            let read = String::from_utf8_lossy(&bytes).into_owned();
            io::Error::other(format!("no whole answer, {end:?}: {read:?}"))
        })
    }

    fn parse(bytes: &[u8]) -> Option<Self> {
        let gap = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
        let head = String::from_utf8(bytes[..gap].to_vec()).ok()?;
        let status = head.split(' ').nth(1)?.parse().ok()?;
        let reply = Self {
            status,
            head,
            body: bytes[gap + 4..].to_vec(),
        };
        let length: usize = reply.header("content-length")?.parse().ok()?;
        (reply.body.len() == length).then_some(reply)
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (found, value) = line.split_once(':')?;
            found.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }

    pub(crate) fn text(&self) -> &str {
        str::from_utf8(&self.body).unwrap()
    }

    /// The body, which is JSON and says so.
    pub(crate) fn json(&self) -> Value {
        assert_eq!(
            self.header("content-type"),
            Some("application/json"),
            "{self:?}"
        );
        serde_json::from_slice(&self.body).unwrap()
    }

    /// The answer to a call that succeeded.
    pub(crate) fn ranking(&self) -> Value {
        assert_eq!(self.status, 200, "{}", self.text());
        self.json()
    }

    /// Asserts that this is a failure in the service's form; gives status, code and message.
    pub(crate) fn failure(&self) -> (u16, String, String) {
        let body = self.json();
        let error = body["error"]
            .as_object()
            .unwrap_or_else(|| panic!("{body}"));
        assert_eq!(error.len(), 2, "{body}");
        let field = |name: &str| error[name].as_str().unwrap().to_owned();
        (self.status, field("code"), field("message"))
    }
}
