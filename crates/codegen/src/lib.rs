//! An OpenAPI contract and its overlay in, the files of a Rust client crate out.
//!
#![doc = include_str!("../README.md")]
//!
//! # Passes
//!
//! [`generate`] runs small passes, each in its own file:
//!
//! ```text
//! spec text --parse--> document --overlay--> effective --dialect--> OpenAPI 3.0 --read--> model
//!           --check--> model --lower--> what progenitor takes --progenitor--> Rust types
//!           --emit--> files
//! ```
//!
//! Values are passed on as values: items, what they need, the public API. Text is made at the end.

mod check;
mod describe;
mod dialect;
mod emit;
mod groups;
mod items;
mod ledger;
mod lower;
mod model;
mod names;
mod null_and_absence;
mod progenitor;
mod public_api;
mod reachable;
mod read;
mod reserved;
mod rules;
mod rust_type;
mod schema_types;
mod selection;
mod spelling;
mod summary;
mod template;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use bigmodel_rerank_openapi::{Problem, join_deep, with_deep_stack};
use rules::Remark;
use schema_types::SchemaTypes;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

// The types in this crate's own signatures, and what its users have not yet taken from there.
pub use bigmodel_rerank_openapi::{
    Contract, Diagnostic, Diagnostics, Input, Pointer, Source, with_stack,
};
pub use public_api::{ItemKind, PublicApi, PublicItem};
pub use rules::{Class, Deny, Notice, RULES, Rule, UnknownRule};
pub use selection::{InvalidSelector, Selector};

/// What the caller settles beyond the contract.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The rules that are errors. By default none is: what is not carried exactly is carried
    /// loosely or skipped, and listed in [`Generated::notices`].
    pub deny: Deny,
    /// The name of the crate; `None` takes `name` of the contract's `info.x-rust-crate`.
    pub crate_name: Option<String>,
    /// The operations of the crate; all if none is selected. Components that none of them needs are
    /// left out too.
    pub only: Vec<Selector>,
    /// Whether the crate has a feature for each tag, all of them on by default: for its operations,
    /// and for the types that nothing else needs.
    pub features_by_tag: bool,
    /// Whether structs keep the members that an example of the contract has and their schema does not
    /// name, in a map. Types depend on examples then; by default they do not, and such members are
    /// dropped like all others that no schema names.
    pub keep_shown_members: bool,
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
    /// Each place to which a rule was applied: what is not carried exactly, and what may not say
    /// what its author meant. To be shown to whoever generates.
    pub notices: Vec<Notice>,
    /// How many operations are skipped.
    pub skipped: usize,
    /// How many schemas the contract has, not counting those of skipped operations.
    pub schemas: usize,
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
    schema_types: SchemaTypes,
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

    /// Returns the type that values of a schema have, as code spells it that depends on the crate;
    /// `None` if the schema is not read where it is, such as that of a skipped operation.
    pub fn schema_type(&self, schema: &Pointer) -> Option<String> {
        let library = self.crate_name.replace('-', "_");
        self.schema_types.spelled(schema, &library)
    }
}

/// Generates the crate.
///
/// # Errors
///
/// Returns all problems of the contract and the overlay; there is no partial result.
pub fn generate(input: &Input, settings: &Settings) -> Result<Generated, Diagnostics> {
    let (digest, contract) = join_deep(|| inputs_digest(input), || Contract::read(input));
    generate_from(contract?, &digest, settings)
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
    let selected = match settings.only.as_slice() {
        [] => None,
        only => {
            let selected = with_deep_stack(|| selection::select(contract.value(), only));
            Some(selected.map_err(|problems| located(&contract, &problems))?)
        }
    };
    let effective = selected.as_ref().unwrap_or(contract.value());
    let made = with_deep_stack(|| run_passes(&contract, effective, digest, settings))?;
    let Made {
        api,
        ledger,
        schemas,
        notices,
        emitted,
        types,
    } = made;
    Ok(Generated {
        files: emitted.files,
        root_items: emitted.root_items,
        public: emitted.public,
        crate_name: api.info.package.name.clone(),
        operations: api.operations.len(),
        skipped: api.skipped.len(),
        schemas,
        notices,
        schema_types: SchemaTypes::new(types, &api.types),
        types: api.types.len(),
        summary: summary::summary(&api),
        ledger,
        items: items::items(&api)
            .into_iter()
            .map(|(pointer, item)| (dialect::origin(effective, &pointer), item))
            .collect(),
        effective: selected.unwrap_or_else(|| contract.into_value()),
    })
}

