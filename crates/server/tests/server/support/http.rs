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

/// The bytes of a request.
pub(crate) fn request(method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
    let mut head = format!(
        "{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {}\r\n",
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
    /// Reads one answer, of the length that it announces.
    pub(crate) fn read(stream: &mut TcpStream) -> io::Result<Self> {
        let mut head = Vec::new();
        let mut byte = [0];
        while !head.ends_with(b"\r\n\r\n") {
            stream.read_exact(&mut byte)?;
            head.extend(byte);
        }
        let head = String::from_utf8(head).map_err(io::Error::other)?;
        let status = head
            .split(' ')
            .nth(1)
            .and_then(|status| status.parse().ok());
        let mut reply = Self {
            status: status.ok_or_else(|| io::Error::other(head.clone()))?,
            head,
            body: Vec::new(),
        };
        let length = reply
            .header("content-length")
            .and_then(|length| length.parse().ok());
        reply.body = vec![0; length.ok_or_else(|| io::Error::other("no length"))?];
        stream.read_exact(&mut reply.body)?;
        Ok(reply)
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (found, value) = line.split_once(':')?;
            found.eq_ignore_ascii_case(name).then(|| value.trim())
        })
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
