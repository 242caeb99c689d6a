//! Ctrl-C, SIGTERM and SIGHUP: responses in flight are awaited and kept, and progress is reported.

#![cfg(unix)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use crate::program::{rerank, rerank_from_terminal};
use crate::support::folder;

const ANSWER: &str = r#"{"id":"1","results":[{"index":0,"relevance_score":0.5}],"usage":{"prompt_tokens":9,"total_tokens":9}}"#;

/// Reads one request from the next connection.
fn request(listener: &TcpListener) -> TcpStream {
    let (stream, _) = listener.accept().unwrap();
    let mut reader = BufReader::new(&stream);
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        let line = line.to_ascii_lowercase();
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        if line == "\r\n" {
            break;
        }
    }
    reader.read_exact(&mut vec![0; length]).unwrap();
    stream
}

fn answer(mut stream: TcpStream) {
    let length = ANSWER.len();
    let head = format!("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n");
    stream.write_all((head + ANSWER).as_bytes()).unwrap();
}

fn interrupt(child: &Child) {
    send(child, "INT");
}

fn send(child: &Child, signal: &str) {
    let id = child.id().to_string();
    let sent = Command::new("kill").args(["-s", signal, &id]).status();
    assert!(sent.unwrap().success());
}

/// Three queries, one request each, one after the other.
fn start(listener: &TcpListener) -> (tempfile::TempDir, Child) {
    start_with(listener, "a\nb\nc\n", "x\n")
}

fn start_with(
    listener: &TcpListener,
    queries: &str,
    documents: &str,
) -> (tempfile::TempDir, Child) {
    let folder = folder(&[("q", queries), ("d", documents)]);
    let url = format!("http://{}/api", listener.local_addr().unwrap());
    let child = rerank_from_terminal(&["--base-url", &url, "--queries", "q", "d"])
        .args(["--concurrency", "1"])
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    (folder, child)
}

#[test]
fn the_request_in_flight_is_awaited_and_no_further_one_is_sent() {
    for (signal, name, status) in [
        ("INT", "Ctrl-C", 130),
        ("TERM", "SIGTERM", 143),
        ("HUP", "SIGHUP", 129),
    ] {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let (_folder, mut child) = start(&listener);
        answer(request(&listener));
        let second = request(&listener);
        send(&child, signal);
        let mut said = BufReader::new(child.stderr.take().unwrap());
        let mut line = String::new();
        said.read_line(&mut line).unwrap();
        let stopping = format!("stopping after {name}: waiting for the requests in flight");
        assert!(line.starts_with(&stopping), "{line}");
        answer(second);
        let done = child.wait_with_output().unwrap();
        assert_eq!(done.status.code(), Some(status));
        let lines = String::from_utf8(done.stdout).unwrap();
        assert_eq!(lines.lines().count(), 2, "{lines}");
        let mut rest = String::new();
        said.read_to_string(&mut rest).unwrap();
        assert!(
            rest.starts_with("error: the call was interrupted: "),
            "{rest}"
        );
        assert!(rest.contains("2 of 3 queries were ranked"), "{rest}");
        assert!(rest.contains("--resume FILE"), "{rest}");
    }
}

#[test]
fn a_second_signal_ends_the_program_at_once() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let (_folder, mut child) = start(&listener);
    let _never_answered = request(&listener);
    interrupt(&child);
    let mut said = BufReader::new(child.stderr.take().unwrap());
    said.read_line(&mut String::new()).unwrap();
    send(&child, "TERM");
    assert_eq!(child.wait().unwrap().code(), Some(143));
}

/// Counts requests, and delays the responses after the first `free`.
#[derive(Clone, Default)]
struct Server {
    came: Arc<AtomicUsize>,
    free: Arc<AtomicUsize>,
}

impl Server {
    fn start(listener: TcpListener, free: usize) -> Self {
        let this = Self::default();
        this.free.store(free, Ordering::SeqCst);
        let server = this.clone();
        thread::spawn(move || {
            loop {
                let stream = request(&listener);
                let number = server.came.fetch_add(1, Ordering::SeqCst);
                let free = Arc::clone(&server.free);
                thread::spawn(move || {
                    while number >= free.load(Ordering::SeqCst) {
                        thread::sleep(Duration::from_millis(2));
                    }
                    answer(stream);
                });
            }
        });
        this
    }

    fn came(&self) -> usize {
        self.came.load(Ordering::SeqCst)
    }
}

