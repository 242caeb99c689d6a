use crate::support::{contract, report, schema};

#[test]
fn a_document_that_is_not_openapi() {
    insta::assert_snapshot!(report("name: pets\nversion: 1\n"), @"
    error: this is not an OpenAPI document: it has no `openapi`
      --> api.yaml:1:1  |name: pets|
       at /
     help: begin the document with `openapi: 3.0.3`

    1 problem; nothing was written
    ");
}

#[test]
fn swagger_2() {
    insta::assert_snapshot!(report("swagger: '2.0'\ninfo: {title: Pets, version: '1'}\n"), @"
    error: this is Swagger 2.0
      --> api.yaml:1:1  |swagger: '2.0'|
       at /swagger
     help: convert it to OpenAPI 3.0 first

    1 problem; nothing was written
    ");
}

#[test]
fn openapi_3_1() {
    insta::assert_snapshot!(report("openapi: 3.1.0\ninfo: {title: Pets, version: '1'}\n"), @"
    error: OpenAPI 3.1.0 is not supported, only 3.0
      --> api.yaml:1:1  |openapi: 3.1.0|
       at /openapi
     help: write the contract in terms of OpenAPI 3.0, with `openapi: 3.0.3`

    1 problem; nothing was written
    ");
}

#[test]
fn a_version_that_yaml_takes_for_a_number() {
    insta::assert_snapshot!(report("openapi: 3.0\npaths: {}\n"), @"
    error: `openapi` must be a string, and is the number 3.0
      --> api.yaml:1:1  |openapi: 3.0|
       at /openapi
     help: put it in quotes

    1 problem; nothing was written
    ");
}

#[test]
fn an_unknown_keyword() {
    insta::assert_snapshot!(report(&schema("
        type: string
        maxLenght: 4
    ")), @"
    error: `maxLenght` is not a keyword here in OpenAPI 3.0
      --> api.yaml:8:7  |maxLenght: 4|
       at /components/schemas/Pet/maxLenght
     help: correct the name, or remove it with an overlay action that targets $.components.schemas.Pet.maxLenght

    1 problem; nothing was written
    ");
}

#[test]
fn an_unknown_key_of_the_document() {
    insta::assert_snapshot!(report(&contract("
        paths: {}
        webhooks: {}
    ")), @"
    error: `webhooks` is a keyword of OpenAPI 3.1, and this contract is 3.0
      --> api.yaml:4:1  |webhooks: {}|
       at /webhooks
     help: say it in 3.0, or remove it with an overlay action that targets $.webhooks

    1 problem; nothing was written
    ");
}

#[test]
fn a_keyword_of_openapi_3_1() {
    insta::assert_snapshot!(report(&schema("
        type: string
        const: cat
    ")), @"
    error: `const` is a keyword of OpenAPI 3.1, and this contract is 3.0
      --> api.yaml:8:7  |const: cat|
       at /components/schemas/Pet/const
     help: say it in 3.0, or remove it with an overlay action that targets $.components.schemas.Pet.const

    1 problem; nothing was written
    ");
}

#[test]
fn the_type_null() {
    insta::assert_snapshot!(report(&schema("
        type: 'null'
    ")), @"
    error: only null is allowed
      --> api.yaml:6:5  |Pet:|
       at /components/schemas/Pet
     help: write the type of the values that are not null, and `nullable: true`

    1 problem; nothing was written
    ");
}

#[test]
fn a_list_of_types() {
    insta::assert_snapshot!(report(&schema("
        type: [string, 'null']
    ")), @"
    error: a list of types came with OpenAPI 3.1, and this contract is 3.0
      --> api.yaml:7:7  |type: [string, 'null']|
       at /components/schemas/Pet/type
     help: write one type; for null, `nullable: true` beside it

    1 problem; nothing was written
    ");
}

#[test]
fn a_type_that_does_not_exist() {
    insta::assert_snapshot!(report(&schema("
        type: text
    ")), @"
    error: `text` is not a type of OpenAPI 3.0
      --> api.yaml:7:7  |type: text|
       at /components/schemas/Pet/type
     help: write string, number, integer, boolean, array or object; for null, `nullable: true` beside the type

    1 problem; nothing was written
    ");
}

#[test]
fn a_description_that_is_no_text() {
    insta::assert_snapshot!(report(&schema("
        type: string
        description: [a, b]
    ")), @"
    error: `description` must be a string, and is a list
      --> api.yaml:8:7  |description: [a, b]|
       at /components/schemas/Pet/description
     help: write a string here

    1 problem; nothing was written
    ");
}

/// What only the second reader of a contract knows is told at the part that it is in.
#[test]
fn a_response_without_description() {
    insta::assert_snapshot!(report(&contract("
        paths:
          /pets:
            get:
              responses:
                '200': {description: OK}
                '404': {}
    ")), @"
    error: this is not OpenAPI 3.0: missing field `description`
      --> api.yaml:8:9  |'404': {}|
       at /paths/~1pets/get/responses/404
     help: correct what the message names, here or below

    1 problem; nothing was written
    ");
}

#[test]
fn a_bound_in_the_manner_of_openapi_3_1() {
    insta::assert_snapshot!(report(&schema("
        type: integer
        exclusiveMinimum: 0
    ")), @"
    error: `exclusiveMinimum` is a number only since OpenAPI 3.1
      --> api.yaml:8:7  |exclusiveMinimum: 0|
       at /components/schemas/Pet/exclusiveMinimum
     help: write the number as `minimum`, and true here

    1 problem; nothing was written
    ");
}
