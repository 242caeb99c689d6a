//! The verdict on all changes together.

use serde_json::Value;

use crate::change::Change;
use crate::class::{Bump, Class};
use crate::rust_api::{self, ItemChange};
use crate::semver::{self, SemverChecks, next_version};
use crate::side::{Code, Side};

/// What the step of the crate's version was found out from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// Both crates were generated, and their public APIs compared.
    Compared,
    /// At least one was not: the rules say the most that it can be.
    Rules,
    /// The new contract gives no crate at all.
    Refused,
}

impl Basis {
    /// The word for it in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Compared => "compared",
            Self::Rules => "rules",
            Self::Refused => "refused",
        }
    }
}

/// What the review comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The worst class on the wire; `None` where nothing changed.
    pub class: Option<Class>,
    /// The step of the contract's version.
    pub wire: Bump,
    /// The step of the crate's version.
    pub rust: Bump,
    /// How that was found out.
    pub basis: Basis,
    /// The contract's version before and now, and the one that is asked for.
    pub contract: Versions,
    /// The crate's version before and now, and the one that is asked for.
    pub package: Versions,
    /// What contradicts the step of the crate's version.
    pub disagreement: Option<String>,
}

/// A version before, now, and as it should be at least.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Versions {
    /// In the old contract.
    pub old: Option<String>,
    /// In the new contract.
    pub new: Option<String>,
    /// The least that fits; `None` where the old one is no version.
    pub asked: Option<String>,
    /// Whether the new one is enough.
    pub enough: Option<bool>,
}

impl Versions {
    fn of(sides: [&Side<'_>; 2], pointer: &str, bump: Bump) -> Self {
        let version = |side: &Side<'_>| {
            let version = side.contract.value().pointer(pointer);
            version.and_then(Value::as_str).map(str::to_owned)
        };
        let [old, new] = sides.map(version);
        let asked = old.as_deref().and_then(|old| next_version(old, bump));
        let enough = match (&old, &new) {
            (Some(old), Some(new)) => semver::is_enough(old, new, bump),
            _ => None,
        };
        Self {
            old,
            new,
            asked,
            enough,
        }
    }
}

/// Judges the changes together; `items` are those of the public API, if it was compared.
pub(crate) fn judge(
    old: &Side<'_>,
    new: &Side<'_>,
    changes: &[Change],
    rust: Bump,
    checks: Option<&SemverChecks>,
) -> Verdict {
    let wire = changes.iter().map(|change| change.wire).max();
    let wire = wire.unwrap_or_default();
    let basis = match (old.code, new.code) {
        (Code::Generated(_), Code::Generated(_)) => Basis::Compared,
        (_, Code::Refused(_)) => Basis::Refused,
        _ => Basis::Rules,
    };
    Verdict {
        class: changes.iter().map(Change::class).max(),
        wire,
        rust,
        basis,
        contract: Versions::of([old, new], "/info/version", wire),
        package: Versions::of([old, new], "/info/x-rust-crate/version", rust),
        disagreement: disagreement(rust, basis, checks),
    }
}

/// The step that the two crates and their public APIs ask for; `None` where one is missing.
pub(crate) fn compared(old: &Side<'_>, new: &Side<'_>) -> Option<(Bump, Vec<ItemChange>)> {
    let (old, new) = (old.generated()?, new.generated()?);
    let items = rust_api::compare(&old.public_api, &new.public_api);
    let mut bump = rust_api::bump(&items);
    if old.crate_name != new.crate_name {
        bump = Bump::Major;
    }
    if bump == Bump::None && bodies(old) != bodies(new) {
        bump = Bump::Patch;
    }
    Some((bump, items))
}

/// The files without the lines that name the digest of what they were made from.
fn bodies(generated: &bigmodel_rerank_codegen::Generated) -> Vec<(&str, String)> {
    let body = |text: &str| {
        let lines = text.lines().filter(|line| !line.contains("@generated"));
        lines.collect::<Vec<_>>().join("\n")
    };
    let files = generated.files.iter();
    files
        .map(|(path, text)| (path.as_str(), body(text)))
        .collect()
}

fn disagreement(ours: Bump, basis: Basis, checks: Option<&SemverChecks>) -> Option<String> {
    let theirs = checks.filter(|checks| checks.installed)?.required?;
    // It has no word for a change that no program sees.
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
    let how = match basis {
        Basis::Compared => "the public APIs, compared here,",
        Basis::Rules | Basis::Refused => "the rules",
    };
    Some(format!(
        "cargo-semver-checks asks for {}, and {how} for {}; read both lists",
        theirs.step(),
        ours.step()
    ))
}
