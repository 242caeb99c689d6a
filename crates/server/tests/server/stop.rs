//! The end of a server: what was accepted is answered.

use std::io::{Read, Write};
use std::time::Duration;

use bigmodel_rerank_server::Settings;

use crate::support::{Gate, Reply, Running, rerank_request};

const BODY: &[u8] = br#"{"query":"a","documents":["a"]}"#;

#[test]
fn requests_in_flight_are_answered_and_new_ones_are_not_taken() {
    let gate = Gate::default();
    let mut server = Running::over(gate.clone(), Settings::default());
    let shut = gate.shut();
    let mut stream = server.connect();
    stream.write_all(&rerank_request(BODY)).unwrap();
    server.wait_for("rerank_requests_in_flight", 1);
    server.tell_to_stop();
    server.wait_until_closed();
    drop(shut);
    let reply = Reply::read(&mut stream).unwrap();
    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("connection"), Some("close"));
    assert_eq!(server.finish().cut, 0);
}

#[test]
fn requests_that_were_sent_before_the_end_are_answered() {
    for _ in 0..5 {
        let server = Running::start(Settings::default());
        let mut streams: Vec<_> = (0..40).map(|_| server.connect()).collect();
        for stream in &mut streams {
            stream.write_all(&rerank_request(BODY)).unwrap();
        }
        assert_eq!(server.finish().cut, 0);
        for stream in &mut streams {
            assert_eq!(Reply::read(stream).unwrap().status, 200);
        }
    }
}

#[test]
fn connections_without_a_request_do_not_hold_up_the_end() {
    let server = Running::start(Settings::default());
    let mut never_used = server.connect();
    let mut idle = server.connect();
    idle.write_all(&rerank_request(BODY)).unwrap();
    idle.read_exact(&mut [0; 15]).unwrap();
    assert_eq!(server.finish().cut, 0);
    for stream in [&mut never_used, &mut idle] {
        stream.read_to_end(&mut Vec::new()).unwrap();
    }
}

#[test]
fn what_is_not_done_at_the_deadline_is_cut_and_counted() {
    let gate = Gate::default();
    let settings = Settings {
        stop_timeout: Duration::from_millis(50),
        ..Settings::default()
    };
    let mut server = Running::over(gate.clone(), settings);
    let shut = gate.shut();
    let mut stream = server.connect();
    stream.write_all(&rerank_request(BODY)).unwrap();
    server.wait_for("rerank_requests_in_flight", 1);
    server.tell_to_stop();
    assert!(Reply::read(&mut stream).is_err());
    drop(shut);
    assert_eq!(server.finish().cut, 1);
}

#[test]
fn connections_without_a_request_are_not_counted_as_unanswered() {
    for stop_timeout in [Duration::ZERO, Duration::from_millis(20), Duration::MAX] {
        let server = Running::start(Settings {
            stop_timeout,
            ..Settings::default()
        });
        let _never_used = server.connect();
        let mut idle = server.connect();
        idle.write_all(&rerank_request(BODY)).unwrap();
        assert_eq!(Reply::read(&mut idle).unwrap().status, 200);
        assert_eq!(server.finish().cut, 0);
    }
}