#[test]
fn stopped_at_any_time_and_run_again_it_pays_for_no_request_twice() {
    const QUERIES: usize = 24;
    let queries: String = (0..QUERIES).map(|number| format!("q{number}\n")).collect();
    for (signal, status, free) in [
        ("TERM", 143, 0),
        ("INT", 130, 1),
        ("HUP", 129, 5),
        ("TERM", 143, 13),
        ("TERM", 143, 18),
    ] {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/api", listener.local_addr().unwrap());
        let server = Server::start(listener, free);
        let folder = folder(&[("q", &queries), ("d", "x\n")]);
        let command = || {
            let mut command = rerank_from_terminal(&["--base-url", &url, "--queries", "q", "d"]);
            command
                .args(["--concurrency", "4", "--resume", "kept"])
                .current_dir(folder.path())
                .stdin(Stdio::null())
                .stdout(Stdio::piped())
                .stderr(Stdio::piped());
            command
        };
        let mut child = command().spawn().unwrap();
        // Four are in flight.
        while server.came() < free + 4 {
            thread::yield_now();
        }
        send(&child, signal);
        let mut said = BufReader::new(child.stderr.take().unwrap());
        said.read_line(&mut String::new()).unwrap();
        server.free.store(usize::MAX, Ordering::SeqCst);
        let done = child.wait_with_output().unwrap();
        assert_eq!(done.status.code(), Some(status));
        assert_eq!(server.came(), free + 4);
        let done = command().output().unwrap();
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "{said}");
        let lines = String::from_utf8(done.stdout).unwrap();
        assert_eq!(lines.lines().count(), QUERIES);
        assert_eq!(server.came(), QUERIES, "{signal} after {free}");
    }
}

#[test]
fn a_ranking_of_several_requests_ends_with_the_exit_code_of_the_signal() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/api", listener.local_addr().unwrap());
    let folder = folder(&[("d", &"x\n".repeat(300))]);
    let mut child = rerank(&["--base-url", &url, "a", "d", "--concurrency", "1"])
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = request(&listener);
    send(&child, "TERM");
    let mut said = BufReader::new(child.stderr.take().unwrap());
    said.read_line(&mut String::new()).unwrap();
    let results: Vec<_> = (0..128)
        .map(|index| format!(r#"{{"index":{index},"relevance_score":1}}"#))
        .collect();
    let usage = r#"{"prompt_tokens":9,"total_tokens":9}"#;
    let body = format!(
        r#"{{"id":"1","results":[{}],"usage":{usage}}}"#,
        results.join(",")
    );
    let length = body.len();
    let head = format!("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n");
    first.write_all((head + &body).as_bytes()).unwrap();
    let done = child.wait_with_output().unwrap();
    let mut rest = String::new();
    said.read_to_string(&mut rest).unwrap();
    assert_eq!(done.status.code(), Some(143), "{rest}");
    assert!(rest.contains("128 of 300 documents were scored"), "{rest}");
}

#[cfg(target_os = "linux")]
#[test]
fn under_nohup_a_hangup_is_ignored() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/api", listener.local_addr().unwrap());
    let folder = folder(&[("d", "x\n")]);
    let program = env!("CARGO_BIN_EXE_rerank");
    let script = format!("trap '' HUP; exec '{program}' --base-url {url} a d");
    let child = Command::new("sh")
        .args(["-c", &script])
        .env("ZAI_API_KEY", "id.secret")
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let first = request(&listener);
    send(&child, "HUP");
    answer(first);
    let done = child.wait_with_output().unwrap();
    assert_eq!(done.status.code(), Some(0));
    assert_eq!(done.stderr, b"");
}

#[test]
fn unread_results_block_neither_responses_nor_signals() {
    let queries: String = (0..12).map(|number| format!("cup {number}\n")).collect();
    // More than a pipe holds.
    let document = "x".repeat(4000);
    let queries = queries.replace("cup", &"cup ".repeat(1000));
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let (_folder, mut child) = start_with(&listener, &queries, &format!("{document}\n"));
    for _ in 0..12 {
        answer(request(&listener));
    }
    // The first signal may arrive before the last response is read.
    let mut ended = None;
    for _ in 0..200 {
        interrupt(&child);
        thread::sleep(Duration::from_millis(50));
        ended = child.try_wait().unwrap();
        if ended.is_some() {
            break;
        }
    }
    assert_eq!(ended.unwrap().code(), Some(130));
}
