//! Large, deep and circular contracts are reported in full. Quadratic algorithms would make these
//! tests noticeably slow.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a panic fails the test"
)]

mod support;

use bigmodel_rerank_review::{Options, Review, Side, review};
use serde_json::{Map, Value, json};
use support::coverage::unreported;
use support::{input, read};

fn reviewed(old: &Value, new: &Value) -> Review {
    let (before, after) = (
        input("old.json", &old.to_string()),
        input("new.json", &new.to_string()),
    );
    let (before, after) = (read(&before), read(&after));
    let review = review(&Side::new(&before), &Side::new(&after), &Options::default());
    let text = review.text();
    let page = review.to_html();
    assert!(
        text.len() < 1 << 21 && page.len() < 1 << 24,
        "{} {}",
        text.len(),
        page.len()
    );
    review
}

/// Returns a contract with one operation that sends and receives `schemas.A`.
fn contract(schemas: Value) -> Value {
    let body = json!({"application/json": {"schema": {"$ref": "#/components/schemas/A"}}});
    json!({
        "openapi": "3.0.3",
        "info": {"title": "T", "version": "1.0.0"},
        "paths": {"/a": {"post": {
            "requestBody": {"content": body},
            "responses": {"200": {"description": "", "content": body}},
        }}},
        "components": {"schemas": schemas},
    })
}

fn in_full(old: &Value, new: &Value) -> Review {
    let review = reviewed(old, new);
    let (left, right) = unreported(&review, old, new);
    assert!(left == right, "not reported in full");
    review
}

#[test]
fn ten_thousand_enum_values() {
    let values = |from: usize| (from..from + 10_000).map(|n| json!(format!("v{n}")));
    let schema =
        |from| contract(json!({"A": {"type": "string", "enum": values(from).collect::<Vec<_>>()}}));
    assert_eq!(in_full(&schema(0), &schema(5)).changes.len(), 10);
    let review = reviewed(&schema(0), &schema(20_000));
    assert_eq!(review.changes.len(), 20_000);
    assert!(review.text().contains("… and 9980 more of this kind"));
}

#[test]
fn ten_thousand_renamed_properties() {
    let schema = |prefix: &str| {
        let names: Vec<_> = (0..10_000).map(|n| format!("{prefix}{n}")).collect();
        let members: Map<_, _> = names
            .iter()
            .map(|name| (name.clone(), json!({"type": "string"})))
            .collect();
        contract(json!({"A": {"type": "object", "properties": members, "required": names}}))
    };
    assert_eq!(in_full(&schema("a"), &schema("a")).changes.len(), 0);
    assert_eq!(reviewed(&schema("a"), &schema("b")).changes.len(), 20_000);
}

#[test]
fn circular_schemas() {
    let circle = |ty: &str| {
        contract(json!({
            "A": {"type": "object", "properties": {"b": {"$ref": "#/components/schemas/B"}}},
            "B": {"type": "array", "items": {"$ref": "#/components/schemas/A"}},
            "C": {"type": "object", "properties": {"b": {"$ref": "#/components/schemas/D"}}},
            "D": {"type": ty, "items": {"$ref": "#/components/schemas/C"}},
        }))
    };
    let (old, mut new) = (circle("array"), circle("array"));
    let at = "/paths/~1a/post/requestBody/content/application~1json/schema/$ref";
    *new.pointer_mut(at).unwrap() = json!("#/components/schemas/C");
    let moved = in_full(&old, &new);
    let rules: Vec<_> = moved.changes.iter().map(|change| change.rule.id).collect();
    assert_eq!(rules, ["reference-moved"; 3], "{moved}");

    let mut other = circle("object");
    *other.pointer_mut(at).unwrap() = json!("#/components/schemas/C");
    let changed = in_full(&old, &other);
    assert!(
        changed.text().contains("`type` \"array\" -> \"object\""),
        "{changed}"
    );
}

