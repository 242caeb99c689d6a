//! Scores are those that torch computes, whatever else is in a request.
//!
//! `models/make.py` makes the models and their expected scores.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "what is missing fails the test"
)]

use std::path::{Path, PathBuf};

use bigmodel_rerank_engine::{Cancellation, ScoreError, Scored, Scorer, ScorerKind};
use bigmodel_rerank_model::{LongDocuments, Model, Options};
use serde_json::Value;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/models")
        .join(name)
}

fn load(name: &str, threads: usize) -> Model {
    let mut options = Options::default();
    options.threads = Some(threads);
    Model::load(&folder(name), &options).unwrap()
}

fn score(model: &Model, query: &str, documents: &[&str]) -> Scored {
    model.score(query, documents, &Cancellation::new()).unwrap()
}

/// The cases of a file: query, documents and scores.
fn cases(file: &Path) -> Vec<(String, Vec<String>, Vec<f64>)> {
    let text = std::fs::read_to_string(file).unwrap();
    let cases: Vec<Value> = serde_json::from_str(&text).unwrap();
    let cases = cases.into_iter().map(|case| {
        let list = |key: &str| case[key].as_array().unwrap().clone();
        let texts = list("documents").into_iter();
        let scores = list("scores").into_iter();
        (
            case["query"].as_str().unwrap().to_owned(),
            texts
                .map(|text| text.as_str().unwrap().to_owned())
                .collect(),
            scores.map(|score| score.as_f64().unwrap()).collect(),
        )
    });
    cases.collect()
}

/// Compares the scores of a model with those of a file, and returns the greatest difference.
fn greatest_difference(model: &Model, expected: &Path) -> f64 {
    let mut compared = 0;
    let mut greatest = 0.0_f64;
    for (query, documents, expected) in cases(expected) {
        let texts: Vec<_> = documents.iter().map(String::as_str).collect();
        let scored = score(model, &query, &texts);
        for ((document, score), expected) in texts.iter().zip(&scored.documents).zip(expected) {
            // The program decides about blank documents, not the model.
            if document.trim().is_empty() {
                continue;
            }
            compared += 1;
            greatest = greatest.max((f64::from(score.raw) - expected).abs());
            let sigmoid = 1.0 / (1.0 + (-f64::from(score.raw)).exp());
            assert!((f64::from(score.normalized) - sigmoid).abs() < 1e-6);
        }
    }
    assert!(compared > 15, "{compared}");
    greatest
}

#[test]
fn scores_are_those_of_torch() {
    for (name, kind) in [
        ("bert", ScorerKind::CrossEncoder),
        ("xlm-roberta", ScorerKind::CrossEncoder),
        ("positions", ScorerKind::CrossEncoder),
        ("modernbert", ScorerKind::CrossEncoder),
        ("embedding", ScorerKind::Embedding),
    ] {
        let model = load(name, 2);
        assert_eq!(model.description().name, name);
        assert_eq!(model.description().kind, kind);
        assert_eq!(model.max_tokens(), 40, "{name}");
        let difference = greatest_difference(&model, &folder(name).join("expected.json"));
        assert!(difference < 1e-4, "{name}: {difference}");
    }
}

#[test]
fn graphs_of_other_precisions_and_with_external_data_score_as_other_runtimes_do() {
    for (file, expected, tolerance) in [
        ("model_external.onnx", "expected.json", 1e-4),
        ("model_fp16.onnx", "expected.json", 2e-2),
        ("model_int8.onnx", "expected_int8.json", 1e-3),
    ] {
        let mut options = Options::default();
        options.file = Some(Path::new("onnx").join(file));
        let model = Model::load(&folder("bert"), &options).unwrap();
        let difference = greatest_difference(&model, &folder("bert").join(expected));
        assert!(difference < tolerance, "{file}: {difference}");
        println!("{file}: {difference}");
    }
}

#[test]
fn a_score_depends_on_nothing_but_query_and_document() {
    for name in ["bert", "xlm-roberta", "modernbert", "embedding"] {
        let documents = [
            "tea",
            "green tea in the city",
            "a",
            "tea",
            "水 and 茶",
            "tea",
        ];
        let together = score(&load(name, 3), "green tea", &documents);
        let one_thread = load(name, 1);
        for (document, score) in documents.iter().zip(&together.documents) {
            let alone = self::score(&one_thread, "green tea", &[document]);
            assert_eq!(alone.documents.as_slice(), [*score], "{name}: {document}");
        }
    }
}

