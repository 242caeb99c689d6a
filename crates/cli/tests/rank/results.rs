//! Output formats, for people and for programs.

use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::program::rerank;
use crate::support::{folder, piped, printed, refused, run};

const DRINKS: &str = "coffee\ngreen tea\ntea\n";

#[test]
fn a_pipe_gets_score_tab_and_text() {
    let folder = folder(&[("a", DRINKS)]);
    assert_eq!(
        printed(&folder, &["--local", "tea", "a"]),
        "0.9231\ttea\n0.8522\tgreen tea\n0.0000\tcoffee\n"
    );
}

#[test]
fn bars_are_as_long_as_scores() {
    let folder = folder(&[("a", DRINKS)]);
    assert_eq!(
        printed(&folder, &["--local", "tea", "a", "--output", "bars"]),
        "1   0.9231  ██████████████████░░  tea\n\
         2   0.8522  █████████████████░░░  green tea\n\
         3   0.0000  ░░░░░░░░░░░░░░░░░░░░  coffee\n"
    );
}

#[test]
fn long_names_are_cut_at_the_start_to_leave_room_for_the_text() {
    let name = format!("{}-one.txt", "n".repeat(60));
    let folder = folder(&[(&name, "green tea\n")]);
    let out = printed(
        &folder,
        &["--local", "tea", &name, "--files", "--output", "bars"],
    );
    let row = out.lines().next().unwrap();
    assert!(row.contains(" …nnn"), "{row}");
    assert!(row.ends_with("n-one.txt: green tea"), "{row}");
    assert_eq!(row.chars().count(), 34 + 23 + 2 + 9, "{row}");
}

#[test]
fn texts_wider_than_the_terminal_are_cut_by_columns() {
    let folder = folder(&[("a", &"茶".repeat(100)), ("b", "tea\u{1b}[31m\tred")]);
    let out = printed(&folder, &["--local", "tea", "a", "b", "--output", "bars"]);
    let cut = out.lines().find(|line| line.contains('茶')).unwrap();
    assert!(
        cut.ends_with("茶…") && cut.matches('茶').count() == 22,
        "{cut}"
    );
    assert!(!out.contains('\u{1b}'), "{out:?}");
}

#[test]
fn every_format_has_the_ids_and_tsv_has_its_columns() {
    let lines = "{\"t\":\"tea\",\"n\":\"d\\t7\"}\n";
    let folder = folder(&[("a", lines), ("b", DRINKS)]);
    for (form, wanted) in [
        ("bars", "d 7: tea"),
        ("plain", "\td 7: tea"),
        ("tsv", "1\t0.9\t0\td 7\ta\t1\ttea\n"),
        ("json", "\"id\":\"d\\t7\""),
        ("jsonl", "\"id\":\"d\\t7\""),
    ] {
        let arguments = [
            "--local", "tea", "a", "--field", "t", "--id", "n", "--output", form,
        ];
        let out = printed(&folder, &arguments);
        assert!(out.contains(wanted), "{out}");
    }
    // Without ids the columns are the same.
    let out = printed(
        &folder,
        &["--local", "tea", "b", "-n", "1", "--output", "tsv"],
    );
    let columns: Vec<_> = out.trim_end().split('\t').collect();
    assert_eq!((columns.len(), columns[0], columns[2]), (7, "1", "2"));
    assert_eq!(columns[3..], ["", "b", "3", "tea"]);
}

#[test]
fn json_has_the_whole_ranking() {
    let folder = folder(&[("a", DRINKS)]);
    let out = printed(
        &folder,
        &["--local", "tea", "a", "-n", "1", "--output", "json"],
    );
    let out: Value = serde_json::from_str(&out).unwrap();
    let result = &out["results"][0];
    assert_eq!(out["results"].as_array().unwrap().len(), 1);
    assert_eq!(
        (
            &result["index"],
            &result["file"],
            &result["line"],
            &result["text"]
        ),
        (&json!(2), &json!("a"), &json!(3), &json!("tea"))
    );
    assert_eq!(
        (&out["query"], &out["scale"], &out["tokens"]),
        (&json!("tea"), &json!("normalized"), &json!(7))
    );
}

