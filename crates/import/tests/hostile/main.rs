//! Malformed and hostile pages: the importer imports or reports each of them, in bounded time and
//! memory. `HOSTILE_ROUNDS=1000` tries more of them.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a panic fails the test"
)]

mod changes;
#[path = "../support/mod.rs"]
mod support;
mod values;

use bigmodel_rerank_import::import;
use bigmodel_rerank_openapi::Source;
use proptest::prelude::*;
use proptest::sample::select;

use changes::{change, changed, pages};
use values::value;

/// Imports a page; fails if the result is inconsistent.
fn survives(text: String) {
    match import(&Source::new("page.md", text)) {
        Ok(imported) => support::reads_back(&imported),
        Err(problems) => {
            assert!(!problems.is_empty(), "failed without a problem");
            for problem in problems.iter() {
                assert!(problem.line > 0 && problem.column > 0, "{problem}");
                assert!(!problem.message.is_empty() && !problem.help.is_empty());
            }
        }
    }
}

fn rounds() -> ProptestConfig {
    let rounds = std::env::var("HOSTILE_ROUNDS").ok();
    let rounds = rounds.and_then(|text| text.parse().ok()).unwrap_or(200);
    ProptestConfig {
        cases: rounds,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(rounds())]

    #[test]
    fn any_text(text in "\\PC*", more in any::<String>()) {
        survives(format!("{text}{more}"));
    }

    #[test]
    fn any_text_in_a_fence(text in "(\\PC|\n|  |: |- ){0,200}") {
        survives(format!("# T\n\n```yaml get /x\n{text}\n```\n"));
    }

    #[test]
    fn pages_with_a_few_changes(
        page in select(pages()),
        changes in proptest::collection::vec(change(), 1..6),
    ) {
        survives(changes.iter().fold(page, |page, change| changed(&page, change)));
    }

    /// Any value at any key of the flattened form, all of it valid YAML.
    #[test]
    fn pages_of_any_values(value in value()) {
        let yaml = serde_yaml::to_string(&value).unwrap();
        survives(format!("# T\n\n```yaml get /x\n{yaml}\n```\n"));
    }
}

fn fence(yaml: &str) -> String {
    format!("# T\n\n```yaml get /x\n{yaml}\n```\n")
}

#[test]
fn deep_nesting() {
    for (open, close) in [
        ("[", "]"),
        ("{a: ", "}"),
        ("- ", ""),
        ("{allOf: [", "]}"),
        ("{items: ", "}"),
    ] {
        for depth in [50, 120, 200, 20_000] {
            let (open, close) = (open.repeat(depth), close.repeat(depth));
            survives(fence(&format!("paths: {open}{close}")));
            let schema = format!(
                "paths:\n  path: /x\n  method: get\n  response:\n    '200':\n      a/b:\n        schemaArray:\n          - {open}{close}\n"
            );
            survives(fence(&schema));
        }
    }
}

#[test]
fn aliases_that_multiply() {
    let mut yaml = String::from("a: &a0 {type: string}\n");
    for n in 1..30 {
        let parts = format!("*a{}, ", n - 1).repeat(9);
        yaml.push_str(&format!("b{n}: &a{n} {{allOf: [{parts}]}}\n"));
    }
    survives(fence(&yaml));
    // Just below the limit of nodes, so that examples are compared with many schemas.
    let mut yaml = String::from(
        "components:\n  schemas:\n    A0: &a0 {type: object, properties: {a: {type: string}}}\n",
    );
    for n in 1..5 {
        let parts = format!("*a{}, ", n - 1).repeat(8);
        yaml.push_str(&format!("    A{n}: &a{n} {{anyOf: [{parts}]}}\n"));
    }
    yaml.push_str("paths:\n  path: /x\n  method: get\n  response:\n    '200':\n      a/b:\n        schemaArray:\n          - *a4\n        examples: {example: {value: {a: {b: <string>}}}}\n");
    survives(fence(&yaml));
}

