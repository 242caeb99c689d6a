//! `rerank eval SET --with …`: scorers compared on a labelled set.

use std::path::PathBuf;

use serde_json::Value;

use crate::program::Served;
use crate::support::{folder, json_lines, printed, refused, run};

const SET: &str = r#"{"id":"t","query":"green tea","candidates":[{"text":"milk","grade":0},{"text":"green tea","grade":2},{"text":"tea in the city","grade":1}]}
{"query":"hot water","documents":[{"id":"w","text":"water that is hot","relevance":1},{"id":"x","text":"cold","relevance":0}]}
{"id":"none","query":"nothing","candidates":[{"text":"water","grade":0}]}
{"id":"c","query":"capital","candidates":[{"text":"the seat of a government","grade":1},{"text":"capital letters","grade":0}]}
"#;

/// A small model of the tests of `crates/model`.
fn model(name: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../model/tests/models");
    folder.join(name).display().to_string()
}

#[test]
fn service_words_and_models_are_compared_in_one_command() {
    let folder = folder(&[("set", SET)]);
    let served = Served::start(&[]);
    let url = format!("http://{}/api", served.address);
    let bert = format!("model:{}", model("bert"));
    let graph = format!("model:{}/onnx/model.onnx", model("bert"));
    let arguments = [
        "eval",
        "set",
        "--base-url",
        &url,
        "--with",
        "lexical",
        "--with",
        "service",
        "--with",
        &bert,
        "--with",
        &graph,
    ];
    let text = printed(&folder, &arguments);
    let rows: Vec<Vec<&str>> = text
        .lines()
        .map(|line| line.split_whitespace().collect())
        .collect();
    assert_eq!(rows[0].last(), Some(&"ms/query"), "{text}");
    assert_eq!(rows[1][..4], ["lexical", "all", "3", "0"], "{text}");
    assert_eq!(rows[2][0], "service", "{text}");
    // The endpoint compares words too, and the graph is that of the folder.
    assert_eq!(rows[1][4..7], rows[2][4..7], "{text}");
    assert_eq!(rows[3][4..7], rows[4][4..7], "{text}");
    let differences = [&arguments[..], &["--differences", "--output", "jsonl"]].concat();
    let lines = json_lines(&printed(&folder, &differences));
    assert_eq!(lines.len(), 6);
    assert_eq!(
        (&lines[0]["run"], &lines[0]["other"]),
        (&"service".into(), &"lexical".into())
    );
    assert_eq!(
        (
            lines[0]["difference"]["ndcg"].as_f64(),
            lines[0]["equal"].as_u64()
        ),
        (Some(0.0), Some(3))
    );
}

#[test]
fn a_scorer_is_measured_as_the_run_that_it_writes() {
    let folder = folder(&[("set", SET)]);
    let run = printed(
        &folder,
        &["--local", "--queries", "set", "--output", "trec"],
    );
    std::fs::write(folder.path().join("run"), run).unwrap();
    let arguments = [
        "eval",
        "set",
        "run",
        "--with",
        "lexical",
        "--per-query",
        "--output",
        "jsonl",
    ];
    let lines = json_lines(&printed(&folder, &arguments));
    let (now, before) = lines.split_at(lines.len() / 2);
    assert_eq!(now.len(), 4);
    for (now, before) in now.iter().zip(before) {
        for member in ["query", "queries", "missing", "ndcg", "mrr", "recall"] {
            assert_eq!(now[member], before[member], "{member}");
        }
    }
    assert!(now[3]["milliseconds"].is_number() && before[3]["milliseconds"] == Value::Null);
    // nDCG of c, whose answer is second: 1 / log2 3.
    assert!(
        (now[1]["ndcg"].as_f64().unwrap() - 0.6309).abs() < 1e-4,
        "{}",
        now[1]
    );
}

