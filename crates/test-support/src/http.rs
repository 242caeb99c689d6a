//! HTTP messages as bytes: builds requests and reads responses.

use std::io::{self, Read};
use std::net::TcpStream;

use serde_json::Value;

/// The path of the operation on the local endpoint.
pub const RERANK: &str = "/api/paas/v4/rerank";

/// Returns the bytes of a request to the operation.
pub fn rerank_request(body: &[u8]) -> Vec<u8> {
    request(
        "POST",
        RERANK,
        &[("Content-Type", "application/json")],
        body,
    )
}

/// Returns the bytes of a request.
pub fn request(method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
    let mut head = format!(
        "{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {}\r\n",
        body.len()
    );
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    [head.as_bytes(), b"\r\n", body].concat()
}

/// A response.
#[derive(Debug)]
pub struct Response {
    /// The status code.
    pub status: u16,
    head: String,
    /// The body.
    pub body: Vec<u8>,
}

impl Response {
    /// Reads one response with a `Content-Length`.
    pub fn read(stream: &mut TcpStream) -> io::Result<Self> {
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
        let mut response = Self {
            status: status.ok_or_else(|| io::Error::other(head.clone()))?,
            head,
            body: Vec::new(),
        };
        let length = response
            .header("content-length")
            .and_then(|length| length.parse().ok());
        response.body =
            vec![0; length.ok_or_else(|| io::Error::other("missing Content-Length header"))?];
        stream.read_exact(&mut response.body)?;
        Ok(response)
    }

    /// Returns the value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (found, value) = line.split_once(':')?;
            found.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }

    /// Returns the body as text.
    pub fn text(&self) -> &str {
        str::from_utf8(&self.body).unwrap()
    }

    /// Asserts that the status is 200, and returns the body.
    pub fn ranking(&self) -> Value {
        assert_eq!(self.status, 200, "{}", self.text());
        self.json()
    }

    /// Asserts that the body is JSON and has that media type, and returns it.
    pub fn json(&self) -> Value {
        assert_eq!(
            self.header("content-type"),
            Some("application/json"),
            "{self:?}"
        );
        serde_json::from_slice(&self.body).unwrap()
    }

    /// Asserts that this is an error response in the service's form, and returns its status, code
    /// and message.
    pub fn failure(&self) -> (u16, String, String) {
        let body = self.json();
        let error = body["error"]
            .as_object()
            .unwrap_or_else(|| panic!("{body}"));
        assert_eq!(error.len(), 2, "{body}");
        let field = |name: &str| error[name].as_str().unwrap().to_owned();
        (self.status, field("code"), field("message"))
    }
}
