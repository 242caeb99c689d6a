//! Judges all changes together, and compares the public APIs of both crates.

use bigmodel_rerank_codegen::Generated;

use crate::change::Change;
use crate::class::Bump;
use crate::rust_api::{self, ItemChange};
use crate::semver::SemverChecks;
use crate::side::{Code, Side};
use crate::verdict::{Basis, Verdict, Versions};

/// Returns the verdict. `rust` is the bump of the crate's version.
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
        contract: Versions::new([old, new], "/info/version", wire),
        package: Versions::new([old, new], "/info/x-rust-crate/version", rust),
        disagreement: disagreement(rust, basis, checks),
    }
}

/// Returns the bump that the crates and their public APIs require, and the changes of the public
/// API; `None` if a crate is missing.
pub(crate) fn compare_crates(old: &Side<'_>, new: &Side<'_>) -> Option<(Bump, Vec<ItemChange>)> {
    let (old, new) = (old.generated()?, new.generated()?);
    let items = rust_api::compare(&old.public_api(), &new.public_api());
    let mut bump = rust_api::bump(&items);
    if old.crate_name != new.crate_name {
        bump = Bump::Major;
    }
    if bump == Bump::None && contents(old) != contents(new) {
        bump = Bump::Patch;
    }
    Some((bump, items))
}

/// Returns the files without the lines that contain the digest of the input.
fn contents(generated: &Generated) -> Vec<(&str, String)> {
    let content = |text: &str| {
        let lines = text.lines().filter(|line| !line.contains("@generated"));
        lines.collect::<Vec<_>>().join("\n")
    };
    let files = generated.files.iter();
    files
        .map(|(path, text)| (path.as_str(), content(text)))
        .collect()
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
