//! Ranking quality of the lexical scorer on the labelled set, so that a change that decreases it
//! fails. Print it with `cargo test --package bigmodel-rerank-engine --test quality --
//! --nocapture`.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "an unexpected labelled set fails the test"
)]

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use bigmodel_rerank_engine::{Lexical, ranking};
use serde::Deserialize;

#[derive(Deserialize)]
struct Labelled {
    query: String,
    candidates: Vec<Candidate>,
}

#[derive(Deserialize)]
struct Candidate {
    text: String,
    /// 2 answers the query, 1 is partly relevant, 0 is not relevant.
    grade: u8,
}

/// Means over the queries of a file.
#[derive(Debug, PartialEq)]
struct Quality {
    queries: usize,
    ndcg: f64,
    mrr: f64,
}

fn read(name: &str) -> Vec<Labelled> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/labelled")
        .join(name)
        .with_extension("jsonl");
    let text = fs::read_to_string(path).expect("cannot read the labelled set");
    text.lines()
        .map(|line| serde_json::from_str(line).expect("invalid labelled query"))
        .collect()
}

fn quality(queries: &[Labelled]) -> Quality {
    let (mut ndcg, mut mrr) = (0.0, 0.0);
    for labelled in queries {
        let texts: Vec<_> = labelled
            .candidates
            .iter()
            .map(|one| one.text.as_str())
            .collect();
        let ranked = ranking(&Lexical.score(&labelled.query, &texts).documents);
        let grades: Vec<_> = ranked
            .iter()
            .map(|index| labelled.candidates[*index].grade)
            .collect();
        let mut best = grades.clone();
        best.sort_unstable_by(|a, b| b.cmp(a));
        ndcg += gain(&grades) / gain(&best);
        let first = grades.iter().position(|grade| *grade == 2);
        mrr += first.map_or(0.0, |index| 1.0 / (index + 1) as f64);
    }
    let queries = queries.len();
    Quality {
        queries,
        ndcg: ndcg / queries as f64,
        mrr: mrr / queries as f64,
    }
}

/// Discounted cumulative gain of the first ten.
fn gain(grades: &[u8]) -> f64 {
    let discounted = grades.iter().take(10).enumerate();
    discounted
        .map(|(index, grade)| (f64::from(1 << grade) - 1.0) / (index as f64 + 2.0).log2())
        .sum()
}

/// Minimum nDCG@10 and MRR of each file, slightly below the measured values.
const FLOORS: [(&str, f64, f64); 4] = [
    ("hard-english", 0.56, 0.52),
    ("hard-chinese", 0.57, 0.62),
    ("hard-mixed", 0.59, 0.60),
    ("hard-other", 0.53, 0.49),
];

#[test]
fn ranking_quality_does_not_decrease() {
    println!("{:<14}{:>8}{:>10}{:>8}", "", "queries", "nDCG@10", "MRR");
    for (name, ndcg, mrr) in FLOORS {
        let found = quality(&read(name));
        println!(
            "{name:<14}{:>8}{:>10.3}{:>8.3}",
            found.queries, found.ndcg, found.mrr
        );
        assert!(found.ndcg >= ndcg && found.mrr >= mrr, "{name}: {found:?}");
    }
}

#[test]
fn labelled_sets_are_complete() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/labelled");
    let files = fs::read_dir(folder).expect("cannot read the folder");
    let names = files.map(|file| file.expect("cannot read the folder").path());
    let names: Vec<_> = names
        .filter(|path| path.extension().is_some_and(|it| it == "jsonl"))
        .collect();
    assert_eq!(names.len(), 10);
    for name in names {
        for labelled in read(&name.file_stem().expect("no name").to_string_lossy()) {
            let candidates = &labelled.candidates;
            let texts: HashSet<_> = candidates.iter().map(|one| &one.text).collect();
            assert_eq!(
                texts.len(),
                candidates.len(),
                "{}: repeated",
                labelled.query
            );
            let has = |grade| candidates.iter().any(|one| one.grade == grade);
            assert!(has(2) && has(0), "{}", labelled.query);
            assert!(
                candidates.iter().all(|one| one.grade <= 2),
                "{}",
                labelled.query
            );
        }
    }
}
