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
        ")), @"");
    }

    #[test]
    fn a_json_text_that_breaks_off() {
        insta::assert_snapshot!(report("{\"openapi\": \"3.0.3\",\n \"info\": {\"title\": \"Pets\""), @"");
    }

    #[test]
    fn an_empty_text() {
        insta::assert_snapshot!(report(""), @"");
    }

    #[test]
    fn a_text_of_comments_only() {
        insta::assert_snapshot!(report("# to be written\n"), @"");
    }

    #[test]
    fn a_list_in_place_of_a_document() {
        insta::assert_snapshot!(report("- openapi: 3.0.3\n"), @"");
    }

    #[test]
    fn a_tab_as_indentation() {
        insta::assert_snapshot!(report("openapi: 3.0.3\ninfo:\n\ttitle: Pets\n"), @"");
    }

    #[test]
    fn a_key_that_its_mapping_already_has() {
        insta::assert_snapshot!(report(&schema("
            type: string
            maxLength: 4
            type: integer
        ")), @"");
    }

    #[test]
    fn a_second_document() {
        insta::assert_snapshot!(report(&contract("paths: {}\n---\npaths: {}\n")), @"");
    }

    #[test]
    fn an_alias_without_its_anchor() {
        insta::assert_snapshot!(report(&schema("
            type: string
            description: *text
        ")), @"");
    }

    #[test]
    fn a_template_that_yaml_takes_for_a_mapping() {
        insta::assert_snapshot!(report(&contract("
            paths:
              {id}: {}
            servers:
              - url: https://pets.example/{region}
              - {{url}}: 1
        ")), @"");
    }

    #[test]
    fn a_tag() {
        insta::assert_snapshot!(report(&schema("
            type: !text string
        ")), @"");
    }

    #[test]
    fn a_number_that_json_has_no_word_for() {
        insta::assert_snapshot!(report(&schema("
            type: number
            maximum: .inf
        ")), @"");
    }
}

mod dialect {
    use super::*;

    #[test]
    fn a_document_that_is_not_openapi() {
        insta::assert_snapshot!(report("name: pets\nversion: 1\n"), @"");
    }

    #[test]
    fn swagger_2() {
        insta::assert_snapshot!(report("swagger: '2.0'\ninfo: {title: Pets, version: '1'}\n"), @"");
    }

    #[test]
    fn openapi_3_1() {
        insta::assert_snapshot!(report("openapi: 3.1.0\ninfo: {title: Pets, version: '1'}\n"), @"");
    }

    #[test]
    fn a_version_that_yaml_takes_for_a_number() {
        insta::assert_snapshot!(report("openapi: 3.0\npaths: {}\n"), @"");
    }

    #[test]
    fn an_unknown_keyword() {
        insta::assert_snapshot!(report(&schema("
            type: string
            maxLenght: 4
        ")), @"");
    }

    #[test]
    fn an_unknown_key_of_the_document() {
        insta::assert_snapshot!(report(&contract("
            paths: {}
            webhooks: {}
        ")), @"");
    }

    #[test]
    fn a_keyword_of_openapi_3_1() {
        insta::assert_snapshot!(report(&schema("
            type: string
            const: cat
        ")), @"");
    }

    #[test]
    fn the_type_null() {
        insta::assert_snapshot!(report(&schema("
            type: 'null'
        ")), @"");
    }

    #[test]
    fn a_list_of_types() {
        insta::assert_snapshot!(report(&schema("
            type: [string, 'null']
        ")), @"");
    }

    #[test]
    fn a_type_that_does_not_exist() {
        insta::assert_snapshot!(report(&schema("
            type: text
        ")), @"");
    }

    #[test]
    fn a_bound_in_the_manner_of_openapi_3_1() {
        insta::assert_snapshot!(report(&schema("
            type: integer
            exclusiveMinimum: 0
        ")), @"");
    }
}

mod document {
    use super::*;

    #[test]
    fn no_paths() {
        insta::assert_snapshot!(report(HEAD), @"");
    }

    #[test]
    fn no_info() {
        insta::assert_snapshot!(report("openapi: 3.0.3\npaths: {}\n"), @"");
    }

    #[test]
    fn no_title() {
        insta::assert_snapshot!(report(&dedent("
            openapi: 3.0.3
            info: {version: '1', x-rust-crate: {name: pets}}
            paths: {}
        ")), @"");
    }

    #[test]
    fn no_version() {
        insta::assert_snapshot!(report(&dedent("
            openapi: 3.0.3
            info: {title: Pets, x-rust-crate: {name: pets}}
            paths: {}
        ")), @"");
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
        ")), @"");
    }

    #[test]
    fn no_name_for_the_crate() {
        insta::assert_snapshot!(report(&dedent("
            openapi: 3.0.3
            info: {title: Pets, version: '1'}
            paths: {}
        ")), @"");
    }

    #[test]
    fn a_name_that_no_crate_can_have() {
        insta::assert_snapshot!(report(&dedent("
            openapi: 3.0.3
            info: {title: Pets, version: '1', x-rust-crate: {name: 2 pets}}
            paths: {}
        ")), @"");
    }

    #[test]
    fn a_version_that_no_crate_can_have() {
        insta::assert_snapshot!(report(&dedent("
            openapi: 3.0.3
            info: {title: Pets, version: '1', x-rust-crate: {name: pets, version: '1'}}
            paths: {}
        ")), @"");
    }

    #[test]
    fn a_server_variable_without_default() {
        insta::assert_snapshot!(report(&contract("
            servers:
              - url: https://{region}.example/
            paths: {}
        ")), @"");
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
        ")), @"");
    }

    #[test]
    fn into_another_document() {
        insta::assert_snapshot!(report(&schema("
            type: array
            items: {$ref: 'owners.yaml#/Owner'}
        ")), @"");
    }

    #[test]
    fn without_the_hash() {
        insta::assert_snapshot!(report(&schema("
            $ref: /components/schemas/Owner
        ")), @"");
    }

    #[test]
    fn that_is_no_text() {
        insta::assert_snapshot!(report(&schema("
            $ref: {type: string}
        ")), @"");
    }

    #[test]
    fn to_the_schema_that_it_stands_in() {
        insta::assert_snapshot!(report(&schemas("
            Pet: {$ref: '#/components/schemas/Pet'}
        ")), @"");
    }

    #[test]
    fn to_a_schema_that_refers_back() {
        insta::assert_snapshot!(report(&schemas("
            Cat: {$ref: '#/components/schemas/Dog'}
            Dog: {$ref: '#/components/schemas/Cat'}
        ")), @"");
    }

    #[test]
    fn to_the_list_that_it_is_the_item_of() {
        insta::assert_snapshot!(report(&schemas("
            Pets:
              type: array
              items: {$ref: '#/components/schemas/Pets'}
        ")), @"");
    }

    #[test]
    fn to_the_schema_whose_all_of_it_stands_in() {
        insta::assert_snapshot!(report(&schemas("
            Cat:
              allOf:
                - $ref: '#/components/schemas/Cat'
                - type: object
                  properties: {lives: {type: integer}}
        ")), @"");
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
        ")), @"");
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
        ")), @"");
    }

    #[test]
    fn two_of_one_operation_id_in_different_spelling() {
        insta::assert_snapshot!(report(&contract("
            paths:
              /pets:
                get: {operationId: listPets, responses: {'200': {description: OK}}}
              /animals:
                get: {operationId: list-pets, responses: {'200': {description: OK}}}
        ")), @"");
    }

    #[test]
    fn a_body_of_form_data() {
        insta::assert_snapshot!(report(&operation("/pets", "
            requestBody:
              content:
                multipart/form-data:
                  schema: {type: object}
        ")), @"");
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
        ")), @"");
    }

    #[test]
    fn no_answers() {
        insta::assert_snapshot!(report(&contract("
            paths:
              /pets:
                get: {summary: Lists pets}
        ")), @"");
    }

    #[test]
    fn a_status_that_does_not_exist() {
        insta::assert_snapshot!(report(&contract("
            paths:
              /pets:
                get:
                  responses:
                    ok: {description: OK}
        ")), @"");
    }

    #[test]
    fn a_method_that_does_not_exist() {
        insta::assert_snapshot!(report(&contract("
            paths:
              /pets:
                GET: {responses: {'200': {description: OK}}}
        ")), @"");
    }

    #[test]
    fn a_path_without_its_slash() {
        insta::assert_snapshot!(report(&operation("pets", "")), @"");
    }

    #[test]
    fn a_path_with_a_query() {
        insta::assert_snapshot!(report(&operation("/pets?all=true", "")), @"");
    }

    #[test]
    fn a_path_with_a_brace_left_open() {
        insta::assert_snapshot!(report(&operation("'/pets/{id'", "")), @"");
    }

    #[test]
    fn a_path_that_names_one_parameter_twice() {
        insta::assert_snapshot!(report(&parameters("'/{id}/{id}'", "
            - {name: id, in: path, required: true, schema: {type: string}}
        ")), @"");
    }

    #[test]
    fn a_path_that_clients_would_resolve() {
        insta::assert_snapshot!(report(&operation("/pets/../owners", "")), @"");
    }
}

mod parameter {
    use super::*;

    #[test]
    fn in_the_path_and_not_declared() {
        insta::assert_snapshot!(report(&operation("'/pets/{id}'", "")), @"");
    }

    #[test]
    fn in_the_path_and_not_required() {
        insta::assert_snapshot!(report(&parameters("'/pets/{id}'", "
            - name: id
              in: path
              required: false
              schema: {type: string}
        ")), @"");
    }

    #[test]
    fn in_the_path_and_not_said_to_be_required() {
        insta::assert_snapshot!(report(&parameters("'/pets/{id}'", "
            - name: id
              in: path
              schema: {type: string}
        ")), @"");
    }

    #[test]
    fn declared_and_not_in_the_path() {
        insta::assert_snapshot!(report(&parameters("/pets", "
            - name: id
              in: path
              required: true
              schema: {type: string}
        ")), @"");
    }

    #[test]
    fn in_a_cookie() {
        insta::assert_snapshot!(report(&parameters("/pets", "
            - name: session
              in: cookie
              schema: {type: string}
        ")), @"");
    }

    #[test]
    fn as_a_deep_object() {
        insta::assert_snapshot!(report(&parameters("/pets", "
            - name: filter
              in: query
              style: deepObject
              schema: {type: object}
        ")), @"");
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
        ")), @"");
    }

    #[test]
    fn without_a_name() {
        insta::assert_snapshot!(report(&parameters("/pets", "
            - in: query
              schema: {type: integer}
        ")), @"");
    }

    #[test]
    fn without_a_schema() {
        insta::assert_snapshot!(report(&parameters("/pets", "
            - {name: limit, in: query}
        ")), @"");
    }

    #[test]
    fn twice() {
        insta::assert_snapshot!(report(&parameters("/pets", "
            - {name: limit, in: query, schema: {type: integer}}
            - {name: limit, in: query, schema: {type: string}}
        ")), @"");
    }

    #[test]
    fn of_a_header_that_no_request_can_have() {
        insta::assert_snapshot!(report(&parameters("/pets", "
            - {name: My Header, in: header, schema: {type: string}}
        ")), @"");
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
        ")), @"");
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
        ")), @"");
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
        ")), @"");
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
        ")), @"");
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
        ")), @"");
    }

    #[test]
    fn max_length_of_an_integer() {
        insta::assert_snapshot!(report(&schema("
            type: integer
            maxLength: 4
        ")), @"");
    }

    #[test]
    fn a_limit_below_zero() {
        insta::assert_snapshot!(report(&schema("
            type: string
            maxLength: -4
        ")), @"");
    }

    #[test]
    fn multiples_of_a_fraction() {
        insta::assert_snapshot!(report(&schema("
            type: number
            multipleOf: 0.1
        ")), @"");
    }

    #[test]
    fn multiples_in_floating_point() {
        insta::assert_snapshot!(report(&schema("
            type: number
            multipleOf: 2
        ")), @"");
    }

    #[test]
    fn a_pattern_that_is_no_regular_expression() {
        insta::assert_snapshot!(report(&schema("
            type: string
            pattern: '^(a'
        ")), @"");
    }

    #[test]
    fn unique_items_that_are_objects() {
        insta::assert_snapshot!(report(&schema("
            type: array
            uniqueItems: true
            items:
              type: object
              properties: {name: {type: string}}
        ")), @"");
    }

    #[test]
    fn a_least_length_above_the_greatest() {
        insta::assert_snapshot!(report(&schema("
            type: string
            minLength: 5
            maxLength: 4
        ")), @"");
    }

    #[test]
    fn a_minimum_above_the_maximum() {
        insta::assert_snapshot!(report(&schema("
            type: number
            minimum: 1.5
            maximum: 1
        ")), @"");
    }

    #[test]
    fn bounds_that_leave_nothing_between_them() {
        insta::assert_snapshot!(report(&schema("
            type: number
            minimum: 1
            exclusiveMinimum: true
            maximum: 1
        ")), @"");
    }

    #[test]
    fn a_limit_beside_all_of() {
        insta::assert_snapshot!(report(&schemas("
            Name: {type: string}
            Pet:
              allOf:
                - $ref: '#/components/schemas/Name'
              maxLength: 4
        ")), @"");
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
        ")), @"");
    }

    #[test]
    fn any_of_whose_branches_cannot_be_told_apart() {
        insta::assert_snapshot!(report(&schema("
            anyOf:
              - {type: number}
              - {type: integer}
        ")), @"");
    }

    #[test]
    fn a_discriminator_over_inline_branches() {
        insta::assert_snapshot!(report(&schema("
            oneOf:
              - {type: object, properties: {kind: {type: string}}}
              - {type: object, properties: {kind: {type: string}, name: {type: string}}}
            discriminator: {propertyName: kind}
        ")), @"");
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
        ")), @"");
    }

    #[test]
    fn required_that_names_no_property() {
        insta::assert_snapshot!(report(&schema("
            type: object
            properties:
              name: {type: string}
            required: [name, nmae]
        ")), @"");
    }

    #[test]
    fn required_in_the_manner_of_old_drafts() {
        insta::assert_snapshot!(report(&schema("
            type: object
            properties:
              name: {type: string, required: true}
        ")), @"");
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
        ")), @"");
    }

    #[test]
    fn all_of_what_is_no_object() {
        insta::assert_snapshot!(report(&schema("
            allOf:
              - {type: object, properties: {age: {type: integer}}}
              - {type: string}
        ")), @"");
    }

    #[test]
    fn an_enum_without_values() {
        insta::assert_snapshot!(report(&schema("
            type: string
            enum: []
        ")), @"");
    }

    #[test]
    fn an_enum_of_the_wrong_type() {
        insta::assert_snapshot!(report(&schema("
            type: string
            enum: [cat, 7]
        ")), @"");
    }

    #[test]
    fn a_schema_that_is_a_type_name() {
        insta::assert_snapshot!(report(&schema("
            type: object
            properties:
              name: string
        ")), @"");
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
        "), @"");
    }

    #[test]
    fn a_target_that_matches_nothing() {
        insta::assert_snapshot!(overlaid("
            - target: $.components.schemas.Cat
              description: why
              x-evidence: where
              update: {maxLength: 4}
        "), @"");
    }

    #[test]
    fn an_action_that_changes_nothing() {
        insta::assert_snapshot!(overlaid("
            - target: $.components.schemas.Pet
              description: why
              x-evidence: where
              update: {type: string}
        "), @"");
    }

    #[test]
    fn an_action_without_evidence() {
        insta::assert_snapshot!(overlaid("
            - target: $.components.schemas.Pet
              description: why
              update: {maxLength: 4}
        "), @"");
    }

    #[test]
    fn an_action_that_updates_and_removes() {
        insta::assert_snapshot!(overlaid("
            - target: $.components.schemas.Pet
              description: why
              x-evidence: where
              update: {maxLength: 4}
              remove: true
        "), @"");
    }

    #[test]
    fn an_action_that_does_neither() {
        insta::assert_snapshot!(overlaid("
            - target: $.components.schemas.Pet
              description: why
              x-evidence: where
        "), @"");
    }

    #[test]
    fn an_unknown_key() {
        insta::assert_snapshot!(overlaid("
            - target: $.components.schemas.Pet
              description: why
              x-evidence: where
              updates: {maxLength: 4}
              update: {maxLength: 4}
        "), @"");
    }

    #[test]
    fn an_update_of_a_text() {
        insta::assert_snapshot!(overlaid("
            - target: $.components.schemas.Pet.type
              description: why
              x-evidence: where
              update: integer
        "), @"");
    }

    #[test]
    fn an_update_of_an_object_by_a_text() {
        insta::assert_snapshot!(overlaid("
            - target: $.components.schemas.Pet
              description: why
              x-evidence: where
              update: integer
        "), @"");
    }

    #[test]
    fn a_removal_of_everything() {
        insta::assert_snapshot!(overlaid("
            - target: $
              description: why
              x-evidence: where
              remove: true
        "), @"");
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
        "))), @"");
    }

    #[test]
    fn without_actions() {
        insta::assert_snapshot!(report_with(&schema("type: string"), Some(&dedent("
            overlay: 1.0.0
            info: {title: Corrections, version: '1'}
            actions: []
        "))), @"");
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
        "), @"");
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
        "), @"");
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
        "))), @"");
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
    ")), @"");
}

#[test]
fn problems_in_both_files_are_reported_together() {
    insta::assert_snapshot!(report_with("openapi: 3.0.3\nopenapi: 3.0.3\n", Some("overlay: [")), @"");
}

#[test]
fn one_problem_below_a_reference_is_reported_once() {
    insta::assert_snapshot!(report(&schemas("
        Name: {type: string, maxItems: 4}
        Cat: {$ref: '#/components/schemas/Name'}
        Dog: {$ref: '#/components/schemas/Name'}
    ")), @"");
}
