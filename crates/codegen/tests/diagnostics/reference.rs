use bigmodel_rerank_codegen::{Input, Settings, Source, generate};

use crate::support::{contract, report, schema, schemas};

#[test]
fn to_nowhere() {
    insta::assert_snapshot!(report(&schemas("
        Pet:
          type: object
          properties:
            owner: {$ref: '#/components/schemas/Owner'}
    ")), @"
    error: `#/components/schemas/Owner` is a dangling reference
      --> api.yaml:9:17  |$ref: '#/components/schemas/Owner'}|
       at /components/schemas/Pet/properties/owner/$ref
     help: correct the name, or add what it names

    1 problem; nothing was written
    ");
}

#[test]
fn into_another_document() {
    insta::assert_snapshot!(report(&schema("
        type: array
        items: {$ref: 'owners.yaml#/Owner'}
    ")), @"
    error: `owners.yaml#/Owner` names a document that was not found, or nothing in it
      --> api.yaml:8:15  |$ref: 'owners.yaml#/Owner'}|
       at /components/schemas/Pet/items/$ref
     help: correct the reference; for a URL, pass a folder that has its document as --bundle

    1 problem; nothing was written
    ");
}

#[test]
fn without_the_hash() {
    insta::assert_snapshot!(report(&schema("
        $ref: /components/schemas/Owner
    ")), @"
    error: `/components/schemas/Owner` names a document that was not found, or nothing in it
      --> api.yaml:7:7  |$ref: /components/schemas/Owner|
       at /components/schemas/Pet/$ref
     help: correct the reference; for a URL, pass a folder that has its document as --bundle

    1 problem; nothing was written
    ");
}

#[test]
fn that_is_no_text() {
    insta::assert_snapshot!(report(&schema("
        $ref: {type: string}
    ")), @"
    error: `$ref` must be a string, and is an object
      --> api.yaml:7:7  |$ref: {type: string}|
       at /components/schemas/Pet/$ref
     help: write a string here

    1 problem; nothing was written
    ");
}

#[test]
fn to_the_schema_that_it_stands_in() {
    insta::assert_snapshot!(report(&schemas("
        Pet: {$ref: '#/components/schemas/Pet'}
    ")), @"
    error: this schema leads only back to itself, so it describes no finite type
      --> api.yaml:6:5  |Pet: {$ref: '#/components/schemas/Pet'}|
       at /components/schemas/Pet
     help: let one schema of the circle be an object with properties

    1 problem; nothing was written
    ");
}

#[test]
fn to_a_schema_that_refers_back() {
    insta::assert_snapshot!(report(&schemas("
        Cat: {$ref: '#/components/schemas/Dog'}
        Dog: {$ref: '#/components/schemas/Cat'}
    ")), @"
    error: this schema leads only back to itself, so it describes no finite type
      --> api.yaml:6:5  |Cat: {$ref: '#/components/schemas/Dog'}|
       at /components/schemas/Cat
     help: let one schema of the circle be an object with properties

    1 problem; nothing was written
    ");
}

#[test]
fn to_itself_by_members_that_are_required() {
    insta::assert_snapshot!(report(&schemas("
        Cat: {type: object, required: [dog], properties: {dog: {$ref: '#/components/schemas/Dog'}}}
        Dog: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Pup'}]}
        Pup: {type: object, required: [cat], properties: {cat: {$ref: '#/components/schemas/Cat'}}}
        Hen: {type: object, required: [chicks], properties: {chicks: {type: array, items: {$ref: '#/components/schemas/Hen'}}}}
    ")), @"
    error: required properties form an infinite cycle, so that no value is finite
      --> api.yaml:6:5  |Cat: {type: object, required: [dog], properties:|
       at /components/schemas/Cat
     help: make one property of the cycle optional, nullable or a list

    error: required properties form an infinite cycle, so that no value is finite
      --> api.yaml:7:5  |Dog: {oneOf: [{$ref: '#/components/schemas/Cat'}|
       at /components/schemas/Dog
     help: make one property of the cycle optional, nullable or a list

    error: required properties form an infinite cycle, so that no value is finite
      --> api.yaml:8:5  |Pup: {type: object, required: [cat], properties:|
       at /components/schemas/Pup
     help: make one property of the cycle optional, nullable or a list

    3 problems; nothing was written
    ");
}

#[test]
fn to_the_list_that_it_is_the_item_of() {
    insta::assert_snapshot!(report(&schemas("
        Pets:
          type: array
          items: {$ref: '#/components/schemas/Pets'}
    ")), @"
    error: this schema leads only back to itself, so it describes no finite type
      --> api.yaml:6:5  |Pets:|
       at /components/schemas/Pets
     help: let one schema of the circle be an object with properties

    1 problem; nothing was written
    ");
}

#[test]
fn to_the_schema_whose_all_of_it_stands_in() {
    insta::assert_snapshot!(report(&schemas("
        Cat:
          allOf:
            - $ref: '#/components/schemas/Cat'
            - type: object
              properties: {lives: {type: integer}}
    ")), @"
    error: this `allOf` leads back to itself
      --> api.yaml:8:11  |$ref: '#/components/schemas/Cat'|
       at /components/schemas/Cat/allOf/0/$ref
     help: take the schema out of its own `allOf`

    1 problem; nothing was written
    ");
}

#[test]
fn between_parameters_that_lead_back() {
    insta::assert_snapshot!(report(&contract("
        paths:
          /pets:
            get:
              parameters: [{$ref: '#/components/parameters/A'}]
              responses: {'200': {description: OK}}
        components:
          parameters:
            A: {$ref: '#/components/parameters/B'}
            B: {$ref: '#/components/parameters/A'}
    ")), @"
    error: this `$ref` leads back to itself, or through too many others
      --> api.yaml:6:21  |$ref: '#/components/parameters/A'}]|
       at /paths/~1pets/get/parameters/0/$ref
     help: let it name the thing itself

    1 problem; nothing was written
    ");
}

#[test]
fn through_properties_makes_a_tree_which_is_fine() {
    let tree = schemas(
        "
        Node:
          type: object
          properties:
            parent: {$ref: '#/components/schemas/Node'}
            children:
              type: array
              items: {$ref: '#/components/schemas/Node'}
    ",
    );
    let input = Input {
        spec: Source::new("api.yaml", tree),
        overlay: None,
    };
    if let Err(diagnostics) = generate(&input, &Settings::default()) {
        panic!("{diagnostics}");
    }
}
