//! `rerank eval`: measures calculated by hand, and invalid files.

use crate::support::{folder, printed, refused};

// The two relevant documents of the first query are at ranks 2 and 3 of the run, the only one of
// the second at rank 1; the third has none, and the fourth is not in the run.
const QRELS: &str = "\
q1 0 a 0
q1 0 b 2
q1 0 c 1
q2 0 a 1
q3 0 a 0
q4 0 z 1
";
const RUN: &str = "\
q1 Q0 a 1 0.9 x
q1 Q0 b 2 0.8 x
q1 Q0 c 3 0.7 x
q2 Q0 a 9 0.2 x
q2 Q0 unjudged 1 0.1 x
q3 Q0 a 1 0.5 x
";

#[test]
fn measures_equal_those_calculated_by_hand() {
    let folder = folder(&[("qrels", QRELS), ("run", RUN)]);
    // q1: (2/log2 3 + 1/log2 4) / (2/log2 2 + 1/log2 3) = 1.7619 / 2.6309 = 0.6697.
    assert_eq!(
        printed(&folder, &["eval", "qrels", "run", "--per-query"]),
        "\
run  query  queries  not in run  nDCG@10  MRR@10  recall@10
run  q1           1           0   0.6697  0.5000     1.0000
run  q2           1           0   1.0000  1.0000     1.0000
run  q4           1           0   0.0000  0.0000     0.0000
run  all          3           1   0.5566  0.5000     0.6667
"
    );
}

#[test]
fn only_the_first_results_count() {
    let folder = folder(&[("qrels", QRELS), ("run", RUN)]);
    let out = printed(
        &folder,
        &["eval", "qrels", "run", "-k", "1", "--output", "tsv"],
    );
    assert_eq!(
        out,
        "run\tquery\tqueries\tnot in run\tnDCG@1\tMRR@1\trecall@1\nrun\tall\t3\t1\t0.3333\t0.3333\t0.3333\n"
    );
}

#[test]
fn ties_are_ordered_by_descending_name() {
    let folder = folder(&[
        ("qrels", "q 0 a 1\n"),
        ("run", "q Q0 a 1 0.5 x\nq Q0 b 2 0.5 x\n"),
    ]);
    let out = printed(&folder, &["eval", "qrels", "run", "--output", "jsonl"]);
    assert!(out.contains("\"mrr\":0.5"), "{out}");
}

/// The results of pytrec_eval 0.5.6.
#[test]
fn scores_are_compared_as_trec_eval_does() {
    let qrels = "q 0 a 1\nq 0 b 0\nq 0 c 2\n";
    for (a, b, mrr, ndcg) in [
        // Equal as 32-bit floats: b, the greater name, comes before a.
        ("0.9000000004", "0.9000000003", 0.5, 0.6199062332840657),
        ("16777217.0", "16777216.0", 0.5, 0.6199062332840657),
        ("1e-46", "0.0", 0.5, 0.6199062332840657),
        ("0.0", "-0.0", 0.5, 0.6199062332840657),
        ("1e40", "1e39", 0.5, 0.6199062332840657),
        // Apart.
        ("0.90000012", "0.9000000", 1.0, 0.7601875334318685),
        ("1e39", "1e38", 1.0, 0.7601875334318685),
    ] {
        let run = format!("q Q0 a 1 {a} x\nq Q0 b 2 {b} x\nq Q0 c 3 -1 x\n");
        let folder = folder(&[("qrels", qrels), ("run", &run)]);
        let out = printed(&folder, &["eval", "qrels", "run", "--output", "jsonl"]);
        let line: serde_json::Value = serde_json::from_str(&out).unwrap();
        let measured = |name: &str| line[name].as_f64().unwrap();
        assert!((measured("mrr") - mrr).abs() < 1e-9, "{a} {b}: {out}");
        assert!((measured("ndcg") - ndcg).abs() < 1e-9, "{a} {b}: {out}");
    }
}

#[test]
fn runs_of_the_program_can_be_measured_side_by_side() {
    let folder = folder(&[
        ("q", "green tea\n"),
        ("d", "milk\ngreen tea\ntea\n"),
        ("qrels", "1 0 1 1\n"),
        ("worse", "1 Q0 0 1 2 x\n1 Q0 1 2 1 x\n"),
    ]);
    let run = printed(
        &folder,
        &["--local", "--queries", "q", "d", "--output", "trec"],
    );
    std::fs::write(folder.path().join("here"), run).unwrap();
    let out = printed(&folder, &["eval", "qrels", "here", "worse"]);
    let rows: Vec<_> = out.lines().skip(1).collect();
    assert!(
        rows[0].starts_with("here ") && rows[0].contains("1.0000"),
        "{out}"
    );
    assert!(
        rows[1].starts_with("worse") && rows[1].contains("0.5000"),
        "{out}"
    );
}

#[test]
fn errors_have_file_and_line() {
    let folder = folder(&[
        ("qrels", QRELS),
        ("run", RUN),
        ("short", "q1 0 a\n"),
        ("words", "q1 0 a much\n"),
        ("twice", "q1 0 a 1\nq1 0 a 1\n"),
        ("none", "q1 0 a 0\n"),
        ("infinite", "q1 Q0 a 1 inf x\n"),
        ("other", "q9 Q0 a 1 1 x\n"),
        ("double", "q1 Q0 a 1 1 x\n\nq1 Q0 a 2 1 x\n"),
    ]);
    for (arguments, said) in [
        (["short", "run"], "short:1: found 3 columns, expected 4\n"),
        (["words", "run"], "words:1: the relevance is not a number"),
        (["twice", "run"], "twice:2: a was judged for q1 before"),
        (["none", "run"], "none: no query has a relevant document"),
        (["qrels", "qrels"], "qrels:1: found 4 columns, expected 6\n"),
        (
            ["run", "qrels"],
            "run:1: found 6 columns, expected 4 (a run has 6; the judgements come first)",
        ),
        (["-", "-"], "standard input cannot be several of the files"),
        (
            ["qrels", "infinite"],
            "infinite:1: the score is not a finite number",
        ),
        (["qrels", "double"], "double:3: a is in q1 before"),
        (
            ["qrels", "other"],
            "other: none of the 3 judged queries is in it",
        ),
    ] {
        let words = refused(&folder, &[&["eval"], &arguments[..]].concat(), 2);
        assert!(words.contains(said), "{words}");
    }
    let words = refused(&folder, &["eval", "qrels", "missing"], 1);
    assert!(words.starts_with("error: missing: "), "{words}");
}
