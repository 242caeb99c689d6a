//! Model and progenitor's tokens -> the files of a crate.
//!
//! One pass, one file. Passes write absolute paths (`::std::option::Option`); printing
//! shortens those whose short name no type of the contract takes.

mod answers;
mod checks;
mod client;
mod contract;
mod crate_root;
mod credentials;
mod docs;
mod enums;
mod integers;
mod manifest;
mod operation;
mod print;
mod prune;
mod readme;
mod sample;
mod structs;
mod types;
mod unions;
mod url;

pub(crate) use docs::type_name;

use std::collections::{BTreeMap, HashSet};

use serde_json::Value;

use crate::Settings;
use crate::model::Api;
use crate::stack;
use crate::tokens::Raw;

/// What every pass needs to know.
pub(crate) struct Context<'a> {
    pub(crate) api: &'a Api,
    /// The names of its types.
    pub(crate) names: HashSet<&'a str>,
    pub(crate) raw: &'a Raw,
    /// The contract after its overlay.
    pub(crate) effective: &'a Value,
    /// The digest of contract and overlay.
    pub(crate) digest: &'a str,
    pub(crate) settings: &'a Settings,
}

impl Context<'_> {
    fn has_client(&self) -> bool {
        !self.api.operations.is_empty()
    }
}

/// The runtime file that reads integers.
const INTEGERS: &str = "src/integers.rs";

/// The files of the crate by path.
///
/// The types are half of the work, and are written beside the rest.
pub(crate) fn emit(context: &Context<'_>) -> Result<BTreeMap<String, String>, String> {
    let (types, files) = stack::beside(|| types::file(context), || all_but_types(context));
    let mut files = files?;
    files.insert("src/types.rs".to_owned(), types?);
    prune::prune(&mut files);
    files.insert("src/lib.rs".to_owned(), crate_root::file(context, &files));
    files.insert(
        "Cargo.toml".to_owned(),
        manifest::cargo_toml(context, &files),
    );
    files.insert("README.md".to_owned(), readme::file(context, &files));
    let texts = context.settings.license_texts.iter();
    files.extend(texts.map(|(name, text)| (name.clone(), manifest::license(context, text))));
    Ok(files)
}

/// What comes from the contract, but for the types, and the files that are the same for all
/// contracts.
fn all_but_types(context: &Context<'_>) -> Result<BTreeMap<String, String>, String> {
    let mut files = BTreeMap::new();
    files.insert("src/limits.rs".to_owned(), checks::file(context)?);
    let mut runtime = vec![(
        "src/validation.rs",
        include_str!("../../runtime/validation.rs"),
    )];
    runtime.push((INTEGERS, include_str!("../../runtime/integers.rs")));
    if context.has_client() {
        files.insert("src/client.rs".to_owned(), client::file(context)?);
        runtime.extend([
            ("src/error.rs", include_str!("../../runtime/error.rs")),
            ("src/json.rs", include_str!("../../runtime/json.rs")),
            ("src/response.rs", include_str!("../../runtime/response.rs")),
            (
                "src/transport.rs",
                include_str!("../../runtime/transport.rs"),
            ),
        ]);
    }
    for (path, text) in runtime {
        files.insert(path.to_owned(), print::runtime(context, text));
    }
    files.insert(contract::PATH.to_owned(), contract::file(context)?);
    Ok(files)
}
