//! Runs a hot path COUNT times: `bench-hot PATH TEXTS RESPONSE COUNT`, where TEXTS has the query
//! and the documents, separated by U+001E. The preparation is the same for each path.

/// The generated client's private module.
#[path = "../../../generated/src/json.rs"]
mod json;

use std::env;
use std::fs;
use std::hint::black_box;

use bigmodel_rerank_api::types::{Model, RerankRequest, RerankResponse};
use bigmodel_rerank_api::validation::Validate as _;
use bigmodel_rerank_engine::Lexical;
use bigmodel_rerank_tokens::count_tokens;

fn main() {
    let arguments: Vec<_> = env::args().skip(1).collect();
    let [path, texts, response, count] = arguments.as_slice() else {
        panic!("bench-hot PATH TEXTS RESPONSE COUNT");
    };
    let texts = fs::read_to_string(texts).expect("texts");
    let response = fs::read(response).expect("a response");
    let mut texts = texts.split('\u{1e}');
    let query = texts.next().expect("a query");
    let documents: Vec<_> = texts.collect();
    let request = RerankRequest::new(Model::Rerank, query, documents.iter().copied());
    let run: &dyn Fn() = match path.as_str() {
        "encode" => &|| drop(black_box(json::to_vec(&request).expect("JSON"))),
        "validate" => &|| drop(black_box(request.validate())),
        "decode" => &|| {
            let text = std::str::from_utf8(&response).expect("UTF-8");
            let response: RerankResponse = serde_json::from_str(text).expect("a response");
            drop(black_box(response));
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
        other => panic!("unknown path `{other}`"),
    };
    for _ in 0..count.parse().expect("a number") {
        run();
    }
}
