//! `lib.rs`: what the crate is, its modules, and what it exports.

use super::Context;
use super::endpoints;
use super::markdown::{markdown, presentable};
use super::print;
use super::runtime::{Folder, Part, Parts};
use crate::public_api::{ItemKind, PublicItem};

/// The root of the crate in its two parts, and the public items that it brings itself.
pub(super) struct Root {
    /// The header, and the documentation and attributes of the crate.
    pub(super) attributes: String,
    /// Modules, exports and constants.
    pub(super) items: String,
    pub(super) public: Vec<PublicItem>,
}

/// A module of the crate.
struct Module {
    name: &'static str,
    /// Whether only the HTTP client needs it.
    client: bool,
    /// Whether it is formatted already, by prettyplease.
    formatted: bool,
    is_public: bool,
    /// What the root exports of it.
    exports: Vec<String>,
}

impl Module {
    fn private(name: &'static str, client: bool) -> Self {
        Self {
            name,
            client,
            formatted: false,
            is_public: false,
            exports: Vec::new(),
        }
    }
}

pub(super) fn root(context: &Context<'_>, parts: &Parts) -> Root {
    let modules = modules(context, parts);
    let mut items = String::new();
    for module in &modules {
        if module.client {
            items.push_str(CLIENT_ONLY);
        }
        if module.formatted {
            items.push_str("#[rustfmt::skip]\n");
        }
        let visibility = if module.is_public { "pub " } else { "" };
        items.push_str(&format!("{visibility}mod {};\n", module.name));
    }
    items.push('\n');
    items.push_str(&exports(context, &modules));
    let mut public: Vec<_> = modules
        .iter()
        .filter(|module| module.is_public)
        .map(|module| PublicItem {
            path: module.name.to_owned(),
            kind: ItemKind::Module,
            declaration: format!("mod {}", module.name),
        })
        .collect();
    if context.has_client() {
        public.push(PublicItem {
            path: "reqwest".to_owned(),
            kind: ItemKind::Crate,
            declaration: "use reqwest".to_owned(),
        });
    }
    items.push_str(
        "\n/// The contract that this crate mirrors, with all corrections: OpenAPI 3.0, as YAML.\n\
         pub const CONTRACT: &str = include_str!(\"../openapi.yaml\");\n",
    );
    public.push(PublicItem {
        path: "CONTRACT".to_owned(),
        kind: ItemKind::Const {
            ty: "&str".to_owned(),
            value: "…".to_owned(),
        },
        declaration: "const CONTRACT: &str = …".to_owned(),
    });
    Root {
        attributes: attributes(context),
        items,
        public,
    }
}

/// What the root exports, sorted as rustfmt sorts it.
fn exports(context: &Context<'_>, modules: &[Module]) -> String {
    let mut exports = Vec::new();
    for module in modules.iter().filter(|module| !module.exports.is_empty()) {
        let cfg = if module.client { CLIENT_ONLY } else { "" };
        let names = match module.exports.as_slice() {
            [only] => only.clone(),
            several => format!("{{{}}}", several.join(", ")),
        };
        let export = format!("{cfg}pub use {}::{names};\n", module.name);
        exports.push((module.name, export));
    }
    if context.has_client() {
        let docs = "/// The HTTP library whose types are part of this crate's API.\n";
        exports.push(("reqwest", format!("{docs}{CLIENT_ONLY}pub use reqwest;\n")));
    }
    exports.sort();
    exports.into_iter().map(|(_, export)| export).collect()
}

const CLIENT_ONLY: &str = "#[cfg(feature = \"client\")]\n";

