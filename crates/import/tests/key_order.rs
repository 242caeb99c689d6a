//! The order of the keys of a schema never changes what it is imported as.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a panic fails the test"
)]

mod support;

use std::collections::BTreeSet;

use bigmodel_rerank_import::{Imported, import};
use bigmodel_rerank_openapi::Source;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// Schemas with keywords whose conversions meet.
fn schemas() -> Vec<Value> {
    vec![
        json!({"const": "b", "enum": ["a", "b"]}),
        json!({"const": "c", "enum": ["a", "b"], "type": "string"}),
        json!({"const": null, "enum": ["a", null], "nullable": true}),
        json!({"minimum": 1, "exclusiveMinimum": 5, "type": "integer"}),
        json!({"minimum": 5, "exclusiveMinimum": 1, "type": "integer"}),
        json!({"minimum": 1, "exclusiveMinimum": 1, "maximum": 9, "exclusiveMaximum": 9.5}),
        json!({"maximum": 9, "exclusiveMaximum": 9}),
        json!({"minimum": "low", "exclusiveMinimum": 1}),
        json!({"type": "file", "format": "uri", "contentMediaType": "image/png"}),
        json!({"type": "file", "contentMediaType": "text/plain"}),
        json!({"type": "string", "contentMediaType": "image/png", "contentEncoding": "base64"}),
        json!({"contentEncoding": "base64", "format": "byte", "contentMediaType": "text/plain"}),
        json!({"type": "null", "enum": [null, "a"], "default": null}),
        json!({"type": ["string", "null"], "nullable": false, "enum": ["a", null]}),
        json!({"type": ["string", "integer", "null"], "anyOf": [{"minLength": 1}, {"minimum": 1}]}),
        json!({"type": ["string", "integer"], "allOf": [{"minLength": 1}], "anyOf": [{}]}),
        json!({"type": "enum<string>", "enum": ["a"], "const": "a"}),
        json!({"type": "any", "nullable": true, "default": 1}),
        json!({"examples": ["a", "b"], "example": "c", "type": "string"}),
        json!({"anyOf": [{"type": "string", "title": "A"}, {"type": "null"}], "title": "B"}),
        json!({"anyOf": [{"default": null, "type": "null"}, {"type": "string"}], "nullable": false}),
        json!({"oneOf": [{"type": "null"}, {"type": "string"}], "anyOf": [{"const": null}, {}]}),
        json!({"anyOf": [{"type": "null", "title": "A", "default": null}], "default": 1}),
        json!({"$ref": "#/components/schemas/Other", "description": "B", "allOf": [{}]}),
        json!({"$ref": "#/components/schemas/Other", "type": ["string", "null"], "const": "a"}),
    ]
}

fn import_page(form: &str, document: &Value) -> Imported {
    let page = format!("# T\n\n```json get /x\n{document:#}\n```\n");
    // A fence of the plain form is recognized by a line of YAML or by its info string.
    let imported = import(&Source::new("page.md", page));
    imported.unwrap_or_else(|problems| panic!("{form}: {problems}"))
}

/// Returns what a schema is imported as: in a plain document, and as the body, a property and a
/// parameter of the flattened form; and what is noted.
fn outcome(schema: &Value) -> (Vec<Value>, BTreeSet<(String, String)>) {
    let other = json!({"Other": {"type": "string"}});
    let plain = json!({
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {"/x": {"get": {"responses": {"200": {
            "description": "",
            "content": {"application/json": {"schema": schema}},
        }}}}},
        "components": {"schemas": other},
    });
    let object = json!({"type": "object", "properties": {"a": {"allOf": [schema]}}});
    let flattened = json!({
        "paths": {
            "path": "/x",
            "method": "get",
            "request": {"parameters": {"query": {"q": {"schema": [schema]}}}},
            "response": {
                "200": {"application/json": {"schemaArray": [schema, {"type": "null"}]}},
                "201": {"application/json": {"schemaArray": [object]}},
            },
        },
        "components": {"schemas": other},
    });
    let all = [
        import_page("plain", &plain),
        import_page("flattened", &flattened),
    ];
    let notes = all.iter().flat_map(|imported| &imported.notes);
    let notes = notes.map(|note| (note.observation.clone(), note.action.clone()));
    let notes = notes.collect();
    (
        all.into_iter().map(|imported| imported.document).collect(),
        notes,
    )
}

/// Returns the object with its keys in another order, and the keys of the objects in it too.
fn reordered(value: &Value, order: &mut impl FnMut(&mut Vec<(String, Value)>)) -> Value {
    match value {
        Value::Object(members) => {
            let mut all: Vec<_> = members
                .iter()
                .map(|(key, value)| (key.clone(), reordered(value, order)))
                .collect();
            order(&mut all);
            Value::Object(Map::from_iter(all))
        }
        Value::Array(items) => items.iter().map(|item| reordered(item, order)).collect(),
        other => other.clone(),
    }
}

/// Returns all orders of `n` things.
fn permutations(n: usize) -> Vec<Vec<usize>> {
    let Some(fewer) = n.checked_sub(1) else {
        return vec![Vec::new()];
    };
    let mut all = Vec::new();
    for order in permutations(fewer) {
        for at in 0..=order.len() {
            let mut order = order.clone();
            order.insert(at, fewer);
            all.push(order);
        }
    }
    all
}

#[test]
fn every_order_of_the_keys_of_a_schema_means_the_same() {
    for schema in schemas() {
        let expected = outcome(&schema);
        let members: Vec<_> = schema.as_object().unwrap().iter().collect();
        for order in permutations(members.len()) {
            let members = order.iter().map(|&n| members[n]);
            let members = members.map(|(key, value)| (key.clone(), value.clone()));
            let permuted = Value::Object(members.collect());
            assert_eq!(outcome(&permuted), expected, "{permuted}\n{schema}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_order_of_nested_keys_means_nothing(
        at in 0..schemas().len(),
        mut seed in any::<u64>(),
    ) {
        let schema = json!({"type": "object", "properties": {"a": schemas()[at], "b": {"items": schemas()[at]}}});
        let shuffled = reordered(&schema, &mut |members| {
            for n in (1..members.len()).rev() {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                members.swap(n, (seed >> 33) as usize % (n + 1));
            }
        });
        prop_assert_eq!(outcome(&shuffled), outcome(&schema));
    }
}
