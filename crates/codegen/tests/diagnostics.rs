//! What the author of a contract reads when it is wrong: one defect in each case, and the
//! whole report beside it. Judge a report as its reader: is this the place, is it true,
//! does the help help?
//!
//! Accept changed reports with `cargo insta review`.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a contract here that is not refused, or located nowhere, fails its test"
)]

use bigmodel_rerank_codegen::{Diagnostics, Input, Settings, Source, generate};

/// What every sound contract begins with.
const HEAD: &str = "openapi: 3.0.3
info: {title: Pets, version: '1', x-rust-crate: {name: pets}}
";

/// The report on a contract.
fn report(contract: &str) -> String {
    report_with(contract, None)
}

/// The report on a contract after its overlay.
///
/// Behind each place stands the text that is found there, which the report leaves to the
/// reader's editor.
fn report_with(contract: &str, overlay: Option<&str>) -> String {
    let input = Input {
        spec: Source::new("api.yaml", contract),
        overlay: overlay.map(|text| Source::new("overlay.yaml", text)),
    };
    let settings = Settings {
        crate_name: None,
        regenerate: "make api".to_owned(),
    };
    match generate(&input, &settings) {
        Ok(_) => panic!("nothing was found wrong"),
        Err(diagnostics) => with_excerpts(&input, &diagnostics),
    }
}

fn with_excerpts(input: &Input, diagnostics: &Diagnostics) -> String {
    let mut rendered = diagnostics.to_string();
    for diagnostic in diagnostics.iter() {
        let source = match &input.overlay {
            Some(overlay) if overlay.name == diagnostic.file => overlay,
            _ => &input.spec,
        };
        let line = source.text.lines().nth(diagnostic.line - 1);
        let excerpt: String = line
            .unwrap_or_default()
            .chars()
            .skip(diagnostic.column - 1)
            .take(48)
            .collect();
        let place = format!(
            "--> {}:{}:{}\n",
            diagnostic.file, diagnostic.line, diagnostic.column
        );
        let marked = format!("{}  |{excerpt}|\n", place.trim_end());
        // Those that are marked already no longer end at the column.
        rendered = rendered.replacen(&place, &marked, 1);
    }
    rendered
}

/// `text` without the indentation that its first line has in this file.
fn dedent(text: &str) -> String {
    let text = text.strip_prefix('\n').unwrap_or(text).trim_end();
    let depth = text.len() - text.trim_start_matches(' ').len();
    let lines = text.lines().map(|line| line.get(depth..).unwrap_or(""));
    lines.map(|line| format!("{line}\n")).collect()
}

fn indent(text: &str, depth: usize) -> String {
    let lines = dedent(text);
    let lines = lines.lines().map(|line| format!("{:depth$}{line}\n", ""));
    lines.collect()
}

/// A contract that is sound up to its third line, where `rest` begins.
fn contract(rest: &str) -> String {
    format!("{HEAD}{}", dedent(rest))
}

/// A contract with these schemas; they begin on line 6.
fn schemas(schemas: &str) -> String {
    let schemas = indent(schemas, 4);
    contract(&format!("paths: {{}}\ncomponents:\n  schemas:\n{schemas}"))
}

/// A contract with the schema `Pet`, whose text begins on line 7.
fn schema(schema: &str) -> String {
    schemas(&format!("Pet:\n{}", indent(schema, 2)))
}

/// A contract with one operation, whose text begins on line 6.
fn operation(path: &str, operation: &str) -> String {
    let operation = indent(operation, 6);
    contract(&format!(
        "paths:\n  {path}:\n    post:\n{operation}      responses: {{'200': {{description: OK}}}}\n"
    ))
}

/// A contract with one operation that takes these parameters; they begin on line 7.
fn parameters(path: &str, parameters: &str) -> String {
    operation(path, &format!("parameters:\n{}", indent(parameters, 2)))
}

/// A sound contract to correct, and the report on an overlay with these actions, the first
/// of which begins on line 4.
fn overlaid(actions: &str) -> String {
    let overlay = format!(
        "overlay: 1.0.0\ninfo: {{title: Corrections, version: '1'}}\nactions:\n{}",
        indent(actions, 2)
    );
    report_with(&schema("type: string"), Some(&overlay))
}

mod text {
    use super::*;

