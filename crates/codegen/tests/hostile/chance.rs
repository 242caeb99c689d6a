//! Contracts made of chance or of strange texts, and not of another contract.

use serde_json::{Map, Value, json};

use crate::dice::Dice;
use crate::support::{judge, on_a_small_stack, survive};
use crate::values::number;
use crate::words::{KEYS, STRANGE, TEXTS};

/// Whole bodies of schemas by chance: more of them are accepted than of damaged ones.
#[test]
fn schemas_by_chance() {
    on_a_small_stack(|| {
        survive(150, |dice| {
            let names = ["A", "B", "C", "d-e"];
            let schemas: Map<_, _> = names
                .iter()
                .map(|name| ((*name).to_owned(), likely_schema(dice, &names, 0)))
                .collect();
            let media = json!({"application/json": {"schema": likely_schema(dice, &names, 0)}});
            let answer = json!({"application/json": {"schema": likely_schema(dice, &names, 0)}});
            let contract = json!({
                "openapi": "3.0.3",
                "info": {"title": "Chance", "version": "1", "x-rust-crate": {"name": "chance"}},
                "paths": {"/a": {"post": {
                    "parameters": [
                        {"in": "query", "name": "q", "schema": likely_schema(dice, &names, 2)},
                    ],
                    "requestBody": {"content": media},
                    "responses": {"200": {"description": "", "content": answer}},
                }}},
                "components": {"schemas": schemas},
            });
            (contract.to_string(), None)
        });
    });
}

/// A schema that is sound more often than not.
fn likely_schema(dice: &mut Dice, names: &[&str], depth: usize) -> Value {
    let inner = |dice: &mut Dice| likely_schema(dice, names, depth + 1);
    let list = |dice: &mut Dice| (0..=dice.below(3)).map(|_| inner(dice)).collect::<Vec<_>>();
    let mut schema = match dice.below(if depth < 3 { 16 } else { 7 }) {
        0 | 1 => return json!({"$ref": format!("#/components/schemas/{}", dice.pick(names))}),
        2 => json!({"type": "string", "maxLength": dice.below(9)}),
        3 => json!({"type": "integer", "format": *dice.pick(&["int8", "int32", "uint64", "odd"])}),
        4 => json!({"type": "number", "minimum": number(dice)}),
        5 => json!({"type": "boolean"}),
        6 => json!({"type": "string", "enum": [*dice.pick(TEXTS), *dice.pick(KEYS)]}),
        7 | 8 => json!({"type": "array", "items": inner(dice), "maxItems": dice.below(9)}),
        9 => json!({"type": "object", "additionalProperties": inner(dice)}),
        10 => json!({"oneOf": list(dice)}),
        11 => json!({"anyOf": list(dice)}),
        12 => json!({"allOf": list(dice)}),
        13 => json!({"allOf": [inner(dice), likely_object(dice, inner)]}),
        _ => likely_object(dice, inner),
    };
    let extra = [
        ("nullable", json!(true)),
        ("description", json!(*dice.pick(TEXTS))),
        ("title", json!(*dice.pick(KEYS))),
        ("default", number(dice)),
        ("example", json!(*dice.pick(TEXTS))),
        ("deprecated", json!(true)),
    ];
    if dice.below(2) == 0 {
        let (key, value) = dice.pick(&extra);
        schema[*key] = value.clone();
    }
    schema
}

fn likely_object(dice: &mut Dice, inner: impl Fn(&mut Dice) -> Value) -> Value {
    let names: Vec<_> = (0..dice.below(4))
        .map(|_| {
            let from = if dice.below(3) == 0 { TEXTS } else { KEYS };
            *dice.pick(from)
        })
        .collect();
    let mut object = json!({"type": "object", "properties": {}});
    for name in &names {
        object["properties"][*name] = inner(dice);
    }
    if dice.below(2) == 0 && !names.is_empty() {
        object["required"] = json!([dice.pick(&names)]);
    }
    if dice.below(4) == 0 {
        object["additionalProperties"] = inner(dice);
    }
    object
}

/// Whatever a text holds, comments, literals and names can be made of it.
#[test]
fn strange_texts_wherever_texts_may_stand() {
    on_a_small_stack(|| {
        for text in TEXTS.iter().chain(STRANGE).chain(&["a\rb", "\r", "a\tb"]) {
            let schema = json!({
                "type": "object",
                "title": text,
                "description": text,
                "properties": {
                    *text: {"type": "string", "description": text, "default": text},
                    "listed": {"type": "string", "enum": [text], "example": text},
                },
                "required": [text],
            });
            let media = json!({"application/json": {"schema": schema, "example": {*text: text}}});
            let contract = json!({
                "openapi": "3.0.3",
                "info": {"title": text, "version": text, "description": text},
                "servers": [{"url": "https://x.example", "description": text}],
                "paths": {"/a": {"post": {
                    "summary": text,
                    "description": text,
                    "operationId": text,
                    "parameters": [{"in": "query", "name": text, "schema": {"type": "string"}}],
                    "requestBody": {"description": text, "content": media},
                    "responses": {"200": {"description": text, "content": media}},
                }}},
                "components": {"schemas": {*text: schema}},
            });
            assert_eq!(judge(&contract.to_string(), None), Ok(true), "{text:?}");
        }
    });
}
