//! Random documents, and random edits of a rich contract.
//!
//! For any two contracts there is a report. It reports every difference, its inverse is the report
//! backwards, and it is empty if nothing differs. `PROPTEST_CASES=10000` tries more.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a panic fails the test"
)]

mod support;

use bigmodel_rerank_codegen::Contract;
use bigmodel_rerank_review::{Options, Review, Side, Wording, review};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};
use support::coverage::unreported;
use support::inverse::assert_inverse;
use support::{input, read};

/// Keywords and values of contracts, and some other words.
const WORDS: &[&str] = &[
    "openapi",
    "info",
    "title",
    "version",
    "servers",
    "url",
    "security",
    "paths",
    "/a",
    "/b",
    "get",
    "post",
    "operationId",
    "parameters",
    "name",
    "in",
    "query",
    "path",
    "required",
    "schema",
    "requestBody",
    "content",
    "application/json",
    "responses",
    "200",
    "404",
    "default",
    "400",
    "4XX",
    "*/*",
    "./a.yaml#/A",
    "#/x-a/A",
    "propertyName",
    "description",
    "headers",
    "components",
    "schemas",
    "A",
    "B",
    "C",
    "securitySchemes",
    "key",
    "properties",
    "type",
    "string",
    "integer",
    "number",
    "object",
    "array",
    "items",
    "enum",
    "x-extensible-enum",
    "x-rust-crate",
    "nullable",
    "format",
    "int32",
    "additionalProperties",
    "allOf",
    "oneOf",
    "anyOf",
    "discriminator",
    "mapping",
    "$ref",
    "#/components/schemas/A",
    "#/components/schemas/B",
    "#/paths",
    "#",
    "#/components",
    "minLength",
    "maximum",
    "exclusiveMinimum",
    "pattern",
    "multipleOf",
    "uniqueItems",
    "deprecated",
    "readOnly",
    "example",
    "examples",
    "callbacks",
    "links",
    "encoding",
    "tags",
    "x-a",
    "not",
    "",
    "~",
    "a/b",
];

fn word() -> impl Strategy<Value = String> {
    select(WORDS).prop_map(str::to_owned)
}

fn leaf() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-3_i64..70).prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        (-2.0..2.0_f64).prop_map(Value::from),
        word().prop_map(Value::from),
        word().prop_map(|word| json!({"$ref": format!("#/components/schemas/{word}")})),
    ]
}

