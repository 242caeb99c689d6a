use crate::support::{contract, parameters, report};

#[test]
fn by_an_unknown_scheme() {
    insta::assert_snapshot!(report(&contract("
        paths: {}
        security:
          - bearer: []
    ")), @"
    error: there is no security scheme `bearer`
      --> api.yaml:5:5  |bearer: []|
       at /security/0/bearer
     help: add it to `components.securitySchemes`, or correct the name

    1 problem; nothing was written
    ");
}

#[test]
fn by_digest() {
    insta::assert_snapshot!(report(&contract("
        paths: {}
        security:
          - login: []
        components:
          securitySchemes:
            login:
              type: http
              scheme: digest
    ")), @"
    error: HTTP authentication `digest` is not supported
      --> api.yaml:10:7  |scheme: digest|
       at /components/securitySchemes/login/scheme
     help: use bearer, basic or an apiKey

    1 problem; nothing was written
    ");
}

#[test]
fn by_mutual_tls() {
    insta::assert_snapshot!(report(&contract("
        paths: {}
        security:
          - login: []
        components:
          securitySchemes:
            login:
              type: mutualTLS
    ")), @"
    error: security of type `mutualTLS` is not supported
      --> api.yaml:9:7  |type: mutualTLS|
       at /components/securitySchemes/login/type
     help: use http, apiKey, oauth2 or openIdConnect

    1 problem; nothing was written
    ");
}

#[test]
fn by_a_key_in_a_strange_place() {
    insta::assert_snapshot!(report(&contract("
        paths: {}
        security:
          - login: []
        components:
          securitySchemes:
            login:
              type: apiKey
              name: key
              in: body
    ")), @"
    error: a key named `key` cannot be sent in `body`
      --> api.yaml:11:7  |in: body|
       at /components/securitySchemes/login/in
     help: use a sound name in header, query or cookie

    1 problem; nothing was written
    ");
}

#[test]
fn by_a_parameter_that_is_ignored() {
    insta::assert_snapshot!(report(&parameters("/pets", "
        - name: authorization
          in: header
          schema: {type: string}
    ")), @"
    error: a parameter `Authorization` is ignored, and the operation has no `security`
      --> api.yaml:7:11  |name: authorization|
       at /paths/~1pets/post/parameters/0
     help: describe it in `components.securitySchemes`, and name that in `security`

    1 problem; nothing was written
    ");
}
