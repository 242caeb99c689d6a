//! The page: one file that loads nothing, runs no script, and escapes hostile text.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a panic fails the test"
)]

mod support;

use bigmodel_rerank_codegen::Input;
use bigmodel_rerank_review::{Bump, Options, SemverChecks, Step};
use support::{compare, compare_code, input, spec};

/// Returns this repository's contract with the change of its publisher and several others.
fn changed() -> Input {
    let mut new = spec();
    let text = &mut new.spec.text;
    for (from, to) in [
        (
            "        request_id:\n          type: string\n          description: >-",
            "        request_id:\n          type: string\n          minLength: 6\n          maxLength: 64\n          description: >-",
        ),
        ("format: int64", "format: int32"),
        (
            "description: The candidate's text, as it was sent.",
            "description: The text.",
        ),
        (
            "      required:\n        - id\n        - results",
            "      not: {}\n      required:\n        - id\n        - results",
        ),
        (
            "        top_n:\n          type: integer",
            "        lang:\n          type: string\n        top_n:\n          type: integer",
        ),
    ] {
        assert!(text.contains(from), "{from}");
        *text = text.replacen(from, to, 1);
    }
    new
}

#[test]
fn the_page_is_self_contained() {
    let options = Options {
        semver_checks: Some(SemverChecks {
            installed: true,
            required: Some(Bump::Minor),
            text: "Checked 0 items\n".into(),
        }),
        ..Options::default()
    };
    let mut new = changed();
    new.spec.text = new.spec.text.replace("      not: {}\n", "");
    let page = compare_code(&spec(), &new, &options).to_html();
    for outside in [
        "<script",
        "http-equiv=\"refresh",
        "src=",
        "href=",
        "<link",
        "@import",
        "url(",
    ] {
        assert!(!page.contains(outside), "{outside} is in the page");
    }
    assert!(page.contains("default-src 'none'"));
    let (_, body) = page.split_once("</style>").unwrap();
    insta::assert_snapshot!(body);
}

#[test]
fn hostile_text_is_escaped() {
    let hostile =
        "</title></pre></style><img src=x onerror=alert(1)>\" onload='x' \u{1b}[2J\u{202e}";
    let contract = |text: &str| {
        let text = serde_json::json!({
            "openapi": "3.0.3",
            "info": {"title": text, "version": text, text: text},
            "paths": {text: {"get": {"operationId": text, "responses": {text: {"description": text}}}}},
            "components": {"schemas": {text: {"enum": [text], "description": text}}},
        });
        input("</a>.json", &text.to_string())
    };
    let options = Options {
        semver_checks: Some(SemverChecks {
            installed: true,
            required: None,
            text: hostile.into(),
        }),
        next_steps: vec![
            Step::Command(hostile.into()),
            Step::Instruction(hostile.into()),
        ],
        ..Options::default()
    };
    let review = compare_code(&contract(hostile), &contract("plain"), &options);
    let page = review.to_html();
    for tag in [
        "<img",
        "</pre></style>",
        "<a>",
        "</a>",
        "\u{1b}",
        "\u{202e}",
        "\" onload",
    ] {
        assert!(!page.contains(tag), "{tag:?} is in the page");
    }
    let text = review.text();
    assert!(!text.contains(['\u{1b}', '\u{202e}']), "{text}");
}

#[test]
fn the_page_without_changes_says_so() {
    let page = compare(&spec(), &spec(), &Options::default()).to_html();
    assert!(page.contains("No changes: the contracts are equal."));
    assert!(!page.contains("type=\"checkbox\""));
}

/// Writes the page to the file in `REVIEW_PAGE`, so that people can look at it.
#[test]
fn the_page_can_be_written_for_people() {
    if let Ok(path) = std::env::var("REVIEW_PAGE") {
        let page = compare_code(&spec(), &changed(), &Options::default()).to_html();
        std::fs::write(path, page).unwrap();
    }
}
