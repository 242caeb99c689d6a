//! The table of rules: sound in itself, and the one that README.md shows.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "what is not as expected here has failed the test"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;

use bigmodel_rerank_review::{Effect, rules};

#[test]
fn every_rule_has_an_id_of_its_own_and_a_mirror() {
    let by_id: BTreeMap<_, _> = rules().map(|rule| (rule.id, rule)).collect();
    assert_eq!(by_id.len(), rules().count());
    for rule in rules() {
        assert!(
            rule.request.is_some() || rule.response.is_some(),
            "{} means nothing",
            rule.id
        );
        let mirror = by_id.get(rule.mirror).expect(rule.id);
        assert_eq!(mirror.mirror, rule.id, "the mirror of {}", rule.id);
    }
}

#[test]
fn reasons_are_clauses_that_reports_can_build_sentences_of() {
    for rule in rules() {
        let reasons = [rule.request, rule.response].into_iter().flatten();
        let reasons = reasons.map(|effect| effect.reason);
        for text in reasons.chain([rule.name, rule.code, rule.remedy]) {
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
        "| rule | what | request | response | Rust API at most |\n|---|---|---|---|---|\n",
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
        .expect("the README has a place for the table");
    let (shown, tail) = rest.split_once(end).expect("the place ends");
    if shown != table && std::env::var("INSTA_UPDATE").is_ok_and(|how| how == "always") {
        std::fs::write(path, format!("{head}{begin}{table}{end}{tail}")).unwrap();
        return;
    }
    assert_eq!(shown, table, "INSTA_UPDATE=always writes the table");
}