#[test]
fn a_chain_of_references_beyond_the_limit() {
    let chain = |name: &str| {
        let mut schemas = Map::new();
        for n in 0..5_000 {
            let next = json!({"$ref": format!("#/components/schemas/{name}{}", n + 1)});
            schemas.insert(
                format!("{name}{n}"),
                json!({"type": "object", "properties": {"next": next}}),
            );
        }
        schemas.insert(format!("{name}5000"), json!({"type": "string"}));
        schemas.insert(
            "A".into(),
            json!({"properties": {"next": {"$ref": format!("#/components/schemas/{name}0")}}}),
        );
        contract(Value::Object(schemas))
    };
    let review = in_full(&chain("P"), &chain("Q"));
    assert!(
        review.text().contains("reference-unread"),
        "the rest is not reported"
    );
}

/// Returns a contract with the schemas `{prefix}0`, `{prefix}1` and so on.
fn schemas(prefix: &str, n: usize, schema: impl Fn(usize) -> Value) -> Value {
    let first = json!({"$ref": format!("#/components/schemas/{prefix}0")});
    let all = (0..n).map(|i| (format!("{prefix}{i}"), schema(i)));
    let root = ("A".to_owned(), json!({"properties": {"first": first}}));
    contract(all.chain([root]).collect())
}

#[test]
fn a_ring_of_renamed_schemas_is_compared_in_full() {
    let ring = |prefix: &str, limit: usize| {
        schemas(prefix, 120, |i| {
            let next = json!({"$ref": format!("#/components/schemas/{prefix}{}", (i + 1) % 120)});
            let name = json!({"type": "string", "maxLength": if i == 119 { limit } else { 9 }});
            json!({"type": "object", "properties": {"next": next, "name": name}})
        })
    };
    let moved = in_full(&ring("P", 9), &ring("Q", 9)).text();
    assert!(!moved.contains("reference-unread") && !moved.contains("limit-"));
    let changed = in_full(&ring("P", 9), &ring("Q", 5)).text();
    assert!(!changed.contains("reference-unread") && changed.contains("limit-tightened"));
}

#[test]
fn schemas_that_all_refer_to_each_other() {
    let crosswise = |n: usize, turn: usize| {
        schemas("P", n, |i| {
            let target = |j| format!("#/components/schemas/P{}", (i + j * turn) % n);
            let members = (0..n).map(|j| (format!("p{j}"), json!({"$ref": target(j)})));
            json!({"type": "object", "properties": members.collect::<Map<_, _>>()})
        })
    };
    let review = reviewed(&crosswise(40, 1), &crosswise(40, 3));
    let unread = |review: &Review| {
        let rules = review.changes.iter().map(|change| change.rule.id);
        rules.filter(|id| *id == "reference-unread").count()
    };
    assert_eq!(unread(&reviewed(&crosswise(20, 1), &crosswise(20, 3))), 0);
    assert!(unread(&review) > 0, "skipped references are not reported");
}

#[test]
fn many_operations_that_share_schemas() {
    let service = |limit: u64| {
        let mut paths = Map::new();
        for n in 0..500 {
            let schema = json!({"$ref": format!("#/components/schemas/S{}", n % 50)});
            let content = json!({"application/json": {"schema": schema}});
            let responses = json!({"200": {"description": "", "content": content}});
            paths.insert(format!("/p{n}"), json!({"get": {"responses": responses}}));
        }
        let mut schemas = Map::new();
        for n in 0..50 {
            let next = json!({"$ref": format!("#/components/schemas/S{}", (n + 1) % 50)});
            let name = json!({"type": "string", "maxLength": limit});
            let schema = json!({"type": "object", "properties": {"next": next, "name": name}});
            schemas.insert(format!("S{n}"), schema);
        }
        json!({"openapi": "3.0.3", "info": {}, "paths": paths, "components": {"schemas": schemas}})
    };
    let review = in_full(&service(10), &service(20));
    assert_eq!(review.changes.len(), 50);
    assert!(review.changes.iter().all(|change| change.uses.len() == 500));
}

#[test]
fn a_contract_of_the_maximum_depth_is_compared_in_full() {
    let nested = |leaf: &str| {
        let mut schema = json!({"type": leaf});
        for _ in 0..50 {
            schema = json!({"type": "array", "items": schema});
        }
        contract(json!({"A": schema}))
    };
    let review = in_full(&nested("string"), &nested("integer"));
    assert_eq!(review.changes.len(), 1);
}
