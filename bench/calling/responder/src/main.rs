//! Responds to every request with the same bytes, and counts connections and requests.
//!
//! `calling-responder RESPONSE [--check]` listens on a free loopback port and prints it. When its
//! standard input ends, it prints the counts and stops. With `--check` it also compares the bodies
//! as JSON values and counts the different ones.

mod bodies;
mod connection;

use std::env;
use std::fs;
use std::io::{self, Read};
use std::net::TcpListener;
use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use bodies::Bodies;

/// State shared by all connections.
struct Shared {
    response: Vec<u8>,
    requests: AtomicUsize,
    bodies: Option<Bodies>,
}

fn main() -> io::Result<()> {
    let arguments: Vec<_> = env::args().skip(1).collect();
    let (path, check) = match arguments.as_slice() {
        [path] => (path, false),
        [path, flag] if flag == "--check" => (path, true),
        _ => panic!("calling-responder RESPONSE [--check]"),
    };
    let body = fs::read(path)?;
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    let shared = Arc::new(Shared {
        response: [head.into_bytes(), body].concat(),
        requests: AtomicUsize::new(0),
        bodies: check.then(Bodies::default),
    });
    let accepted = Arc::new(AtomicUsize::new(0));
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("{}", listener.local_addr()?.port());
    let (seen, served) = (Arc::clone(&accepted), Arc::clone(&shared));
    thread::spawn(move || {
        for stream in listener.incoming() {
            let stream = stream.expect("a connection");
            seen.fetch_add(1, Ordering::Relaxed);
            let shared = Arc::clone(&served);
            thread::spawn(move || connection::serve(stream, &shared));
        }
    });
    io::stdin().read_to_end(&mut Vec::new())?;
    println!(
        r#"{{"connections":{},"requests":{},"bodies":{}}}"#,
        accepted.load(Ordering::Relaxed),
        shared.requests.load(Ordering::Relaxed),
        shared
            .bodies
            .as_ref()
            .map_or("{}".to_owned(), Bodies::counted),
    );
    process::exit(0)
}
