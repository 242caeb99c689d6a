//! Serializes a request or deserializes a response COUNT times:
//! `bench-json write|read CONTENDER FILE COUNT`, where FILE has the texts, separated by U+001E, or
//! the response. Prints nanoseconds per iteration.

mod read;
mod write;

use std::env;
use std::fs;
use std::hint::black_box;
use std::time::Instant;

use bigmodel_rerank_api::types::{Model, RerankRequest};

fn main() {
    let arguments: Vec<_> = env::args().skip(1).collect();
    let [task, contender, path, count] = arguments.as_slice() else {
        panic!("bench-json write|read CONTENDER FILE COUNT");
    };
    let count: usize = count.parse().expect("a number");
    let bytes = fs::read(path).expect("the file");
    match task.as_str() {
        "write" => {
            let request = request(&bytes);
            let write = write::by_name(contender).expect("a writer");
            let expected = serde_json::to_vec(&request).expect("JSON");
            assert_eq!(
                values(&write(&request)),
                values(&expected),
                "{contender} writes a different value"
            );
            repeat(count, || write(&request));
        }
        _ => {
            let read = read::by_name(contender).expect("a reader");
            let expected = serde_json::from_slice(&bytes).expect("a response");
            assert_eq!(
                read(&bytes),
                expected,
                "{contender} reads a different value"
            );
            repeat(count, || read(&bytes));
        }
    }
}

fn repeat<T>(count: usize, work: impl Fn() -> T) {
    let start = Instant::now();
    for _ in 0..count {
        black_box(work());
    }
    println!("{}", start.elapsed().as_nanos() as f64 / count as f64);
}

fn request(bytes: &[u8]) -> RerankRequest {
    let text = std::str::from_utf8(bytes).expect("UTF-8");
    let mut texts = text.split('\u{1e}');
    let query = texts.next().expect("a query");
    RerankRequest::new(Model::Rerank, query, texts)
        .request_id("6f6c2a52-98ac-4d53-8bd6-0c0ad4f7f0de")
}

fn values(json: &[u8]) -> serde_json::Value {
    serde_json::from_slice(json).expect("JSON")
}