#[test]
fn references_that_multiply() {
    let mut yaml = String::from("components:\n  schemas:\n    A0: {type: object}\n");
    for n in 1..60 {
        let target = format!("{{$ref: '#/components/schemas/A{}'}}", n - 1);
        yaml.push_str(&format!(
            "    A{n}: {{allOf: [{target}, {target}], anyOf: [{target}, {target}]}}\n"
        ));
    }
    yaml.push_str("    L: {$ref: '#/components/schemas/L'}\n");
    for schema in ["A59", "L"] {
        survives(fence(&format!(
            "{yaml}paths:\n  path: /x\n  method: get\n  response:\n    '200':\n      a/b:\n        schemaArray:\n          - $ref: '#/components/schemas/{schema}'\n        examples: {{example: {{value: {{a: {{b: 1}}}}}}}}\n"
        )));
    }
}

#[test]
fn huge_pages() {
    survives("a\n".repeat(2_000_000));
    survives("# T\n".repeat(500_000));
    survives("```yaml get /x\n```\n".repeat(20_000));
    survives("~".repeat(5_000_000));
    survives(fence(&format!("a: {}", "x".repeat(5_000_000))));
    survives(fence(&"- a\n".repeat(300_000)));
    let many: String = (0..30_000)
        .map(|n| format!("      p{n}: {{schema: [{{type: string}}]}}\n"))
        .collect();
    survives(fence(&format!(
        "paths:\n  path: /x\n  method: get\n  request:\n   parameters:\n     query:\n{many}"
    )));
}

#[test]
fn many_fences_below_one_text() {
    let text = "x".repeat(2_000_000);
    survives(format!(
        "# {text}\n\n{text}\n{}",
        "```yaml get /x\n```\n".repeat(20_000)
    ));
    let operation = "```yaml get /x\npaths:\n  path: /x\n  method: get\n```\n";
    survives(format!("# T\n\n{text}\n{}", operation.repeat(10_000)));
    survives("# T\n## OpenAPI\n```yaml get /x\n```\n".repeat(20_000));
}

#[test]
fn authorization_headers_beside_many_alternatives() {
    let parameter = "parameters: [{name: Authorization, in: header, schema: {type: string}}]";
    let paths: String = (0..2_000)
        .map(|n| format!("  /x{n}: {{get: {{{parameter}, responses: {{}}}}}}\n"))
        .collect();
    let alternatives = (0..2_000)
        .map(|n| format!("  - {{a{n}: []}}\n"))
        .collect::<String>();
    let schemes: String = (0..2_000)
        .map(|n| format!("    a{n}: {{type: apiKey, in: query, name: a{n}}}\n"))
        .collect();
    survives(fence(&format!(
        "openapi: 3.0.3\nsecurity:\n{alternatives}paths:\n{paths}components:\n  securitySchemes:\n{schemes}"
    )));
}

#[test]
fn many_null_branches() {
    let branches =
        "            - {type: 'null', title: T}\n            - {type: string}\n".repeat(30_000);
    survives(fence(&format!(
        "paths:\n  path: /x\n  method: get\n  response:\n    '200':\n      a/b:\n        schemaArray:\n          - anyOf:\n{branches}"
    )));
}

#[test]
fn many_operations() {
    let one = support::read("pages", "components_are_recovered.md");
    let many: String = (0..300)
        .map(|n| one.replace("/things", &format!("/things{n}")))
        .collect();
    let imported =
        import(&Source::new("page.md", many)).unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(
        imported.document["paths"]
            .as_object()
            .map(serde_json::Map::len),
        Some(300)
    );
}

#[test]
fn the_limit_of_nodes() {
    let line = format!("- [{}]\n", "1, ".repeat(1000));
    let text = format!("a:\n{}", line.repeat(500));
    let problems = import(&Source::new("page.md", fence(&text))).map(|imported| imported.yaml);
    let problems = problems
        .map_err(|problems| problems.to_string())
        .unwrap_err();
    assert!(problems.contains("more than 400000 nodes"), "{problems}");
}

#[test]
fn the_limit_of_text() {
    let text = fence(&"x".repeat(9 << 20));
    let problems = import(&Source::new("page.md", text)).map(|imported| imported.yaml);
    let problems = problems
        .map_err(|problems| problems.to_string())
        .unwrap_err();
    assert!(problems.contains("fences exceed 8 MiB"), "{problems}");
}