#[test]
fn json_lines_have_one_result_each() {
    let folder = folder(&[("a", DRINKS)]);
    let out = printed(
        &folder,
        &["--local", "tea", "a", "--raw-scores", "--output", "jsonl"],
    );
    let lines: Vec<Value> = out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let indices: Vec<_> = lines
        .iter()
        .map(|line| line["index"].as_u64().unwrap())
        .collect();
    assert_eq!(indices, [2, 1, 0]);
}

#[test]
fn results_below_a_score_are_left_out() {
    let folder = folder(&[("a", DRINKS)]);
    let lines = |least| {
        printed(&folder, &["--local", "tea", "a", "--min-score", least])
            .lines()
            .count()
    };
    assert_eq!(
        (lines("-1"), lines("0.0001"), lines("0.9"), lines("1")),
        (3, 2, 1, 0)
    );
}

#[test]
fn nothing_to_rank_prints_nothing_and_warns() {
    let folder = folder(&[("a", "\n\n"), ("d", "x\n")]);
    let done = run(&folder, &["--local", "tea", "a"]);
    assert!(done.status.success());
    assert_eq!(done.stdout, b"");
    assert_eq!(done.stderr, b"warning: there are no documents to rank\n");
    let said = refused(&folder, &["--local", " ", "d"], 2);
    assert!(said.contains("the query is blank"), "{said}");
}

#[test]
fn a_query_without_words_is_ranked_with_a_warning() {
    let folder = folder(&[("a", "tea\nmilk\n"), ("none", "\n")]);
    for query in ["🙂", "?!", "\u{ad}…"] {
        let done = run(&folder, &["--local", query, "a"]);
        assert!(done.status.success());
        assert_eq!(done.stdout, "0.0000\ttea\n0.0000\tmilk\n".as_bytes());
        let said = String::from_utf8(done.stderr).unwrap();
        let expected = "warning: the query has no words, so every document scores 0: ";
        assert_eq!(said.lines().count(), 1, "{said}");
        assert!(said.starts_with(expected), "{said}");
    }
    let long = run(&folder, &["--local", &"?".repeat(500), "a"]);
    let said = String::from_utf8(long.stderr).unwrap();
    assert!(
        said.ends_with(&format!(": {}…\n", "?".repeat(60))),
        "{said}"
    );
    // Without documents there is only one warning.
    let empty = run(&folder, &["--local", "?", "none"]);
    assert_eq!(empty.stderr, b"warning: there are no documents to rank\n");
    assert_eq!(run(&folder, &["--local", "C++ ?", "a"]).stderr, b"");
}

#[test]
fn a_closed_pipe_ends_the_program_silently() {
    let lines = "tea with milk and honey\n".repeat(50_000);
    let folder = folder(&[("a", &lines)]);
    let program = env!("CARGO_BIN_EXE_rerank");
    let script = format!("{program} --local tea a | head -n 1; exit ${{PIPESTATUS[0]}}");
    let done = Command::new("bash")
        .args(["-c", &script])
        .current_dir(folder.path())
        .stderr(Stdio::piped())
        .output()
        .unwrap();
    assert_eq!(done.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&done.stderr), "");
}

#[test]
fn many_documents_are_ranked_locally_at_once() {
    let lines: String = (0..20_000)
        .map(|number| format!("cup number {number}\n"))
        .collect();
    let done = piped(
        &mut rerank(&["--local", "number 19999", "-n", "1"]),
        lines.as_bytes(),
    );
    let out = String::from_utf8(done.stdout).unwrap();
    assert!(out.ends_with("\tcup number 19999\n"), "{out}");
}
