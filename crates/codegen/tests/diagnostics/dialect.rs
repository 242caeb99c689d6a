use crate::support::{contract, report, schema};

/// A contract of OpenAPI 3.1 whose schema `Pet` has the properties; other schemas may follow.
fn properties(text: &str) -> String {
    format!(
        "openapi: 3.1.0
info: {{title: Pets, version: '1', x-rust-crate: {{name: pets}}}}
components:
  schemas:
    Pet:
      type: object
      properties:{text}"
    )
}

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
fn openapi_4() {
    insta::assert_snapshot!(report("openapi: 4.0.0\ninfo: {title: Pets, version: '1'}\n"), @"
    error: OpenAPI 4.0.0 is not supported, only 3.0, 3.1 and 3.2
      --> api.yaml:1:1  |openapi: 4.0.0|
       at /openapi
     help: write the contract in terms of OpenAPI 3.1, with `openapi: 3.1.0`

    1 problem; nothing was written
    ");
}

/// Problems are located in the text of the author, whatever became of the node.
#[test]
fn problems_of_openapi_3_1() {
    insta::assert_snapshot!(report("openapi: 3.1.0
info: {title: Pets, version: '1', x-rust-crate: {name: pets}}
webhooks: {born: {post: {}}}
components:
  schemas:
    Pet:
      type: [object, string]
      properties:
        name: {$ref: '#/components/schemas/Nobody', description: The name.}
        kind: {type: text}
        size: {type: [integer, 'null'], maximum: many}
        pair: {prefixItems: [{type: string}, {type: integer}]}
      dependentRequired: {name: [kind]}
      maxLenght: 4
"), @"
    error: webhook `born` is not generated
      --> api.yaml:3:12  |born: {post: {}}}|
       at /webhooks/born
     help: no change is needed: a server for it is outside of a client

    error: `#/components/schemas/Nobody` is a dangling reference
      --> api.yaml:9:16  |$ref: '#/components/schemas/Nobody', description|
       at /components/schemas/Pet/properties/name/$ref
     help: correct the name, or add what it names

    error: `text` is not a type of OpenAPI 3.1
      --> api.yaml:10:16  |type: text}|
       at /components/schemas/Pet/properties/kind/type
     help: write string, number, integer, boolean, array, object or null

    error: `maximum` must be a number, and is a string
      --> api.yaml:11:41  |maximum: many}|
       at /components/schemas/Pet/properties/size/maximum
     help: write a number here

    error: the items of the list have schemas of their own
      --> api.yaml:12:16  |prefixItems: [{type: string}, {type: integer}]}|
       at /components/schemas/Pet/properties/pair/prefixItems
     help: remove or replace it with an overlay action that targets $.components.schemas.Pet.properties.pair.prefixItems

    error: `dependentRequired` cannot be enforced
      --> api.yaml:13:7  |dependentRequired: {name: [kind]}|
       at /components/schemas/Pet/dependentRequired
     help: remove or replace it with an overlay action that targets $.components.schemas.Pet.dependentRequired

    error: `maxLenght` is not a keyword here in OpenAPI 3.1
      --> api.yaml:14:7  |maxLenght: 4|
       at /components/schemas/Pet/maxLenght
     help: correct the name, or remove it with an overlay action that targets $.components.schemas.Pet.maxLenght

    7 problems; nothing was written
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
        webhooks: {born: {}}
    ")), @"
    error: webhook `born` is not generated
      --> api.yaml:4:12  |born: {}}|
       at /webhooks/born
     help: no change is needed: a server for it is outside of a client

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

/// What only 3.1 says is called by the name that it has there.
#[test]
fn keywords_of_openapi_3_1_keep_their_names() {
    insta::assert_snapshot!(report(&properties("
        kind: {type: string, const: 5}
        none: false
        size: {type: [string, integer], const: 5.5}
        age: {type: integer, exclusiveMinimum: much}
")), @"
    error: `const` lists 5 for strings
      --> api.yaml:8:30  |const: 5}|
       at /components/schemas/Pet/properties/kind/const
     help: put the value in quotes

    error: `false` cannot be enforced
      --> api.yaml:9:9  |none: false|
       at /components/schemas/Pet/properties/none
     help: say what is allowed instead, or remove it with an overlay action that targets $.components.schemas.Pet.properties.none

    error: the listed values are of none of these types
      --> api.yaml:10:16  |type: [string, integer], const: 5.5}|
       at /components/schemas/Pet/properties/size/type
     help: remove or replace it with an overlay action that targets $.components.schemas.Pet.properties.size.type

    error: `exclusiveMinimum` must be a number, and is a string
      --> api.yaml:11:30  |exclusiveMinimum: much}|
       at /components/schemas/Pet/properties/age/exclusiveMinimum
     help: write a number here

    4 problems; nothing was written
    ");
}

/// In 3.1, what is beside a reference holds, too.
#[test]
fn a_type_that_contradicts_a_reference() {
    insta::assert_snapshot!(report(&properties("
        owner: {$ref: '#/components/schemas/Name', type: integer}
        next: {$ref: '#/components/schemas/Pet', type: [object, 'null']}
        other: {$ref: '#/components/schemas/Pet', type: string}
    Name: {type: string}
")), @"
    error: `type` contradicts the schema that it is beside
      --> api.yaml:8:52  |type: integer}|
       at /components/schemas/Pet/properties/owner/type
     help: remove or replace it with an overlay action that targets $.components.schemas.Pet.properties.owner.type

    error: `type` contradicts the schema that it is beside
      --> api.yaml:10:51  |type: string}|
       at /components/schemas/Pet/properties/other/type
     help: remove or replace it with an overlay action that targets $.components.schemas.Pet.properties.other.type

    2 problems; nothing was written
    ");
}

#[test]
fn lists_that_are_not_of_types() {
    insta::assert_snapshot!(report(&properties("
        none: {type: []}
        number: {type: [string, 3]}
        both: {type: [string, integer], allOf: [{}]}
paths: {}
")), @"
    error: `type` lists no type
      --> api.yaml:8:16  |type: []}|
       at /components/schemas/Pet/properties/none/type
     help: write a type, or remove `type`

    error: `type` lists a value that is not the name of a type
      --> api.yaml:9:18  |type: [string, 3]}|
       at /components/schemas/Pet/properties/number/type
     help: write string, number, integer, boolean, array, object or null

    error: a list of types beside `allOf`, `anyOf` or `oneOf`
      --> api.yaml:10:16  |type: [string, integer], allOf: [{}]}|
       at /components/schemas/Pet/properties/both/type
     help: let each branch have its type

    3 problems; nothing was written
    ");
}
