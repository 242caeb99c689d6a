//! Stopping a server: accepted requests get their responses.

use std::io::{Read, Write};
use std::time::Duration;

use bigmodel_rerank_server::Settings;

use crate::support::{Gate, Response, Running, rerank_request};

const BODY: &[u8] = br#"{"query":"a","documents":["a"]}"#;

#[test]
fn requests_in_flight_are_completed_and_new_ones_are_not_accepted() {
    let gate = Gate::default();
    let mut server = Running::over(gate.clone(), Settings::default());
    let shut = gate.shut();
    let mut stream = server.connect();
    stream.write_all(&rerank_request(BODY)).unwrap();
    server.wait_for("rerank_requests_in_flight", 1);
    server.tell_to_stop();
    server.wait_until_closed();
    drop(shut);
    let reply = Response::read(&mut stream).unwrap();
    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("connection"), Some("close"));
    assert_eq!(server.finish().cut, 0);
}

#[test]
fn requests_that_were_sent_before_the_stop_get_responses() {
    for _ in 0..5 {
        let server = Running::start(Settings::default());
        let mut streams: Vec<_> = (0..40).map(|_| server.connect()).collect();
        for stream in &mut streams {
            stream.write_all(&rerank_request(BODY)).unwrap();
        }
        assert_eq!(server.finish().cut, 0);
        for stream in &mut streams {
            assert_eq!(Response::read(stream).unwrap().status, 200);
        }
    }
}

#[test]
fn idle_connections_do_not_delay_the_stop() {
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
fn requests_that_are_not_complete_at_the_deadline_are_cut_and_counted() {
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
    assert!(Response::read(&mut stream).is_err());
    drop(shut);
    assert_eq!(server.finish().cut, 1);
}

#[test]
fn idle_connections_do_not_count_as_cut() {
    for stop_timeout in [Duration::ZERO, Duration::from_millis(20), Duration::MAX] {
        let server = Running::start(Settings {
            stop_timeout,
            ..Settings::default()
        });
        let _never_used = server.connect();
        let mut idle = server.connect();
        idle.write_all(&rerank_request(BODY)).unwrap();
        assert_eq!(Response::read(&mut idle).unwrap().status, 200);
        assert_eq!(server.finish().cut, 0);
    }
}