#[test]
fn blank_documents_come_last_and_tokens_are_those_of_the_model() {
    let model = load("bert", 1);
    let scored = score(&model, "green tea", &["tea", " ", "", "the hot tea"]);
    let raw: Vec<_> = scored.documents.iter().map(|score| score.raw).collect();
    assert!(
        raw[1] < raw[0] && raw[1] < raw[3] && raw[1] == raw[2],
        "{raw:?}"
    );
    assert!(scored.documents[1].normalized < 1e-30);
    assert_eq!(scored.query_tokens, 2);
    let tokens: Vec<_> = scored.documents.iter().map(|score| score.tokens).collect();
    assert_eq!(tokens, [1, 0, 0, 3]);
    assert_eq!(scored.prompt_tokens(), 2 * 4 + 4);
    assert!(score(&model, "tea", &[]).documents.is_empty());
}

#[test]
fn of_a_long_document_the_beginning_counts_or_the_best_window() {
    let beginning = "the capital is a city, and it is hot in ";
    let long = format!("{}how hot is water for green tea", beginning.repeat(6));
    let other = format!("{}nothing", beginning.repeat(6));
    let query = "hot water for tea";
    let truncated = load("bert", 2);
    let scored = score(&truncated, query, &[&long, &other]);
    assert_eq!(scored.documents[0].raw, scored.documents[1].raw);
    assert!(scored.documents[0].tokens > 40);
    let mut options = Options::default();
    options.long_documents = LongDocuments::BestWindow;
    let windows = Model::load(&folder("bert"), &options).unwrap();
    let best = score(&windows, query, &[&long, &other]);
    assert!(best.documents[0].raw >= scored.documents[0].raw);
    assert_ne!(best.documents[0].raw, best.documents[1].raw);
}

#[test]
fn the_limit_of_the_caller_counts_if_it_is_lower() {
    let mut options = Options::default();
    options.tokens = 16;
    let model = Model::load(&folder("xlm-roberta"), &options).unwrap();
    assert_eq!(model.max_tokens(), 16);
    options.tokens = 5;
    let error = Model::load(&folder("xlm-roberta"), &options).unwrap_err();
    assert!(error.to_string().contains("5 tokens"), "{error}");
}

#[test]
fn a_cancelled_request_stops_and_others_go_on() {
    let model = load("bert", 2);
    let cancellation = Cancellation::new();
    cancellation.cancel();
    let cancelled = model.score("tea", &["tea"], &cancellation);
    assert_eq!(cancelled, Err(ScoreError::Cancelled));
    let documents: Vec<_> = (0..3000).map(|number| format!("tea {number}")).collect();
    let texts: Vec<_> = documents.iter().map(String::as_str).collect();
    let cancellation = Cancellation::new();
    std::thread::scope(|scope| {
        let long = scope.spawn(|| model.score("tea", &texts, &cancellation));
        let other = score(&model, "tea", &["tea"]);
        assert_eq!(other.documents.len(), 1);
        cancellation.cancel();
        assert_eq!(long.join().unwrap(), Err(ScoreError::Cancelled));
    });
    assert_eq!(score(&model, "tea", &["tea"]).documents.len(), 1);
}

#[cfg(unix)]
#[test]
fn links_of_a_cache_are_a_folder_too() {
    use std::os::unix::fs::symlink;

    let cache = tempfile::tempdir().unwrap();
    let snapshot = cache.path().join("snapshot");
    std::fs::create_dir_all(snapshot.join("onnx")).unwrap();
    for (blob, file) in [
        ("1", "config.json"),
        ("2", "tokenizer.json"),
        ("3", "onnx/model_external.onnx"),
        ("4", "onnx/model_external.onnx_data"),
    ] {
        std::fs::copy(folder("bert").join(file), cache.path().join(blob)).unwrap();
        symlink(cache.path().join(blob), snapshot.join(file)).unwrap();
    }
    let mut options = Options::default();
    options.file = Some("onnx/model_external.onnx".into());
    let model = Model::load(&snapshot, &options).unwrap();
    let difference = greatest_difference(&model, &folder("bert").join("expected.json"));
    assert!(difference < 1e-4, "{difference}");
}
