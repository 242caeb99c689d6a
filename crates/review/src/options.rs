//! The options of a review.

use std::fmt;

use crate::semver::SemverChecks;
use crate::text_digests::TextDigests;
use crate::wording::Wording;

/// What a caller can choose.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// How texts for readers are compared.
    pub wording: Wording,
    /// The texts of the new contract as people last read them. Texts that changed since are
    /// reported.
    pub read_texts: Option<TextDigests>,
    /// The text on the page of the new contract that is not part of the contract.
    pub other_text: String,
    /// The result of `cargo-semver-checks`, if it was run.
    pub semver_checks: Option<SemverChecks>,
    /// What to do after reading the report, in order.
    pub next_steps: Vec<Step>,
}

/// Something to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A sentence.
    Instruction(String),
    /// A command to run.
    Command(String),
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Instruction(text) => f.write_str(text),
            Self::Command(command) => write!(f, "$ {command}"),
        }
    }
}
