//! What the tests share: contracts from texts, reviews of them, and what a review covers.

#![allow(
    dead_code,
    reason = "each test file is a crate of its own and uses a part"
)]
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot read its inputs has failed"
)]

pub(crate) mod coverage;
pub(crate) mod mirror;

use bigmodel_rerank_codegen::{
    Contract, Diagnostics, Generated, Input, Settings, Source, generate,
};
use bigmodel_rerank_review::{Options, Review, Side, review};

/// A contract from its text.
pub(crate) fn input(name: &str, text: &str) -> Input {
    Input {
        spec: Source::new(name, text),
        overlay: None,
    }
}

pub(crate) fn read(input: &Input) -> Contract {
    Contract::read(input).unwrap_or_else(|problems| panic!("{problems}"))
}

/// What `spec/` of this repository says.
pub(crate) fn spec() -> Input {
    let source = |name: &str| {
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
        let text = std::fs::read_to_string(format!("{root}/{name}")).expect("spec/ is readable");
        Source::new(name, text)
    };
    Input {
        spec: source("spec/rerank.yaml"),
        overlay: Some(source("spec/overlay.yaml")),
    }
}

pub(crate) fn code(input: &Input) -> Result<Generated, Diagnostics> {
    let settings = Settings {
        crate_name: None,
        regenerate: "cargo xtask generate".to_owned(),
        ..Settings::default()
    };
    generate(input, &settings)
}

/// The review of two contracts without their code.
pub(crate) fn compare(old: &Input, new: &Input, options: &Options) -> Review {
    let (old, new) = (read(old), read(new));
    review(&Side::of(&old), &Side::of(&new), options)
}

/// The review of two contracts and their code.
pub(crate) fn compare_code(old: &Input, new: &Input, options: &Options) -> Review {
    let (before, after) = (read(old), read(new));
    let (old_code, new_code) = (code(old), code(new));
    let old = Side::with_code(&before, old_code.as_ref());
    let new = Side::with_code(&after, new_code.as_ref());
    review(&old, &new, options)
}
