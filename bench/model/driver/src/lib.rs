//! Runs a model: `CONTENDER speed FOLDER FILE TOKENS THREADS TEXTS COUNT` scores the same documents
//! COUNT times and prints times, peak memory and scores; `CONTENDER quality FOLDER FILE TOKENS
//! THREADS LABELLED` prints the order of each query's candidates, one line per query. FILE is the
//! graph in the folder. TEXTS has the query and the documents, separated by U+001E.

use std::env;
use std::fs;
use std::path::Path;
use std::time::Instant;

use serde_json::{Value, json};

/// How a model is loaded.
pub struct Setup<'a> {
    /// The folder of the model.
    pub folder: &'a Path,
    /// The file of the graph in the folder.
    pub file: &'a str,
    /// The most tokens of a text.
    pub tokens: usize,
    /// The number of threads.
    pub threads: usize,
}

/// Runs the contender `load`, which returns what scores documents.
pub fn run<S: FnMut(&str, &[&str]) -> Vec<f32>>(load: impl FnOnce(&Setup<'_>) -> S) {
    let arguments: Vec<_> = env::args().skip(1).collect();
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    let [task, folder, file, tokens, threads, texts, rest @ ..] = arguments.as_slice() else {
        panic!("speed or quality, and where the model and the texts are");
    };
    let setup = Setup {
        folder: Path::new(folder),
        file,
        tokens: tokens.parse().expect("a number"),
        threads: threads.parse().expect("a number"),
    };
    let start = Instant::now();
    let mut score = load(&setup);
    let load = start.elapsed().as_secs_f64();
    let text = fs::read_to_string(texts).expect("texts");
    match (*task, rest) {
        ("speed", [count]) => speed(&text, count.parse().expect("a number"), load, score),
        ("quality", []) => quality(&text, &mut score),
        _ => panic!("speed with a count, or quality"),
    }
}

fn speed(text: &str, count: usize, load: f64, mut score: impl FnMut(&str, &[&str]) -> Vec<f32>) {
    let mut texts = text.split('\u{1e}');
    let query = texts.next().expect("a query");
    let documents: Vec<_> = texts.collect();
    // Until memory and caches are as they stay.
    let scores = score(query, &documents);
    let (start, cpu) = (Instant::now(), cpu_seconds());
    for _ in 0..count {
        assert_eq!(score(query, &documents).len(), documents.len());
    }
    let outcome = json!({
        "load": load,
        "seconds": start.elapsed().as_secs_f64(),
        "cpu": cpu_seconds() - cpu,
        "peak_kib": peak_kib(),
        "scores": scores,
    });
    println!("{outcome}");
}

fn quality(text: &str, score: &mut impl FnMut(&str, &[&str]) -> Vec<f32>) {
    for line in text.lines() {
        let labelled: Value = serde_json::from_str(line).expect("JSON");
        let candidates = labelled["candidates"].as_array().expect("candidates");
        let texts = candidates.iter().filter_map(|one| one["text"].as_str());
        let texts: Vec<_> = texts.collect();
        let scores = score(labelled["query"].as_str().expect("a query"), &texts);
        let mut order: Vec<_> = (0..scores.len()).collect();
        order.sort_by(|a, b| scores[*b].total_cmp(&scores[*a]));
        println!("{}", json!(order));
    }
}

/// The processor time of all threads, in hundredths of a second.
fn cpu_seconds() -> f64 {
    let text = fs::read_to_string("/proc/self/stat").expect("/proc");
    // The name of the program is in parentheses, and may have spaces.
    let (_, rest) = text.rsplit_once(')').expect("a name");
    let ticks = rest.split_whitespace().skip(11).take(2);
    ticks
        .map(|ticks| ticks.parse::<f64>().expect("ticks"))
        .sum::<f64>()
        / 100.0
}

fn peak_kib() -> u64 {
    let status = fs::read_to_string("/proc/self/status").expect("/proc");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.split_whitespace().next());
    number
        .and_then(|number| number.parse().ok())
        .expect("VmHWM")
}
