//! Writes a request or reads an answer COUNT times: `bench-json write|read WHO FILE COUNT`,
//! where FILE has texts with U+001E between them, or the answer. Prints nanoseconds for each.

mod read;
mod write;

use std::env;
use std::fs;
use std::hint::black_box;
use std::time::Instant;

use bigmodel_rerank_api::types::{Model, RerankRequest};

fn main() {
    let arguments: Vec<_> = env::args().skip(1).collect();
    let [task, who, path, count] = arguments.as_slice() else {
        panic!("bench-json write|read WHO FILE COUNT");
    };
    let count: usize = count.parse().expect("a number");
    let bytes = fs::read(path).expect("the file");
    match task.as_str() {
        "write" => {
            let request = request(&bytes);
            let write = write::by_name(who).expect("a writer");
            let usual = serde_json::to_vec(&request).expect("JSON");
            assert_eq!(
                values(&write(&request)),
                values(&usual),
                "{who} writes something else"
            );
            repeat(count, || write(&request));
        }
        _ => {
            let read = read::by_name(who).expect("a reader");
            let usual = serde_json::from_slice(&bytes).expect("an answer");
            assert_eq!(read(&bytes), usual, "{who} reads something else");
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