fn node() -> impl Strategy<Value = Value> {
    leaf().prop_recursive(6, 60, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((word(), inner), 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

fn document() -> impl Strategy<Value = Value> {
    prop::collection::vec((word(), node()), 0..8)
        .prop_map(|members| Value::Object(members.into_iter().collect()))
}

/// An edit of a node.
#[derive(Clone, Debug)]
enum Edit {
    Replace(Value),
    Insert(String, Value),
    Remove,
    Rename(String),
    Reverse,
    Repeat,
}

fn edit() -> impl Strategy<Value = (prop::sample::Index, Edit)> {
    let what = prop_oneof![
        3 => node().prop_map(Edit::Replace),
        3 => (word(), node()).prop_map(|(key, value)| Edit::Insert(key, value)),
        2 => Just(Edit::Remove),
        1 => word().prop_map(Edit::Rename),
        2 => Just(Edit::Reverse),
        1 => Just(Edit::Repeat),
    ];
    (any::<prop::sample::Index>(), what)
}

fn base() -> Value {
    let text = include_str!("cases/base.yaml");
    read(&input("base.yaml", text)).value().clone()
}

fn edited(edits: Vec<(prop::sample::Index, Edit)>) -> Value {
    let mut contract = base();
    for (index, edit) in edits {
        let mut pointers = Vec::new();
        walk(&contract, String::new(), &mut pointers);
        if matches!(edit, Edit::Reverse | Edit::Repeat) {
            // Most nodes have nothing to reverse.
            pointers.retain(|pointer| has_several(contract.pointer(pointer)));
        }
        if pointers.is_empty() {
            continue;
        }
        let pointer: &String = index.get(&pointers);
        apply(&mut contract, pointer, edit);
    }
    contract
}

fn has_several(node: Option<&Value>) -> bool {
    match node {
        Some(Value::Array(items)) => items.len() > 1,
        Some(Value::Object(members)) => members.len() > 1,
        _ => false,
    }
}

fn walk(value: &Value, pointer: String, pointers: &mut Vec<String>) {
    if let Value::Object(members) = value {
        for (key, value) in members {
            let key = key.replace('~', "~0").replace('/', "~1");
            walk(value, format!("{pointer}/{key}"), pointers);
        }
    }
    if let Value::Array(items) = value {
        for (index, value) in items.iter().enumerate() {
            walk(value, format!("{pointer}/{index}"), pointers);
        }
    }
    pointers.push(pointer);
}

fn apply(contract: &mut Value, pointer: &str, edit: Edit) {
    let (parent, key) = pointer.rsplit_once('/').unwrap_or_default();
    let key = key.replace("~1", "/").replace("~0", "~");
    match edit {
        Edit::Replace(_) | Edit::Remove | Edit::Rename(_) if pointer.is_empty() => {}
        Edit::Replace(value) => *contract.pointer_mut(pointer).unwrap() = value,
        Edit::Insert(name, value) => match contract.pointer_mut(pointer).unwrap() {
            Value::Object(members) => drop(members.insert(name, value)),
            Value::Array(items) => items.insert(items.len() / 2, value),
            _ => {}
        },
        Edit::Remove | Edit::Rename(_) => match contract.pointer_mut(parent).unwrap() {
            Value::Object(members) => {
                let value = members.shift_remove(&key);
                if let (Edit::Rename(name), Some(value)) = (edit, value) {
                    members.insert(name, value);
                }
            }
            Value::Array(items) => drop(items.remove(key.parse().unwrap())),
            _ => {}
        },
        Edit::Reverse | Edit::Repeat => match contract.pointer_mut(pointer).unwrap() {
            Value::Object(members) if matches!(edit, Edit::Reverse) => {
                let all: Map<_, _> = std::mem::take(members).into_iter().rev().collect();
                *members = all;
            }
            Value::Array(items) if matches!(edit, Edit::Reverse) => items.reverse(),
            Value::Array(items) => items.extend(items.first().cloned()),
            _ => {}
        },
    }
}

fn contract(value: &Value) -> Contract {
    read(&input("contract.json", &value.to_string()))
}

fn compare(old: &Contract, new: &Contract, wording: Wording) -> Review {
    let options = Options {
        wording,
        ..Options::default()
    };
    review(&Side::new(old), &Side::new(new), &options)
}

/// Checks what is true for any two contracts.
fn check(old: &Value, new: &Value) {
    let (old, new) = (contract(old), contract(new));
    let forward = compare(&old, &new, Wording::Exact);
    let (left, right) = unreported(&forward, old.value(), new.value());
    assert_eq!(left, right, "not reported in full:\n{forward}");
    let backward = compare(&new, &old, Wording::Exact);
    assert_inverse("a random contract", &forward, &backward);
    for same in [&old, &new] {
        let nothing = compare(same, same, Wording::Exact);
        assert!(nothing.is_empty(), "{nothing}");
    }
    let page = forward.to_html();
    assert!(page.ends_with("</html>\n") && forward.to_json().is_object());
    compare(&old, &new, Wording::Paraphrased).text();
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn random_documents_are_reported_in_full((old, new) in (document(), document())) {
        check(&old, &new);
    }

    #[test]
    fn random_edits_are_reported_in_full(edits in prop::collection::vec(edit(), 1..5)) {
        check(&base(), &edited(edits));
    }
}
