use crate::support::{operation, parameters, report};

#[test]
fn in_the_path_and_not_declared() {
    insta::assert_snapshot!(report(&operation("'/pets/{id}'", "")), @"
    error: the path has `{id}`, and no path parameter of that name is declared
      --> api.yaml:5:5  |post:|
       at /paths/~1pets~1{id}/post
     help: add a parameter `id` with `in: path` and `required: true`

    1 problem; nothing was written
    ");
}

#[test]
fn in_the_path_and_not_required() {
    insta::assert_snapshot!(report(&parameters("'/pets/{id}'", "
        - name: id
          in: path
          required: false
          schema: {type: string}
    ")), @"
    error: path parameter `id` must be required
      --> api.yaml:9:11  |required: false|
       at /paths/~1pets~1{id}/post/parameters/0/required
     help: write `required: true`

    1 problem; nothing was written
    ");
}

#[test]
fn in_the_path_and_not_said_to_be_required() {
    insta::assert_snapshot!(report(&parameters("'/pets/{id}'", "
        - name: id
          in: path
          schema: {type: string}
    ")), @"
    error: path parameter `id` must be required
      --> api.yaml:7:11  |name: id|
       at /paths/~1pets~1{id}/post/parameters/0
     help: write `required: true`

    1 problem; nothing was written
    ");
}

#[test]
fn declared_and_not_in_the_path() {
    insta::assert_snapshot!(report(&parameters("/pets", "
        - name: id
          in: path
          required: true
          schema: {type: string}
    ")), @"
    error: path parameter `id` is not in the path
      --> api.yaml:7:11  |name: id|
       at /paths/~1pets/post/parameters/0
     help: put it in braces into the path, or remove it

    1 problem; nothing was written
    ");
}

#[test]
fn of_a_style_that_is_none() {
    insta::assert_snapshot!(report(&parameters("/pets", "
        - name: filter
          in: query
          style: deep
          schema: {type: object}
    ")), @"
    error: `deep` is not a style
      --> api.yaml:9:11  |style: deep|
       at /paths/~1pets/post/parameters/0/style
     help: write one of form, simple, label, matrix, spaceDelimited, pipeDelimited, deepObject

    1 problem; nothing was written
    ");
}

#[test]
fn of_a_style_of_another_location() {
    insta::assert_snapshot!(report(&parameters("/pets", "
        - name: session
          in: cookie
          style: simple
          schema: {type: string}
    ")), @"
    error: style `simple` is not one of cookie parameters
      --> api.yaml:9:11  |style: simple|
       at /paths/~1pets/post/parameters/0/style
     help: write `style: form`

    1 problem; nothing was written
    ");
}

#[test]
fn of_a_style_for_other_values() {
    insta::assert_snapshot!(report(&parameters("/pets", "
        - name: limit
          in: query
          style: deepObject
          schema: {type: integer}
        - name: ids
          in: query
          style: deepObject
          schema: {type: array, items: {type: integer}}
        - name: words
          in: query
          style: pipeDelimited
          schema: {type: string}
    ")), @"
    error: style `deepObject` is not defined for a single value
      --> api.yaml:10:11  |schema: {type: integer}|
       at /paths/~1pets/post/parameters/0/schema
     help: write `style: form`

    error: style `pipeDelimited` is not defined for a single value
      --> api.yaml:18:11  |schema: {type: string}|
       at /paths/~1pets/post/parameters/2/schema
     help: write `style: form`

    error: style `deepObject` is not defined for a list
      --> api.yaml:14:11  |schema: {type: array, items: {type: integer}}|
       at /paths/~1pets/post/parameters/1/schema
     help: write `style: form`

    3 problems; nothing was written
    ");
}

#[test]
fn of_nested_values() {
    insta::assert_snapshot!(report(&parameters("/pets", "
        - name: filter
          in: query
          schema: {type: object, additionalProperties: {type: array, items: {type: string}}}
    ")), @"
    error: values of parameter `filter` hold lists or objects
      --> api.yaml:9:11  |schema: {type: object, additionalProperties: {ty|
       at /paths/~1pets/post/parameters/0/schema
     help: give the parameter by `content` with `application/json` with an overlay action that targets $.paths['/pets'].post.parameters[0].schema

    1 problem; nothing was written
    ");
}

#[test]
fn of_two_media_types() {
    insta::assert_snapshot!(report(&parameters("/pets", "
        - name: filter
          in: query
          content: {application/json: {schema: {type: object}}, text/plain: {schema: {type: string}}}
    ")), @"
    error: `content` of parameter `filter` has not exactly one media type
      --> api.yaml:9:11  |content: {application/json: {schema: {type: obje|
       at /paths/~1pets/post/parameters/0/content
     help: keep one

    1 problem; nothing was written
    ");
}

#[test]
fn of_a_media_type_that_is_not_text() {
    insta::assert_snapshot!(report(&parameters("/pets", "
        - name: filter
          in: query
          content: {application/xml: {schema: {type: object}}}
    ")), @"
    error: parameter `filter` has the media type `application/xml`
      --> api.yaml:9:21  |application/xml: {schema: {type: object}}}|
       at /paths/~1pets/post/parameters/0/content/application~1xml
     help: remove the parameter with an overlay action that targets $.paths['/pets'].post.parameters[0]

    1 problem; nothing was written
    ");
}

#[test]
fn with_schema_and_content() {
    insta::assert_snapshot!(report(&parameters("/pets", "
        - name: filter
          in: query
          schema: {type: object}
          content: {application/json: {schema: {type: object}}}
    ")), @"
    error: parameter `filter` has `schema` and `content`
      --> api.yaml:10:11  |content: {application/json: {schema: {type: obje|
       at /paths/~1pets/post/parameters/0/content
     help: remove one of the two

    1 problem; nothing was written
    ");
}

#[test]
fn without_a_name() {
    insta::assert_snapshot!(report(&parameters("/pets", "
        - in: query
          schema: {type: integer}
    ")), @"
    error: the parameter lacks `name` or `in`
      --> api.yaml:7:11  |in: query|
       at /paths/~1pets/post/parameters/0
     help: add both

    1 problem; nothing was written
    ");
}

#[test]
fn without_a_schema() {
    insta::assert_snapshot!(report(&parameters("/pets", "
        - {name: limit, in: query}
    ")), @"
    error: parameter `limit` has no `schema`
      --> api.yaml:7:11  |{name: limit, in: query}|
       at /paths/~1pets/post/parameters/0
     help: add it

    1 problem; nothing was written
    ");
}

#[test]
fn twice() {
    insta::assert_snapshot!(report(&parameters("/pets", "
        - {name: limit, in: query, schema: {type: integer}}
        - {name: limit, in: query, schema: {type: string}}
    ")), @"
    error: parameter `limit` is here twice
      --> api.yaml:8:11  |{name: limit, in: query, schema: {type: string}}|
       at /paths/~1pets/post/parameters/1
     help: remove one of the two

    1 problem; nothing was written
    ");
}

#[test]
fn of_a_header_that_no_request_can_have() {
    insta::assert_snapshot!(report(&parameters("/pets", "
        - {name: My Header, in: header, schema: {type: string}}
    ")), @"
    error: `My Header` is not a valid header name
      --> api.yaml:7:12  |name: My Header, in: header, schema: {type: stri|
       at /paths/~1pets/post/parameters/0/name
     help: remove the parameter with an overlay action that targets $.paths['/pets'].post.parameters[0]

    1 problem; nothing was written
    ");
}