/// The modules, in alphabetical order, as rustfmt sorts them.
fn modules(context: &Context<'_>, parts: &Parts) -> Vec<Module> {
    let mut modules = vec![
        Module {
            formatted: true,
            ..Module::private("limits", false)
        },
        Module {
            formatted: true,
            is_public: true,
            ..Module::private("types", false)
        },
        Module {
            is_public: true,
            ..Module::private("validation", false)
        },
    ];
    if endpoints::has_any(context) {
        modules.push(Module {
            formatted: true,
            exports: endpoints::names(context),
            ..Module::private("endpoints", false)
        });
    }
    for (folder, name) in Folder::MODULES {
        if parts.has(folder) {
            modules.push(Module::private(name, parts.folder_is_of_client(folder)));
        }
    }
    for (part, name) in [
        (Part::Integers, "integers"),
        (Part::Json, "json"),
        (Part::Objects, "objects"),
        (Part::Tagged, "tagged"),
    ] {
        if parts.contains(part) {
            modules.push(Module::private(name, parts.is_of_client(part)));
        }
    }
    for (part, name) in [
        (Part::ByteStream, "byte_stream"),
        (Part::Events, "events"),
        (Part::JsonLines, "json_lines"),
        (Part::Lines, "lines"),
        (Part::Upload, "upload"),
    ] {
        if parts.contains(part) {
            let exports = part.root_exports().iter();
            modules.push(Module {
                exports: exports.map(|name| (*name).to_owned()).collect(),
                ..Module::private(name, parts.is_of_client(part))
            });
        }
    }
    if context.has_client() {
        let exporting = |name, exports: &[&str]| Module {
            exports: exports.iter().map(|name| (*name).to_owned()).collect(),
            ..Module::private(name, true)
        };
        modules.extend([
            Module {
                formatted: true,
                ..exporting("client", &["Client"])
            },
            exporting("error", &["Error", "SetupError"]),
            exporting("response", &["RawResponse", "Response"]),
        ]);
    }
    modules.sort_by_key(|module| module.name);
    modules
}

/// The header, and the documentation and attributes of the crate.
fn attributes(context: &Context<'_>) -> String {
    let summary = presentable(&summary(context));
    format!(
        "{}//! {summary}\n//!\n#![doc = include_str!(\"../README.md\")]\n\
         #![forbid(unsafe_code)]\n{}{}\n",
        print::header(context, "//"),
        allowances(context),
        without_features(context)
    )
}

/// Without the feature of a tag, what only its operations use is used by none.
fn without_features(context: &Context<'_>) -> String {
    let features = context.groups.features();
    if features.is_empty() {
        return String::new();
    }
    let features: Vec<_> = features
        .iter()
        .map(|name| format!("        feature = {name:?},\n"))
        .collect();
    format!(
        "// Without the feature of a tag, what only its operations use is used by none.\n\
         #![cfg_attr(\n    not(all(\n{}    )),\n    allow(dead_code, unused_imports, unused_macros)\n)]\n",
        features.concat()
    )
}

/// The line that lists of crates and modules show for the crate.
fn summary(context: &Context<'_>) -> String {
    let api = context.api;
    let title = markdown(&api.info.title).replace('\n', " ");
    match api.operations.len() {
        0 => format!("[`types`]: {title}."),
        1 => format!("[`Client`]: {title}, one operation."),
        count => format!("[`Client`]: {title}, {count} operations."),
    }
}

/// Lints that a contract's words and shapes may trigger; none that hides a defect.
fn allowances(context: &Context<'_>) -> String {
    let mut out = String::from(
        "// The contract decides how many parameters there are and how its texts are formatted.\n\
         #![allow(\n    clippy::disallowed_names,\n    clippy::doc_lazy_continuation,\n    clippy::doc_overindented_list_items,\n    \
         clippy::enum_variant_names,\n    clippy::if_same_then_else,\n    clippy::large_enum_variant,\n    clippy::manual_range_patterns,\n    clippy::match_overlapping_arm,\n    clippy::should_implement_trait,\n    \
         clippy::too_many_arguments,\n    clippy::type_complexity,\n    clippy::wrong_self_convention,\n    rustdoc::bare_urls,\n    \
         rustdoc::broken_intra_doc_links,\n    rustdoc::invalid_html_tags\n)]\n",
    );
    let ascii = |name: &str| name.is_ascii();
    let plain = context.api.types.iter().all(|def| ascii(&def.name))
        && context
            .api
            .operations
            .iter()
            .all(|operation| ascii(&operation.ident))
        && context.groups.names.iter().all(|name| ascii(name));
    if !plain || !fields_are_ascii(context) {
        out.push_str(
            "// Names of the contract are not all in Latin letters.\n\
             #![allow(\n    confusable_idents,\n    mixed_script_confusables,\n    non_camel_case_types,\n    \
             non_snake_case,\n    uncommon_codepoints\n)]\n",
        );
    }
    out
}

fn fields_are_ascii(context: &Context<'_>) -> bool {
    use crate::model::Shape;
    let types_fit = context.api.types.iter().all(|def| match &def.shape {
        Shape::Struct(body) => body.fields.iter().all(|field| field.ident.is_ascii()),
        Shape::Enum(body) => body.values.iter().all(|value| value.ident.is_ascii()),
        Shape::Union(_) | Shape::Outcome(_) | Shape::Json(_) => true,
    });
    let params_fit = context
        .api
        .operations
        .iter()
        .all(|operation| operation.params.iter().all(|param| param.ident.is_ascii()));
    types_fit && params_fit
}
