//! `rerank --queries`: many queries at once.

use std::fs;

use serde_json::json;

use crate::loopback::{Loopback, MockResponse};
use crate::program::{Served, rerank};
use crate::support::{failure, folder, json_lines, printed, refused, run_against, sound};

const QUERIES: &str = "green tea\n\nblack coffee\n";
const DOCUMENTS: &str = "coffee, black\ntea, green\nmilk\n";

#[test]
fn each_query_has_a_line_of_results_in_the_order_of_the_queries() {
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
fn queries_may_have_ids_and_their_own_documents() {
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
fn errors_in_queries_have_file_and_line() {
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
            "every query has its own documents",
        ),
        (&["--queries", "-"], "standard input cannot have both"),
        (
            &["--queries", "d", "d", "--id", "n"],
            "--id takes a member or column",
        ),
        (
            &["--queries", "own", "--output", "bars"],
            "expected --output jsonl or trec",
        ),
        (
            &[
                "x", "named", "--field", "t", "--id", "n", "--output", "trec",
            ],
            "cannot be used in a TREC run",
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
    let done = run_against(&folder, &url, &["--queries", "q", "d", "-n", "1"]);
    assert!(done.status.success());
    let lines = json_lines(str::from_utf8(&done.stdout).unwrap());
    assert_eq!(lines.len(), 40);
    for (place, line) in lines.iter().enumerate() {
        assert_eq!(line["results"][0]["index"], place);
    }
}

#[test]
fn a_refusal_of_one_query_does_not_stop_the_others() {
    let folder = folder(&[("q", "a\nb\nc\n"), ("d", "x\n")]);
    let answers = vec![sound(1), failure(400, "1301"), sound(1)];
    let server = Loopback::start_each(answers).unwrap();
    let arguments = ["--queries", "q", "d", "--concurrency", "1"];
    let done = run_against(&folder, &server.url("/api"), &arguments);
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
fn names_that_a_run_cannot_hold_are_refused_before_anything_is_sent() {
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
            "the id of a document, \"1\", cannot be used in a TREC run: it is not",
        ),
        (&["query", "d"], "the id of a query, \"\""),
    ] {
        let arguments = [&["--output", "trec", "--queries"], arguments].concat();
        let done = run_against(&folder, &server.url("/api"), &arguments);
        let words = String::from_utf8(done.stderr).unwrap();
        assert_eq!(done.status.code(), Some(2), "{words}");
        assert!(words.contains(said), "{words}");
    }
    assert!(server.finish().is_empty(), "nothing may be sent");
}

#[test]
fn a_failure_of_every_query_ends_the_batch() {
    let folder = folder(&[("q", "a\nb\nc\n"), ("d", "x\n")]);
    let arguments = ["--queries", "q", "d", "--concurrency", "1"];
    for (answer, code) in [
        (MockResponse::new(404, &[], b"no such page"), 2),
        (MockResponse::new(200, &[], b"<html>"), 5),
        (failure(401, "1000"), 3),
    ] {
        let server = Loopback::start(answer).unwrap();
        let done = run_against(&folder, &server.url("/api"), &arguments);
        let said = String::from_utf8(done.stderr).unwrap();
        assert_eq!(done.status.code(), Some(code), "{said}");
        assert!(said.contains("0 of 3 queries were ranked"), "{said}");
        assert_eq!(server.finish().len(), 1, "{said}");
    }
    // All were refused, so none was ranked.
    let server = Loopback::start(failure(400, "1214")).unwrap();
    let done = run_against(&folder, &server.url("/api"), &arguments);
    assert_eq!(done.status.code(), Some(2));
    assert_eq!(server.finish().len(), 3);
}

#[cfg(target_os = "linux")]
#[test]
fn results_that_cannot_be_written_end_the_batch_and_lose_no_response() {
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
    assert!(said.contains("run the command again to continue"), "{said}");
    let kept = fs::read_to_string(folder.path().join("kept")).unwrap();
    assert_eq!(kept.lines().count(), server.finish().len());
}

#[test]
fn a_batch_is_estimated_and_refused_over_its_budget() {
    let folder = folder(&[("q", "green tea\ncoffee\n"), ("d", "tea\nmilk\n")]);
    let out = printed(&folder, &["--queries", "q", "d", "--dry-run"]);
    assert!(out.starts_with("2 requests, 4 texts, about 1"), "{out}");
    let server = Loopback::start(sound(2)).unwrap();
    let done = run_against(
        &folder,
        &server.url("/api"),
        &["--queries", "q", "d", "--budget", "3"],
    );
    assert_eq!(done.status.code(), Some(2));
    assert!(server.finish().is_empty(), "nothing may be sent");
}
