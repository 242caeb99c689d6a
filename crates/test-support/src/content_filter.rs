//! A mock server that rejects documents because of their content, as the service does.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use serde_json::{Value, json};

/// The error response to a request with a rejected document.
#[derive(Clone, Copy)]
pub enum Refusal {
    /// Code 1301, which does not name the document.
    Content,
    /// Code 1214, which names the first such document by its index.
    Named,
}

/// A mock server, which runs until the test ends.
pub struct ContentFilter {
    /// The base URL of the server.
    pub url: String,
    requests: Arc<Mutex<Vec<Value>>>,
}

impl ContentFilter {
    /// Starts a server that rejects requests whose query or documents contain this word.
    pub fn start(word: &'static str, refusal: Refusal) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/api", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&requests);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let kept = Arc::clone(&kept);
                thread::spawn(move || respond(&stream.unwrap(), word, refusal, &kept));
            }
        });
        Self { url, requests }
    }

    /// Returns the bodies of all requests so far.
    pub fn requests(&self) -> Vec<Value> {
        self.requests.lock().unwrap().clone()
    }
}

fn respond(mut stream: &TcpStream, word: &str, refusal: Refusal, kept: &Mutex<Vec<Value>>) {
    let mut reader = BufReader::new(stream);
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        if line.trim().is_empty() {
            break;
        }
    }
    let mut body = Vec::new();
    reader.take(length).read_to_end(&mut body).unwrap();
    let request: Value = serde_json::from_slice(&body).unwrap();
    kept.lock().unwrap().push(request.clone());
    let (status, response) = response(&request, word, refusal);
    let body = response.to_string();
    let head = format!(
        "HTTP/1.1 {status} \r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all((head + &body).as_bytes()).unwrap();
}

fn response(request: &Value, word: &str, refusal: Refusal) -> (u16, Value) {
    let texts = request["documents"].as_array().unwrap();
    let has_word = |text: &Value| text.as_str().unwrap().contains(word);
    let found = texts.iter().position(has_word);
    if found.is_some() || has_word(&request["query"]) {
        let (code, message) = match (refusal, found) {
            (Refusal::Named, Some(index)) => {
                ("1214", format!("documents[{index}]: invalid content"))
            }
            _ => ("1301", "unsafe or sensitive content".to_owned()),
        };
        let error = json!({"error": {"code": code, "message": message}});
        return (400, error);
    }
    let score = |text: &Value| text.as_str().unwrap().len();
    let results: Vec<_> = texts
        .iter()
        .enumerate()
        .map(|(index, text)| json!({"index": index, "relevance_score": score(text)}))
        .collect();
    let tokens = texts.len();
    let response = json!({
        "id": "1",
        "request_id": request["request_id"],
        "results": results,
        "usage": {"prompt_tokens": tokens, "total_tokens": tokens},
    });
    (200, response)
}
