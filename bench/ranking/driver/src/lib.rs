//! Runs a scorer: `CONTENDER speed TEXTS COUNT` ranks the same candidates COUNT times and
//! prints seconds and peak memory; `CONTENDER quality LABELLED` prints the order of each
//! query's candidates, one line per query. TEXTS has the query and the documents, separated by
//! U+001E.

use std::env;
use std::fs;
use std::hint::black_box;
use std::time::Instant;

use serde_json::Value;

/// Runs the scorer `rank`, which returns the indices of the candidates, best first.
pub fn run(rank: impl Fn(&str, &[&str]) -> Vec<usize>) {
    let arguments: Vec<_> = env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["speed", texts, count] => speed(texts, count.parse().expect("a number"), rank),
        ["quality", labelled] => quality(labelled, rank),
        _ => panic!("speed TEXTS COUNT, or quality LABELLED"),
    }
}

fn speed(texts: &str, count: usize, rank: impl Fn(&str, &[&str]) -> Vec<usize>) {
    let texts = fs::read_to_string(texts).expect("texts");
    let mut texts = texts.split('\u{1e}');
    let query = texts.next().expect("a query");
    let documents: Vec<_> = texts.collect();
    assert_eq!(rank(query, &documents).len(), documents.len());
    let start = Instant::now();
    for _ in 0..count {
        black_box(rank(query, &documents));
    }
    let seconds = start.elapsed().as_secs_f64();
    println!(r#"{{"seconds":{seconds},"peak_kib":{}}}"#, peak_kib());
}

fn quality(labelled: &str, rank: impl Fn(&str, &[&str]) -> Vec<usize>) {
    let text = fs::read_to_string(labelled).expect("the labelled set");
    for line in text.lines() {
        let labelled: Value = serde_json::from_str(line).expect("JSON");
        let candidates = labelled["candidates"].as_array().expect("candidates");
        let texts: Vec<_> = candidates
            .iter()
            .filter_map(|one| one["text"].as_str())
            .collect();
        let query = labelled["query"].as_str().expect("a query");
        println!(
            "{}",
            serde_json::to_string(&rank(query, &texts)).expect("numbers")
        );
    }
}

fn peak_kib() -> u64 {
    let status = fs::read_to_string("/proc/self/status").expect("/proc");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.split_whitespace().next());
    number
        .and_then(|number| number.parse().ok())
        .expect("VmHWM")
}
