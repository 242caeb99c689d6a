use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::referenced_documents;
use crate::{Contract, Input, Location, Pointer, Source};

/// A contract whose other documents have these paths and texts.
fn contract(text: &str, others: &[(&str, &str)]) -> Contract {
    let mut spec = Source::new("spec/api.yaml", text);
    let others = others.iter().map(|(path, text)| {
        let name = format!("spec/{path}");
        ((*path).to_owned(), Source::new(name, *text))
    });
    spec.documents = others.collect::<BTreeMap<_, _>>();
    Contract::read(&Input {
        spec,
        overlay: None,
    })
    .unwrap()
}

fn located(contract: &Contract, pointer: &str) -> String {
    let Location { file, line, column } = contract.locate(&Pointer::parse(pointer));
    format!("{file}:{line}:{column}")
}

const API: &str = "openapi: 3.0.3
paths:
  /pets: {$ref: 'paths/pets.yaml'}
components:
  schemas:
    Pet: {$ref: 'schemas/pet.yaml'}
    Food: {type: string}
";

#[test]
fn nodes_of_other_documents_become_components_and_paths_are_inlined() {
    let paths = "get:
  parameters: [{$ref: '../common.yaml#/page'}]
  responses:
    '200': {description: ok, content: {application/json: {schema: {$ref: '../schemas/pet.yaml'}}}}
";
    let pet = "type: object
properties:
  parent: {$ref: '#'}
  food: {$ref: '../api.yaml#/components/schemas/Food'}
  tag: {$ref: '../common.yaml#/tags/Food'}
";
    let common = "page: {name: page, in: query, schema: {$ref: '#/tags/Food'}}
tags: {Food: {type: integer}}
";
    let contract = contract(
        API,
        &[
            ("paths/pets.yaml", paths),
            ("schemas/pet.yaml", pet),
            ("common.yaml", common),
        ],
    );
    let schema = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    assert_eq!(
        *contract.value(),
        json!({
            "openapi": "3.0.3",
            "paths": {"/pets": {"get": {
                "parameters": [{"$ref": "#/components/parameters/page"}],
                "responses": {"200": {"description": "ok",
                    "content": {"application/json": {"schema": schema("pet")}}}},
            }}},
            "components": {
                "schemas": {
                    "Pet": schema("pet"),
                    "Food": {"type": "string"},
                    "pet": {"type": "object", "properties": {
                        "parent": schema("pet"),
                        "food": schema("Food"),
                        "tag": schema("common_Food"),
                    }},
                    "common_Food": {"type": "integer"},
                },
                "parameters": {"page": {"name": "page", "in": "query",
                    "schema": schema("common_Food")}},
            },
        })
    );
    let at = |pointer: &str| located(&contract, pointer);
    assert_eq!(at("/components/schemas/Food/type"), "spec/api.yaml:7:12");
    assert_eq!(
        at("/components/schemas/pet/properties/food"),
        "spec/schemas/pet.yaml:4:3"
    );
    assert_eq!(
        at("/paths/~1pets/get/responses/200"),
        "spec/paths/pets.yaml:4:5"
    );
    assert_eq!(
        at("/components/parameters/page/in"),
        "spec/common.yaml:1:20"
    );
}

#[test]
fn cycles_across_documents_end() {
    let one = "properties: {two: {$ref: 'two.yaml#/defs/two'}}";
    let two = "defs: {two: {properties: {one: {$ref: 'one.yaml'}}}}";
    let api = "components: {schemas: {A: {$ref: 'one.yaml'}}}";
    let contract = contract(api, &[("one.yaml", one), ("two.yaml", two)]);
    let schemas = &contract.value()["components"]["schemas"];
    assert_eq!(
        *schemas,
        json!({
            "A": {"$ref": "#/components/schemas/one"},
            "one": {"properties": {"two": {"$ref": "#/components/schemas/two"}}},
            "two": {"properties": {"one": {"$ref": "#/components/schemas/one"}}},
        })
    );
    let api = "paths: {/a: {$ref: 'one.yaml'}}";
    let round = contract_of_round_paths(api);
    assert_eq!(round["paths"]["/a"], json!({"$ref": "one.yaml"}));
}

fn contract_of_round_paths(api: &str) -> Value {
    let others = [
        ("one.yaml", "$ref: two.yaml"),
        ("two.yaml", "$ref: one.yaml"),
    ];
    contract(api, &others).into_value()
}

#[test]
fn what_is_not_given_or_not_there_stays_a_reference() {
    let api = "components: {schemas: {A: {$ref: 'gone.yaml'}, B: {$ref: 'one.yaml#/gone'}}}";
    let contract = contract(api, &[("one.yaml", "there: {}")]);
    let schemas = &contract.value()["components"]["schemas"];
    assert_eq!(schemas["A"], json!({"$ref": "gone.yaml"}));
    assert_eq!(schemas["B"], json!({"$ref": "one.yaml#/gone"}));
}

#[test]
fn mappings_and_examples_are_not_mistaken_for_references() {
    let api = "components:
  schemas:
    A: {discriminator: {propertyName: t, mapping: {a: 'one.yaml', b: B, c: '#/components/schemas/B'}}, example: {$ref: one.yaml}}
";
    let contract = contract(api, &[("one.yaml", "type: object")]);
    let schema = &contract.value()["components"]["schemas"]["A"];
    assert_eq!(
        schema["discriminator"]["mapping"],
        json!({"a": "#/components/schemas/one", "b": "B", "c": "#/components/schemas/B"})
    );
    assert_eq!(schema["example"], json!({"$ref": "one.yaml"}));
}

#[test]
fn documents_are_found_by_the_references_to_them() {
    let text =
        "a: {$ref: 'x.yaml#/a'}\nb: [{$ref: '#/c'}, {$ref: '../y.json'}, {$ref: 'x.yaml'}]\n";
    let found = referenced_documents(&Source::new("api.yaml", text), "sub/api.yaml");
    assert_eq!(found, ["sub/api.yaml", "sub/x.yaml", "y.json"]);
}
