//! A server that keeps connections open, with faults of its own.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

/// Returns the responses to a request on the connection with this number.
type Respond = dyn Fn(&Value, usize) -> Vec<String> + Send + Sync;

/// A server that keeps connections open, and sends any number of responses to each request.
pub(crate) struct KeepAlive {
    pub(crate) url: String,
    /// For each request, the number of its connection.
    pub(crate) seen: Arc<Mutex<Vec<usize>>>,
}

impl KeepAlive {
    pub(crate) fn start(
        respond: impl Fn(&Value, usize) -> Vec<String> + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/api", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(Vec::new()));
        let respond: Arc<Respond> = Arc::new(respond);
        let numbers = Arc::clone(&seen);
        std::thread::spawn(move || {
            for (number, stream) in listener.incoming().flatten().enumerate() {
                let (respond, numbers) = (Arc::clone(&respond), Arc::clone(&numbers));
                std::thread::spawn(move || serve(stream, number, &numbers, &*respond));
            }
        });
        Self { url, seen }
    }

    pub(crate) fn seen(&self) -> Vec<usize> {
        self.seen.lock().unwrap().clone()
    }
}

fn serve(stream: TcpStream, number: usize, seen: &Mutex<Vec<usize>>, respond: &Respond) {
    let mut reader = BufReader::new(&stream);
    while let Some(request) = read_request(&mut reader) {
        let before = {
            let mut seen = seen.lock().unwrap();
            seen.push(number);
            seen.len() - 1
        };
        for body in respond(&request, before) {
            let response = format!(
                "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}",
                body.len()
            );
            if (&stream).write_all(response.as_bytes()).is_err() {
                return;
            }
        }
    }
}

fn read_request(reader: &mut BufReader<&TcpStream>) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
        if line == "\r\n" {
            break;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}

/// Scores each document, which is a number, by its value.
pub(crate) fn scores(request: &Value) -> Value {
    let documents = request["documents"].as_array().unwrap();
    let mut results: Vec<_> = documents
        .iter()
        .enumerate()
        .map(|(index, text)| {
            let score: f64 = text.as_str().unwrap().parse().unwrap();
            json!({"index": index, "relevance_score": score})
        })
        .collect();
    results.sort_by(|a, b| {
        let score = |result: &Value| result["relevance_score"].as_f64().unwrap();
        score(b).total_cmp(&score(a))
    });
    json!({
        "id": "1",
        "request_id": request["request_id"],
        "results": results,
        "usage": {"prompt_tokens": 1, "total_tokens": 1},
    })
}

/// Returns a server that sends one response again, just before the next one.
pub(crate) fn repeating() -> KeepAlive {
    let last = Mutex::new(None::<String>);
    KeepAlive::start(move |request, number| {
        let response = scores(request).to_string();
        let last = last.lock().unwrap().replace(response.clone());
        let surplus = last.filter(|_| number == 2);
        surplus.into_iter().chain([response]).collect()
    })
}

/// Returns a server that sends two responses, and after these invalid bytes on connections up to
/// this number.
pub(crate) fn failing_until(last: usize) -> KeepAlive {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/api", listener.local_addr().unwrap());
    let seen = Arc::new(Mutex::new(Vec::new()));
    let numbers = Arc::clone(&seen);
    std::thread::spawn(move || {
        for (number, stream) in listener.incoming().flatten().enumerate() {
            let mut reader = BufReader::new(&stream);
            while let Some(request) = read_request(&mut reader) {
                let before = numbers.lock().unwrap().len();
                numbers.lock().unwrap().push(number);
                let body = scores(&request).to_string();
                let length = body.len();
                let response = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n{body}");
                let bytes = match before {
                    2.. if number <= last => "left over from a response\r\n",
                    _ => response.as_str(),
                };
                if (&stream).write_all(bytes.as_bytes()).is_err() {
                    break;
                }
            }
        }
    });
    KeepAlive { url, seen }
}
