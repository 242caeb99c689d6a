//! Behaviours of reading a contract's text.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use serde_json::{Value, json};

use super::parse;
use crate::Diagnostic;
use crate::Source;

fn value(text: &str) -> Value {
    parse(&Source::new("api.yaml", text)).unwrap().value
}

fn problems(text: &str) -> Vec<Diagnostic> {
    parse(&Source::new("api.yaml", text)).unwrap_err()
}

/// `line:column pointer problem` of each.
fn told(text: &str) -> Vec<String> {
    let tell = |d: &Diagnostic| format!("{}:{} {} {}", d.line, d.column, d.pointer, d.message);
    problems(text).iter().map(tell).collect()
}

#[test]
fn a_diagnostic_has_file_place_and_remedy() {
    assert_eq!(
        problems("info:\n  title: a: b\n")[0].to_string(),
        "error: invalid YAML: mapping values are not allowed in this context\n  \
         --> api.yaml:2:11\n   at /info/title\n \
         help: fix the syntax error here; a JSON document is YAML too"
    );
}

#[test]
fn keys_keep_their_text_whatever_it_looks_like() {
    assert_eq!(
        value("200: a\n0x10: b\n1.0: c\ntrue: d\n~: e\n2020-01-01: f\n"),
        json!({"200": "a", "0x10": "b", "1.0": "c", "true": "d", "~": "e", "2020-01-01": "f"})
    );
}

#[test]
fn plain_texts_that_only_resemble_numbers_stay_strings() {
    assert_eq!(
        value("a: 20241120141244890ab4ee4af84acf\nb: 2020-01-01\nc: yes\nd: 1_000\ne: 017\n"),
        json!({"a": "20241120141244890ab4ee4af84acf", "b": "2020-01-01", "c": "yes",
               "d": "1_000", "e": "017"})
    );
}

#[test]
fn numbers_keep_their_kind() {
    assert_eq!(
        value("a: 1\nb: 1.0\nc: 0o17\nd: 18446744073709551615\ne: 99999999999999999999\nf: -3\n"),
        json!({"a": 1, "b": 1.0, "c": 15, "d": u64::MAX, "e": 1e20, "f": -3})
    );
}

#[test]
fn members_keep_their_order() {
    let keys: Vec<_> = value("b: 1\na: 2\nc: 3\n")
        .as_object()
        .unwrap()
        .keys()
        .cloned()
        .collect();
    assert_eq!(keys, ["b", "a", "c"]);
}

