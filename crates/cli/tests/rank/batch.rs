//! `rerank --queries`: many queries at once, and `--resume`.

use std::fs;
use std::process::Output;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::loopback::{Answer, Loopback};
use crate::program::{Served, rerank};
use crate::support::{folder, printed, refused};

const QUERIES: &str = "green tea\n\nblack coffee\n";
const DOCUMENTS: &str = "coffee, black\ntea, green\nmilk\n";

fn json_lines(text: &str) -> Vec<Value> {
    let lines = text.lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// Runs the program against `url`, without a key.
fn run(folder: &TempDir, url: &str, arguments: &[&str]) -> Output {
    let mut command = rerank(&["--base-url", url]);
    let command = command.args(arguments).current_dir(folder.path());
    command.output().unwrap()
}

/// An answer for so many documents, each as good as the one before.
fn sound(count: usize) -> Answer {
    let results: Vec<_> = (0..count)
        .map(|index| json!({"index": index, "relevance_score": 0.5}))
        .collect();
    let usage = json!({"prompt_tokens": 9, "total_tokens": 9});
    let body = json!({"id": "1", "results": results, "usage": usage}).to_string();
    Answer::new(200, &[], body.as_bytes())
}

fn failure(status: u16, code: &str) -> Answer {
    let body = json!({"error": {"code": code, "message": "words"}}).to_string();
    Answer::new(status, &[], body.as_bytes())
}

#[test]
fn each_query_has_a_line_of_results_in_their_order() {
    let folder = folder(&[("q", QUERIES), ("d", DOCUMENTS)]);
    let out = printed(&folder, &["--local", "--queries", "q", "d", "-n", "1"]);
    let lines = json_lines(&out);
    assert_eq!(lines.len(), 2);
    for (line, (id, query, best)) in lines
        .iter()
        .zip([("1", "green tea", 1), ("2", "black coffee", 0)])
    {
        assert_eq!((&line["id"], &line["query"]), (&json!(id), &json!(query)));
        assert_eq!(line["results"].as_array().unwrap().len(), 1);
        assert_eq!(line["results"][0]["index"], best);
    }
}

#[test]
fn queries_may_bring_ids_and_documents_of_their_own() {
    let queries = r#"{"id":"q7","query":"tea","documents":["milk",{"id":"d3","text":"tea"}]}
{"id":8,"query":"coffee"}"#;
    let folder = folder(&[("q", queries), ("d", DOCUMENTS)]);
    let lines = json_lines(&printed(&folder, &["--local", "--queries", "q", "d"]));
    assert_eq!(lines[0]["id"], "q7");
    assert_eq!(lines[0]["results"][0]["id"], "d3");
    assert_eq!(lines[0]["results"].as_array().unwrap().len(), 2);
    assert_eq!(lines[1]["id"], "8");
    assert_eq!(lines[1]["results"].as_array().unwrap().len(), 3);
}

#[test]
fn each_query_without_words_is_named_in_a_warning() {
    let queries = r#"{"id":"smile","query":"🙂"}
{"query":"tea"}
{"query":"…","documents":["milk"]}"#;
    let folder = folder(&[("q", queries), ("d", DOCUMENTS)]);
    let done = rerank(&["--local", "--queries", "q", "d"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(done.status.success());
    assert_eq!(
        json_lines(&String::from_utf8(done.stdout).unwrap()).len(),
        3
    );
    assert_eq!(
        String::from_utf8(done.stderr).unwrap(),
        "warning: query smile has no words, so every document scores 0: 🙂\n\
         warning: query 3 has no words, so every document scores 0: …\n"
    );
}

#[test]
fn a_run_has_the_names_of_queries_and_documents() {
    let documents = "{\"n\":\"a1\",\"t\":\"green tea\"}\n{\"n\":2,\"t\":\"milk\"}\n";
    let csv = "n,t\na1,green tea\n2,milk\n";
    let folder = folder(&[("q", "tea\n"), ("d", documents), ("c", csv)]);
    for arguments in [["--field", "t", "d"], ["--column", "t", "c"]] {
        let all = [
            &[
                "--local",
                "--queries",
                "q",
                "--id",
                "n",
                "--output",
                "trec",
                "-n",
                "2",
            ],
            &arguments[..],
        ]
        .concat();
        let out = printed(&folder, &all);
        let lines: Vec<Vec<_>> = out.lines().map(|line| line.split(' ').collect()).collect();
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[0][..4], ["1", "Q0", "a1", "1"]);
        assert_eq!(lines[1][..4], ["1", "Q0", "2", "2"]);
    }
}

#[test]
fn what_is_wrong_with_queries_is_told_by_file_and_line() {
    let twice = "{\"id\":1,\"query\":\"a\"}\n{\"id\":\"1\",\"query\":\"b\"}\n";
    let own = "{\"query\":\"a\",\"documents\":[\"b\"]}";
    let folder = folder(&[
        ("none", "\n"),
        ("broken", "{\"query\":\"a\"}\n{\"query\":\n"),
        ("misspelt", "{\"query\":\"a\",\"document\":[\"b\"]}"),
        ("twice", twice),
        ("own", own),
        ("d", DOCUMENTS),
        ("named", "{\"t\":\"a\",\"n\":\"two words\"}"),
    ]);
    for (arguments, said) in [
        (&["--queries", "none", "d"] as &[_], "none: no queries"),
        (&["--queries", "broken", "d"], "broken:2: not a query"),
        (
            &["--queries", "misspelt"],
            "misspelt:1: not a query: unknown field `document`",
        ),
        (
            &["--queries", "twice", "d"],
            "queries 1 and 2 have the same id, 1",
        ),
        (
            &["--queries", "own", "d"],
            "every query brings its own documents",
        ),
        (&["--queries", "-"], "standard input cannot have both"),
        (
            &["--queries", "d", "d", "--id", "n"],
            "--id names a member or a column",
        ),
        (
            &["--queries", "own", "--output", "bars"],
            "results of many queries are",
        ),
        (
            &[
                "x", "named", "--field", "t", "--id", "n", "--output", "trec",
            ],
            "cannot stand in a TREC run",
        ),
    ] {
        let all = [&["--local"], arguments].concat();
        let words = refused(&folder, &all, 2);
        assert!(words.contains(said), "{words}");
    }
}

#[test]
fn many_queries_go_through_the_endpoint() {
    let queries: String = (0..40).map(|number| format!("cup {number}\n")).collect();
    let folder = folder(&[("q", &queries), ("d", &queries)]);
    let server = Served::start(&["--log", "off"]);
    let url = format!("http://{}/api", server.address);
    let done = run(&folder, &url, &["--queries", "q", "d", "-n", "1"]);
    assert!(done.status.success());
    let lines = json_lines(str::from_utf8(&done.stdout).unwrap());
    assert_eq!(lines.len(), 40);
    for (place, line) in lines.iter().enumerate() {
        assert_eq!(line["results"][0]["index"], place);
    }
}

#[test]
fn what_is_refused_for_one_query_does_not_stop_the_others() {
    let folder = folder(&[("q", "a\nb\nc\n"), ("d", "x\n")]);
    let answers = vec![sound(1), failure(400, "1301"), sound(1)];
    let server = Loopback::start_each(answers).unwrap();
    let arguments = ["--queries", "q", "d", "--concurrency", "1"];
    let done = run(&folder, &server.url("/api"), &arguments);
    let said = String::from_utf8(done.stderr).unwrap();
    assert_eq!(done.status.code(), Some(6), "{said}");
    assert!(said.contains("1 of 3 queries were refused"), "{said}");
    let lines = json_lines(str::from_utf8(&done.stdout).unwrap());
    assert!(lines[0].get("error").is_none() && lines[2].get("error").is_none());
    let error = lines[1]["error"].as_str().unwrap();
    assert!(
        error.starts_with("the service refuses these texts"),
        "{error}"
    );
}

#[test]
fn what_was_answered_is_not_sent_again_after_a_failure() {
    let folder = folder(&[("q", "a\nb\nc\n"), ("d", "x\ny\n")]);
    let arguments = [
        "--queries",
        "q",
        "d",
        "--concurrency",
        "1",
        "--resume",
        "kept",
    ];
    let answers = [&[sound(2), failure(429, "1113")][..], &vec![sound(2); 5]].concat();
    let server = Loopback::start_each(answers).unwrap();
    let url = server.url("/api");
    let done = run(&folder, &url, &arguments);
    let said = String::from_utf8(done.stderr).unwrap();
    assert_eq!(done.status.code(), Some(6), "{said}");
    assert!(said.contains("1 of 3 queries were ranked"), "{said}");
    assert!(said.contains("run it again to go on"), "{said}");

    // Two more are sent.
    let done = run(&folder, &url, &arguments);
    assert!(done.status.success());
    assert_eq!(json_lines(str::from_utf8(&done.stdout).unwrap()).len(), 3);

    // None is.
    let again = run(&folder, &url, &arguments);
    assert_eq!(again.stdout, done.stdout);

    // Another question is another request: three.
    let others = run(&folder, &url, &[&arguments[..], &["--raw-scores"]].concat());
    assert!(others.status.success());
    assert_eq!(server.finish().len(), 2 + 2 + 3);

    // And so is one to another service.
    let server = Loopback::start(sound(2)).unwrap();
    let others = run(&folder, &server.url("/api"), &arguments);
    assert!(others.status.success());
    assert_eq!(server.finish().len(), 3);
}

#[test]
fn an_answer_that_was_being_written_is_asked_for_again() {
    let folder = folder(&[("q", "a\nb\n"), ("d", "x\ny\n")]);
    let server = Loopback::start(sound(2)).unwrap();
    let url = server.url("/api");
    let arguments = [
        "--queries",
        "q",
        "d",
        "--resume",
        "kept",
        "--concurrency",
        "1",
    ];
    assert!(run(&folder, &url, &arguments).status.success());
    let kept = folder.path().join("kept");
    let whole = fs::read(&kept).unwrap();
    let first = whole.iter().position(|byte| *byte == b'\n').unwrap() + 1;
    let cuts: Vec<_> = (first + 1..whole.len()).step_by(29).collect();
    for cut in &cuts {
        fs::write(&kept, &whole[..*cut]).unwrap();
        let again = run(&folder, &url, &arguments);
        let said = String::from_utf8_lossy(&again.stderr);
        assert!(again.status.success(), "{said}");
        let lines = json_lines(str::from_utf8(&again.stdout).unwrap());
        assert_eq!(lines.len(), 2);
        assert_eq!(fs::read_to_string(&kept).unwrap().lines().count(), 2);
    }
    assert!(cuts.len() > 5);
    assert_eq!(server.finish().len(), 2 + cuts.len());
}

#[test]
fn a_ranking_of_many_parts_goes_on_where_it_was() {
    let documents: String = (0..300).map(|number| format!("tea {number}\n")).collect();
    let folder = folder(&[("d", &documents)]);
    let arguments = ["tea", "d", "--concurrency", "1", "--resume", "kept"];
    let answers = vec![sound(128), failure(429, "1113"), sound(128), sound(44)];
    let server = Loopback::start_each(answers).unwrap();
    let done = run(&folder, &server.url("/api"), &arguments);
    assert_eq!(done.status.code(), Some(6));
    let done = run(&folder, &server.url("/api"), &arguments);
    assert!(done.status.success());
    assert_eq!(
        done.stdout.iter().filter(|byte| **byte == b'\n').count(),
        300
    );
    assert_eq!(server.finish().len(), 4);
}

#[test]
fn a_file_that_is_none_of_resume_is_left_as_it_is() {
    let other = format!("{{\"request\":\"{}\",\"asked\":", "0".repeat(64));
    for text in [
        "notes of mine\n",
        "notes of mine",
        "{\"a\":1}\n",
        "{\"request\":\"a page\"",
        &other,
    ] {
        let folder = folder(&[("d", "x\n"), ("notes", text)]);
        let server = Loopback::start(sound(1)).unwrap();
        let done = run(
            &folder,
            &server.url("/api"),
            &["a", "d", "--resume", "notes"],
        );
        let said = String::from_utf8(done.stderr).unwrap();
        assert_eq!(done.status.code(), Some(2), "{said}");
        assert!(said.contains("notes:1: not an answer"), "{said}");
        let left = fs::read_to_string(folder.path().join("notes")).unwrap();
        assert_eq!(left, text);
        assert!(server.finish().is_empty(), "nothing may be sent");
    }
}

#[test]
fn what_is_no_file_and_what_another_run_writes_to_keeps_no_answers() {
    let folder = folder(&[("q", "a\n"), ("d", "x\n")]);
    let locked = fs::File::create(folder.path().join("locked")).unwrap();
    locked.try_lock().unwrap();
    let server = Loopback::start(sound(1)).unwrap();
    for (file, said) in [
        (".", ".: not a file that answers can be kept in"),
        ("locked", "locked: another run keeps its answers there"),
    ] {
        let done = run(&folder, &server.url("/api"), &["a", "d", "--resume", file]);
        let words = String::from_utf8(done.stderr).unwrap();
        assert_eq!(done.status.code(), Some(2), "{words}");
        assert!(words.contains(said), "{words}");
    }
    assert!(server.finish().is_empty(), "nothing may be sent");
}

#[test]
fn what_a_run_cannot_name_is_refused_before_anything_is_sent() {
    let own = |documents: &str| format!("{{\"query\":\"a\",\"documents\":[{documents}]}}");
    let spaced = own(r#"{"id":"a b","text":"x"}"#);
    let twice = own(r#"{"id":"1","text":"x"},"y""#);
    let folder = folder(&[
        ("spaced", &spaced),
        ("twice", &twice),
        ("query", "{\"id\":\"\",\"query\":\"a\"}"),
        ("d", "x\n"),
    ]);
    let server = Loopback::start(sound(1)).unwrap();
    for (arguments, said) in [
        (&["spaced"][..], "the id of a document, \"a b\""),
        (
            &["twice"],
            "the id of a document, \"1\", cannot stand in a TREC run: another",
        ),
        (&["query", "d"], "the id of a query, \"\""),
    ] {
        let arguments = [&["--output", "trec", "--queries"], arguments].concat();
        let done = run(&folder, &server.url("/api"), &arguments);
        let words = String::from_utf8(done.stderr).unwrap();
        assert_eq!(done.status.code(), Some(2), "{words}");
        assert!(words.contains(said), "{words}");
    }
    assert!(server.finish().is_empty(), "nothing may be sent");
}

#[test]
fn what_fails_for_every_query_ends_the_batch() {
    let folder = folder(&[("q", "a\nb\nc\n"), ("d", "x\n")]);
    let arguments = ["--queries", "q", "d", "--concurrency", "1"];
    for (answer, code) in [
        (Answer::new(404, &[], b"no such page"), 2),
        (Answer::new(200, &[], b"<html>"), 5),
        (failure(401, "1000"), 3),
    ] {
        let server = Loopback::start(answer).unwrap();
        let done = run(&folder, &server.url("/api"), &arguments);
        let said = String::from_utf8(done.stderr).unwrap();
        assert_eq!(done.status.code(), Some(code), "{said}");
        assert!(said.contains("0 of 3 queries were ranked"), "{said}");
        assert_eq!(server.finish().len(), 1, "{said}");
    }
    // Where all were refused, none was ranked.
    let server = Loopback::start(failure(400, "1214")).unwrap();
    let done = run(&folder, &server.url("/api"), &arguments);
    assert_eq!(done.status.code(), Some(2));
    assert_eq!(server.finish().len(), 3);
}

#[cfg(target_os = "linux")]
#[test]
fn results_that_cannot_be_written_end_the_batch_and_lose_no_answer() {
    let folder = folder(&[("q", "a\nb\nc\nd\ne\nf\ng\nh\n"), ("d", "x\n")]);
    let server = Loopback::start(sound(1)).unwrap();
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    let mut command = rerank(&["--base-url", &server.url("/api"), "--queries", "q", "d"]);
    let child = command
        .args(["--concurrency", "2", "--resume", "kept"])
        .current_dir(folder.path())
        .stdout(full)
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let done = child.wait_with_output().unwrap();
    let said = String::from_utf8(done.stderr).unwrap();
    assert_eq!(done.status.code(), Some(1), "{said}");
    assert!(said.starts_with("error: standard output: "), "{said}");
    assert!(said.contains("run it again to go on"), "{said}");
    let kept = fs::read_to_string(folder.path().join("kept")).unwrap();
    assert_eq!(kept.lines().count(), server.finish().len());
}

#[test]
fn a_batch_is_estimated_and_refused_over_its_budget() {
    let folder = folder(&[("q", "green tea\ncoffee\n"), ("d", "tea\nmilk\n")]);
    let out = printed(&folder, &["--queries", "q", "d", "--dry-run"]);
    assert!(out.starts_with("2 requests, 4 texts, about 1"), "{out}");
    let server = Loopback::start(sound(2)).unwrap();
    let done = run(
        &folder,
        &server.url("/api"),
        &["--queries", "q", "d", "--budget", "3"],
    );
    assert_eq!(done.status.code(), Some(2));
    assert!(server.finish().is_empty(), "nothing may be sent");
}
