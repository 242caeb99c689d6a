//! The verdict on all changes together.

use serde_json::Value;

use crate::change::Change;
use crate::semver::{SemverChecks, is_sufficient, next_version};
use crate::severity::{Bump, Class};
use crate::side::{Code, Side};

/// What the bump of the crate's version is based on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// A comparison of the public APIs of both crates.
    Compared,
    /// The rules, which give an upper bound, since a crate is missing.
    Rules,
    /// The rules, since the generator rejects the new contract.
    Refused,
}

impl Basis {
    /// Returns the name of the basis in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Compared => "compared",
            Self::Rules => "rules",
            Self::Refused => "refused",
        }
    }
}

/// The result of a review in short.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The worst class on the wire; `None` if nothing changed.
    pub class: Option<Class>,
    /// The bump of the contract's version.
    pub wire: Bump,
    /// The bump of the crate's version.
    pub rust: Bump,
    /// What the bump of the crate's version is based on.
    pub basis: Basis,
    /// The versions of the contract.
    pub contract: Versions,
    /// The versions of the crate.
    pub package: Versions,
    /// What contradicts the bump of the crate's version.
    pub disagreement: Option<String>,
}

impl Verdict {
    /// Returns the verdict on all changes. `rust` is the bump of the crate's version.
    pub(crate) fn new(
        old: &Side<'_>,
        new: &Side<'_>,
        changes: &[Change],
        rust: Bump,
        checks: Option<&SemverChecks>,
    ) -> Self {
        let wire = changes.iter().map(|change| change.wire).max();
        let wire = wire.unwrap_or_default();
        let basis = match (old.code, new.code) {
            (Code::Generated(_), Code::Generated(_)) => Basis::Compared,
            (_, Code::Refused(_)) => Basis::Refused,
            _ => Basis::Rules,
        };
        Self {
            class: changes.iter().map(Change::class).max(),
            wire,
            rust,
            basis,
            contract: Versions::new([old, new], "/info/version", wire),
            package: Versions::new([old, new], "/info/x-rust-crate/version", rust),
            disagreement: disagreement(rust, basis, checks),
        }
    }
}

/// The old, the new and the required version.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Versions {
    /// The version in the old contract.
    pub old: Option<String>,
    /// The version in the new contract.
    pub new: Option<String>,
    /// The lowest version that the changes allow; `None` if the old one is not a valid version.
    pub required: Option<String>,
    /// Whether the new version is at least the required one.
    pub is_sufficient: Option<bool>,
}

impl Versions {
    /// Reads the versions at `pointer` in both contracts.
    pub(crate) fn new(sides: [&Side<'_>; 2], pointer: &str, bump: Bump) -> Self {
        let version = |side: &Side<'_>| {
            let version = side.contract.value().pointer(pointer);
            version.and_then(Value::as_str).map(str::to_owned)
        };
        let [old, new] = sides.map(version);
        let required = old.as_deref().and_then(|old| next_version(old, bump));
        let is_sufficient = match (&old, &new) {
            (Some(old), Some(new)) => is_sufficient(old, new, bump),
            _ => None,
        };
        Self {
            old,
            new,
            required,
            is_sufficient,
        }
    }
}

fn disagreement(ours: Bump, basis: Basis, checks: Option<&SemverChecks>) -> Option<String> {
    let theirs = checks.filter(|checks| checks.installed)?.required?;
    // cargo-semver-checks does not report patch bumps.
    let level = |bump: Bump| {
        if bump <= Bump::Patch {
            Bump::None
        } else {
            bump
        }
    };
    if level(ours) == level(theirs) {
        return None;
    }
    let source = match basis {
        Basis::Compared => "the comparison of the public APIs requires",
        Basis::Rules | Basis::Refused => "the rules require",
    };
    Some(format!(
        "cargo-semver-checks requires {}, but {source} {}; read both lists",
        theirs.with_article(),
        ours.with_article()
    ))
}
