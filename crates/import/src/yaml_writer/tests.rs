//! How values are written as YAML.

use bigmodel_rerank_openapi::{Pointer, Position};
use serde_json::{Value, json};

use super::text;
use crate::node::{Data, Node, NodeLocation};

fn node(value: &Value) -> Node {
    let location = std::rc::Rc::new(NodeLocation {
        position: Position { line: 1, column: 1 },
        pointer: Pointer::root(),
    });
    let data = match value {
        Value::Array(items) => Data::List(items.iter().map(node).collect()),
        Value::Object(members) => Data::Map(
            members
                .iter()
                .map(|(key, value)| (key.clone(), node(value)))
                .collect(),
        ),
        scalar => Data::Scalar(scalar.clone()),
    };
    Node::new(data, &location)
}

fn write(value: &Value) -> String {
    text(&node(value))
}

fn reads_back(value: &Value) {
    let text = write(value);
    let read: Value = serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    assert_eq!(&read, value, "\n{text}");
}

#[test]
fn blocks_are_indented_by_two() {
    let value = json!({"a": {"b": [1, {"c": true, "d": []}, [2, 3]]}, "e": {}});
    assert_eq!(
        write(&value),
        "a:\n  b:\n    - 1\n    - c: true\n      d: []\n    - - 2\n      - 3\ne: {}\n"
    );
    reads_back(&value);
}

#[test]
fn strings_that_look_like_something_else_are_quoted() {
    for text in [
        "",
        "null",
        "True",
        "no",
        "1",
        "1.5",
        "1e3",
        "0x1F",
        "2023-11-07",
        "12:30:45",
        "- a",
        "a: b",
        "a #b",
        "#a",
        "'a",
        "\"",
        " a",
        "a ",
        "a:",
        "~",
        "{a}",
        "[a",
        "*a",
        "&a",
        "!a",
        "|",
        ">",
        "%a",
        "@a",
        "`a",
        "=",
        "<<",
        "---",
        "...",
        "?",
        ".5",
        "+1",
        "0o7",
        "1_000",
        "\t",
        "a\tb",
        "\u{85}",
        "\u{feff}",
        "\u{2028}",
        "\u{7f}",
        "\r",
        "a\r\nb",
    ] {
        let value = json!({"k": text, "l": [text], text: 1});
        assert!(!write(&value).contains(&format!("k: {text}\n")), "{text:?}");
        reads_back(&value);
    }
}

#[test]
fn plain_strings_have_no_quotes() {
    for text in [
        "post",
        "a b",
        "a:b",
        "a#b",
        "it's",
        "文本",
        "/x/{id}",
        "application/json",
        "3.0.3",
    ] {
        assert!(
            write(&json!({"k": text})).starts_with(&format!("k: {text}\n")),
            "{text}"
        );
        reads_back(&json!({ "k": text }));
    }
}

#[test]
fn long_text_is_folded_and_reads_back() {
    let text = "word ".repeat(60) + "end";
    assert!(write(&json!({"k": text})).starts_with("k: >-\n  word"));
    let spaced = text.replace("word word", "word  word");
    let lines = write(&json!({"k": text})).lines().map(str::len).max();
    assert!(lines <= Some(100), "{lines:?}");
    for text in [
        text.clone(),
        spaced,
        format!("{text}\n"),
        format!("{text}\n{text}"),
        format!("{text}\n\n{text}\n\n\nend\n"),
        format!("  {text}\n{text}"),
        format!("{text}\n  - {text}\n"),
        format!("\n{text}"),
        format!("{text}\n\n"),
    ] {
        reads_back(&json!({"k": text, "l": [text, {"m": text}], "n": 1}));
    }
}

#[test]
fn several_lines_become_a_block() {
    assert_eq!(write(&json!({"k": "a\nb"})), "k: |-\n  a\n  b\n");
    for text in [
        "a\nb", "a\nb\n", "a\nb\n\n", "\na", "\n", "\n\n", "  a\nb", "a\n  b", "a\n \nb", "a \nb",
        "a\n\tb", "\ta\nb", "a\n", "a\n#b", "\n  a\n", "---\na", "a\n...\n",
    ] {
        reads_back(&json!({"k": text, "l": [text, {"m": text}], "n": [[text]], "o": 1}));
    }
}

#[test]
fn long_keys_are_on_their_own_lines() {
    let key = "k".repeat(2000);
    reads_back(&json!({ key.as_str(): {"a": 1}, "x\ny": [{ key.as_str(): 2 }] }));
}

#[test]
fn numbers_read_back() {
    reads_back(&json!([
        0,
        -1,
        1.0,
        0.99866986,
        1e-7,
        1e300,
        u64::MAX,
        i64::MIN,
        null,
        false
    ]));
}
