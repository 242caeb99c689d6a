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
fn in_a_cookie() {
    insta::assert_snapshot!(report(&parameters("/pets", "
        - name: session
          in: cookie
          schema: {type: string}
    ")), @"
    error: a parameter in `cookie` is not supported
      --> api.yaml:8:11  |in: cookie|
       at /paths/~1pets/post/parameters/0/in
     help: remove the parameter with an overlay action that targets $.paths['/pets'].post.parameters[0]

    1 problem; nothing was written
    ");
}

#[test]
fn as_a_deep_object() {
    insta::assert_snapshot!(report(&parameters("/pets", "
        - name: filter
          in: query
          style: deepObject
          schema: {type: object}
    ")), @"
    error: parameters of style `deepObject` are not supported here
      --> api.yaml:9:11  |style: deepObject|
       at /paths/~1pets/post/parameters/0/style
     help: remove the parameter with an overlay action that targets $.paths['/pets'].post.parameters[0]

    1 problem; nothing was written
    ");
}

#[test]
fn that_is_an_object() {
    insta::assert_snapshot!(report(&parameters("/pets", "
        - name: limit
          in: query
          schema: {type: integer}
        - name: filter
          in: query
          schema: {type: object}
    ")), @"
    error: parameter `filter` is neither a string, number, boolean or enum nor a list of those
      --> api.yaml:12:11  |schema: {type: object}|
       at /paths/~1pets/post/parameters/1/schema
     help: remove or replace it with an overlay action that targets $.paths['/pets'].post.parameters[1].schema

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
