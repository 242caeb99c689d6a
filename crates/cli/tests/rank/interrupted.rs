//! Ctrl-C: what is under way is awaited, and what was done is told.

#![cfg(unix)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::program::rerank;
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
    let id = child.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-INT", &id])
            .status()
            .unwrap()
            .success()
    );
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
    let child = rerank(&["--base-url", &url, "--queries", "q", "d"])
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
fn the_request_under_way_is_awaited_and_no_other_is_sent() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let (_folder, mut child) = start(&listener);
    answer(request(&listener));
    let second = request(&listener);
    interrupt(&child);
    let mut said = BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    said.read_line(&mut line).unwrap();
    assert!(line.starts_with("stopping: waiting for"), "{line}");
    answer(second);
    let done = child.wait_with_output().unwrap();
    assert_eq!(done.status.code(), Some(130));
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

#[test]
fn a_second_one_ends_the_program_at_once() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let (_folder, mut child) = start(&listener);
    let _never_answered = request(&listener);
    interrupt(&child);
    let mut said = BufReader::new(child.stderr.take().unwrap());
    said.read_line(&mut String::new()).unwrap();
    interrupt(&child);
    assert_eq!(child.wait().unwrap().code(), Some(130));
}

#[test]
fn results_that_nobody_reads_hold_up_no_answer_and_no_interruption() {
    let queries: String = (0..12).map(|number| format!("cup {number}\n")).collect();
    // More than a pipe takes.
    let document = "x".repeat(4000);
    let queries = queries.replace("cup", &"cup ".repeat(1000));
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let (_folder, mut child) = start_with(&listener, &queries, &format!("{document}\n"));
    for _ in 0..12 {
        answer(request(&listener));
    }
    // The first may come before the last answer is read.
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
