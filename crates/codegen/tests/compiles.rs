//! Crates generated from rich contracts compile without a warning of rustc or clippy, with the
//! client and without it.
//!
//! The contracts stand in `contracts/`, one theme each. All crates share one workspace and
//! one target folder, so that what they depend on is built once.

mod workspace;

use std::path::Path;

use bigmodel_rerank_codegen::Settings;
use workspace::{Outcome, cargo, write_crate, write_workspace};

/// Each contract by the name of its crate.
const CONTRACTS: &[(&str, &str)] = &[
    ("calls-only", include_str!("contracts/calls-only.yaml")),
    ("counts", include_str!("contracts/counts.yaml")),
    (
        "downloads-only",
        include_str!("contracts/downloads-only.yaml"),
    ),
    ("keywords", include_str!("contracts/keywords.yaml")),
    ("mixed-media", include_str!("contracts/mixed-media.yaml")),
    ("names", include_str!("contracts/names.yaml")),
    ("newer", include_str!("contracts/newer.yaml")),
    ("nothing", include_str!("contracts/nothing.yaml")),
    ("operations", include_str!("contracts/operations.yaml")),
    ("outcome-only", include_str!("contracts/outcome-only.yaml")),
    (
        "reserved-words",
        include_str!("contracts/reserved-words.yaml"),
    ),
    ("shapes", include_str!("contracts/shapes.yaml")),
    ("spoken-calls", include_str!("contracts/spoken-calls.yaml")),
    ("texts-only", include_str!("contracts/texts-only.yaml")),
    ("types-only", include_str!("contracts/types-only.yaml")),
    ("uploads-only", include_str!("contracts/uploads-only.yaml")),
    ("words", include_str!("contracts/words.yaml")),
];

/// Parameters, each of which is alone in its crate and brings no more than it needs.
const PARAMETERS: &[&str] = &[
    "in: query, schema: {type: string}",
    "in: query, schema: {type: integer}",
    "in: query, schema: {type: array, items: {type: string}}",
    "in: query, style: pipeDelimited, explode: false, schema: {type: array, items: {type: string}}",
    "in: query, schema: {type: object}",
    "in: query, style: deepObject, schema: {type: object}",
    "in: query, content: {application/json: {schema: {type: object}}}",
    "in: path, schema: {type: string}",
    "in: path, schema: {type: array, items: {type: string}}",
    "in: path, style: label, schema: {type: string}",
    "in: path, style: matrix, schema: {type: object}",
    "in: path, content: {application/json: {schema: {type: object}}}",
    "in: header, schema: {type: string}",
    "in: header, schema: {type: array, items: {type: string}}",
    "in: header, schema: {type: object}",
    "in: header, content: {application/json: {schema: {type: object}}}",
    "in: cookie, schema: {type: string}",
    "in: cookie, schema: {type: object}",
    "in: cookie, content: {application/json: {schema: {type: object}}}",
];

/// Bodies of requests, each alone as well.
const REQUESTS: &[&str] = &[
    "application/json: {schema: {type: integer}}",
    "application/json: {schema: {type: object, additionalProperties: {type: integer}}}",
    "application/x-www-form-urlencoded: {schema: {type: object, properties: {a: {type: integer}}}}",
    "application/x-www-form-urlencoded: {schema: {type: object}}",
    "multipart/form-data: {schema: {type: object, properties: {a: {type: integer}}}}",
    "multipart/form-data: {schema: {type: object, properties: {a: {type: string, format: binary}, b: {type: integer}}, additionalProperties: {type: integer}}}",
    "multipart/form-data: {schema: {type: object, properties: {a: {type: array, items: {type: string, format: binary}}}}}",
    "text/plain: {schema: {type: string}}",
    "application/octet-stream: {}",
];

/// Responses, each alone as well.
const RESPONSES: &[&str] = &[
    "'200': {description: ok, content: {application/json: {schema: {type: integer}}}}",
    "'200': {description: ok, content: {application/json: {schema: {type: array, items: {type: integer}}}}}",
    "'200': {description: ok, content: {application/json: {}}}",
    "'200': {description: ok, content: {text/plain: {}}}",
    "'200': {description: ok, content: {application/octet-stream: {}}}",
    "'200': {description: ok, content: {text/event-stream: {schema: {type: object}}}}",
    "'200': {description: ok, content: {application/x-ndjson: {schema: {type: integer}}}}",
    "'200': {description: ok, content: {application/json: {schema: {type: object}}, text/event-stream: {schema: {type: object}}}}",
    "'204': {description: ok}, default: {description: no, content: {application/json: {schema: {type: integer}}}}",
    "'204': {description: ok}, default: {description: no, content: {text/plain: {}}}",
    "'204': {description: ok}, default: {description: no, content: {application/octet-stream: {}}}",
    "'204': {description: ok}, default: {description: no}",
];

#[test]
fn crates_with_one_operation_compile_without_a_warning() -> Outcome {
    const DONE: &str = "'204': {description: ok}";
    let mut operations = Vec::new();
    for parameter in PARAMETERS {
        let is_in_path = parameter.starts_with("in: path");
        let path = if is_in_path { "/a/{b}" } else { "/a" };
        for required in [true, false] {
            if required || !is_in_path {
                let parameters =
                    format!("parameters: [{{name: b, required: {required}, {parameter}}}]");
                operations.push((path, "get", parameters, DONE));
            }
        }
    }
    for content in REQUESTS {
        let body = format!("requestBody: {{required: true, content: {{{content}}}}}");
        operations.push(("/a", "post", body, DONE));
    }
    for responses in RESPONSES {
        operations.push(("/a", "get", "operationId: call".to_owned(), responses));
    }
    let workspace = tempfile::tempdir()?;
    let mut names = Vec::new();
    for (index, (path, method, rest, responses)) in operations.iter().enumerate() {
        let contract = format!(
            "openapi: 3.0.3\ninfo: {{title: One, version: '1'}}\n\
             servers: [{{url: 'https://api.example'}}]\n\
             paths: {{'{path}': {{{method}: {{{rest}, responses: {{{responses}}}}}}}}}\n"
        );
        let name = format!("one-operation-{index}");
        write_crate(workspace.path(), &name, &contract, Settings::default())?;
        names.push(name);
    }
    write_workspace(workspace.path(), names.iter().map(String::as_str))?;
    check(workspace.path(), &[])?;
    check(workspace.path(), &["--no-default-features"])
}

#[test]
fn crates_of_rich_contracts_compile_without_a_warning() -> Outcome {
    let workspace = tempfile::tempdir()?;
    for (name, contract) in CONTRACTS {
        write_crate(workspace.path(), name, contract, Settings::default())?;
    }
    write_workspace(workspace.path(), CONTRACTS.iter().map(|(name, _)| *name))?;
    check(workspace.path(), &[])?;
    check(workspace.path(), &["--no-default-features"])
}

/// `cargo clippy` of the whole workspace.
fn check(workspace: &Path, arguments: &[&str]) -> Outcome {
    let all = ["clippy", "--quiet", "--workspace", "--all-targets"];
    let output = cargo(workspace, &[&all, arguments].concat())?;
    let report = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "cargo clippy {arguments:?}:\n{report}"
    );
    Ok(())
}
