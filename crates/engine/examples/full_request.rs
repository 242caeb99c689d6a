//! Times a full request: 128 documents of 4096 characters, in English and Chinese.
//!
//! ```sh
//! cargo run --release --package bigmodel-rerank-engine --example full_request
//! ```

use std::time::Instant;

use bigmodel_rerank_engine::Lexical;

const ENGLISH: &str = "The harbour was rebuilt after the storm of 1987, and its three longest \
    piers now carry the regional ferries that connect the islands with the mainland. ";
const CHINESE: &str =
    "一九八七年的风暴过后，港口得到重建，三座最长的码头如今停靠着连接各岛与大陆的区域渡轮。";
const DOCUMENTS: usize = 128;
const LENGTH: usize = 4096;
const ROUNDS: usize = 20;

fn main() {
    println!("{DOCUMENTS} documents of {LENGTH} characters, {ROUNDS} rounds, fastest and median:");
    for (name, text, query) in [
        ("English", ENGLISH, "when was the harbour rebuilt"),
        ("Chinese", CHINESE, "港口是什么时候重建的"),
    ] {
        let document: String = text.chars().cycle().take(LENGTH).collect();
        let long_query = document.as_str();
        let documents = vec![document.as_str(); DOCUMENTS];
        for (kind, query) in [
            ("short query", query),
            ("query of 4096 characters", long_query),
        ] {
            let mut times: Vec<_> = (0..ROUNDS)
                .map(|_| {
                    let start = Instant::now();
                    let scored = Lexical.score(query, &documents);
                    assert_eq!(scored.documents.len(), DOCUMENTS);
                    start.elapsed()
                })
                .collect();
            times.sort();
            let at = |index: usize| times.get(index).copied().unwrap_or_default();
            println!("  {name}, {kind}: {:.1?} {:.1?}", at(0), at(ROUNDS / 2));
        }
    }
}
