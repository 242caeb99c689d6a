//! An OpenAPI 3.0 contract and its overlay in, the files of a Rust client crate out.
//!
#![doc = include_str!("../README.md")]
//!
//! # Passes
//!
//! [`generate`] runs small passes, each in its own file:
//!
//! ```text
//! spec text --parse--> document --overlay--> effective --read--> model --check--> model
//!           --lower--> what progenitor takes --progenitor--> Rust types --emit--> files
//! ```
//!
//! Values are passed on as values: items, what they need, the public API. Text is made at the end.

mod check;
mod describe;
mod emit;
mod items;
mod ledger;
mod lower;
mod model;
mod names;
mod progenitor;
mod public_api;
mod read;
mod reserved;
mod rust_type;
mod spelling;
mod summary;

use std::borrow::Cow;
use std::collections::BTreeMap;

use bigmodel_rerank_openapi::{Problem, with_deep_stack};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

// The types in this crate's own signatures, and what its users have not yet taken from there.
pub use bigmodel_rerank_openapi::{
    Contract, Diagnostic, Diagnostics, Input, Pointer, Source, with_stack,
};
pub use public_api::{ItemKind, PublicApi, PublicItem};

/// What the caller settles beyond the contract.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The name of the crate; `None` takes `name` of the contract's `info.x-rust-crate`.
    pub crate_name: Option<String>,
    /// The command that generates again, which the headers of files quote.
    pub regenerate: String,
    /// The URL of the repository that the crate comes from, for its `Cargo.toml`; empty for none.
    pub repository: String,
    /// The texts of the crate's licences by the names of their files, as in `LICENSE-MIT`.
    pub license_texts: BTreeMap<String, String>,
}

/// A generated crate, and what reviewers of its contract want to see.
#[derive(Clone, Debug)]
pub struct Generated {
    /// Each file's text by its path in the crate, with `/` between folders.
    pub files: BTreeMap<String, String>,
    /// The items of `src/lib.rs` without what belongs to the crate as a whole, its attributes and
    /// documentation: to include the crate as a module of another one.
    pub root_items: String,
    /// The name of the crate.
    pub crate_name: String,
    /// How many operations it has.
    pub operations: usize,
    /// The operations that it skips because they do not speak JSON. These are no errors, but
    /// should be shown to whoever generates.
    pub skipped: Vec<Diagnostic>,
    /// How many types it has.
    pub types: usize,
    /// The contract on one page: operations and fields with types, presence and limits.
    pub summary: String,
    /// What became of each node of the effective contract, one a line.
    pub ledger: String,
    /// The contract after its overlay.
    pub effective: Value,
    /// The public item that a node of the contract became: `RerankRequest::query` by the
    /// pointer of its property, `RerankRequest` by that of its schema.
    pub items: BTreeMap<Pointer, String>,
    /// The public items that come from the contract.
    public: Vec<PublicItem>,
}

impl Generated {
    /// Returns what users of the crate can name: what comes from the contract, and the runtime.
    pub fn public_api(&self) -> PublicApi {
        let mut runtime = vec![&public_api::VALIDATION];
        if self.operations > 0 {
            runtime.extend([&public_api::ERROR, &public_api::RESPONSE]);
        }
        let runtime = runtime.into_iter().flat_map(|items| items.iter());
        PublicApi::new(self.public.iter().chain(runtime).cloned())
    }
}

/// Generates the crate.
///
/// # Errors
///
/// Returns all problems of the contract and the overlay; there is no partial result.
pub fn generate(input: &Input, settings: &Settings) -> Result<Generated, Diagnostics> {
    let contract = Contract::read(input)?;
    generate_from(contract, &inputs_digest(input), settings)
}

/// Generates the crate from a contract that is already a value, as [`Generated::effective`]
/// is: for tools that change contracts and compare the code.
///
/// # Errors
///
/// As [`generate`]; problems are located in `name`, at its first line.
pub fn generate_value(
    name: &str,
    contract: &Value,
    settings: &Settings,
) -> Result<Generated, Diagnostics> {
    let digest = hex(&Sha256::digest(contract.to_string()));
    let contract = Contract::from_value(name, contract.clone(), []);
    generate_from(contract, &digest, settings)
}

fn generate_from(
    contract: Contract,
    digest: &str,
    settings: &Settings,
) -> Result<Generated, Diagnostics> {
    let (reading, emitted) = with_deep_stack(|| run_passes(&contract, digest, settings))?;
    let api = &reading.api;
    Ok(Generated {
        files: emitted.files,
        root_items: emitted.root_items,
        public: emitted.public,
        crate_name: api.info.package.name.clone(),
        operations: api.operations.len(),
        skipped: api
            .skipped
            .iter()
            .map(|one| contract.diagnose(&skipped(one)))
            .collect(),
        types: api.types.len(),
        summary: summary::summary(api),
        ledger: reading.ledger.render(contract.value()),
        items: items::items(api),
        effective: contract.into_value(),
    })
}

/// Runs all passes over the contract: what was read, and the crate.
fn run_passes(
    contract: &Contract,
    digest: &str,
    settings: &Settings,
) -> Result<(read::Reading, emit::Crate), Diagnostics> {
    let located = |problems: Vec<Problem>| {
        let problems = problems.iter();
        Diagnostics::new(problems.map(|problem| contract.diagnose(problem)).collect())
    };
    let root = contract.value();
    let reading = read::read(root, settings.crate_name.as_deref()).map_err(located)?;
    check::check(root, &reading.api).map_err(located)?;
    let api = &reading.api;
    // From here on nothing depends on the contract being valid: what fails is the generator.
    let fault = |reason: String| {
        located(vec![Problem::new(
            Pointer::root(),
            format!("internal error: the generator failed on this contract: {reason}"),
            "please report it, with the contract",
        )])
    };
    let lowered = lower::lower(api).map_err(|error| fault(error.to_string()))?;
    let rust_types = progenitor::rust_types(&lowered).map_err(fault)?;
    let context = emit::Context {
        api,
        names: api.types.iter().map(|def| def.name.as_str()).collect(),
        rust_types: &rust_types,
        effective: root,
        digest,
        settings,
    };
    let emitted = emit::emit(&context).map_err(fault)?;
    Ok((reading, emitted))
}

fn skipped(one: &model::Skipped) -> Problem {
    let (method, path, reason) = (one.method, &one.path, &one.reason);
    Problem::new(
        one.pointer.clone(),
        format!("{method} {path} is skipped, the client speaks JSON only: {reason}"),
        "remove the operation with an overlay action, if it is not needed",
    )
}

/// The SHA-256 of contract and overlay, which identifies what a file was made from.
fn inputs_digest(input: &Input) -> String {
    let mut hash = Sha256::new();
    // The same contract with other line ends is the same contract.
    hash.update(unix(&input.spec.text).as_ref());
    if let Some(overlay) = &input.overlay {
        hash.update([0]);
        hash.update(unix(&overlay.text).as_ref());
    }
    hex(&hash.finalize())
}

/// `text` with the line ends of Unix.
fn unix(text: &str) -> Cow<'_, str> {
    if text.contains('\r') {
        Cow::Owned(text.replace("\r\n", "\n"))
    } else {
        Cow::Borrowed(text)
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
