//! More connections than the limit, and callers that keep connections busy.

#![cfg(target_os = "linux")]

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::Command;

use socket2::{Domain, Socket, Type};

use crate::program::http::{Response, request, rerank_request};
use crate::program::{Served, rerank};

const BODY: &str = r#"{"query":"green tea","documents":["how green tea is brewed"]}"#;

fn large_call() -> Vec<u8> {
    // Each of these characters takes six bytes, in the body and in the response.
    let text = r"\u0001".repeat(4096);
    let documents = vec![format!("\"{text}\""); 128].join(",");
    let body = format!(r#"{{"query":"a","documents":[{documents}],"return_documents":true}}"#);
    rerank_request(body.as_bytes())
}

fn connect_from(server: &Served, address: [u8; 4]) -> TcpStream {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
    socket.bind(&SocketAddr::from((address, 0)).into()).unwrap();
    socket.connect(&server.address.into()).unwrap();
    TcpStream::from(socket)
}

#[test]
fn idle_connections_do_not_hold_up_health() {
    let server = Served::start(&["--log", "off", "--max-connections", "100"]);
    let idle: Vec<_> = (0..300).map(|_| server.connect()).collect();
    let health = server.send(&request("GET", "/healthz", &[], b""));
    assert_eq!(health.status, 200);
    assert_eq!(server.rerank(BODY).status, 200);
    drop(idle);
}

#[test]
fn stalled_uploads_and_slow_readers_do_not_keep_others_from_being_served() {
    let server = Served::start(&["--log", "off"]);
    let call = large_call();
    let stalled: Vec<TcpStream> = (0..64)
        .map(|_| {
            let mut stream = server.connect();
            stream.write_all(&call[..call.len() - 100]).unwrap();
            stream
        })
        .collect();
    for _ in 0..10 {
        assert_eq!(server.rerank(BODY).status, 200);
    }
    // Large requests of the same address wait; another address still gets permits.
    let mut other = connect_from(&server, [127, 0, 0, 2]);
    other.write_all(&call).unwrap();
    assert_eq!(Response::read(&mut other).unwrap().status, 200);
    drop(stalled);
    let mut unread: Vec<TcpStream> = (0..64)
        .map(|_| {
            let mut stream = server.connect();
            stream.write_all(&call).unwrap();
            stream
        })
        .collect();
    for stream in &mut unread {
        // The response has started, and the caller does not read the rest.
        stream.read_exact(&mut [0; 12]).unwrap();
    }
    for _ in 0..10 {
        assert_eq!(server.rerank(BODY).status, 200);
    }
    drop(unread);
}

#[test]
fn more_connections_than_file_descriptors_are_served_in_turn() {
    let program = rerank(&[]).get_program().to_owned();
    let mut command = Command::new("sh");
    let script = r#"ulimit -n 64 && exec "$0" serve --listen 127.0.0.1:0"#;
    command.args(["-c", script]).arg(program);
    let server = Served::start_command(&mut command);
    let mut idle: Vec<_> = (0..200).map(|_| server.connect()).collect();
    assert_eq!(server.rerank(BODY).status, 200);
    let last = idle.last_mut().unwrap();
    last.write_all(&rerank_request(BODY.as_bytes())).unwrap();
    assert_eq!(Response::read(last).unwrap().status, 200);
    server.terminate();
    let (status, log) = server.wait();
    assert_eq!(status.code(), Some(0));
    assert!(log.contains("fewer connections than configured"), "{log}");
}
