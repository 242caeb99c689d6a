//! Many concurrent callers, and a shutdown under load.

use std::io::{self, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::thread;
use std::time::Duration;

use crate::program::Served;
use crate::program::http::{Response, rerank_request};

const BODY: &str =
    r#"{"query":"green tea","documents":["how green tea is brewed","coffee","milk"]}"#;

/// How a call ended.
enum Called {
    Answered(u16),
    /// Connected, but without a response.
    Lost(io::Error),
    /// Not connected.
    Refused,
}

fn call(address: SocketAddr) -> Called {
    let Ok(mut stream) = TcpStream::connect(address) else {
        return Called::Refused;
    };
    let answer = stream
        .set_read_timeout(Some(Duration::from_secs(60)))
        .and_then(|()| stream.write_all(&rerank_request(BODY.as_bytes())))
        .and_then(|()| Response::read(&mut stream));
    match answer {
        Ok(reply) => Called::Answered(reply.status),
        Err(error) => Called::Lost(error),
    }
}

#[test]
fn a_server_that_stops_under_load_answers_every_accepted_request() {
    let server = Served::start(&["--log", "off"]);
    let address = server.address;
    let told = AtomicBool::new(false);
    let answered = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| {
                loop {
                    let before = !told.load(SeqCst);
                    match call(address) {
                        Called::Answered(status) => {
                            assert!(status == 200 || status == 429, "{status}");
                            answered.fetch_add(1, SeqCst);
                        }
                        // A connection that was made while the port was closing was never
                        // accepted.
                        Called::Lost(error) => assert!(!before, "unanswered: {error}"),
                        Called::Refused => return assert!(!before, "refused"),
                    }
                }
            });
        }
        while answered.load(SeqCst) < 500 {
            thread::sleep(Duration::from_millis(1));
        }
        told.store(true, SeqCst);
        server.terminate();
    });
    let (status, log) = server.wait();
    assert_eq!((status.code(), log.as_str()), (Some(0), ""));
}

#[test]
fn a_thousand_connections_at_once_are_all_answered() {
    let server = Served::start(&["--log", "off"]);
    let mut streams: Vec<_> = (0..1000).map(|_| server.connect()).collect();
    for stream in &mut streams {
        stream.write_all(&rerank_request(BODY.as_bytes())).unwrap();
    }
    let mut busy = 0;
    for mut stream in streams {
        let reply = Response::read(&mut stream).unwrap();
        assert!(
            reply.status == 200 || reply.failure().1 == "1302",
            "{reply:?}"
        );
        busy += usize::from(reply.status == 429);
    }
    let peak = server.peak_memory();
    println!("1000 connections at once: {busy} answered 429, peak memory {peak:?} MiB");
    assert_eq!(server.rerank(BODY).status, 200);
    assert!(peak.is_none_or(|peak| peak < 256), "{peak:?} MiB");
}

#[test]
fn a_second_signal_ends_the_program_at_once() {
    let server = Served::start(&["--stop-timeout", "600"]);
    let mut half = server.connect();
    let whole = rerank_request(BODY.as_bytes());
    half.write_all(&whole[..whole.len() - 5]).unwrap();
    // A response on another connection shows that the half request was read by now.
    server.rerank(BODY);
    server.terminate();
    server.wait_until_closed();
    server.terminate();
    assert_eq!(server.wait().0.code(), Some(1));
}