fn located(contract: &Contract, problems: &[Problem]) -> Diagnostics {
    let problems = problems.iter();
    Diagnostics::new(problems.map(|problem| contract.diagnose(problem)).collect())
}

/// What the passes made.
struct Made {
    api: model::Api,
    ledger: String,
    schemas: usize,
    notices: Vec<Notice>,
    emitted: emit::Crate,
    types: HashMap<Pointer, model::TypeRef>,
}

/// Runs all passes over the contract. Reading and checking report their problems together.
fn run_passes(
    contract: &Contract,
    author: &Value,
    digest: &str,
    settings: &Settings,
) -> Result<Made, Diagnostics> {
    let diagnose = |problem: &Problem| contract.diagnose(&dialect::as_written(author, problem));
    let located =
        |problems: Vec<Problem>| Diagnostics::new(problems.iter().map(diagnose).collect());
    let rewritten = dialect::to_3_0(author);
    let root = rewritten.root.as_ref();
    let (rejection, reading) = join_deep(|| check::rejection(root), || read::read(root, settings));
    let read::Reading {
        api,
        mut ledger,
        mut problems,
        mut remarks,
        types,
    } = reading;
    let Some(mut api) = api else {
        return Err(located(problems));
    };
    let mut checked = rewritten.remarks;
    checked.extend(check::check(root, &mut api));
    for remark in &checked {
        if let Some(value) = remark.pointer.get(root) {
            ledger.depart(&remark.pointer, value, remark.rule);
        }
    }
    remarks.extend(checked);
    null_and_absence::tell_from_null(root, &mut api, &mut ledger);
    let remarked = remarks.iter().map(|remark| &remark.pointer);
    let dispute = check::dispute(
        rejection,
        remarked.chain(problems.iter().map(|problem| &problem.pointer)),
    );
    remarks.extend(dispute);
    let denied = remarks
        .iter()
        .filter(|remark| settings.deny.denies(remark.rule));
    problems.extend(denied.map(Remark::problem));
    if !problems.is_empty() {
        return Err(located(problems));
    }
    let mut notices: Vec<_> = remarks
        .iter()
        .map(|remark| Notice {
            rule: remark.rule,
            diagnostic: diagnose(&remark.problem()),
        })
        .collect();
    notices.sort();
    notices.dedup();
    let ((rendered, schemas), emitted) = join_deep(
        || (ledger.render(root), ledger.schemas(root)),
        || emit_crate(author, &api, digest, settings, &notices),
    );
    let emitted = emitted.map_err(|reason| {
        located(vec![Problem::new(
            Pointer::root(),
            format!("internal error: the generator failed on this contract: {reason}"),
            "please report it, with the contract",
        )])
    })?;
    Ok(Made {
        api,
        ledger: rendered,
        schemas,
        notices,
        emitted,
        types,
    })
}

/// Lowers the model and emits the crate. Nothing here depends on the contract being valid: what
/// fails is the generator.
fn emit_crate(
    root: &Value,
    api: &model::Api,
    digest: &str,
    settings: &Settings,
    notices: &[Notice],
) -> Result<emit::Crate, String> {
    let lowered = lower::lower(api).map_err(|error| error.to_string())?;
    let rust_types = progenitor::rust_types(&lowered)?;
    emit::emit(&emit::Context {
        api,
        names: api.types.iter().map(|def| def.name.as_str()).collect(),
        rust_types: &rust_types,
        groups: groups::Groups::new(api, settings.features_by_tag),
        effective: root,
        digest,
        settings,
        notices,
    })
}

/// The SHA-256 of contract and overlay, which identifies what a file was made from.
fn inputs_digest(input: &Input) -> String {
    let mut hash = Sha256::new();
    // The same contract with other line ends is the same contract.
    hash.update(unix(&input.spec.text).as_ref());
    for (path, document) in &input.spec.documents {
        hash.update([1]);
        hash.update(path);
        hash.update([0]);
        hash.update(unix(&document.text).as_ref());
    }
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
