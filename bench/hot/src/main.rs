//! Walks a hot path COUNT times: `bench-hot PATH TEXTS ANSWER COUNT`, where TEXTS has a query
//! and documents with U+001E between them. What is made ready for it is the same each time.

/// The generated client's own, which it shows to nobody.
#[path = "../../../generated/src/json.rs"]
mod json;

use std::env;
use std::fs;
use std::hint::black_box;

use bigmodel_rerank_api::types::{Model, RerankRequest, RerankResponse};
use bigmodel_rerank_api::validation::Validate as _;
use bigmodel_rerank_engine::{Lexical, Scorer as _};
use bigmodel_rerank_tokens::count_tokens;

fn main() {
    let arguments: Vec<_> = env::args().skip(1).collect();
    let [path, texts, answer, count] = arguments.as_slice() else {
        panic!("bench-hot PATH TEXTS ANSWER COUNT");
    };
    let texts = fs::read_to_string(texts).expect("texts");
    let answer = fs::read(answer).expect("an answer");
    let mut texts = texts.split('\u{1e}');
    let query = texts.next().expect("a query");
    let documents: Vec<_> = texts.collect();
    let request = RerankRequest::new(Model::Rerank, query, documents.iter().copied());
    let walk: &dyn Fn() = match path.as_str() {
        "encode" => &|| drop(black_box(json::to_vec(&request).expect("JSON"))),
        "validate" => &|| drop(black_box(request.validate())),
        "decode" => &|| {
            let text = std::str::from_utf8(&answer).expect("UTF-8");
            let answer: RerankResponse = serde_json::from_str(text).expect("an answer");
            drop(black_box(answer));
        },
        "tokenise" => &|| {
            black_box(
                documents
                    .iter()
                    .map(|text| count_tokens(text))
                    .sum::<usize>(),
            );
        },
        "score" => &|| drop(black_box(Lexical.score(query, &documents))),
        other => panic!("no path `{other}`"),
    };
    for _ in 0..count.parse().expect("a number") {
        walk();
    }
}
