//! One case for each kind of change: an edit, and the report on it.
//!
//! Every case changes `cases/base.yaml` in one place. A snapshot has the edit and the report, and
//! every rule has at least one case.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a panic fails the test"
)]

#[path = "cases/edits.rs"]
mod edits;
#[path = "cases/hidden.rs"]
mod hidden;
mod support;

use std::collections::BTreeSet;

use bigmodel_rerank_codegen::Input;
use bigmodel_rerank_review::{Options, Review, TextDigests, Wording, rules};
use edits::{EDITS, Edit};
use hidden::HIDDEN;
use support::coverage::unreported;
use support::{compare, compare_code, input, read};

const BASE: &str = include_str!("cases/base.yaml");

fn edits() -> impl Iterator<Item = &'static Edit> {
    EDITS.iter().chain(HIDDEN)
}

fn replaced(name: &str, text: &str, changes: &[(&str, &str)]) -> String {
    let mut text = text.to_owned();
    for (from, to) in changes {
        let hits = text.matches(from).count();
        assert_eq!(hits, 1, "{name}: `{from}` occurs {hits} times in the base");
        text = text.replace(from, to);
    }
    text
}

fn options(edit: &Edit, old: &Input) -> Options {
    let wording = match edit.paraphrased {
        true => Wording::Paraphrased,
        false => Wording::Exact,
    };
    Options {
        wording,
        read_texts: edit.read.then(|| TextDigests::new(read(old).value())),
        ..Options::default()
    }
}

/// Returns the old and the new contract of a case.
fn sides(edit: &Edit) -> [Input; 2] {
    let base = replaced(edit.name, BASE, edit.setup);
    let edited = input("edited.yaml", &replaced(edit.name, &base, edit.changes));
    let base = input("base.yaml", &base);
    if edit.backwards {
        [edited, base]
    } else {
        [base, edited]
    }
}

/// Returns the edit and the report, without the next steps, which are the same in all reports.
fn edit_and_report(edit: &Edit, review: &Review) -> String {
    let mut edits = String::new();
    for (_, to) in edit.setup {
        edits.push_str(&lines(" ", to));
    }
    for (from, to) in edit.changes {
        let [from, to] = if edit.backwards {
            [to, from]
        } else {
            [from, to]
        };
        edits.push_str(&lines("-", from));
        edits.push_str(&lines("+", to));
    }
    let report = review.text();
    let (report, _) = report.split_once("\nNext steps\n").unwrap_or((&report, ""));
    format!("{edits}\n{}", report.trim_end())
}

fn lines(sign: &str, text: &str) -> String {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines
        .map(|line| format!("{sign} {}\n", line.trim_end()))
        .collect()
}

#[test]
fn every_kind_of_change_is_reported() {
    insta::with_settings!({snapshot_path => "cases/snapshots", prepend_module_to_snapshot => false, omit_expression => true}, {
        for edit in edits() {
            let [old, new] = sides(edit);
            let review = compare_code(&old, &new, &options(edit, &old));
            insta::assert_snapshot!(edit.name.replace([' ', '/'], "-"), edit_and_report(edit, &review));
        }
    });
}

#[test]
fn every_rule_has_a_case() {
    let seen: BTreeSet<_> = edits()
        .flat_map(|edit| {
            let [old, new] = sides(edit);
            compare(&old, &new, &options(edit, &old)).changes
        })
        .map(|change| change.rule.id)
        .collect();
    let missing: Vec<_> = rules()
        .map(|rule| rule.id)
        .filter(|id| !seen.contains(id))
        .collect();
    assert!(missing.is_empty(), "no case for {missing:?}");
}

#[test]
fn every_case_is_reported_in_full_and_has_an_inverse() {
    for edit in edits() {
        let [old, new] = sides(edit);
        let forward = compare(&old, &new, &options(edit, &old));
        if !edit.paraphrased {
            let (before, after) = (read(&old), read(&new));
            let (left, right) = unreported(&forward, before.value(), after.value());
            assert_eq!(
                left, right,
                "{} is not reported in full:\n{forward}",
                edit.name
            );
        }
        let backward = compare(&new, &old, &options(edit, &new));
        support::inverse::assert_inverse(edit.name, &forward, &backward);
    }
}
