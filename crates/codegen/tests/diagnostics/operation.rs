use crate::support::{contract, operation, parameters, report};

#[test]
fn two_of_one_derived_name() {
    insta::assert_snapshot!(report(&contract("
        paths:
          /v1/pets:
            get: {responses: {'200': {description: OK}}}
          /v2/pets:
            get: {responses: {'200': {description: OK}}}
    ")), @"
    error: GET /v1/pets is called `get_pets` in Rust too
      --> api.yaml:7:5  |get: {responses: {'200': {description: OK}}}|
       at /paths/~1v2~1pets/get
     help: give one an `operationId` of its own with an overlay action that targets $.paths['/v2/pets'].get

    1 problem; nothing was written
    ");
}

#[test]
fn two_of_one_operation_id_in_different_spelling() {
    insta::assert_snapshot!(report(&contract("
        paths:
          /pets:
            get: {operationId: listPets, responses: {'200': {description: OK}}}
          /animals:
            get: {operationId: list-pets, responses: {'200': {description: OK}}}
    ")), @"
    error: GET /pets is called `list_pets` in Rust too
      --> api.yaml:7:11  |operationId: list-pets, responses: {'200': {desc|
       at /paths/~1animals/get/operationId
     help: give one an `operationId` of its own with an overlay action that targets $.paths['/animals'].get

    1 problem; nothing was written
    ");
}

#[test]
fn a_form_that_is_no_object() {
    insta::assert_snapshot!(report(&operation("/pets", "
        requestBody:
          content:
            multipart/form-data:
              schema: {type: string, format: binary}
    ")), @"
    error: `POST /pets` is skipped: a request body of multipart/form-data
      --> api.yaml:7:9  |content:|
       at /paths/~1pets/post/requestBody/content
     help: remove the operation, if it is not needed, with an overlay action that targets $.paths['/pets'].post

    1 problem; nothing was written
    ");
}

#[test]
fn a_form_with_files_in_branches() {
    insta::assert_snapshot!(report(&operation("/pets", "
        requestBody:
          content:
            multipart/form-data:
              schema:
                oneOf:
                  - {type: object, properties: {file: {type: string, format: binary}}}
                  - {type: object, properties: {url: {type: string}}}
    ")), @"
    error: `POST /pets` is skipped: a request body of multipart/form-data
      --> api.yaml:7:9  |content:|
       at /paths/~1pets/post/requestBody/content
     help: remove the operation, if it is not needed, with an overlay action that targets $.paths['/pets'].post

    1 problem; nothing was written
    ");
}

#[test]
fn a_form_of_names_and_values_that_is_a_list() {
    insta::assert_snapshot!(report(&operation("/pets", "
        requestBody:
          content:
            application/x-www-form-urlencoded:
              schema: {type: array, items: {type: string}}
    ")), @"
    error: `POST /pets` is skipped: a request body of application/x-www-form-urlencoded
      --> api.yaml:7:9  |content:|
       at /paths/~1pets/post/requestBody/content
     help: remove the operation, if it is not needed, with an overlay action that targets $.paths['/pets'].post

    1 problem; nothing was written
    ");
}

#[test]
fn a_form_whose_files_have_no_names() {
    insta::assert_snapshot!(report(&operation("/pets", "
        requestBody:
          content:
            multipart/form-data:
              schema:
                type: object
                additionalProperties: {type: string, format: binary}
    ")), @"
    error: `POST /pets` is skipped: a request body of multipart/form-data
      --> api.yaml:7:9  |content:|
       at /paths/~1pets/post/requestBody/content
     help: remove the operation, if it is not needed, with an overlay action that targets $.paths['/pets'].post

    1 problem; nothing was written
    ");
}

#[test]
fn a_form_that_is_also_text() {
    insta::assert_snapshot!(report(&operation("/pets", "
        requestBody:
          content:
            multipart/form-data:
              schema: {type: object, properties: {name: {type: string}}}
            text/csv:
              schema: {type: string}
    ")), @"
    error: a body may be `text/csv` instead of `multipart/form-data`
      --> api.yaml:10:11  |text/csv:|
       at /paths/~1pets/post/requestBody/content/text~1csv
     help: remove one of the two with an overlay action that targets $.paths['/pets'].post.requestBody.content['text/csv']

    1 problem; nothing was written
    ");
}

#[test]
fn encodings_that_nothing_is_written_in() {
    insta::assert_snapshot!(report(&operation("/pets", "
        requestBody:
          content:
            application/x-www-form-urlencoded:
              schema:
                type: object
                properties:
                  owner: {type: object, properties: {name: {type: string}}}
              encoding:
                owner: {contentType: application/xml}
                photo: {style: form}
    ")), @"
    error: `application/xml` is no media type that a form is written in
      --> api.yaml:14:23  |contentType: application/xml}|
       at /paths/~1pets/post/requestBody/content/application~1x-www-form-urlencoded/encoding/owner/contentType
     help: correct it, or remove it with an overlay action that targets $.paths['/pets'].post.requestBody.content['application/x-www-form-urlencoded'].encoding.owner.contentType

    error: the form has no property `photo`
      --> api.yaml:15:15  |photo: {style: form}|
       at /paths/~1pets/post/requestBody/content/application~1x-www-form-urlencoded/encoding/photo
     help: correct it, or remove it with an overlay action that targets $.paths['/pets'].post.requestBody.content['application/x-www-form-urlencoded'].encoding.photo

    2 problems; nothing was written
    ");
}

#[test]
fn a_part_of_no_media_type() {
    insta::assert_snapshot!(report(&operation("/pets", "
        requestBody:
          content:
            multipart/form-data:
              schema: {type: object, properties: {name: {type: string}}}
              encoding: {name: {contentType: json}}
    ")), @"
    error: `json` is no media type
      --> api.yaml:10:31  |contentType: json}}|
       at /paths/~1pets/post/requestBody/content/multipart~1form-data/encoding/name/contentType
     help: correct it, or remove it with an overlay action that targets $.paths['/pets'].post.requestBody.content['multipart/form-data'].encoding.name.contentType

    1 problem; nothing was written
    ");
}

#[test]
fn objects_in_parts_are_json() {
    insta::assert_snapshot!(report(&operation("/pets", "
        requestBody:
          content:
            multipart/form-data:
              schema:
                allOf:
                  - type: object
                    properties:
                      owner: {$ref: '#/components/schemas/Owner'}
                      toys: {type: array, items: {$ref: '#/components/schemas/Owner'}}
                      photo: {type: string, format: binary}
                      note: {type: string}
                      as_json: {type: object}
                      as_text: {type: object}
                      as_any: {type: object}
              encoding:
                owner: {contentType: application/xml}
                toys: {contentType: 'application/xml, application/yaml'}
                photo: {contentType: application/pdf}
                note: {contentType: application/xml}
                as_json: {contentType: 'application/xml, application/ld+json'}
                as_text: {contentType: text/plain}
                as_any: {contentType: '*/*'}
    ").replace("paths:", "components: {schemas: {Owner: {type: object, properties: {name: {type: string}}}}}\npaths:")), @"
    error: objects in a form are JSON, and not `application/xml`
      --> api.yaml:22:23  |contentType: application/xml}|
       at /paths/~1pets/post/requestBody/content/multipart~1form-data/encoding/owner/contentType
     help: correct it, or remove it with an overlay action that targets $.paths['/pets'].post.requestBody.content['multipart/form-data'].encoding.owner.contentType

    error: objects in a form are JSON, and not `application/xml, application/yaml`
      --> api.yaml:23:22  |contentType: 'application/xml, application/yaml'|
       at /paths/~1pets/post/requestBody/content/multipart~1form-data/encoding/toys/contentType
     help: correct it, or remove it with an overlay action that targets $.paths['/pets'].post.requestBody.content['multipart/form-data'].encoding.toys.contentType

    2 problems; nothing was written
    ");
}

#[test]
fn reserved_characters_that_are_encoded_all_the_same() {
    insta::assert_snapshot!(report(&operation("/pets", "
        parameters:
          - {name: path, in: query, allowReserved: true, schema: {type: string}}
          - {name: other, in: query, allowReserved: false, schema: {type: string}}
    ")), @"
    error: reserved characters are percent-encoded in spite of `allowReserved`
      --> api.yaml:7:35  |allowReserved: true, schema: {type: string}}|
       at /paths/~1pets/post/parameters/0/allowReserved
     help: if the server takes them so, remove it with an overlay action that targets $.paths['/pets'].post.parameters[0].allowReserved

    1 problem; nothing was written
    ");
}

#[test]
fn a_style_of_a_part() {
    let contract = operation(
        "/pets",
        "
        requestBody:
          content:
            multipart/form-data:
              schema: {type: object, properties: {tags: {type: array, items: {type: string}}}}
              encoding: {tags: {style: form, explode: false}}
    ",
    );
    insta::assert_snapshot!(report(&contract.replacen("3.0.3", "3.1.0", 1)), @"
    error: `style` of a part is not read
      --> api.yaml:10:31  |style: form, explode: false}}|
       at /paths/~1pets/post/requestBody/content/multipart~1form-data/encoding/tags/style
     help: give the part a `contentType`, or remove it with an overlay action that targets $.paths['/pets'].post.requestBody.content['multipart/form-data'].encoding.tags.style

    error: `explode` of a part is not read
      --> api.yaml:10:44  |explode: false}}|
       at /paths/~1pets/post/requestBody/content/multipart~1form-data/encoding/tags/explode
     help: give the part a `contentType`, or remove it with an overlay action that targets $.paths['/pets'].post.requestBody.content['multipart/form-data'].encoding.tags.explode

    2 problems; nothing was written
    ");
}

#[test]
fn a_part_with_headers() {
    insta::assert_snapshot!(report(&operation("/pets", "
        requestBody:
          content:
            multipart/form-data:
              schema: {type: object, properties: {file: {type: string, format: binary}}}
              encoding: {file: {headers: {X-Sum: {schema: {type: string}}}}}
    ")), @"
    error: headers of parts are not sent
      --> api.yaml:10:31  |headers: {X-Sum: {schema: {type: string}}}}}|
       at /paths/~1pets/post/requestBody/content/multipart~1form-data/encoding/file/headers
     help: remove or replace it with an overlay action that targets $.paths['/pets'].post.requestBody.content['multipart/form-data'].encoding.file.headers

    1 problem; nothing was written
    ");
}

#[test]
fn an_answer_without_a_media_type() {
    insta::assert_snapshot!(report(&contract("
        paths:
          /pets:
            get:
              responses:
                '200':
                  description: OK
                  content:
                    csv: {schema: {type: string}}
    ")), @"
    error: `GET /pets` is skipped: a response of csv
      --> api.yaml:9:11  |content:|
       at /paths/~1pets/get/responses/200/content
     help: remove the operation, if it is not needed, with an overlay action that targets $.paths['/pets'].get

    1 problem; nothing was written
    ");
}

#[test]
fn an_answer_in_xml() {
    insta::assert_snapshot!(report(&contract("
        paths:
          /pets:
            get:
              responses:
                '200':
                  description: OK
                  content:
                    application/xml: {schema: {type: object}}
    ")), @"
    error: a body of text is not read by its schema
      --> api.yaml:10:31  |schema: {type: object}}|
       at /paths/~1pets/get/responses/200/content/application~1xml/schema
     help: describe it as a string without limits with an overlay action that targets $.paths['/pets'].get.responses['200'].content['application/xml'].schema

    1 problem; nothing was written
    ");
}

#[test]
fn no_answers() {
    insta::assert_snapshot!(report(&contract("
        paths:
          /pets:
            get: {summary: Lists pets}
    ")), @"
    error: there are no `responses`
      --> api.yaml:5:5  |get: {summary: Lists pets}|
       at /paths/~1pets/get
     help: add at least one, as in '200'

    1 problem; nothing was written
    ");
}

#[test]
fn a_status_that_does_not_exist() {
    insta::assert_snapshot!(report(&contract("
        paths:
          /pets:
            get:
              responses:
                ok: {description: OK}
    ")), @"
    error: `ok` is not a status code
      --> api.yaml:7:9  |ok: {description: OK}|
       at /paths/~1pets/get/responses/ok
     help: write three digits, as in '200', or 4XX, or default

    1 problem; nothing was written
    ");
}

#[test]
fn a_method_that_does_not_exist() {
    insta::assert_snapshot!(report(&contract("
        paths:
          /pets:
            GET: {responses: {'200': {description: OK}}}
    ")), @"
    error: `GET` is not a keyword here in OpenAPI 3.0
      --> api.yaml:5:5  |GET: {responses: {'200': {description: OK}}}|
       at /paths/~1pets/GET
     help: correct the name, or remove it with an overlay action that targets $.paths['/pets'].GET

    1 problem; nothing was written
    ");
}

#[test]
fn a_path_without_its_slash() {
    insta::assert_snapshot!(report(&operation("pets", "")), @"
    error: `POST pets` is skipped: `pets` does not begin with `/`
      --> api.yaml:4:3  |pets:|
       at /paths/pets
     help: write the path as in `/pets/{id}`, or remove the operation with an overlay action that targets $.paths.pets.post

    1 problem; nothing was written
    ");
}

#[test]
fn a_path_with_a_part_of_a_value_in_its_query() {
    insta::assert_snapshot!(report(&operation("'/pets?of=cat-{id}'", "")), @"
    error: `POST /pets?of=cat-{id}` is skipped: `/pets?of=cat-{id}` has a parameter in its query that is not a whole value
      --> api.yaml:4:3  |'/pets?of=cat-{id}':|
       at /paths/~1pets?of=cat-{id}
     help: write the path as in `/pets/{id}`, or remove the operation with an overlay action that targets $.paths['/pets?of=cat-{id}'].post

    1 problem; nothing was written
    ");
}

#[test]
fn a_path_with_a_brace_left_open() {
    insta::assert_snapshot!(report(&operation("'/pets/{id'", "")), @"
    error: `POST /pets/{id` is skipped: `/pets/{id` opens a brace and never closes it
      --> api.yaml:4:3  |'/pets/{id':|
       at /paths/~1pets~1{id
     help: write the path as in `/pets/{id}`, or remove the operation with an overlay action that targets $.paths['/pets/{id'].post

    1 problem; nothing was written
    ");
}

#[test]
fn a_path_that_names_one_parameter_twice() {
    insta::assert_snapshot!(report(&parameters("'/{id}/{id}'", "
        - {name: id, in: path, required: true, schema: {type: string}}
    ")), @"
    error: `POST /{id}/{id}` is skipped: `/{id}/{id}` names one parameter twice
      --> api.yaml:4:3  |'/{id}/{id}':|
       at /paths/~1{id}~1{id}
     help: write the path as in `/pets/{id}`, or remove the operation with an overlay action that targets $.paths['/{id}/{id}'].post

    1 problem; nothing was written
    ");
}

#[test]
fn a_path_that_clients_would_resolve() {
    insta::assert_snapshot!(report(&operation("/pets/../owners", "")), @"
    error: `POST /pets/../owners` is skipped: `/pets/../owners` holds a `.` or `..`, which clients resolve away
      --> api.yaml:4:3  |/pets/../owners:|
       at /paths/~1pets~1..~1owners
     help: write the path as in `/pets/{id}`, or remove the operation with an overlay action that targets $.paths['/pets/../owners'].post

    1 problem; nothing was written
    ");
}

#[test]
fn with_a_server_that_is_not_a_url() {
    insta::assert_snapshot!(report(&operation("/pets", "
        servers: [{url: 'https://pets.example:port/'}]
    ")), @"
    error: `POST /pets` is skipped: its own server `https://pets.example:port` is not a valid absolute URL
      --> api.yaml:6:18  |url: 'https://pets.example:port/'}]|
       at /paths/~1pets/post/servers/0/url
     help: remove the operation, if it is not needed, with an overlay action that targets $.paths['/pets'].post

    1 problem; nothing was written
    ");
}
