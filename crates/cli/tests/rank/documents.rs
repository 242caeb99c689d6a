//! Documents in all formats, and errors in them.

use std::fs;

use crate::program::rerank;
use crate::support::{folder, piped, places, printed, refused};

#[test]
fn a_line_is_a_document_unless_it_is_blank() {
    let folder = folder(&[
        ("a", "coffee\n\n  \ngreen tea\r\n"),
        ("b", "\u{feff}tea\nmilk"),
    ]);
    let out = printed(&folder, &["--local", "tea", "a", "b", "--output", "tsv"]);
    assert_eq!(places(&out), ["b:1", "a:4", "a:1", "b:2"]);
    assert!(out.lines().next().unwrap().ends_with("\ttea"), "{out}");
}

#[test]
fn standard_input_is_read_without_files_or_for_a_dash() {
    let folder = folder(&[("a", "green tea")]);
    for arguments in [&["--local", "tea"] as &[_], &["--local", "tea", "-"]] {
        let done = piped(&mut rerank(arguments), b"coffee\ntea\n");
        assert_eq!(
            String::from_utf8(done.stdout).unwrap().lines().next(),
            Some("0.9000\ttea")
        );
    }
    let mut command = rerank(&["--local", "tea", "a", "-", "--output", "tsv"]);
    let done = piped(command.current_dir(folder.path()), b"milk\n");
    assert_eq!(
        places(&String::from_utf8(done.stdout).unwrap()),
        ["a:1", "-:1"]
    );
}

#[test]
fn a_member_of_json_lines_is_a_document() {
    let lines = "{\"id\":1,\"body\":\"coffee\"}\n\n{\"body\":\"tea\\nwith milk\",\"id\":2}\n";
    let folder = folder(&[("a.jsonl", lines)]);
    let out = printed(&folder, &["--local", "tea", "a.jsonl", "--field", "body"]);
    assert!(
        out.ends_with("\tcoffee\n") && out.contains("\ttea with milk\n"),
        "{out}"
    );
}

#[test]
fn a_column_of_csv_is_a_document() {
    let text = "id,text\n1,\"coffee, black\"\n2,\"green\ntea\"\n3,milk\n";
    let folder = folder(&[("a.csv", text)]);
    let out = printed(
        &folder,
        &[
            "--local", "tea", "a.csv", "--column", "text", "--output", "tsv",
        ],
    );
    assert_eq!(places(&out), ["a.csv:3", "a.csv:2", "a.csv:5"]);
}

#[test]
fn a_whole_file_is_a_document() {
    let folder = folder(&[("a.txt", "coffee\nand milk\n"), ("b.txt", "green\ntea\n")]);
    let out = printed(
        &folder,
        &[
            "--local", "tea", "a.txt", "b.txt", "--files", "--output", "tsv",
        ],
    );
    assert_eq!(places(&out), ["b.txt:", "a.txt:"]);
}

#[test]
fn documents_with_names_are_shown_by_them() {
    let folder = folder(&[
        ("a.txt", "coffee\nand milk\n"),
        ("b.txt", "green\ntea\n"),
        (
            "c.jsonl",
            "{\"t\":\"milk\",\"n\":7}\n{\"t\":\"tea\",\"n\":\"x\"}\n",
        ),
    ]);
    let told = |arguments: &[&str]| {
        let out = printed(&folder, &[&["--local", "tea"], arguments].concat());
        let texts = out.lines().filter_map(|line| line.split_once('\t'));
        texts.map(|(_, text)| text.to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(
        told(&["a.txt", "b.txt", "--files"]),
        ["b.txt: green tea", "a.txt: coffee and milk"]
    );
    assert_eq!(
        told(&["c.jsonl", "--field", "t", "--id", "n"]),
        ["x: tea", "7: milk"]
    );
    assert_eq!(told(&["c.jsonl", "--field", "t"]), ["tea", "milk"]);
    let run = printed(
        &folder,
        &[
            "--local", "tea", "a.txt", "b.txt", "--files", "--output", "trec",
        ],
    );
    let names = run.lines().filter_map(|line| line.split(' ').nth(2));
    assert_eq!(names.collect::<Vec<_>>(), ["b.txt", "a.txt"]);
}

#[test]
fn errors_in_documents_have_file_and_line() {
    let folder = folder(&[
        (
            "a.jsonl",
            "{\"body\":\"tea\"}\n{\"text\":\"tea\",\"id\":1}\n",
        ),
        ("b.jsonl", "{\"body\":\"tea\"}\n{\"body\":\n"),
        ("c.jsonl", "{\"body\":7}\n"),
        ("d.jsonl", "[]\n"),
        ("a.csv", "id,text\n1,tea\n2\n"),
        ("b.csv", "id,body\n"),
    ]);
    fs::write(folder.path().join("latin"), b"tea\nth\xe9\n").unwrap();
    for (arguments, status, wanted) in [
        (
            &["a.jsonl", "--field", "body"] as &[_],
            2,
            "a.jsonl:2: `body` is missing; the object has text, id",
        ),
        (
            &["b.jsonl", "--field", "body"],
            2,
            "b.jsonl:2: invalid JSON at column 8: EOF while parsing",
        ),
        (
            &["c.jsonl", "--field", "body"],
            2,
            "c.jsonl:1: `body` is the number 7, expected a string",
        ),
        (
            &["d.jsonl", "--field", "body"],
            2,
            "d.jsonl:1: the file is a JSON array, expected one object a line",
        ),
        (
            &["a.csv", "--column", "text"],
            2,
            "a.csv:3: found 1 cell, expected 2 as in the header",
        ),
        (
            &["b.csv", "--column", "text"],
            2,
            "b.csv: no column `text`; it has id, body",
        ),
        (&["latin"], 2, "latin:2: the text is not UTF-8"),
        (&["nowhere"], 1, "nowhere: No such file"),
    ] {
        let all = [&["--local", "tea"] as &[_], arguments].concat();
        let said = refused(&folder, &all, status);
        assert!(said.starts_with(&format!("error: {wanted}")), "{said}");
    }
}

#[test]
fn conflicting_formats_are_refused() {
    let folder = folder(&[("a", "tea")]);
    for arguments in [
        &["--local", "tea", "a", "--field", "x", "--column", "y"] as &[_],
        &["--local", "tea", "a", "--files", "--field", "x"],
        &["--local", "tea", "a", "-n", "0"],
        &["--local", "tea", "a", "--output", "html"],
    ] {
        refused(&folder, arguments, 2);
    }
}

#[test]
fn a_query_that_is_also_a_subcommand_follows_two_dashes() {
    let folder = folder(&[("a", "how to serve tea")]);
    let out = printed(&folder, &["--local", "--", "serve", "a"]);
    assert_eq!(out, "0.9000\thow to serve tea\n");
}

#[test]
fn a_missing_file_may_be_a_word_of_the_query() {
    let folder = folder(&[("a.txt", "tea\n"), ("q", "tea\n")]);
    let said = refused(&folder, &["--local", "green", "tea", "a.txt"], 1);
    assert!(said.starts_with("error: tea: No such file"), "{said}");
    assert!(said.contains("quote a query of several words"), "{said}");
    let said = refused(&folder, &["--local", "--queries", "q", "tea"], 1);
    assert!(!said.contains("quotes"), "{said}");
}
