//! Shared by the tests: contracts from texts, and reviews of them.

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
pub(crate) mod inverse;

use bigmodel_rerank_codegen::{
    Contract, Deny, Diagnostics, Generated, Input, Settings, Source, generate,
};
use bigmodel_rerank_review::{Options, Review, Side, review};

/// Returns the input of the generator for the text of a contract.
pub(crate) fn input(name: &str, text: &str) -> Input {
    Input {
        spec: Source::new(name, text),
        overlay: None,
    }
}

pub(crate) fn read(input: &Input) -> Contract {
    Contract::read(input).unwrap_or_else(|problems| panic!("{problems}"))
}

/// Returns the contract of this repository with its overlay.
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
        deny: Deny::all(),
        crate_name: None,
        regenerate: "cargo xtask generate".to_owned(),
        ..Settings::default()
    };
    generate(input, &settings)
}

/// Reviews two contracts without their code.
pub(crate) fn compare(old: &Input, new: &Input, options: &Options) -> Review {
    let (old, new) = (read(old), read(new));
    review(&Side::new(&old), &Side::new(&new), options)
}

/// Reviews two contracts and their code.
pub(crate) fn compare_code(old: &Input, new: &Input, options: &Options) -> Review {
    let (before, after) = (read(old), read(new));
    let (old_code, new_code) = (code(old), code(new));
    let old = Side::with_code(&before, old_code.as_ref());
    let new = Side::with_code(&after, new_code.as_ref());
    review(&old, &new, options)
}
