//! The table of rules is consistent, and README.md shows it.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a panic fails the test"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;

use bigmodel_rerank_review::{Effect, rules};

#[test]
fn every_rule_has_a_unique_id_and_an_inverse() {
    let by_id: BTreeMap<_, _> = rules().map(|rule| (rule.id, rule)).collect();
    assert_eq!(by_id.len(), rules().count());
    for rule in rules() {
        assert!(
            rule.request.is_some() || rule.response.is_some(),
            "{} has no effect",
            rule.id
        );
        let inverse = by_id.get(rule.inverse).expect(rule.id);
        assert_eq!(inverse.inverse, rule.id, "the inverse of {}", rule.id);
    }
}

#[test]
fn texts_of_rules_are_clauses_without_a_full_stop() {
    for rule in rules() {
        let reasons = [rule.request, rule.response].into_iter().flatten();
        let reasons = reasons.map(|effect| effect.reason);
        for text in reasons
            .chain([rule.name, rule.code, rule.remedy])
            .chain(rule.response_remedy)
        {
            assert!(
                !text.is_empty() && !text.ends_with('.'),
                "{}: {text}",
                rule.id
            );
            assert!(text.matches('`').count() % 2 == 0, "{}: {text}", rule.id);
        }
    }
}

#[test]
fn the_readme_shows_the_table() {
    let mut table = String::from(
        "| rule | change | request | response | Rust API at most |\n|---|---|---|---|---|\n",
    );
    for rule in rules() {
        let class = |effect: Option<Effect>| effect.map_or("", |effect| effect.class.name());
        let (request, response) = (class(rule.request), class(rule.response));
        writeln!(
            table,
            "| `{}` | {} | {request} | {response} | {} |",
            rule.id, rule.name, rule.rust
        )
        .unwrap();
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let readme = std::fs::read_to_string(path).unwrap();
    let (begin, end) = ("<!-- rules -->\n", "<!-- end of rules -->");
    let (head, rest) = readme
        .split_once(begin)
        .expect("the README has no start marker");
    let (shown, tail) = rest.split_once(end).expect("the README has no end marker");
    if shown != table && std::env::var("INSTA_UPDATE").is_ok_and(|how| how == "always") {
        std::fs::write(path, format!("{head}{begin}{table}{end}{tail}")).unwrap();
        return;
    }
    assert_eq!(shown, table, "INSTA_UPDATE=always writes the table");
}
