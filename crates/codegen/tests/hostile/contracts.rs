//! What is damaged.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::support::{on_a_small_stack, run};

/// A contract of every kind of thing that the generator carries, as soil for damage.
const WIDE: &str = "
openapi: 3.0.3
info: {title: Wide, version: '1', description: All kinds., x-rust-crate: {name: wide}}
servers: [{url: 'https://{region}.example/v1/', variables: {region: {default: eu}}}]
security: [{bearer: []}, {key: []}, {}]
tags: [{name: pets}]
paths:
  /pets/{id}:
    summary: One pet.
    parameters:
      - {name: id, in: path, required: true, schema: {type: integer, format: int64, minimum: 1}}
      - $ref: '#/components/parameters/Trace'
    get:
      operationId: getPet
      parameters:
        - {name: tags, in: query, style: pipeDelimited, schema: {type: array, items: {type: string}}}
        - {name: sort, in: query, schema: {type: string, enum: [asc, desc]}}
      responses:
        '200': {description: One., content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
        '202': {description: Later., content: {application/json: {schema: {$ref: '#/components/schemas/Node'}}}}
        4XX: {$ref: '#/components/responses/Failed'}
        default: {description: Else., content: {application/json: {schema: {type: array, items: {type: string}}}}}
    put:
      deprecated: true
      security: [{login: []}]
      requestBody: {$ref: '#/components/requestBodies/Pet'}
      responses: {'204': {description: Done.}}
  /v1/pets:
    post:
      requestBody:
        content:
          application/json:
            schema: {type: object, required: [name], properties: {name: {type: string}, age: {type: integer, default: 3}}}
            example: {name: Rex}
      responses:
        '201': {description: Made., content: {application/json: {schema: {type: object, additionalProperties: {type: number}}}}}
components:
  parameters:
    Trace: {name: X-Trace, in: header, schema: {type: string, maxLength: 8}}
  requestBodies:
    Pet: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
  responses:
    Failed: {description: Failed., content: {application/problem+json: {schema: {$ref: '#/components/schemas/Error'}}}}
  securitySchemes:
    bearer: {type: http, scheme: bearer}
    key: {type: apiKey, in: header, name: X-Key}
    login: {type: http, scheme: basic}
  schemas:
    Pet:
      oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
      discriminator: {propertyName: kind, mapping: {cat: '#/components/schemas/Cat', dog: Dog}}
    Animal:
      type: object
      required: [kind]
      properties:
        kind: {type: string}
        born: {type: string, format: date-time, nullable: true}
        weight: {type: number, format: float, minimum: 0, exclusiveMinimum: true}
    Cat: {allOf: [{$ref: '#/components/schemas/Animal'}, {type: object, properties: {lives: {type: integer, multipleOf: 1, maximum: 9}}}]}
    Dog: {allOf: [{$ref: '#/components/schemas/Animal'}, {description: Barks., properties: {names: {type: array, uniqueItems: true, minItems: 1, items: {type: string, pattern: '^[a-z]+$'}}}}]}
    Node:
      type: object
      title: TreeNode
      properties: {value: {}, next: {$ref: '#/components/schemas/Node'}, all: {type: array, items: {$ref: '#/components/schemas/Node'}}}
      additionalProperties: {type: boolean}
    Error:
      type: object
      required: [code]
      properties:
        code: {type: string, enum: [gone], x-extensible-enum: [gone, full, '']}
        detail: {anyOf: [{type: string}, {type: integer}, {type: array, items: {type: string}}]}
        level: {type: integer, enum: [1, 2], nullable: true}
        more: {type: object, additionalProperties: {$ref: '#/components/schemas/Error'}, maxProperties: 3}
";

/// The contracts to damage: the published one, those of the other tests, and [`WIDE`].
pub(crate) fn contracts() -> Vec<String> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = vec![here.join("../../spec/rerank.yaml")];
    if let Ok(folder) = fs::read_dir(here.join("tests/contracts")) {
        let mut found: Vec<_> = folder.map(|entry| entry.unwrap().path()).collect();
        found.retain(|path| path.extension().is_some_and(|ext| ext == "yaml"));
        found.sort();
        files.append(&mut found);
    }
    let mut texts = vec![WIDE.to_owned()];
    texts.extend(files.iter().map(|file| fs::read_to_string(file).unwrap()));
    texts
}

pub(crate) fn published() -> (String, String) {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../spec");
    let text = |name| fs::read_to_string(spec.join(name)).unwrap();
    (text("rerank.yaml"), text("overlay.yaml"))
}

pub(crate) fn value(text: &str) -> Value {
    serde_yaml::from_str(text).unwrap()
}

/// Damage to what is refused anyway would show little.
#[test]
fn without_damage_every_contract_is_accepted() {
    on_a_small_stack(|| {
        for contract in contracts() {
            if let Err(diagnostics) = run(&contract, None) {
                let nameless = diagnostics
                    .iter()
                    .all(|it| it.message.ends_with("has no name"));
                assert!(nameless, "{contract}\n{diagnostics}");
            }
        }
    });
}
