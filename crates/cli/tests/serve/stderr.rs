//! A server whose standard error cannot be written still answers requests.

use std::fs::File;
use std::io;
use std::process::Stdio;

use crate::program::http::request;
use crate::program::{Served, rerank};

const BODY: &str = r#"{"query":"green tea","documents":["how green tea is brewed"]}"#;
/// More lines than a pipe holds, which is 64 KiB.
const CALLS: usize = 600;

/// Asserts that the server answers many requests and stops cleanly on a signal.
fn serves(stderr: Stdio) {
    let mut command = rerank(&["serve", "--listen", "127.0.0.1:0"]);
    let server = Served::start_unread(&mut command, stderr);
    for _ in 0..CALLS {
        assert_eq!(server.rerank(BODY).status, 200);
        let long = format!("/{}", "x".repeat(100));
        assert_eq!(server.send(&request("GET", &long, &[], b"")).status, 404);
    }
    server.terminate();
    assert_eq!(server.wait().0.code(), Some(0));
}

#[test]
fn a_pipe_that_nobody_reads() {
    serves(Stdio::piped());
}

#[test]
fn a_pipe_whose_reader_is_gone() {
    let (reader, writer) = io::pipe().unwrap();
    drop(reader);
    serves(writer.into());
}

#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_is_full() {
    serves(
        File::options()
            .write(true)
            .open("/dev/full")
            .unwrap()
            .into(),
    );
}

#[test]
fn a_second_signal_is_handled_while_the_log_is_not_read() {
    use std::io::Write;

    let mut command = rerank(&["serve", "--listen", "127.0.0.1:0", "--stop-timeout", "600"]);
    let server = Served::start_unread(&mut command, Stdio::piped());
    for _ in 0..CALLS {
        server.rerank(BODY);
    }
    let mut half = server.connect();
    half.write_all(b"POST /api").unwrap();
    // A response on another connection shows that the half request was read by now.
    server.rerank(BODY);
    server.terminate();
    server.wait_until_closed();
    server.terminate();
    assert_eq!(server.wait().0.code(), Some(1));
}
