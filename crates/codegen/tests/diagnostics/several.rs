use crate::support::{contract, report, report_with, schemas};

#[test]
fn several_problems_are_all_reported_in_the_order_of_lines() {
    insta::assert_snapshot!(report(&contract("
        paths:
          /pets/{id}:
            get:
              responses:
                ok: {description: OK}
        components:
          schemas:
            Pet:
              type: object
              properties:
                age: {type: integer, maxLength: 4}
                owner: {$ref: '#/components/schemas/Owner'}
        security:
          - login: []
    ")), @"
    error: the path has `{id}`, and no path parameter of that name is declared
      --> api.yaml:5:5  |get:|
       at /paths/~1pets~1{id}/get
     help: add a parameter `id` with `in: path` and `required: true`

    error: `ok` is not a status code
      --> api.yaml:7:9  |ok: {description: OK}|
       at /paths/~1pets~1{id}/get/responses/ok
     help: write three digits, as in '200', or 4XX, or default

    error: `maxLength` says nothing about a number
      --> api.yaml:13:30  |maxLength: 4}|
       at /components/schemas/Pet/properties/age/maxLength
     help: remove it with an overlay action that targets $.components.schemas.Pet.properties.age.maxLength

    error: `#/components/schemas/Owner` is a dangling reference
      --> api.yaml:14:17  |$ref: '#/components/schemas/Owner'}|
       at /components/schemas/Pet/properties/owner/$ref
     help: correct the name, or add what it names

    error: there is no security scheme `login`
      --> api.yaml:16:5  |login: []|
       at /security/0/login
     help: add it to `components.securitySchemes`, or correct the name

    5 problems; nothing was written
    ");
}

#[test]
fn problems_in_both_files_are_reported_together() {
    insta::assert_snapshot!(report_with("openapi: 3.0.3\nopenapi: 3.0.3\n", Some("overlay: [")), @"
    error: duplicate key `openapi`, first on line 1
      --> api.yaml:2:1  |openapi: 3.0.3|
       at /openapi
     help: delete or rename one of the two

    error: invalid YAML: did not find expected node content, while parsing a flow node
      --> overlay.yaml:1:11  ||
       at /overlay
     help: fix the syntax error here; a JSON document is YAML too

    2 problems; nothing was written
    ");
}

#[test]
fn one_problem_below_a_reference_is_reported_once() {
    insta::assert_snapshot!(report(&schemas("
        Name: {type: string, maxItems: 4}
        Cat: {$ref: '#/components/schemas/Name'}
        Dog: {$ref: '#/components/schemas/Name'}
    ")), @"
    error: `maxItems` says nothing about a string
      --> api.yaml:6:26  |maxItems: 4}|
       at /components/schemas/Name/maxItems
     help: remove it with an overlay action that targets $.components.schemas.Name.maxItems

    1 problem; nothing was written
    ");
}
