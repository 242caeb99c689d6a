//! The verdict on all changes together.

use serde_json::Value;

use crate::class::{Bump, Class};
use crate::semver::{is_sufficient, next_version};
use crate::side::Side;

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
