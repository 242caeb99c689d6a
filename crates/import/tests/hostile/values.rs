//! Random values made of keys and strings that the importer interprets.

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

/// Returns random values made of keys and strings that the importer interprets.
pub(crate) fn value() -> impl Strategy<Value = Value> {
    let words = vec![
        "get",
        "/x",
        "/x/{id}",
        "path",
        "type",
        "string",
        "object",
        "array",
        "any",
        "file",
        "null",
        "enum<string>",
        "apiKey",
        "http",
        "bearer",
        "a & b",
        "#/components/schemas/A",
        "<string>",
        "application/json",
        "_mintlify/placeholder",
        "3.0.3",
        "3.1.0",
        "x\ny",
        " ",
        "",
    ];
    let keys = vec![
        "paths",
        "path",
        "method",
        "servers",
        "request",
        "response",
        "security",
        "parameters",
        "body",
        "query",
        "header",
        "title",
        "schema",
        "schemaArray",
        "examples",
        "example",
        "value",
        "application/json",
        "200",
        "default",
        "type",
        "properties",
        "allOf",
        "anyOf",
        "oneOf",
        "items",
        "required",
        "requiredProperties",
        "refIdentifier",
        "description",
        "deprecated",
        "components",
        "schemas",
        "A",
        "openapi",
        "/x",
        "get",
        "responses",
        "content",
        "requestBody",
        "$ref",
        "enum",
        "const",
        "nullable",
        "additionalProperties",
        "x-a",
        "info",
        "tags",
    ];
    let leaf = prop_oneof![
        4 => select(words).prop_map(Value::from),
        1 => any::<bool>().prop_map(Value::from),
        1 => any::<i64>().prop_map(Value::from),
        1 => Just(Value::Null),
    ];
    let tree = leaf.prop_recursive(7, 60, 5, move |inner| {
        prop_oneof![
            1 => proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            3 => proptest::collection::hash_map(select(keys.clone()).prop_map(str::to_owned), inner, 0..5)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    });
    let parts = (
        tree.clone(),
        tree.clone(),
        tree.clone(),
        tree.clone(),
        tree.clone(),
    );
    let flattened = parts.prop_map(|(schema, body, examples, parameters, schemas)| {
        let medium = json!({ "schemaArray": [schema, body], "examples": { "example": { "value": examples } } });
        json!({
            "paths": {
                "path": "/x", "method": "get",
                "request": { "parameters": { "query": { "q": { "schema": [parameters] } } }, "body": { "a/b": medium } },
                "response": { "200": { "a/b": { "schemaArray": [{"type": "object", "properties": {"p": {"allOf": [schemas.clone(), schemas.clone()]}}}] } } },
            },
            "components": { "schemas": { "A": schemas } },
        })
    });
    prop_oneof![1 => tree, 2 => flattened]
}