    #[test]
    fn a_text_that_is_not_yaml() {
        insta::assert_snapshot!(report(&contract("
            paths:
              /pets: {get: [}
        ")), @"
        error: not YAML: did not find expected node content, while parsing a flow node
          --> api.yaml:4:17  |}|
           at /paths/~1pets/get
         help: mend the syntax at this place; a JSON document is YAML too

        1 problem; nothing was written
        ");
    }

    #[test]
    fn a_json_text_that_breaks_off() {
        insta::assert_snapshot!(report("{\"openapi\": \"3.0.3\",\n \"info\": {\"title\": \"Pets\""), @"
        error: not JSON: EOF while parsing an object
          --> api.yaml:2:26  ||
           at /info/title
         help: mend the syntax at this place

        1 problem; nothing was written
        ");
    }

    #[test]
    fn an_empty_text() {
        insta::assert_snapshot!(report(""), @"
        error: the document is empty
          --> api.yaml:1:1  ||
           at /
         help: write it, or name another file

        1 problem; nothing was written
        ");
    }

    #[test]
    fn a_text_of_comments_only() {
        insta::assert_snapshot!(report("# to be written\n"), @"
        error: the document is empty
          --> api.yaml:1:1  |# to be written|
           at /
         help: write it, or name another file

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
        error: not YAML: found character that cannot start any token, while scanning for the next token
          --> api.yaml:3:1  |	title: Pets|
           at /info
         help: indent with spaces: YAML takes no tab here

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
        error: the key `type` is here a second time; line 7 has it first
          --> api.yaml:9:7  |type: integer|
           at /components/schemas/Pet/type
         help: delete or rename one of the two

        1 problem; nothing was written
        ");
    }

    #[test]
    fn a_second_document() {
        insta::assert_snapshot!(report(&contract("paths: {}\n---\npaths: {}\n")), @"
        error: a second YAML document begins here
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
        error: not YAML: unknown anchor
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
        error: a key is itself a mapping or a sequence
          --> api.yaml:4:3  |{id}: {}|
           at /paths
         help: use a string as key; a template such as {name} needs quotes

        error: a key is itself a mapping or a sequence
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
        error: the tag `!text` has no meaning here
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
        error: JSON has no number for `inf`
          --> api.yaml:8:7  |maximum: .inf|
           at /components/schemas/Pet/maximum
         help: write a finite number, or quote the text

        1 problem; nothing was written
        ");
    }
}

mod dialect {
    use super::*;

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
        error: `maxLenght` means nothing here in OpenAPI 3.0
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
        error: `null` is no type of OpenAPI 3.0
          --> api.yaml:7:7  |type: 'null'|
           at /components/schemas/Pet/type
         help: write string, number, integer, boolean, array or object; for null, `nullable: true` beside the type

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
        error: `text` is no type of OpenAPI 3.0
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
}

mod document {
    use super::*;

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
         help: add `title`: OpenAPI demands it

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
         help: add `version`: OpenAPI demands it

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
    fn a_server_variable_without_default() {
        insta::assert_snapshot!(report(&contract("
            servers:
              - url: https://{region}.example/
            paths: {}
        ")), @"
        error: `https://{region}.example` is no base URL
          --> api.yaml:4:5  |url: https://{region}.example/|
           at /servers/0/url
         help: write scheme, host and path, and give each variable a default

        1 problem; nothing was written
        ");
    }
}

mod reference {
    use super::*;

    #[test]
    fn to_nowhere() {
        insta::assert_snapshot!(report(&schemas("
            Pet:
              type: object
              properties:
                owner: {$ref: '#/components/schemas/Owner'}
        ")), @"
        error: `#/components/schemas/Owner` leads nowhere
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
        error: `owners.yaml#/Owner` is in another document
          --> api.yaml:8:15  |$ref: 'owners.yaml#/Owner'}|
           at /components/schemas/Pet/items/$ref
         help: bundle the contract into one document, where every `$ref` begins with `#`

        1 problem; nothing was written
        ");
    }

    #[test]
    fn without_the_hash() {
        insta::assert_snapshot!(report(&schema("
            $ref: /components/schemas/Owner
        ")), @"
        error: `/components/schemas/Owner` is in another document
          --> api.yaml:7:7  |$ref: /components/schemas/Owner|
           at /components/schemas/Pet/$ref
         help: bundle the contract into one document, where every `$ref` begins with `#`

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
}

mod operation {
    use super::*;

    #[test]
    fn two_of_one_derived_name() {
        insta::assert_snapshot!(report(&contract("
            paths:
              /v1/pets:
                get: {responses: {'200': {description: OK}}}
              /v2/pets:
                get: {responses: {'200': {description: OK}}}
        ")), @"
        error: this operation and GET /v1/pets are both called `get_pets` in Rust
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
        error: this operation and GET /pets are both called `list_pets` in Rust
          --> api.yaml:7:11  |operationId: list-pets, responses: {'200': {desc|
           at /paths/~1animals/get/operationId
         help: give one an `operationId` of its own with an overlay action that targets $.paths['/animals'].get

        1 problem; nothing was written
        ");
    }

    #[test]
    fn a_body_of_form_data() {
        insta::assert_snapshot!(report(&operation("/pets", "
            requestBody:
              content:
                multipart/form-data:
                  schema: {type: object}
        ")), @"
        error: a request body of multipart/form-data is not supported, only JSON
          --> api.yaml:7:9  |content:|
           at /paths/~1pets/post/requestBody/content
         help: remove or replace it with an overlay action that targets $.paths['/pets'].post.requestBody.content

        1 problem; nothing was written
        ");
    }

    #[test]
    fn an_answer_that_is_not_json() {
        insta::assert_snapshot!(report(&contract("
            paths:
              /pets:
                get:
                  responses:
                    '200':
                      description: OK
                      content:
                        text/csv: {schema: {type: string}}
        ")), @"
        error: an answer of text/csv is not supported, only JSON
          --> api.yaml:9:11  |content:|
           at /paths/~1pets/get/responses/200/content
         help: remove or replace it with an overlay action that targets $.paths['/pets'].get.responses['200'].content

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
        error: the operation has no `responses`
          --> api.yaml:5:5  |get: {summary: Lists pets}|
           at /paths/~1pets/get
         help: add what it answers

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
        error: `ok` is no status
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
        error: `GET` means nothing here in OpenAPI 3.0
          --> api.yaml:5:5  |GET: {responses: {'200': {description: OK}}}|
           at /paths/~1pets/GET
         help: correct the name, or remove it with an overlay action that targets $.paths['/pets'].GET

        1 problem; nothing was written
        ");
    }

    #[test]
    fn a_path_without_its_slash() {
        insta::assert_snapshot!(report(&operation("pets", "")), @"
        error: `pets` does not begin with `/`
          --> api.yaml:4:3  |pets:|
           at /paths/pets
         help: write the path as in `/pets/{id}`, one name in each pair of braces

        1 problem; nothing was written
        ");
    }

    #[test]
    fn a_path_with_a_query() {
        insta::assert_snapshot!(report(&operation("/pets?all=true", "")), @"
        error: `/pets?all=true` holds a query or fragment: those are parameters
          --> api.yaml:4:3  |/pets?all=true:|
           at /paths/~1pets?all=true
         help: write the path as in `/pets/{id}`, one name in each pair of braces

        1 problem; nothing was written
        ");
    }

    #[test]
    fn a_path_with_a_brace_left_open() {
        insta::assert_snapshot!(report(&operation("'/pets/{id'", "")), @"
        error: `/pets/{id` opens a brace and never closes it
          --> api.yaml:4:3  |'/pets/{id':|
           at /paths/~1pets~1{id
         help: write the path as in `/pets/{id}`, one name in each pair of braces

        1 problem; nothing was written
        ");
    }

    #[test]
    fn a_path_that_names_one_parameter_twice() {
        insta::assert_snapshot!(report(&parameters("'/{id}/{id}'", "
            - {name: id, in: path, required: true, schema: {type: string}}
        ")), @"
        error: `/{id}/{id}` names one parameter twice
          --> api.yaml:4:3  |'/{id}/{id}':|
           at /paths/~1{id}~1{id}
         help: write the path as in `/pets/{id}`, one name in each pair of braces

        1 problem; nothing was written
        ");
    }

    #[test]
    fn a_path_that_clients_would_resolve() {
        insta::assert_snapshot!(report(&operation("/pets/../owners", "")), @"
        error: `/pets/../owners` holds a `.` or `..`, which clients resolve away
          --> api.yaml:4:3  |/pets/../owners:|
           at /paths/~1pets~1..~1owners
         help: write the path as in `/pets/{id}`, one name in each pair of braces

        1 problem; nothing was written
        ");
    }
}

mod parameter {
    use super::*;

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
         help: remove or replace it with an overlay action that targets $.paths['/pets'].post.parameters[0].style

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
        error: parameter `limit` stands here twice
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
        error: `My Header` is no name of a header
          --> api.yaml:7:12  |name: My Header, in: header, schema: {type: stri|
           at /paths/~1pets/post/parameters/0/name
         help: remove the parameter with an overlay action that targets $.paths['/pets'].post.parameters[0]

        1 problem; nothing was written
        ");
    }
}

mod security {
    use super::*;

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
}

mod schema {
    use super::*;

    #[test]
    fn a_list_without_items() {
        insta::assert_snapshot!(report(&schema("
            type: object
            properties:
              names: {type: array}
        ")), @"
        error: the list does not say what its `items` are
          --> api.yaml:9:9  |names: {type: array}|
           at /components/schemas/Pet/properties/names
         help: add `items`; `items: {}` allows anything

        1 problem; nothing was written
        ");
    }

    #[test]
    fn max_length_of_an_integer() {
        insta::assert_snapshot!(report(&schema("
            type: integer
            maxLength: 4
        ")), @"
        error: `maxLength` cannot be enforced on a number
          --> api.yaml:8:7  |maxLength: 4|
           at /components/schemas/Pet/maxLength
         help: remove or replace it with an overlay action that targets $.components.schemas.Pet.maxLength

        1 problem; nothing was written
        ");
    }

    #[test]
    fn a_limit_below_zero() {
        insta::assert_snapshot!(report(&schema("
            type: string
            maxLength: -4
        ")), @"
        error: `maxLength` must be a whole number from 0 up, and is the number -4
          --> api.yaml:8:7  |maxLength: -4|
           at /components/schemas/Pet/maxLength
         help: write a whole number from 0 up here

        1 problem; nothing was written
        ");
    }

    #[test]
    fn multiples_of_a_fraction() {
        insta::assert_snapshot!(report(&schema("
            type: number
            multipleOf: 0.1
        ")), @"
        error: `multipleOf` can be enforced exactly only for a whole number above zero
          --> api.yaml:8:7  |multipleOf: 0.1|
           at /components/schemas/Pet/multipleOf
         help: remove or replace it with an overlay action that targets $.components.schemas.Pet.multipleOf

        1 problem; nothing was written
        ");
    }

    #[test]
    fn multiples_in_floating_point() {
        insta::assert_snapshot!(report(&schema("
            type: number
            multipleOf: 2
        ")), @"
        error: `multipleOf` cannot be enforced exactly on a floating-point number
          --> api.yaml:8:7  |multipleOf: 2|
           at /components/schemas/Pet/multipleOf
         help: remove or replace it with an overlay action that targets $.components.schemas.Pet.multipleOf

        1 problem; nothing was written
        ");
    }

    #[test]
    fn a_pattern_that_is_no_regular_expression() {
        insta::assert_snapshot!(report(&schema("
            type: string
            pattern: '^(a'
        ")), @"
        error: the pattern is not a regular expression of ECMA-262, and cannot be enforced: Unbalanced parenthesis
          --> api.yaml:8:7  |pattern: '^(a'|
           at /components/schemas/Pet/pattern
         help: remove or replace it with an overlay action that targets $.components.schemas.Pet.pattern

        1 problem; nothing was written
        ");
    }

    #[test]
    fn a_least_length_above_the_greatest() {
        insta::assert_snapshot!(report(&schema("
            type: string
            minLength: 5
            maxLength: 4
        ")), @"
        error: `minLength` is 5, above the maximum of 4: no value fits
          --> api.yaml:8:7  |minLength: 5|
           at /components/schemas/Pet/minLength
         help: correct one of the two

        1 problem; nothing was written
        ");
    }

    #[test]
    fn a_minimum_above_the_maximum() {
        insta::assert_snapshot!(report(&schema("
            type: number
            minimum: 1.5
            maximum: 1
        ")), @"
        error: `minimum` is 1.5, above the maximum of 1: no value fits
          --> api.yaml:8:7  |minimum: 1.5|
           at /components/schemas/Pet/minimum
         help: correct one of the two

        1 problem; nothing was written
        ");
    }

    #[test]
    fn bounds_that_leave_nothing_between_them() {
        insta::assert_snapshot!(report(&schema("
            type: number
            minimum: 1
            exclusiveMinimum: true
            maximum: 1
        ")), @"
        error: no value lies between `minimum` and `maximum`, both 1
          --> api.yaml:8:7  |minimum: 1|
           at /components/schemas/Pet/minimum
         help: correct one of the two, or let both be inclusive

        1 problem; nothing was written
        ");
    }

    #[test]
    fn a_limit_beside_all_of() {
        insta::assert_snapshot!(report(&schemas("
            Name: {type: string}
            Pet:
              allOf:
                - $ref: '#/components/schemas/Name'
              maxLength: 4
        ")), @"
        error: `maxLength` cannot be enforced on what `allOf` gives
          --> api.yaml:10:7  |maxLength: 4|
           at /components/schemas/Pet/maxLength
         help: remove or replace it with an overlay action that targets $.components.schemas.Pet.maxLength

        1 problem; nothing was written
        ");
    }

    #[test]
    fn one_of_whose_branches_cannot_be_told_apart() {
        insta::assert_snapshot!(report(&schemas("
            Cat: {type: object, properties: {name: {type: string}}}
            Dog: {type: object, properties: {name: {type: string}}}
            Pet:
              oneOf:
                - $ref: '#/components/schemas/Cat'
                - $ref: '#/components/schemas/Dog'
        ")), @"
        error: the branches cannot be told apart: what is meant as `Dog` may read as `Cat`, which stands before it
          --> api.yaml:9:7  |oneOf:|
           at /components/schemas/Pet/oneOf
         help: add a `discriminator`, put the branch with more required properties first, or replace the schema with an overlay action that targets $.components.schemas.Pet

        1 problem; nothing was written
        ");
    }

    #[test]
    fn any_of_whose_branches_cannot_be_told_apart() {
        insta::assert_snapshot!(report(&schema("
            anyOf:
              - {type: number}
              - {type: integer}
        ")), @"
        error: the branches cannot be told apart: what is meant as `Integer` may read as `Number`, which stands before it
          --> api.yaml:7:7  |anyOf:|
           at /components/schemas/Pet/anyOf
         help: keep only the wider branch, or replace the schema with an overlay action that targets $.components.schemas.Pet

        1 problem; nothing was written
        ");
    }

    #[test]
    fn a_discriminator_over_inline_branches() {
        insta::assert_snapshot!(report(&schema("
            oneOf:
              - {type: object, properties: {kind: {type: string}}}
              - {type: object, properties: {kind: {type: string}, name: {type: string}}}
            discriminator: {propertyName: kind}
        ")), @"
        error: the branches that a `discriminator` tells apart must be references to objects
          --> api.yaml:10:7  |discriminator: {propertyName: kind}|
           at /components/schemas/Pet/discriminator
         help: move inline branches to `components.schemas`

        1 problem; nothing was written
        ");
    }

    #[test]
    fn a_discriminator_that_maps_to_a_stranger() {
        insta::assert_snapshot!(report(&schemas("
            Cat: {type: object, properties: {kind: {type: string}}}
            Dog: {type: object, properties: {kind: {type: string}}}
            Pet:
              oneOf:
                - $ref: '#/components/schemas/Cat'
                - $ref: '#/components/schemas/Dog'
              discriminator:
                propertyName: kind
                mapping: {cat: Cat, dog: Dog, cow: Cow}
        ")), @"
        error: `Cow` is none of the branches
          --> api.yaml:14:39  |cow: Cow}|
           at /components/schemas/Pet/discriminator/mapping/cow
         help: name a schema that stands in the list

        1 problem; nothing was written
        ");
    }

    #[test]
    fn required_that_names_no_property() {
        insta::assert_snapshot!(report(&schema("
            type: object
            properties:
              name: {type: string}
            required: [name, nmae]
        ")), @"
        error: `required` names `nmae`, which is no property
          --> api.yaml:10:24  |nmae]|
           at /components/schemas/Pet/required/1
         help: add the property, or take the name out

        1 problem; nothing was written
        ");
    }

    #[test]
    fn required_in_the_manner_of_old_drafts() {
        insta::assert_snapshot!(report(&schema("
            type: object
            properties:
              name: {type: string, required: true}
        ")), @"
        error: `required` means nothing here in OpenAPI 3.0
          --> api.yaml:9:30  |required: true}|
           at /components/schemas/Pet/properties/name/required
         help: correct the name, or remove it with an overlay action that targets $.components.schemas.Pet.properties.name.required

        1 problem; nothing was written
        ");
    }

    #[test]
    fn all_of_whose_types_clash() {
        insta::assert_snapshot!(report(&schemas("
            Animal: {type: object, properties: {age: {type: integer}}}
            Cat:
              allOf:
                - $ref: '#/components/schemas/Animal'
                - type: object
                  properties:
                    age: {type: string}
        ")), @"
        error: `allOf` gives `age` two types, the other at /components/schemas/Animal/properties/age
          --> api.yaml:12:13  |age: {type: string}|
           at /components/schemas/Cat/allOf/1/properties/age
         help: make the two agree

        1 problem; nothing was written
        ");
    }

    #[test]
    fn all_of_what_is_no_object() {
        insta::assert_snapshot!(report(&schema("
            allOf:
              - {type: object, properties: {age: {type: integer}}}
              - {type: string}
        ")), @"
        error: `allOf` can merge only objects, and this is none
          --> api.yaml:9:11  |{type: string}|
           at /components/schemas/Pet/allOf/1
         help: remove or replace it with an overlay action that targets $.components.schemas.Pet.allOf[1]

        1 problem; nothing was written
        ");
    }

    #[test]
    fn an_enum_without_values() {
        insta::assert_snapshot!(report(&schema("
            type: string
            enum: []
        ")), @"
        error: `enum` must be a list of one string or more, and is an empty list
          --> api.yaml:8:7  |enum: []|
           at /components/schemas/Pet/enum
         help: write a list of one string or more here

        1 problem; nothing was written
        ");
    }

    #[test]
    fn an_enum_of_the_wrong_type() {
        insta::assert_snapshot!(report(&schema("
            type: string
            enum: [cat, 7]
        ")), @"
        error: this must be a string, and is the number 7
          --> api.yaml:8:19  |7]|
           at /components/schemas/Pet/enum/1
         help: put it in quotes

        1 problem; nothing was written
        ");
    }

    #[test]
    fn a_schema_that_is_a_type_name() {
        insta::assert_snapshot!(report(&schema("
            type: object
            properties:
              name: string
        ")), @"
        error: a schema must be an object, and is a string
          --> api.yaml:9:9  |name: string|
           at /components/schemas/Pet/properties/name
         help: write an object here

        1 problem; nothing was written
        ");
    }
}

mod overlay {
    use super::*;

    #[test]
    fn a_target_that_is_not_json_path() {
        insta::assert_snapshot!(overlaid("
            - target: components.schemas.Pet
              description: why
              x-evidence: where
              update: {maxLength: 4}
        "), @"
        error: the target is not a JSONPath query: at position 0, parser error
          --> overlay.yaml:4:5  |target: components.schemas.Pet|
           at /actions/0/target
         help: write an RFC 9535 query such as `$.components.schemas.Pet`

        1 problem; nothing was written
        ");
    }

    #[test]
    fn a_target_that_matches_nothing() {
        insta::assert_snapshot!(overlaid("
            - target: $.components.schemas.Cat
              description: why
              x-evidence: where
              update: {maxLength: 4}
        "), @"
        error: the target matches nothing in the contract
          --> overlay.yaml:4:5  |target: $.components.schemas.Cat|
           at /actions/0/target
         help: correct the target, or delete the action if the contract no longer has the node

        1 problem; nothing was written
        ");
    }

    #[test]
    fn an_action_that_changes_nothing() {
        insta::assert_snapshot!(overlaid("
            - target: $.components.schemas.Pet
              description: why
              x-evidence: where
              update: {type: string}
        "), @"
        error: the action changes nothing: the contract has caught up with it
          --> overlay.yaml:4:5  |target: $.components.schemas.Pet|
           at /actions/0
         help: delete the action

        1 problem; nothing was written
        ");
    }

    #[test]
    fn an_action_without_evidence() {
        insta::assert_snapshot!(overlaid("
            - target: $.components.schemas.Pet
              description: why
              update: {maxLength: 4}
        "), @"
        error: the action does not say where its correction is known from
          --> overlay.yaml:4:5  |target: $.components.schemas.Pet|
           at /actions/0
         help: name the page, the request or the answer that shows it in `x-evidence`

        1 problem; nothing was written
        ");
    }

    #[test]
    fn an_action_that_updates_and_removes() {
        insta::assert_snapshot!(overlaid("
            - target: $.components.schemas.Pet
              description: why
              x-evidence: where
              update: {maxLength: 4}
              remove: true
        "), @"
        error: the action both updates and removes its target
          --> overlay.yaml:8:5  |remove: true|
           at /actions/0/remove
         help: keep one of the two

        1 problem; nothing was written
        ");
    }

    #[test]
    fn an_action_that_does_neither() {
        insta::assert_snapshot!(overlaid("
            - target: $.components.schemas.Pet
              description: why
              x-evidence: where
        "), @"
        error: the action neither updates nor removes its target
          --> overlay.yaml:4:5  |target: $.components.schemas.Pet|
           at /actions/0
         help: add `update` or `remove: true`

        1 problem; nothing was written
        ");
    }

    #[test]
    fn an_unknown_key() {
        insta::assert_snapshot!(overlaid("
            - target: $.components.schemas.Pet
              description: why
              x-evidence: where
              updates: {maxLength: 4}
              update: {maxLength: 4}
        "), @"
        error: an overlay has no key `updates` here
          --> overlay.yaml:7:5  |updates: {maxLength: 4}|
           at /actions/0/updates
         help: correct its spelling, or delete it

        1 problem; nothing was written
        ");
    }

    #[test]
    fn an_update_of_a_text() {
        insta::assert_snapshot!(overlaid("
            - target: $.components.schemas.Pet.type
              description: why
              x-evidence: where
              update: integer
        "), @"
        error: `/components/schemas/Pet/type` is neither an object nor an array, and takes no update
          --> overlay.yaml:4:5  |target: $.components.schemas.Pet.type|
           at /actions/0/target
         help: target the object that has it, and write the new value as its member

        1 problem; nothing was written
        ");
    }

    #[test]
    fn an_update_of_an_object_by_a_text() {
        insta::assert_snapshot!(overlaid("
            - target: $.components.schemas.Pet
              description: why
              x-evidence: where
              update: integer
        "), @"
        error: `/components/schemas/Pet` is an object, and the update is none
          --> overlay.yaml:4:5  |target: $.components.schemas.Pet|
           at /actions/0/target
         help: write an object as update

        1 problem; nothing was written
        ");
    }

    #[test]
    fn a_removal_of_everything() {
        insta::assert_snapshot!(overlaid("
            - target: $
              description: why
              x-evidence: where
              remove: true
        "), @"
        error: the target is the whole contract, which cannot be removed
          --> overlay.yaml:4:5  |target: $|
           at /actions/0/target
         help: name the node to remove

        1 problem; nothing was written
        ");
    }

    #[test]
    fn a_removal_of_all_that_is_in_the_document() {
        insta::assert_snapshot!(overlaid("
            - target: $..*
              description: why
              x-evidence: where
              remove: true
        "), @"
        error: this is not an OpenAPI document: it has no `openapi`
          --> api.yaml:1:1  |openapi: 3.0.3|
           at /
         help: begin the document with `openapi: 3.0.3`

        1 problem; nothing was written
        ");
    }

    #[test]
    fn an_object_that_a_text_takes_the_place_of() {
        insta::assert_snapshot!(overlaid("
            - target: $
              description: why
              x-evidence: where
              update: {info: Pets}
        "), @"
        error: `info` must be an object, and is a string
          --> overlay.yaml:7:14  |info: Pets}|
           at /actions/0/update/info
         help: write an object here

        1 problem; nothing was written
        ");
    }

    #[test]
    fn of_a_wrong_version() {
        insta::assert_snapshot!(report_with(&schema("type: string"), Some(&dedent("
            overlay: 2.0.0
            info: {title: Corrections, version: '1'}
            actions:
              - target: $.info
                description: why
                x-evidence: where
                update: {description: Pets}
        "))), @r#"
        error: the overlay's version is "2.0.0", and only 1.0.x is understood
          --> overlay.yaml:1:1  |overlay: 2.0.0|
           at /overlay
         help: write `overlay: 1.0.0`

        1 problem; nothing was written
        "#);
    }

    #[test]
    fn without_actions() {
        insta::assert_snapshot!(report_with(&schema("type: string"), Some(&dedent("
            overlay: 1.0.0
            info: {title: Corrections, version: '1'}
            actions: []
        "))), @"
        error: the overlay has no list of actions
          --> overlay.yaml:3:1  |actions: []|
           at /actions
         help: write at least one action, or do without the overlay

        1 problem; nothing was written
        ");
    }

    #[test]
    fn a_defect_that_an_action_brings_in() {
        insta::assert_snapshot!(overlaid("
            - target: $.components.schemas.Pet
              description: why
              x-evidence: where
              update:
                minLength: 1
                pattern: '['
        "), @"
        error: the pattern is not a regular expression of ECMA-262, and cannot be enforced: Unbalanced bracket
          --> overlay.yaml:9:7  |pattern: '['|
           at /actions/0/update/pattern
         help: remove or replace it with an overlay action that targets $.components.schemas.Pet.pattern

        1 problem; nothing was written
        ");
    }

    #[test]
    fn a_defect_of_which_each_file_has_a_part() {
        insta::assert_snapshot!(overlaid("
            - target: $.components.schemas.Pet
              description: why
              x-evidence: where
              update:
                maxItems: 4
            - target: $.components
              description: why
              x-evidence: where
              update:
                schemas:
                  Cat: {$ref: '#/components/schemas/Dog'}
        "), @"
        error: `maxItems` cannot be enforced on a string
          --> overlay.yaml:8:7  |maxItems: 4|
           at /actions/0/update/maxItems
         help: remove or replace it with an overlay action that targets $.components.schemas.Pet.maxItems

        error: `#/components/schemas/Dog` leads nowhere
          --> overlay.yaml:14:15  |$ref: '#/components/schemas/Dog'}|
           at /actions/1/update/schemas/Cat/$ref
         help: correct the name, or add what it names

        2 problems; nothing was written
        ");
    }

    #[test]
    fn a_reference_whose_goal_an_action_removes() {
        let contract = schemas(
            "
            Owner: {type: string}
            Pet: {$ref: '#/components/schemas/Owner'}
        ",
        );
        insta::assert_snapshot!(report_with(&contract, Some(&dedent("
            overlay: 1.0.0
            info: {title: Corrections, version: '1'}
            actions:
              - target: $.components.schemas.Owner
                description: why
                x-evidence: where
                remove: true
        "))), @"
        error: `#/components/schemas/Owner` leads nowhere
          --> api.yaml:7:11  |$ref: '#/components/schemas/Owner'}|
           at /components/schemas/Pet/$ref
         help: correct the name, or add what it names

        1 problem; nothing was written
        ");
    }
}

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

    error: `ok` is no status
      --> api.yaml:7:9  |ok: {description: OK}|
       at /paths/~1pets~1{id}/get/responses/ok
     help: write three digits, as in '200', or 4XX, or default

    error: `maxLength` cannot be enforced on a number
      --> api.yaml:13:30  |maxLength: 4}|
       at /components/schemas/Pet/properties/age/maxLength
     help: remove or replace it with an overlay action that targets $.components.schemas.Pet.properties.age.maxLength

    error: `#/components/schemas/Owner` leads nowhere
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
    error: the key `openapi` is here a second time; line 1 has it first
      --> api.yaml:2:1  |openapi: 3.0.3|
       at /openapi
     help: delete or rename one of the two

    error: not YAML: did not find expected node content, while parsing a flow node
      --> overlay.yaml:1:11  ||
       at /overlay
     help: mend the syntax at this place; a JSON document is YAML too

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
    error: `maxItems` cannot be enforced on a string
      --> api.yaml:6:26  |maxItems: 4}|
       at /components/schemas/Name/maxItems
     help: remove or replace it with an overlay action that targets $.components.schemas.Name.maxItems

    1 problem; nothing was written
    ");
}
