//! The version bump that the generated crates require, from a comparison of their public APIs.

use bigmodel_rerank_codegen::Generated;

use crate::rust_api::{self, ItemChange};
use crate::severity::Bump;
use crate::side::Side;

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