#[test]
fn json_may_escape_surrogate_pairs() {
    assert_eq!(value(r#"  {"a": "\ud83d\ude00"}"#), json!({"a": "😀"}));
}

#[test]
fn a_flow_mapping_that_is_not_json_is_yaml() {
    assert_eq!(value("{a: 'b', c: [d,],}"), json!({"a": "b", "c": ["d"]}));
}

#[test]
fn broken_json_is_told_at_its_character() {
    assert_eq!(
        told("{\n  \"é\":\n  \"é\" 1\n}"),
        ["3:7 / invalid JSON: expected `,` or `}`"]
    );
}

#[test]
fn the_reader_that_got_further_is_heard() {
    assert_eq!(
        told("{\"a\": 1,\n  b: 2: 3}"),
        ["2:7 /b invalid YAML: did not find expected ',' or '}', while parsing a flow mapping"]
    );
}

#[test]
fn a_byte_order_mark_is_passed_over() {
    assert_eq!(value("\u{feff}{\"a\": 1}"), json!({"a": 1}));
    assert_eq!(value("\u{feff}a: 1"), json!({"a": 1}));
}

#[test]
fn empty_texts_are_refused() {
    for text in ["", " \n", "# note\n", "---\n", "null"] {
        assert_eq!(
            problems(text)[0].message,
            "the document is empty",
            "{text:?}"
        );
    }
}

#[test]
fn a_document_must_be_an_object() {
    assert_eq!(told("\n- a\n"), ["2:1 / the document is not an object"]);
}

#[test]
fn every_repeated_key_is_told() {
    assert_eq!(
        told("a: 1\nb: {c: 1, c: 2}\na: 3\n"),
        [
            "2:11 /b/c duplicate key `c`, first on line 2",
            "3:1 /a duplicate key `a`, first on line 1"
        ]
    );
}

#[test]
fn repeated_keys_of_json_are_told() {
    assert_eq!(
        told("{\"a\": 1,\n \"a\": 2}"),
        ["2:2 /a duplicate key `a`, first on line 1"]
    );
}

#[test]
fn several_documents_are_refused_at_the_second() {
    assert_eq!(
        told("a: 1\n---\nb: 2\n---\nc: 3\n"),
        ["2:1 / a second YAML document starts here"]
    );
}

#[test]
fn nodes_without_json_are_told_all_at_once() {
    assert_eq!(
        told("a: .nan\nb:\n  - 1\n  - -.inf\nc: !secret {d: 1}\n"),
        [
            "1:1 /a `NaN` is not a JSON number",
            "4:5 /b/1 `-inf` is not a JSON number",
            "5:1 /c the tag `!secret` is not supported"
        ]
    );
}

#[test]
fn core_tags_are_understood() {
    assert_eq!(
        value("a: !!str 1\nb: !!int \"3\"\n"),
        json!({"a": "1", "b": 3})
    );
}

#[test]
fn a_collection_as_key_is_refused() {
    assert_eq!(
        told("paths:\n  {id}: 1\n"),
        ["2:3 /paths expected a string as key, found a mapping or a sequence"]
    );
}

#[test]
fn aliases_are_expanded() {
    assert_eq!(
        value("a: &x {b: [1]}\nc: *x\n"),
        json!({"a": {"b": [1]}, "c": {"b": [1]}})
    );
}

#[test]
fn an_unknown_alias_is_told_at_its_place() {
    assert_eq!(
        told("a:\n  b: *x\n"),
        ["2:6 /a/b invalid YAML: unknown anchor"]
    );
}

#[test]
fn merge_keys_give_what_the_mapping_lacks() {
    let text = "a: &a {x: 1, y: 1}\nb: &b {<<: *a, y: 2}\nc: {<<: [*b, {z: 3, x: 9}], w: 4}\n";
    assert_eq!(value(text)["c"], json!({"w": 4, "x": 1, "y": 2, "z": 3}));
}

#[test]
fn merging_a_scalar_is_refused() {
    assert_eq!(
        told("a:\n  <<: 1\n"),
        ["2:3 /a/<< expected a mapping to merge with `<<`"]
    );
}

#[test]
fn a_control_character_is_told_at_its_place() {
    assert_eq!(
        told("a: 1\nb: é\u{1}\n"),
        ["2:5 /b invalid YAML: control characters are not allowed"]
    );
}

#[test]
fn an_alias_bomb_is_refused() {
    let mut text = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n".to_owned();
    for n in 1..10 {
        let items = vec![format!("*a{}", n - 1); 9].join(",");
        text.push_str(&format!("a{n}: &a{n} [{items}]\n"));
    }
    assert_eq!(
        problems(&text)[0].message,
        "aliases make the document too large"
    );
}

#[test]
fn a_large_node_repeated_often_is_refused() {
    let text = format!(
        "a: &a {}\nb: [{}]\n",
        "x".repeat(1 << 20),
        "*a,".repeat(1 << 10)
    );
    assert_eq!(
        told(&text),
        ["2:383 /b/126 aliases make the document too large"]
    );
}

#[test]
fn an_alias_inside_its_anchor_is_refused() {
    assert_eq!(
        told("a: &a {b: *a}\n"),
        ["1:4 /a nested more than 128 levels deep"]
    );
}

#[test]
fn deep_nesting_is_refused_quickly() {
    for open in ["[", "- ", "{a: ", "{\"a\":[", "? "] {
        let problems = problems(&open.repeat(100_000));
        let deep = |d: &Diagnostic| d.message.starts_with("nested more than 128");
        assert!(problems.iter().any(deep), "{open}");
    }
}

#[test]
fn as_much_nesting_as_is_allowed_can_be_read() {
    let text = format!("a: {}{}", "[".repeat(127), "]".repeat(127));
    assert!(value(&text).is_object());
}
