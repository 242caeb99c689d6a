//! The signals that stop the server.

use std::io::Write;
use std::process::Command;

use crate::program::http::{Response, rerank_request};
use crate::program::{Served, rerank, rerank_from_terminal};

const BODY: &str = r#"{"query":"green tea","documents":["how green tea is brewed"]}"#;

#[test]
fn each_signal_stops_the_server_after_requests_in_flight_are_answered() {
    for (signal, name) in [("-TERM", "SIGTERM"), ("-INT", "Ctrl-C"), ("-HUP", "SIGHUP")] {
        let mut command = rerank_from_terminal(&["serve", "--listen", "127.0.0.1:0"]);
        let server = Served::start_command(&mut command);
        let call = rerank_request(BODY.as_bytes());
        let (begin, end) = call.split_at(call.len() - 5);
        let mut stream = server.connect();
        stream.write_all(begin).unwrap();
        // A response on another connection shows that the half request was read by now.
        assert_eq!(server.rerank(BODY).status, 200);
        server.signal(signal);
        server.wait_until_closed();
        stream.write_all(end).unwrap();
        assert_eq!(Response::read(&mut stream).unwrap().status, 200, "{name}");
        let (status, log) = server.wait();
        assert_eq!(status.code(), Some(0), "{name}: {log}");
        assert!(log.contains(&format!("stopping on {name}")), "{log}");
    }
}

/// As `nohup` starts it, with SIGHUP ignored.
#[cfg(target_os = "linux")]
#[test]
fn a_server_that_ignores_sighup_from_its_start_keeps_running() {
    let program = rerank(&[]).get_program().to_owned();
    let mut command = Command::new("nohup");
    command
        .arg(program)
        .args(["serve", "--listen", "127.0.0.1:0"]);
    let server = Served::start_command(&mut command);
    server.signal("-HUP");
    assert_eq!(server.rerank(BODY).status, 200);
    server.terminate();
    let (status, log) = server.wait();
    assert_eq!(status.code(), Some(0));
    assert!(log.contains("stopping on SIGTERM"), "{log}");
}
