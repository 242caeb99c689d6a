//! From the model and the Rust types to the files of a crate.
//!
//! Each pass returns items, and what they need of the runtime and of other crates. Passes write
//! absolute paths (`::std::option::Option`, `crate::types::Pet`); the printer shortens and imports
//! them. Which parts of the runtime go into the crate, and which crates it depends on, follows
//! from what all items need.

mod body;
mod check_calls;
mod client;
mod constrained;
mod contract;
mod crate_root;
mod credentials;
mod docs;
mod emitted;
mod endpoints;
mod enums;
mod fixed_point;
mod grouped;
mod hashable;
mod imports;
mod json_views;
mod limits;
mod manifest;
mod markdown;
mod method_docs;
mod needs;
mod operation;
mod print;
mod readme;
mod responses;
mod runtime;
mod sample;
mod size_limits;
mod structs;
mod styles;
mod types;
mod unions;
mod url;

pub(crate) use markdown::quoted;

use std::collections::{BTreeMap, HashSet};

use bigmodel_rerank_openapi::join_deep;
use serde_json::Value;

use self::constrained::Constrained;
use self::grouped::PrintedFiles;
use self::print::Printed;
use self::runtime::{Part, Parts};
use crate::Settings;
use crate::groups::Groups;
use crate::model::Api;
use crate::progenitor::RustTypes;
use crate::public_api::PublicItem;
use crate::rules::Notice;

/// What every pass needs to know.
pub(crate) struct Context<'a> {
    pub(crate) api: &'a Api,
    /// The names of its types.
    pub(crate) names: HashSet<&'a str>,
    pub(crate) rust_types: &'a RustTypes,
    /// Which files of a large crate have what.
    pub(crate) groups: Groups,
    /// The contract after its overlay.
    pub(crate) effective: &'a Value,
    /// The digest of contract and overlay.
    pub(crate) digest: &'a str,
    pub(crate) settings: &'a Settings,
    /// What is not carried exactly, and what is remarkable.
    pub(crate) notices: &'a [Notice],
}

impl Context<'_> {
    fn has_client(&self) -> bool {
        !self.api.operations.is_empty()
    }
}

/// A crate.
#[derive(Debug)]
pub(crate) struct Crate {
    /// The files, by path.
    pub(crate) files: BTreeMap<String, String>,
    /// The items of `src/lib.rs`, without the attributes and documentation of the crate.
    pub(crate) root_items: String,
    /// The public items that come from the contract.
    pub(crate) public: Vec<PublicItem>,
}

/// The crates that the emitted code uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Dependencies {
    /// Whether there is an HTTP client.
    client: bool,
    /// Whether the types use `serde_json`.
    serde_json: bool,
    /// Whether limits use `regress`.
    regress: bool,
    /// Whether requests carry bytes, which may come from a stream.
    uploads: bool,
    /// Whether requests carry forms in `multipart/form-data`.
    multipart: bool,
}

/// Emits the crate.
///
/// The types are half of the work, and are written at the same time as the rest.
pub(crate) fn emit(context: &Context<'_>) -> Result<Crate, String> {
    let (types, others) = join_deep(|| types::file(context), || all_but_types(context));
    let (types, others) = (types?, others?);
    let Others {
        limits,
        client,
        endpoints,
        contract,
    } = others;
    let mut parts = Parts::default();
    let mut needs = types.needs;
    needs.extend(limits.needs);
    parts.types = needs.parts();
    parts.named = needs.named();
    if let Some(client) = &client {
        parts.named.extend(client.needs.named());
        parts.client = client.needs.parts();
    }
    let dependencies = Dependencies {
        client: context.has_client(),
        serde_json: needs.serde_json,
        regress: parts.contains(Part::Pattern),
        uploads: parts.contains(Part::Upload),
        multipart: parts.contains(Part::Multipart),
    };
    let mut public = types.public;
    public.extend(limits.public);
    public.extend(parts.public());
    let mut files = parts.files(context);
    let mut add = |name: &str, text: String| files.insert(format!("src/{name}.rs"), text);
    add("validation", print::runtime(context, runtime::VALIDATION));
    if let Some(printed) = endpoints {
        add("endpoints", printed.text);
        public.extend(printed.public);
    }
    if context.has_client() {
        add("error", print::runtime(context, runtime::ERROR));
        add("response", print::runtime(context, runtime::RESPONSE));
    }
    let root = crate_root::root(context, &parts);
    public.extend(root.public);
    add("lib", root.attributes + &root.items);
    files.extend(types.files.into_iter().chain(limits.files));
    if let Some(client) = client {
        files.extend(client.files);
        public.extend(client.public);
    }
    files.insert(contract::PATH.to_owned(), contract);
    files.insert(
        "Cargo.toml".to_owned(),
        manifest::cargo_toml(context, dependencies),
    );
    files.insert("README.md".to_owned(), readme::file(context, dependencies));
    let texts = context.settings.license_texts.iter();
    files.extend(texts.map(|(name, text)| (name.clone(), manifest::license(context, text))));
    Ok(Crate {
        files,
        root_items: root.items,
        public,
    })
}

/// What comes from the contract, except the types.
struct Others {
    limits: PrintedFiles,
    client: Option<PrintedFiles>,
    endpoints: Option<Printed>,
    contract: String,
}

fn all_but_types(context: &Context<'_>) -> Result<Others, String> {
    let constrained = Constrained::new(&context.api.types);
    let client = context
        .has_client()
        .then(|| client::file(context, &constrained));
    let endpoints = endpoints::has_any(context).then(|| endpoints::file(context));
    Ok(Others {
        limits: limits::file(context, &constrained)?,
        client: client.transpose()?,
        endpoints: endpoints.transpose()?,
        contract: contract::file(context)?,
    })
}
