use crate::support::{dedent, overlaid, report_with, schema, schemas};

#[test]
fn a_target_that_is_not_json_path() {
    insta::assert_snapshot!(overlaid("
        - target: components.schemas.Pet
          description: why
          x-evidence: where
          update: {maxLength: 4}
    "), @"
    error: `target` is not a JSONPath query: at position 0, parser error
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
    error: the action has no evidence for its correction
      --> overlay.yaml:4:5  |target: $.components.schemas.Pet|
       at /actions/0
     help: name the page, the request or the response that shows it in `x-evidence`

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
     help: add `update`, `copy` or `remove: true`

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
    error: unknown key `updates` in an overlay
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
    "), @r#"
    error: this overwrites `/components/schemas/Pet/type`, which is "string"
      --> overlay.yaml:7:5  |update: integer|
       at /actions/0/update
     help: name the old value in `x-replaces`, which has the form of `update`, so that another change of it is noticed

    1 problem; nothing was written
    "#);
}

#[test]
fn an_update_of_an_object_by_a_text() {
    insta::assert_snapshot!(overlaid("
        - target: $.components.schemas.Pet
          description: why
          x-evidence: where
          update: integer
    "), @"
    error: expected an object as update of the object `/components/schemas/Pet`
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
    "), @r#"
    error: this overwrites `/info`, which is {"title":"Pets","version":"1","x-rust-crate":{"name":"pets"}…
      --> overlay.yaml:7:14  |info: Pets}|
       at /actions/0/update/info
     help: name the old value in `x-replaces`, which has the form of `update`, so that another change of it is noticed

    1 problem; nothing was written
    "#);
}

#[test]
fn of_a_wrong_version() {
    insta::assert_snapshot!(report_with(&schema("type: string"), Some(&dedent("
        overlay: 2.0.0
        info: {title: Corrections, version: '1', x-strict: true}
        actions:
          - target: $.info
            description: why
            x-evidence: where
            update: {description: Pets}
    "))), @r#"
    error: version "2.0.0" of the overlay is not supported, only 1.0.x and 1.1.x
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
        info: {title: Corrections, version: '1', x-strict: true}
        actions: []
    "))), @"
    error: the overlay has no list of actions
      --> overlay.yaml:3:1  |actions: []|
       at /actions
     help: write at least one action, or delete the overlay

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
     help: correct this action, or delete it

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
    error: `maxItems` says nothing about a string
      --> overlay.yaml:8:7  |maxItems: 4|
       at /actions/0/update/maxItems
     help: correct this action, or delete it

    error: `#/components/schemas/Dog` is a dangling reference
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
        info: {title: Corrections, version: '1', x-strict: true}
        actions:
          - target: $.components.schemas.Owner
            description: why
            x-evidence: where
            remove: true
    "))), @"
    error: `#/components/schemas/Owner` is a dangling reference
      --> api.yaml:7:11  |$ref: '#/components/schemas/Owner'}|
       at /components/schemas/Pet/$ref
     help: correct the name, or add what it names

    1 problem; nothing was written
    ");
}
