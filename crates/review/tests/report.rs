//! What programs and people rely on in a report: JSON names, versions, cargo-semver-checks.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a panic fails the test"
)]

mod support;

use bigmodel_rerank_codegen::{Input, Settings, generate};
use bigmodel_rerank_review::{
    Basis, Bump, Class, Options, Review, SemverChecks, Side, Step, review,
};
use serde_json::Value;
use support::{compare, compare_code, input, read, spec};

fn edited(from: &str, to: &str) -> Input {
    let mut new = spec();
    assert_eq!(new.spec.text.matches(from).count(), 1, "{from}");
    new.spec.text = new.spec.text.replace(from, to);
    new
}

/// Changes `created` from `Option<i64>` to `Option<i32>`.
fn narrowed() -> Input {
    edited("format: int64", "format: int32")
}

/// Lists each name in a value with the kind of its value. Of a list, the first item counts.
fn names(value: &Value, at: &str, out: &mut Vec<String>) {
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "list",
        Value::Object(_) => "object",
    };
    out.push(format!("{at}: {kind}"));
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                names(value, &format!("{at}.{name}"), out);
            }
        }
        Value::Array(items) => {
            for value in items.iter().take(1) {
                names(value, &format!("{at}[]"), out);
            }
        }
        _ => {}
    }
}

#[test]
fn json_has_these_names() {
    let options = Options {
        semver_checks: Some(SemverChecks {
            installed: true,
            required: Some(Bump::Minor),
            text: "Summary".into(),
        }),
        ..Options::default()
    };
    let json = compare_code(&spec(), &narrowed(), &options).to_json();
    let mut all = Vec::new();
    names(&json, "$", &mut all);
    insta::assert_snapshot!(all.join("\n"));
}

#[test]
fn a_report_in_full() {
    let text = "        request_id:\n          type: string\n          description: >-";
    let limits = text.replace(
        "type: string",
        "type: string\n          minLength: 6\n          maxLength: 64",
    );
    let review = compare_code(&spec(), &edited(text, &limits), &Options::default());
    assert_eq!(review.verdict.class, Some(Class::Breaking));
    assert_eq!(
        (review.verdict.wire, review.verdict.rust),
        (Bump::Major, Bump::Patch)
    );
    insta::assert_snapshot!(review);
}

#[test]
fn equal_contracts_give_an_empty_report() {
    let review = compare_code(&spec(), &spec(), &Options::default());
    assert!(review.is_empty() && review.next_steps.is_empty());
    assert_eq!(review.text(), "No changes: the contracts are equal.\n");
    assert_eq!(review.verdict.rust, Bump::None);
}

#[test]
fn cargo_semver_checks_is_quoted_and_contradictions_are_reported() {
    let reported = |installed, required| {
        let options = Options {
            semver_checks: Some(SemverChecks {
                installed,
                required,
                text: "--- failure field_type_changed".into(),
            }),
            ..Options::default()
        };
        compare_code(&spec(), &narrowed(), &options)
    };
    assert_eq!(reported(true, Some(Bump::Major)).verdict.disagreement, None);
    assert!(
        reported(true, Some(Bump::Major))
            .text()
            .contains("--- failure field_type_changed")
    );
    let other = reported(true, Some(Bump::None));
    let disagreement = other.verdict.disagreement.clone().unwrap();
    assert!(disagreement.contains("requires no bump"), "{disagreement}");
    assert!(other.text().contains("  warning   cargo-semver-checks"));
    let missing = reported(false, None);
    assert_eq!(missing.verdict.disagreement, None);
    assert!(
        missing
            .text()
            .contains("cargo-semver-checks is not installed")
    );
}

#[test]
fn a_version_that_was_raised_enough_is_not_required_again() {
    let raise = |review: &Review| {
        review
            .next_steps
            .iter()
            .any(|step| step.to_string().starts_with("Raise `version`"))
    };
    let mut new = narrowed();
    assert!(raise(&compare_code(&spec(), &new, &Options::default())));
    let overlay = new.overlay.as_mut().unwrap();
    overlay.text = overlay.text.replace("version: 0.1.0", "version: 0.2.0");
    assert!(!raise(&compare_code(&spec(), &new, &Options::default())));
}

