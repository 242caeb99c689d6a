//! Contracts that nobody thought of: random documents and random edits of a rich contract.
//!
//! Whatever comes in, there is a report; it tells everything that differs, it tells the same
//! backwards, and it is empty where nothing differs. `PROPTEST_CASES=10000` for more.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "what is not as expected here has failed the test"
)]

mod support;

use bigmodel_rerank_codegen::Contract;
use bigmodel_rerank_review::{Options, Review, Side, Wording, review};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};
use support::coverage::untold;
use support::mirror::assert_mirrored;
use support::{input, read};

/// Words that mean something in a contract, and some that do not.
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

/// What is done to a node of a contract.
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
        let mut places = Vec::new();
        walk(&contract, String::new(), &mut places);
        if matches!(edit, Edit::Reverse | Edit::Repeat) {
            // Of most nodes there is nothing to reverse.
            places.retain(|place| has_several(contract.pointer(place)));
        }
        if places.is_empty() {
            continue;
        }
        let place: &String = index.get(&places);
        apply(&mut contract, place, edit);
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

fn walk(value: &Value, pointer: String, places: &mut Vec<String>) {
    if let Value::Object(members) = value {
        for (key, value) in members {
            let key = key.replace('~', "~0").replace('/', "~1");
            walk(value, format!("{pointer}/{key}"), places);
        }
    }
    if let Value::Array(items) = value {
        for (index, value) in items.iter().enumerate() {
            walk(value, format!("{pointer}/{index}"), places);
        }
    }
    places.push(pointer);
}

fn apply(contract: &mut Value, pointer: &str, edit: Edit) {
    let (holder, key) = pointer.rsplit_once('/').unwrap_or_default();
    let key = key.replace("~1", "/").replace("~0", "~");
    match edit {
        Edit::Replace(_) | Edit::Remove | Edit::Rename(_) if pointer.is_empty() => {}
        Edit::Replace(value) => *contract.pointer_mut(pointer).unwrap() = value,
        Edit::Insert(name, value) => match contract.pointer_mut(pointer).unwrap() {
            Value::Object(members) => drop(members.insert(name, value)),
            Value::Array(items) => items.insert(items.len() / 2, value),
            _ => {}
        },
        Edit::Remove | Edit::Rename(_) => match contract.pointer_mut(holder).unwrap() {
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
    review(&Side::of(old), &Side::of(new), &options)
}

/// Everything that holds for any two contracts.
fn check(old: &Value, new: &Value) {
    let (old, new) = (contract(old), contract(new));
    let there = compare(&old, &new, Wording::Compared);
    let (left, right) = untold(&there, old.value(), new.value());
    assert_eq!(left, right, "not told in full:\n{there}");
    let back = compare(&new, &old, Wording::Compared);
    assert_mirrored("a random contract", &there, &back);
    for same in [&old, &new] {
        let nothing = compare(same, same, Wording::Compared);
        assert!(nothing.is_empty(), "{nothing}");
    }
    let page = there.to_html();
    assert!(page.ends_with("</html>\n") && there.to_json().is_object());
    compare(&old, &new, Wording::OwnWords).text();
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn random_documents_are_told_in_full((old, new) in (document(), document())) {
        check(&old, &new);
    }

    #[test]
    fn random_edits_are_told_in_full(edits in prop::collection::vec(edit(), 1..5)) {
        check(&base(), &edited(edits));
    }
}
