//! `lib.rs`: what the crate is, in the order in which a reader wants it.

use std::collections::BTreeMap;

use super::{Context, docs, integers, print};
use crate::tokens::presentable;

pub(super) fn file(context: &Context<'_>, files: &BTreeMap<String, String>) -> String {
    let mut out = print::header(context, "//");
    let summary = presentable(&summary(context));
    out.push_str(&format!(
        "//! {summary}\n//!\n#![doc = include_str!(\"../README.md\")]\n"
    ));
    out.push_str("#![forbid(unsafe_code)]\n");
    out.push_str(&allowances(context));
    out.push('\n');
    // In the order that rustfmt wants; what prettyplease has set is left as it is.
    let types = files.get("src/types.rs");
    let types_have_integers = types.is_some_and(|text| integers::used_in(text));
    for (module, client, set, visibility) in [
        ("client", true, true, ""),
        ("error", true, false, ""),
        ("integers", !types_have_integers, false, ""),
        ("json", true, false, ""),
        ("limits", false, true, ""),
        ("response", true, false, ""),
        ("transport", true, false, ""),
        ("types", false, true, "pub "),
        ("validation", false, false, "pub "),
    ] {
        if !files.contains_key(&format!("src/{module}.rs")) {
            continue;
        }
        let cfg = if client {
            "#[cfg(feature = \"client\")]\n"
        } else {
            ""
        };
        let skip = if set { "#[rustfmt::skip]\n" } else { "" };
        out.push_str(&format!("{cfg}{skip}{visibility}mod {module};\n"));
    }
    if context.has_client() {
        let base_url = if context.api.server.is_some() {
            "{BASE_URL, Client}"
        } else {
            "Client"
        };
        out.push_str(&format!(
            "\n#[cfg(feature = \"client\")]\npub use client::{base_url};\n\
             #[cfg(feature = \"client\")]\npub use error::{{Error, SetupError}};\n\
             #[cfg(feature = \"client\")]\npub use response::{{RawResponse, Response}};\n"
        ));
    }
    out.push_str(
        "\n/// The contract that this crate mirrors, with all corrections: OpenAPI 3.0, as YAML.\n\
         pub const CONTRACT: &str = include_str!(\"../openapi.yaml\");\n",
    );
    out
}

/// The line by which lists of crates and modules show the crate.
fn summary(context: &Context<'_>) -> String {
    let api = context.api;
    let title = docs::markdown(&api.title).replace('\n', " ");
    match api.operations.len() {
        0 => format!("[`types`]: {title}."),
        1 => format!("[`Client`]: {title}, one operation."),
        count => format!("[`Client`]: {title}, {count} operations."),
    }
}

/// What a contract's words and shapes may trip over; nothing that hides a defect.
fn allowances(context: &Context<'_>) -> String {
    let mut out = String::from(
        "// The contract decides how many parameters there are and how its words are set.\n\
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
            .all(|operation| ascii(&operation.ident));
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
        Shape::Union(_) | Shape::Outcome(_) | Shape::Broken => true,
    });
    let params_fit = context
        .api
        .operations
        .iter()
        .all(|operation| operation.params.iter().all(|param| param.ident.is_ascii()));
    types_fit && params_fit
}
