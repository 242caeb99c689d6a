//! `README.md` of the generated crate, which its documentation shows as well.

use std::collections::BTreeMap;

use super::{Context, docs, manifest};
use crate::tokens::presentable;

pub(super) fn file(context: &Context<'_>, files: &BTreeMap<String, String>) -> String {
    let api = context.api;
    let mut text = format!(
        "<!-- @generated from an OpenAPI contract, inputs sha256:{}.\n     \
         Do not edit: change the contract, then run `{}`. -->\n\n# {}",
        context.digest, context.settings.regenerate, api.package.name
    );
    docs::paragraph(&mut text, opening(context));
    if let Some(description) = &api.description {
        docs::paragraph(&mut text, docs::markdown(description));
    }
    if context.has_client() {
        docs::paragraph(&mut text, methods(context));
    }
    docs::paragraph(
        &mut text,
        docs::markdown(&format!(
            "Types and methods mirror version {} of the contract. Every limit that it sets is \
             checked before a request is sent; the module `validation` has the checks.",
            docs::quoted(&api.version)
        )),
    );
    docs::paragraph(&mut text, docs::left_out(&api.left_out));
    if context.has_client() {
        docs::paragraph(
            &mut text,
            docs::markdown(
                "The feature `client`, on by default, is the HTTP client; without it, types and \
                 validation remain.",
            ),
        );
    }
    docs::paragraph(
        &mut text,
        docs::markdown(
            "The whole folder is the crate: copy it into another tree and it builds there. It has \
             no build script and no path dependencies.",
        ),
    );
    docs::paragraph(&mut text, dependencies(context, files));
    presentable(&text) + "\n"
}

fn opening(context: &Context<'_>) -> String {
    let api = context.api;
    let client = if context.has_client() {
        " and an HTTP client"
    } else {
        ""
    };
    let title = docs::markdown(&api.title).replace('\n', " ");
    let mut text = format!("Rust types{client} for {title}.");
    if let Some(server) = &api.server {
        text.push_str(&format!("\nThe service is at `{}`.", server.base_url));
    }
    text
}

fn methods(context: &Context<'_>) -> String {
    let rows = context.api.operations.iter().map(|operation| {
        let (name, method, path) = (&operation.ident, operation.method, &operation.path);
        format!("\n| `{name}` | `{method} {path}` |")
    });
    format!(
        "| method | request |\n|---|---|{}",
        rows.collect::<String>()
    )
}

fn dependencies(context: &Context<'_>, files: &BTreeMap<String, String>) -> String {
    let dependencies = manifest::dependencies(context, files);
    let rows = dependencies.iter().map(|dependency| {
        let scope = if dependency.client {
            " (feature `client`)"
        } else {
            ""
        };
        format!("\n| `{}`{scope} | {} |", dependency.name, dependency.reason)
    });
    format!(
        "| dependency | for |\n|---|---|{}",
        rows.collect::<String>()
    )
}
