//! Contracts that are too deep or too large.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use bigmodel_rerank_codegen::{Diagnostics, Generated};

use crate::support::{is_report, judge, on_a_small_stack, run};

/// What `schemas` become, in a time that nobody minds.
fn settled(schemas: &str) -> Result<Generated, Diagnostics> {
    let head =
        "openapi: 3.0.3\ninfo: {title: T, version: '1', x-rust-crate: {name: t}}\npaths: {}\n";
    let contract = format!("{head}components:\n  schemas:\n{schemas}");
    let begin = Instant::now();
    let result = run(&contract, None);
    let time = begin.elapsed();
    // A second or two; what grows faster than its contract would take hours.
    assert!(time < Duration::from_secs(120), "took {time:?}");
    if let Err(diagnostics) = &result {
        is_report(diagnostics).unwrap();
    }
    result
}

/// The first problem of a contract that is refused.
fn problem(result: Result<Generated, Diagnostics>) -> String {
    let diagnostics = result.expect_err("the contract is refused");
    diagnostics.iter().next().unwrap().message.clone()
}

#[test]
fn nesting_without_end() {
    on_a_small_stack(|| {
        for (open, close) in [
            ("[", "]"),
            ("{a: ", "}"),
            ("- ", ""),
            ("{\"a\":", "}"),
            ("{\"items\":[", "]}"),
        ] {
            for contract in [
                open.repeat(100_000),
                open.repeat(100_000) + &close.repeat(100_000),
                format!("openapi: 3.0.3\npaths: {}", open.repeat(100_000)),
                format!(
                    "{{\"openapi\": \"3.0.3\", \"paths\": {}",
                    open.repeat(100_000)
                ),
            ] {
                assert_eq!(judge(&contract, None), Ok(false), "{open}");
                assert_eq!(
                    judge("openapi: 3.0.3", Some(&contract)),
                    Ok(false),
                    "{open}"
                );
            }
        }
    });
}

/// As deep as a document may be, by every keyword that a schema nests with.
#[test]
fn schemas_within_schemas_to_the_limit() {
    on_a_small_stack(|| {
        for (open, close) in [
            ("{type: array, items: ", "}"),
            ("{type: object, properties: {a: ", "}}"),
            ("{type: object, additionalProperties: ", "}"),
            ("{allOf: [", "]}"),
            ("{oneOf: [{type: integer}, ", "]}"),
            ("{anyOf: [", "]}"),
        ] {
            for depth in [20, 40, 55, 60, 90, 120] {
                let (open, close) = (open.repeat(depth), close.repeat(depth));
                let _ = settled(&format!("    A: {open}{{type: string}}{close}\n"));
            }
        }
    });
}

#[test]
fn a_long_chain_of_references() {
    on_a_small_stack(|| {
        for wrap in [
            "{$ref: '#/components/schemas/S@'}",
            "{allOf: [{$ref: '#/components/schemas/S@'}]}",
            "{type: array, items: {$ref: '#/components/schemas/S@'}}",
            "{oneOf: [{type: integer}, {$ref: '#/components/schemas/S@'}]}",
            "{allOf: [{$ref: '#/components/schemas/S@'}, {properties: {p@: {type: string}}}]}",
            "{type: object, properties: {a: {$ref: '#/components/schemas/S@'}}}",
        ] {
            let mut schemas = String::new();
            let length = if wrap.contains("type") { 300 } else { 10_000 };
            for index in 0..length {
                let body = wrap.replace('@', &(index + 1).to_string());
                let _ = writeln!(schemas, "    S{index}: {body}");
            }
            let _ = writeln!(
                schemas,
                "    S{length}: {{type: object, properties: {{z: {{type: string}}}}}}"
            );
            let _ = settled(&schemas);
        }
    });
}

#[test]
fn thousands_of_schemas() {
    on_a_small_stack(|| {
        let mut schemas = String::new();
        for index in 0..1_000 {
            let _ = writeln!(
                schemas,
                "    S{index}: {{type: object, properties: {{id: {{type: integer}}, name: {{type: string}}}}}}"
            );
        }
        assert_eq!(settled(&schemas).map(|it| it.types).ok(), Some(1_000));
    });
}

#[test]
fn an_alias_bomb() {
    on_a_small_stack(|| {
        let mut schemas = "    A0: &a0 {type: string}\n".to_owned();
        for index in 1..40 {
            let below = format!("*a{}", index - 1);
            let _ = writeln!(
                schemas,
                "    A{index}: &a{index} {{type: object, properties: {{a: {below}, b: {below}, c: {below}}}}}"
            );
        }
        assert_eq!(
            problem(settled(&schemas)),
            "aliases make the document too large"
        );
    });
}

/// The same explosion by references, which are read once each.
#[test]
fn a_reference_bomb() {
    on_a_small_stack(|| {
        let mut schemas = "    S0: {type: object, properties: {z: {type: string}}}\n".to_owned();
        for index in 1..60 {
            let below = format!("{{$ref: '#/components/schemas/S{}'}}", index - 1);
            let _ = writeln!(
                schemas,
                "    S{index}: {{allOf: [{below}, {below}, {{properties: {{p{index}: {below}}}}}]}}"
            );
        }
        let _ = settled(&schemas);
    });
}

#[test]
fn unions_of_unions() {
    let unions = |count: usize, branches: &dyn Fn(usize) -> Vec<usize>| {
        let mut schemas = String::new();
        for index in 0..count {
            let branches = branches(index);
            let branches = branches
                .iter()
                .map(|one| format!("{{$ref: '#/components/schemas/U{one}'}}"));
            let branches = branches.collect::<Vec<_>>().join(", ");
            let own = format!(
                "{{type: object, required: [a{index}], properties: {{a{index}: {{type: string}}}}}}"
            );
            writeln!(schemas, "    U{index}: {{anyOf: [{own}, {branches}]}}").unwrap();
        }
        schemas
    };
    settled(&unions(20, &|index| {
        (0..20).filter(|other| *other != index).collect()
    }))
    .unwrap();
    settled(&unions(30, &|index| vec![(index + 1) % 30; 2])).unwrap();
}

#[test]
fn objects_that_are_alike_all_the_way_down() {
    let mut schemas = String::new();
    for name in ["A", "B"] {
        for level in 0..30 {
            writeln!(schemas, "    {name}{level}:\n      type: object\n      required: [a0, a1, a2, a3, a4, a5, a6, a7]\n      properties:").unwrap();
            for field in 0..8 {
                let next = level + 1;
                writeln!(
                    schemas,
                    "        a{field}: {{$ref: '#/components/schemas/{name}{next}'}}"
                )
                .unwrap();
            }
        }
        writeln!(schemas, "    {name}30: {{type: object}}").unwrap();
    }
    schemas.push_str("    Either:\n      anyOf: [{$ref: '#/components/schemas/A0'}, {$ref: '#/components/schemas/B0'}]\n");
    settled(&schemas).unwrap();
}