#[test]
fn a_contract_that_does_not_generate_is_reviewed_by_the_rules() {
    let new = edited(
        "        top_n:\n          type: integer",
        "        top_n:\n          type: integer\n          maxLength: 3",
    );
    let review = compare_code(&spec(), &new, &Options::default());
    assert_eq!(review.verdict.basis, Basis::Refused);
    let refusal = review.refused.last().unwrap().as_deref().unwrap();
    assert!(
        refusal.contains("`maxLength` says nothing about a number"),
        "{refusal}"
    );
    assert!(review.text().contains("until it generates"));
}

#[test]
fn a_node_that_is_no_longer_carried_exactly_is_reported() {
    let exact = input("old.yaml", UNION);
    let loose = input(
        "new.yaml",
        &UNION.replace("required: [bark]", "required: [meow]"),
    );
    let generate = |input: &Input| generate(input, &Settings::default());
    let (old, new) = (read(&exact), read(&loose));
    let (old_code, new_code) = (generate(&exact), generate(&loose));
    let old = Side::with_code(&old, old_code.as_ref());
    let new = Side::with_code(&new, new_code.as_ref());

    let worse = review(&old, &new, &Options::default());
    let rules: Vec<_> = worse
        .departures
        .iter()
        .map(|one| (one.is_new, one.notice.rule.id))
        .collect();
    assert_eq!(rules, [(true, "ambiguous-union")]);
    insta::assert_snapshot!(section(&worse.text(), "No longer exact"), @"
    No longer exact in the new crate

    - the branches cannot be told apart: a value of `Dog` may be read as `Cat`
        rule      loose [ambiguous-union]
        at        new.yaml:10:7  /components/schemas/Pet/oneOf
        instead   the JSON as it came, with a typed view of each branch
        next      add a `discriminator`, or replace the schema with an overlay action that targets $.components.schemas.Pet
    ");
    assert!(worse.text().contains("Make the node exact"));
    assert!(worse.to_html().contains("No longer exact in the new crate"));
    assert_eq!(worse.to_json()["departures"][0]["rule"], "ambiguous-union");

    let better = review(&new, &old, &Options::default());
    assert!(better.text().contains("Exact in the new crate"));
    assert!(!better.text().contains("Make the node exact"));
}

/// A contract whose union is exact, since its branches require different members.
const UNION: &str = "
openapi: 3.0.3
info: {title: Pets, version: '1', x-rust-crate: {name: pets}}
paths: {}
components:
  schemas:
    Cat: {type: object, properties: {meow: {type: string}}, required: [meow]}
    Dog: {type: object, properties: {meow: {type: string}, bark: {type: string}}, required: [bark]}
    Pet:
      oneOf:
        - $ref: '#/components/schemas/Cat'
        - $ref: '#/components/schemas/Dog'
";

/// Returns the lines of a report from a heading to the next one.
fn section(report: &str, heading: &str) -> String {
    let lines = report.lines().skip_while(|line| !line.starts_with(heading));
    let is_next = |line: &&str| line.starts_with(char::is_uppercase) && !line.starts_with(heading);
    let lines: Vec<_> = lines.take_while(|line| !is_next(line)).collect();
    lines.join("\n")
}

#[test]
fn a_schema_that_no_operation_uses_changes_no_call() {
    let contract = |ty: &str| {
        let text = format!(
            "openapi: 3.0.3\npaths: {{}}\ncomponents: {{schemas: {{A: {{type: {ty}}}}}}}\n"
        );
        input("a.yaml", &text)
    };
    let review = compare(
        &contract("string"),
        &contract("integer"),
        &Options::default(),
    );
    let [change] = review.changes.as_slice() else {
        panic!("{review}");
    };
    assert_eq!(
        (change.class(), change.wire),
        (Class::Documentation, Bump::Patch)
    );
    assert_eq!(
        (change.rust, change.severity()),
        (Bump::Major, Class::Breaking)
    );
    assert!(review.text().contains("no operation uses it"));
}

#[test]
fn the_next_steps_are_those_of_the_caller() {
    let options = Options {
        next_steps: vec![Step::Command("cargo xtask import page.md".into())],
        ..Options::default()
    };
    let review = compare(&spec(), &narrowed(), &options);
    assert_eq!(review.next_steps.last(), options.next_steps.last());
    assert!(review.text().contains(". $ cargo xtask import page.md\n"));
    let without = compare(&spec(), &narrowed(), &Options::default());
    let is_command = |step: &Step| matches!(step, Step::Command(_));
    assert!(!without.next_steps.iter().any(is_command), "{without}");
}
