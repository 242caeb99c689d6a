use crate::support::{contract, report, schema};

#[test]
fn a_text_that_is_not_yaml() {
    insta::assert_snapshot!(report(&contract("
        paths:
          /pets: {get: [}
    ")), @"
    error: invalid YAML: did not find expected node content, while parsing a flow node
      --> api.yaml:4:17  |}|
       at /paths/~1pets/get
     help: fix the syntax error here; a JSON document is YAML too

    1 problem; nothing was written
    ");
}

#[test]
fn a_json_text_that_breaks_off() {
    insta::assert_snapshot!(report("{\"openapi\": \"3.0.3\",\n \"info\": {\"title\": \"Pets\""), @"
    error: invalid JSON: EOF while parsing an object
      --> api.yaml:2:26  ||
       at /info/title
     help: fix the syntax error here

    1 problem; nothing was written
    ");
}

#[test]
fn an_empty_text() {
    insta::assert_snapshot!(report(""), @"
    error: the document is empty
      --> api.yaml:1:1  ||
       at /
     help: write a contract, or name another file

    1 problem; nothing was written
    ");
}

#[test]
fn a_text_of_comments_only() {
    insta::assert_snapshot!(report("# to be written\n"), @"
    error: the document is empty
      --> api.yaml:1:1  |# to be written|
       at /
     help: write a contract, or name another file

    1 problem; nothing was written
    ");
}

#[test]
fn a_list_in_place_of_a_document() {
    insta::assert_snapshot!(report("- openapi: 3.0.3\n"), @"
    error: the document is not an object
      --> api.yaml:1:1  |- openapi: 3.0.3|
       at /
     help: write an object of keys and values, or name another file

    1 problem; nothing was written
    ");
}

#[test]
fn a_tab_as_indentation() {
    insta::assert_snapshot!(report("openapi: 3.0.3\ninfo:\n\ttitle: Pets\n"), @"
    error: invalid YAML: found character that cannot start any token, while scanning for the next token
      --> api.yaml:3:1  |	title: Pets|
       at /info
     help: indent with spaces: YAML allows no tab here

    1 problem; nothing was written
    ");
}

#[test]
fn a_key_that_its_mapping_already_has() {
    insta::assert_snapshot!(report(&schema("
        type: string
        maxLength: 4
        type: integer
    ")), @"
    error: duplicate key `type`, first on line 7
      --> api.yaml:9:7  |type: integer|
       at /components/schemas/Pet/type
     help: delete or rename one of the two

    1 problem; nothing was written
    ");
}

#[test]
fn a_second_document() {
    insta::assert_snapshot!(report(&contract("paths: {}\n---\npaths: {}\n")), @"
    error: a second YAML document starts here
      --> api.yaml:4:1  |---|
       at /
     help: keep one document in a file, and delete this one

    1 problem; nothing was written
    ");
}

#[test]
fn an_alias_without_its_anchor() {
    insta::assert_snapshot!(report(&schema("
        type: string
        description: *text
    ")), @"
    error: invalid YAML: unknown anchor
      --> api.yaml:8:20  |*text|
       at /components/schemas/Pet/description
     help: define the anchor above, or quote the text that begins with `*`

    1 problem; nothing was written
    ");
}

#[test]
fn a_template_that_yaml_takes_for_a_mapping() {
    insta::assert_snapshot!(report(&contract("
        paths:
          {id}: {}
        servers:
          - url: https://pets.example/{region}
          - {{url}}: 1
    ")), @"
    error: expected a string as key, found a mapping or a sequence
      --> api.yaml:4:3  |{id}: {}|
       at /paths
     help: use a string as key; a template such as {name} needs quotes

    error: expected a string as key, found a mapping or a sequence
      --> api.yaml:7:5  |{{url}}: 1|
       at /servers/1
     help: use a string as key; a template such as {name} needs quotes

    2 problems; nothing was written
    ");
}

#[test]
fn a_tag() {
    insta::assert_snapshot!(report(&schema("
        type: !text string
    ")), @"
    error: the tag `!text` is not supported
      --> api.yaml:7:7  |type: !text string|
       at /components/schemas/Pet/type
     help: delete the tag

    1 problem; nothing was written
    ");
}

#[test]
fn a_number_that_json_has_no_word_for() {
    insta::assert_snapshot!(report(&schema("
        type: number
        maximum: .inf
    ")), @"
    error: `inf` is not a JSON number
      --> api.yaml:8:7  |maximum: .inf|
       at /components/schemas/Pet/maximum
     help: write a finite number, or quote the text

    1 problem; nothing was written
    ");
}
