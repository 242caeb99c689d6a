//! How much memory a body takes, and that it is freed.

#![cfg(target_os = "linux")]

use std::io::Write;
use std::net::TcpStream;
use std::thread;

use crate::program::Served;
use crate::program::http::{RERANK, Response};

/// The largest body that is read.
const LARGEST: usize = 8 << 20;
/// The most memory that a body takes, as a multiple of its size, as in the server's README.
const FACTOR: usize = 3;
/// The memory that a server keeps after large bodies, in KiB, as in the server's README.
const KEPT: usize = 64 << 10;
const SMALL: &str = r#"{"query":"green tea","documents":["how green tea is brewed","coffee"]}"#;

/// A body of the largest size, filled with repetitions of `unit`.
fn filled(before: &str, unit: &str, after: &str) -> String {
    let room = LARGEST - before.len() - after.len();
    let body = format!("{before}{}{after}", unit.repeat(room / unit.len()));
    format!("{body}{}", " ".repeat(LARGEST - body.len()))
}

/// Bodies that would take much memory if what is not needed were kept, with the status and the
/// code of the response to each.
fn bodies() -> Vec<(&'static str, String, u16, &'static str)> {
    const REST: &str = r#""query":"a","documents":["b"]}"#;
    let nested = format!("{}{},", "[".repeat(100), "]".repeat(100));
    let document = format!("\"{}\",", r"\u8336".repeat(4096));
    vec![
        (
            "a model of lists",
            filled(r#"{"model":["#, "[],", &format!("0],{REST}")),
            400,
            "1214",
        ),
        (
            "an unknown list",
            filled(r#"{"x":["#, "[],", &format!("0],{REST}")),
            200,
            "",
        ),
        (
            "unknown lists, nested",
            filled(r#"{"x":["#, &nested, &format!("0],{REST}")),
            200,
            "",
        ),
        (
            "nesting without end",
            filled(r#"{"x":"#, "[", ""),
            400,
            "1210",
        ),
        (
            "an unknown object",
            filled(r#"{"x":{"#, r#""a":1,"#, &format!(r#""b":1}},{REST}"#)),
            200,
            "",
        ),
        ("unknown members", filled("{", r#""x":1,"#, REST), 200, ""),
        (
            "an unknown text",
            filled(r#"{"x":"\n"#, "x", &format!(r#"",{REST}"#)),
            200,
            "",
        ),
        (
            "a name of a member",
            filled(r#"{"\n"#, "x", &format!(r#"":1,{REST}"#)),
            200,
            "",
        ),
        (
            "a model's name",
            filled(r#"{"model":"\n"#, "x", &format!(r#"",{REST}"#)),
            400,
            "1211",
        ),
        (
            "a query",
            filled(r#"{"query":"\n"#, "x", r#"","documents":[]}"#),
            400,
            "1214",
        ),
        (
            "a document",
            filled(r#"{"query":"","documents":["\n"#, "x", r#""]}"#),
            400,
            "1214",
        ),
        (
            "empty documents",
            filled(r#"{"query":"","documents":["#, r#""","#, r#"""]}"#),
            400,
            "1214",
        ),
        (
            "long documents",
            filled(r#"{"query":"","documents":["#, &document, r#"""]}"#),
            400,
            "1214",
        ),
        (
            "an id",
            filled(r#"{"request_id":"\n"#, "x", &format!(r#"",{REST}"#)),
            400,
            "1214",
        ),
        (
            "an id of a refusal",
            filled(r#"{"request_id":"\n"#, "x", r#"","query":1}"#),
            400,
            "1214",
        ),
        (
            "spaces",
            filled(r#"{"query":"a""#, " ", r#","documents":["b"]}"#),
            200,
            "",
        ),
    ]
}

#[test]
fn a_body_takes_at_most_three_times_its_size() {
    let bound = FACTOR * LARGEST / 1024;
    for (name, body, status, code) in bodies() {
        let server = Served::start(&["--log", "off"]);
        assert_eq!(server.rerank(SMALL).status, 200);
        let before = server.memory("VmHWM:");
        let reply = server.rerank(&body);
        let peak = server.memory("VmHWM:") - before;
        println!(
            "{name}: {peak} KiB, {:.2} times its size",
            peak as f64 * 1024.0 / LARGEST as f64
        );
        assert_eq!(
            reply.status,
            status,
            "{name}: {}",
            String::from_utf8_lossy(&reply.body)
        );
        if status != 200 {
            assert_eq!(reply.failure().1, code, "{name}");
        }
        assert!(peak <= bound, "{name}: {peak} KiB, at most {bound}");
    }
}

#[test]
fn memory_is_freed_after_large_bodies() {
    let server = Served::start(&["--log", "off"]);
    assert_eq!(server.rerank(SMALL).status, 200);
    let before = server.memory("VmRSS:");
    let bodies: Vec<_> = bodies().into_iter().map(|(_, body, ..)| body).collect();
    for _ in 0..4 {
        thread::scope(|scope| {
            for body in &bodies {
                scope.spawn(|| drop(server.rerank(body)));
            }
        });
    }
    let peak = server.memory("VmHWM:");
    // Memory of connections that have just ended may be freed a moment later.
    let mut kept = usize::MAX;
    for _ in 0..600 {
        kept = server.memory("VmRSS:").saturating_sub(before);
        if kept <= KEPT {
            break;
        }
        thread::sleep(std::time::Duration::from_millis(50));
    }
    println!("64 bodies of 8 MiB, 16 at once: peak {peak} KiB, kept {kept} KiB");
    assert!(kept <= KEPT, "{kept} KiB, at most {KEPT}");
}

#[test]
fn a_body_that_comes_in_chunks_takes_no_more() {
    let body = filled(r#"{"query":"a""#, " ", r#","documents":["b"]}"#);
    let server = Served::start(&["--log", "off"]);
    assert_eq!(server.rerank(SMALL).status, 200);
    let before = server.memory("VmHWM:");
    let head = format!(
        "POST {RERANK} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\
         Transfer-Encoding: chunked\r\n\r\n"
    );
    let mut stream: TcpStream = server.connect();
    stream.write_all(head.as_bytes()).unwrap();
    for chunk in body.as_bytes().chunks(100_000) {
        write!(stream, "{:x}\r\n", chunk.len()).unwrap();
        stream.write_all(chunk).unwrap();
        stream.write_all(b"\r\n").unwrap();
    }
    stream.write_all(b"0\r\n\r\n").unwrap();
    assert_eq!(Response::read(&mut stream).unwrap().status, 200);
    let peak = server.memory("VmHWM:") - before;
    println!("in chunks: {peak} KiB");
    assert!(peak <= FACTOR * LARGEST / 1024, "{peak} KiB");
}