#[test]
fn intervals_are_the_same_in_every_run() {
    let qrels: String = (0..40).map(|query| format!("{query} 0 a 1\n")).collect();
    let rank = |query: usize, scores: [u8; 2]| {
        let [a, b] = scores;
        format!("{query} Q0 a 1 {a} x\n{query} Q0 b 1 {b} x\n")
    };
    let first: String = (0..40).map(|query| rank(query, [2, 1])).collect();
    let half: String = (0..40)
        .map(|query| rank(query, if query % 2 == 0 { [2, 1] } else { [1, 2] }))
        .collect();
    let folder = folder(&[("qrels", &qrels), ("half", &half), ("first", &first)]);
    let arguments = ["eval", "qrels", "half", "first"];
    let text = printed(&folder, &arguments);
    assert_eq!(text, printed(&folder, &arguments));
    let expected = "\
run    query  queries  not in run  nDCG@10  MRR@10  recall@10
half   all         40           0   0.8155  0.7500     1.0000
first  all         40           0   1.0000  1.0000     1.0000

Differences and their 95 % intervals (paired bootstrap):
run    compared with  better  equal  worse                     nDCG@10                      MRR@10                   recall@10
first  half               20     20      0  +0.1845 [+0.1292, +0.2399]  +0.2500 [+0.1750, +0.3250]  +0.0000 [+0.0000, +0.0000]
";
    assert_eq!(text, expected);
    let tsv = printed(
        &folder,
        &[&arguments[..], &["--differences", "--output", "tsv"]].concat(),
    );
    assert!(
        tsv.starts_with("run\tcompared with\tbetter\tequal\tworse\tnDCG@10\tnDCG@10 low\t"),
        "{tsv}"
    );
    assert!(
        tsv.contains("\nfirst\thalf\t20\t20\t0\t+0.1845\t+0.1292\t+0.2399\t"),
        "{tsv}"
    );
}

#[test]
fn what_is_wrong_with_a_set_or_a_scorer_is_named() {
    let folder = folder(&[
        ("set", SET),
        ("qrels", "q 0 a 1\n"),
        ("array", "[{\"query\":\"a\",\"candidates\":[]}]"),
        ("misspelt", "{\"query\":\"a\",\"candidate\":[]}"),
        (
            "grade",
            "\n{\"query\":\"a\",\"candidates\":[{\"text\":\"a\",\"grade\":\"high\"}]}",
        ),
        (
            "much",
            "{\"query\":\"a\",\"candidates\":[{\"text\":\"a\",\"grade\":1e7}]}",
        ),
        (
            "id",
            "{\"query\":\"a\",\"candidates\":[{\"text\":\"a\",\"grade\":1,\"id\":[]}]}",
        ),
        (
            "twice",
            "{\"query\":\"a\",\"candidates\":[{\"text\":\"a\",\"grade\":1,\"id\":\"1\"},{\"text\":\"b\",\"grade\":1}]}",
        ),
        (
            "same",
            "{\"id\":2,\"query\":\"a\",\"candidates\":[]}\n{\"query\":\"b\",\"candidates\":[]}",
        ),
        ("blank", "{\"query\":\" \",\"candidates\":[]}"),
        ("none", "{\"query\":\"a\",\"candidates\":[]}"),
    ]);
    for (set, said) in [
        (
            "qrels",
            "qrels has judgements and no texts, so there is nothing to rank",
        ),
        (
            "array",
            "array: the file is a JSON array, expected one object a line",
        ),
        (
            "misspelt",
            "misspelt:1: not a labelled query: unknown field `candidate`",
        ),
        (
            "grade",
            "grade:2: not a labelled query: invalid type: string \"high\"",
        ),
        (
            "much",
            "much:1: candidates[0].grade is not a number up to a million",
        ),
        (
            "id",
            "id:1: candidates[0]: the id is an array, expected a string or a number",
        ),
        (
            "twice",
            "twice:1: candidates[1] has the id of another one, 1",
        ),
        ("same", "same:2: an earlier query has the same id, 2"),
        ("blank", "blank:1: the query is blank"),
        ("none", "none: no query has a relevant document"),
    ] {
        let words = refused(&folder, &["eval", set, "--with", "lexical"], 2);
        assert!(words.contains(said), "{set}: {words}");
    }
    for (scorer, said, status) in [
        (
            "words",
            "expected lexical, service, service:CODE or model:MODEL",
            2,
        ),
        ("model:nowhere", "nowhere is not a folder with a model", 2),
        ("service", "no API key", 3),
    ] {
        let words = refused(&folder, &["eval", "set", "--with", scorer], status);
        assert!(words.contains(said), "{scorer}: {words}");
    }
    let words = refused(&folder, &["eval", "set"], 2);
    assert!(
        words.contains("<RUN>") || words.contains("--with"),
        "{words}"
    );
}

#[test]
fn a_service_that_fails_is_named_with_the_query() {
    let folder = folder(&[("set", SET)]);
    let served = Served::start(&[]);
    let url = format!("http://{}/nowhere", served.address);
    let done = run(
        &folder,
        &[
            "eval",
            "set",
            "--with",
            "service",
            "--base-url",
            &url,
            "--timeout",
            "5",
        ],
    );
    let said = String::from_utf8(done.stderr).unwrap();
    assert!(
        !done.status.success() && said.contains("query t; service"),
        "{said}"
    );
}
