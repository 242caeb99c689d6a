//! An OpenAPI 3.0 contract and its overlay in, the files of a Rust client crate out.
//!
#![doc = include_str!("../README.md")]
//!
//! # Passes
//!
//! [`generate`] is a line of small passes, each in its own file:
//!
//! ```text
//! spec text --parse--> document --overlay--> effective --read--> model --check--> model
//!           --lower--> what progenitor takes --tokens--> neutral tokens --emit--> files
//! ```

mod check;
mod contract;
mod diagnostic;
mod digest;
mod emit;
mod finite;
mod items;
mod ledger;
mod lower;
mod model;
mod names;
mod overlay;
mod parse;
mod pointer;
mod positions;
mod read;
mod source;
mod stack;
mod surface;
mod tokens;

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::Value;
use sha2::{Digest as _, Sha256};

pub use contract::Contract;
pub use diagnostic::{Diagnostic, Diagnostics};
pub use pointer::Pointer;
pub use source::Source;
pub use stack::on_a_stack;
pub use surface::surface;

use contract::effective;
use diagnostic::Finding;
use overlay::Effective;

/// A contract and, if there are corrections to it, their overlay.
#[derive(Clone, Debug)]
pub struct Input {
    /// The contract as published.
    pub spec: Source,
    /// The corrections to it.
    pub overlay: Option<Source>,
}

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
    /// The name of the crate.
    pub crate_name: String,
    /// How many operations it has.
    pub operations: usize,
    /// The operations that it leaves out because they do not speak JSON. Not errors, but
    /// whoever generates has to be told.
    pub left_out: Vec<Diagnostic>,
    /// How many types it has.
    pub types: usize,
    /// The contract in a page: operations and fields with types, presence and limits.
    pub digest: String,
    /// What became of each node of the effective contract, one a line.
    pub ledger: String,
    /// The contract after its overlay.
    pub effective: Value,
    /// The public item that a node of the contract became: `RerankRequest::query` by the
    /// pointer of its property, `RerankRequest` by that of its schema.
    pub items: BTreeMap<Pointer, String>,
}

/// Generates the crate.
///
/// # Errors
///
/// Everything that is wrong with the contract or the overlay. There is no partial result.
pub fn generate(input: &Input, settings: &Settings) -> Result<Generated, Diagnostics> {
    stack::deep(|| generate_from(effective(input)?, &inputs_digest(input), settings))
}

/// Generates the crate from a contract that is already a value, as [`Generated::effective`]
/// is: for tools that change contracts and look at what becomes of the code.
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
    stack::deep(|| {
        let effective = Effective::new(source::Document {
            name: name.to_owned(),
            value: contract.clone(),
            positions: std::collections::HashMap::new(),
        });
        generate_from(effective, &digest, settings)
    })
}

fn generate_from(
    effective: Effective,
    digest: &str,
    settings: &Settings,
) -> Result<Generated, Diagnostics> {
    let located = |findings: Vec<Finding>| {
        Diagnostics::new(
            findings
                .iter()
                .map(|finding| effective.locate(finding))
                .collect(),
        )
    };
    let reading = read::read(&effective.value, settings.crate_name.as_deref()).map_err(located)?;
    check::check(&effective.value, &reading.api).map_err(located)?;
    let api = &reading.api;
    // From here on nothing depends on the contract being sound: what fails is the generator.
    let fault = |reason: String| {
        located(vec![Finding::new(
            Pointer::root(),
            format!("the generator failed on this contract: {reason}"),
            "report it with the contract: this is a defect of the generator",
        )])
    };
    let lowered = lower::lower(api).map_err(|error| fault(error.to_string()))?;
    let raw = tokens::tokens(api, &lowered).map_err(fault)?;
    let context = emit::Context {
        api,
        names: api.types.iter().map(|def| def.name.as_str()).collect(),
        raw: &raw,
        effective: &effective.value,
        digest,
        settings,
    };
    let files = emit::emit(&context).map_err(fault)?;
    Ok(Generated {
        files,
        crate_name: api.package.name.clone(),
        operations: api.operations.len(),
        left_out: api
            .left_out
            .iter()
            .map(|one| effective.locate(&left_out(one)))
            .collect(),
        types: api.types.len(),
        digest: digest::digest(api),
        ledger: reading.ledger.render(&effective.value),
        effective: effective.value,
        items: items::items(api),
    })
}

fn left_out(one: &model::LeftOut) -> Finding {
    let (method, path, reason) = (one.method, &one.path, &one.reason);
    Finding::new(
        one.pointer.clone(),
        format!("{method} {path} is left out, the client speaks JSON only: {reason}"),
        "remove the operation with an overlay action, if it is not needed",
    )
}

/// The SHA-256 of contract and overlay, by which a file tells what it was made from.
fn inputs_digest(input: &Input) -> String {
    let mut hash = Sha256::new();
    // The same contract checked out with other line ends is the same contract.
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
