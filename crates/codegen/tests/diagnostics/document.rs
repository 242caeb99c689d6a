use crate::support::{HEAD, contract, dedent, report};

#[test]
fn no_paths() {
    insta::assert_snapshot!(report(HEAD), @"
    error: the document has no `paths`
      --> api.yaml:1:1  |openapi: 3.0.3|
       at /
     help: add `paths: {}`, or name the contract that was meant

    1 problem; nothing was written
    ");
}

#[test]
fn no_info() {
    insta::assert_snapshot!(report("openapi: 3.0.3\npaths: {}\n"), @"
    error: the document has no `info`
      --> api.yaml:1:1  |openapi: 3.0.3|
       at /
     help: add `info` with a title and a version

    1 problem; nothing was written
    ");
}

#[test]
fn no_title() {
    insta::assert_snapshot!(report(&dedent("
        openapi: 3.0.3
        info: {version: '1', x-rust-crate: {name: pets}}
        paths: {}
    ")), @"
    error: `info` has no `title`
      --> api.yaml:2:1  |info: {version: '1', x-rust-crate: {name: pets}}|
       at /info
     help: add `title`, which OpenAPI requires

    1 problem; nothing was written
    ");
}

#[test]
fn no_version() {
    insta::assert_snapshot!(report(&dedent("
        openapi: 3.0.3
        info: {title: Pets, x-rust-crate: {name: pets}}
        paths: {}
    ")), @"
    error: `info` has no `version`
      --> api.yaml:2:1  |info: {title: Pets, x-rust-crate: {name: pets}}|
       at /info
     help: add `version`, which OpenAPI requires

    1 problem; nothing was written
    ");
}

#[test]
fn a_version_that_yaml_takes_for_a_number() {
    insta::assert_snapshot!(report(&dedent("
        openapi: 3.0.3
        info:
          title: Pets
          version: 1.0
          x-rust-crate: {name: pets}
        paths: {}
    ")), @"
    error: `version` must be a string, and is the number 1.0
      --> api.yaml:4:3  |version: 1.0|
       at /info/version
     help: put it in quotes

    1 problem; nothing was written
    ");
}

#[test]
fn no_name_for_the_crate() {
    insta::assert_snapshot!(report(&dedent("
        openapi: 3.0.3
        info: {title: Pets, version: '1'}
        paths: {}
    ")), @"
    error: the crate to generate has no name
      --> api.yaml:2:1  |info: {title: Pets, version: '1'}|
       at /info
     help: pass --crate-name, or set `name` in `info.x-rust-crate` with an overlay action: letters, digits, `-` and `_`, a letter first

    1 problem; nothing was written
    ");
}

#[test]
fn a_name_that_no_crate_can_have() {
    insta::assert_snapshot!(report(&dedent("
        openapi: 3.0.3
        info: {title: Pets, version: '1', x-rust-crate: {name: 2 pets}}
        paths: {}
    ")), @"
    error: `2 pets` cannot be the name of a crate
      --> api.yaml:2:50  |name: 2 pets}}|
       at /info/x-rust-crate/name
     help: pass --crate-name, or set `name` in `info.x-rust-crate` with an overlay action: letters, digits, `-` and `_`, a letter first

    1 problem; nothing was written
    ");
}

#[test]
fn a_version_that_no_crate_can_have() {
    insta::assert_snapshot!(report(&dedent("
        openapi: 3.0.3
        info: {title: Pets, version: '1', x-rust-crate: {name: pets, version: '1'}}
        paths: {}
    ")), @"
    error: `1` is not a version of a crate
      --> api.yaml:2:62  |version: '1'}}|
       at /info/x-rust-crate/version
     help: write three numbers, as in 0.1.0

    1 problem; nothing was written
    ");
}

#[test]
fn labels_that_no_registry_accepts() {
    insta::assert_snapshot!(report(&dedent("
        openapi: 3.0.3
        info:
          title: Pets
          version: '1'
          x-rust-crate:
            name: pets
            keywords: [pets, two words, c, d, e, f]
            categories: API bindings
        paths: {}
    ")), @"
    error: 6 entries, and a registry accepts 5
      --> api.yaml:7:5  |keywords: [pets, two words, c, d, e, f]|
       at /info/x-rust-crate/keywords
     help: remove the least telling ones

    error: registries do not accept `two words` here
      --> api.yaml:7:22  |two words, c, d, e, f]|
       at /info/x-rust-crate/keywords/1
     help: write at most 20 ASCII letters, digits, `_`, `-` and `+`, a letter or digit first

    error: `categories` must be a list of strings, and is a string
      --> api.yaml:8:5  |categories: API bindings|
       at /info/x-rust-crate/categories
     help: write a list of strings here

    3 problems; nothing was written
    ");
}

#[test]
fn a_crate_name_that_rustc_warns_of() {
    for name in ["PetStore", "pet--store", "Pet_store"] {
        let contract = format!(
            "openapi: 3.0.3\ninfo: {{title: Pets, version: '1', x-rust-crate: {{name: {name}}}}}\npaths: {{}}\n"
        );
        let report = report(&contract);
        assert!(report.contains(&format!(
            "error: the crate name `{name}` is not in snake case"
        )));
        assert!(report.contains("help: write `pet-store`"), "{report}");
    }
}

#[test]
fn a_server_without_a_host() {
    insta::assert_snapshot!(report(&contract("
        servers: [{url: /api/v1}]
        paths: {}
    ")), @"
    error: `/api/v1` is a relative URL, so the host is not known
      --> api.yaml:3:12  |url: /api/v1}]|
       at /servers/0/url
     help: write scheme, host and path, and give each variable a default

    1 problem; nothing was written
    ");
}

#[test]
fn a_server_variable_without_default() {
    insta::assert_snapshot!(report(&contract("
        servers:
          - url: https://{region}.example/
        paths: {}
    ")), @"
    error: `https://{region}.example` is not a valid base URL
      --> api.yaml:4:5  |url: https://{region}.example/|
       at /servers/0/url
     help: write scheme, host and path, and give each variable a default

    1 problem; nothing was written
    ");
}
