//! The published contract against the publisher's page in Chinese: no change while the facts are
//! the same, and one change for each figure that differs.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a panic fails the test"
)]

mod support;

use bigmodel_rerank_codegen::Input;
use bigmodel_rerank_review::{Class, Options, Review, TextDigests, Wording};
use support::{compare, input, read, spec};

const PAGE: &str = include_str!("wording/page.yaml");

/// Returns our contract without the overlay, which has the same facts as the page.
fn ours() -> Input {
    Input {
        overlay: None,
        ..spec()
    }
}

fn against(page: &str) -> Review {
    let options = Options {
        wording: Wording::Paraphrased,
        ..Options::default()
    };
    compare(&ours(), &input("page.yaml", page), &options)
}

#[test]
fn paraphrased_facts_are_not_a_change() {
    let review = against(PAGE);
    assert!(review.is_empty(), "{review}");
    assert!(review.reworded > 15, "{} texts", review.reworded);
}

/// Edits of the page, and where each is reported.
const FIGURES: [(&str, &str, &str); 15] = [
    (
        "不填即`rerank`",
        "不填即默认",
        "RerankRequest/properties/model/description",
    ),
    (
        "返回每个候选的得分",
        "返回每个候选的得分，每秒 5 次",
        "post/description",
    ),
    (
        "不超过 `4096` 个",
        "不超过 `8192` 个",
        "RerankRequest/properties/query/description",
    ),
    (
        "不超过 `4096` 个",
        "不超过许多个",
        "RerankRequest/properties/query/description",
    ),
    (
        "至多一百二十八条",
        "至多二百五十六条",
        "RerankRequest/properties/documents/description",
    ),
    (
        "至多 `4,096` 字符",
        "至多 4k 字符",
        "RerankRequest/properties/documents/description",
    ),
    (
        "不填即`rerank`",
        "不填即`rerank-2`",
        "RerankRequest/properties/model/description",
    ),
    (
        "`0` 为默认",
        "`1` 为默认",
        "RerankRequest/properties/top_n/description",
    ),
    (
        "带上原文。默认 `FALSE`",
        "带上原文。默认 `TRUE`",
        "RerankRequest/properties/return_documents/description",
    ),
    (
        "原样。默认`FALSE`",
        "原样。默认为 true",
        "RerankRequest/properties/return_raw_scores/description",
    ),
    (
        "调用方自己的编号，",
        "调用方自己的编号，6-64 个字符，",
        "RerankRequest/properties/request_id/description",
    ),
    (
        "最终用户的`ID`",
        "最终用户的 ID，长度 6 到 128",
        "RerankRequest/properties/user_id/description",
    ),
    (
        "候选的原文",
        "候选的原文，截至 512 字符",
        "RerankResult/properties/document/description",
    ),
    (
        "proj-mgmt/apikeys",
        "proj-mgmt/keys",
        "securitySchemes/bearerAuth/description",
    ),
    (
        "                  top_n: 4\n",
        "                  top_n: 5\n",
        "requestBody/content/application~1json/examples",
    ),
];

#[test]
fn every_changed_figure_is_reported_at_its_location() {
    let mut reported = String::new();
    for (from, to, pointer) in FIGURES {
        assert_eq!(PAGE.matches(from).count(), 1, "{from}");
        let review = against(&PAGE.replace(from, to));
        let [change] = review.changes.as_slice() else {
            panic!("{from} -> {to} is not a single change:\n{review}");
        };
        let at = change.new.first().unwrap();
        // An example sets no rule.
        let rule = match at.pointer.last().as_str() {
            "example" | "examples" => "example-changed",
            _ => "documented-figure-changed",
        };
        assert_eq!(change.rule.id, rule, "{to}");
        assert!(at.pointer.as_str().ends_with(pointer), "{to}: {at}");
        let notes = change.notes.join("; ");
        reported.push_str(&format!(
            "{}:{}: {}\n  {notes}\n",
            at.location.file, at.location.line, change.what
        ));
    }
    insta::assert_snapshot!(reported);
}

#[test]
fn other_members_of_an_example_are_a_change() {
    for (from, to) in [
        (
            "relevance_score: 0.99866986",
            "relevance_score: '0.99866986'",
        ),
        ("relevance_score: 0.99866986", "score: 0.99866986"),
    ] {
        assert_eq!(PAGE.matches(from).count(), 1, "{from}");
        let review = against(&PAGE.replace(from, to));
        let rules: Vec<_> = review.changes.iter().map(|change| change.rule.id).collect();
        assert_eq!(rules, ["example-changed"], "{to}");
    }
}

#[test]
fn structure_is_compared_whatever_the_wording() {
    let review = against(&PAGE.replace(
        "        top_n:\n          type: integer",
        "        top_n:\n          type: number",
    ));
    let rules: Vec<_> = review.changes.iter().map(|change| change.rule.id).collect();
    assert_eq!(rules, ["type-widened"]);
}

/// What a page has for itself: tags, licence and the like, with figures in them.
const OWN: [(&str, &str, &str); 6] = [
    (
        "info:\n",
        "info:\n  contact: {name: Desk 24, url: https://example.com/help}\n",
        "reading-changed",
    ),
    (
        "info:\n",
        "info:\n  license: {name: Apache 2.0, url: https://example.com/2}\n",
        "reading-changed",
    ),
    (
        "info:\n",
        "info:\n  termsOfService: https://example.com/terms\n",
        "reading-changed",
    ),
    (
        "paths:\n",
        "externalDocs: {url: https://example.com/v4}\npaths:\n",
        "reading-changed",
    ),
    (
        "paths:\n",
        "tags: [{name: v4, description: 3 operations}]\npaths:\n",
        "tags-changed",
    ),
    (
        "    post:\n",
        "    post:\n      tags: [v4]\n",
        "tags-changed",
    ),
];

#[test]
fn tags_and_licence_of_the_page_change_documentation_only() {
    for (from, to, rule) in OWN {
        assert_eq!(PAGE.matches(from).count(), 1, "{from}");
        let page = PAGE.replace(from, to);
        let review = against(&page);
        let changes = review.changes.iter();
        let changes: Vec<_> = changes
            .map(|change| (change.rule.id, change.class()))
            .collect();
        assert_eq!(changes, [(rule, Class::Documentation)], "{to}");
        // The same for texts that nobody has read yet.
        let options = Options {
            wording: Wording::Paraphrased,
            read_texts: Some(TextDigests::new(read(&input("page.yaml", PAGE)).value())),
            ..Options::default()
        };
        let review = compare(&ours(), &input("page.yaml", &page), &options);
        let classes: Vec<_> = review.changes.iter().map(|change| change.class()).collect();
        assert_eq!(classes, [Class::Documentation], "{to}");
    }
}
