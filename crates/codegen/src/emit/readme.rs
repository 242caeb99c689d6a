//! `README.md` of the generated crate, which its documentation shows as well.

use std::collections::BTreeMap;

use super::docs::{paragraph, skipped};
use super::markdown::{markdown, presentable, quoted};
use super::{Context, Dependencies, manifest};
use crate::rules::{Class, Notice, Rule};

pub(super) fn file(context: &Context<'_>, dependencies: Dependencies) -> String {
    let api = context.api;
    let mut text = format!(
        "<!-- @generated from an OpenAPI contract, inputs sha256:{}.\n     \
         Do not edit: change the contract, then run `{}`. -->\n\n# {}",
        context.digest, context.settings.regenerate, api.info.package.name
    );
    paragraph(&mut text, opening(context));
    if let Some(description) = &api.info.description {
        paragraph(&mut text, markdown(description));
    }
    if context.has_client() {
        paragraph(&mut text, methods(context));
    }
    paragraph(
        &mut text,
        markdown(&format!(
            "Types and methods mirror version {} of the contract. Every limit that it sets is \
             checked before a request is sent; the module `validation` has the checks.",
            quoted(&api.info.version)
        )),
    );
    paragraph(&mut text, skipped(&api.skipped));
    paragraph(&mut text, departures(context.notices));
    if context.has_client() {
        let mut sentences =
            "The feature `client`, on by default, is the HTTP client; without it, types and \
                             validation remain."
                .to_owned();
        if context.groups.are_features {
            sentences.push_str(
                " Each tag of the contract is a feature too, on by default: its operations, and the \
                 types that nothing else needs.",
            );
        }
        paragraph(&mut text, markdown(&sentences));
    }
    paragraph(
        &mut text,
        markdown(
            "The whole folder is the crate: copy it into another tree and it builds there. It has \
             no build script and no path dependencies.",
        ),
    );
    paragraph(&mut text, table(dependencies));
    presentable(&text) + "\n"
}

/// The rules by which the crate has less than the contract says; empty if there are none.
fn departures(notices: &[Notice]) -> String {
    let mut counts: BTreeMap<&Rule, usize> = BTreeMap::new();
    for notice in notices {
        if notice.rule.class != Class::Exact {
            let count = counts.entry(notice.rule).or_default();
            *count = count.saturating_add(1);
        }
    }
    if counts.is_empty() {
        return String::new();
    }
    let rows = counts.iter().map(|(rule, count)| {
        let Rule { class, id, carried } = rule;
        format!("\n| {class} | `{id}` | {count} | {carried} |")
    });
    let rows: String = rows.collect();
    let sentence = "Not all of the contract is carried exactly. Values of loose places are kept as \
                    they are on the wire, with less type than the contract gives them:";
    format!(
        "{}\n\n| class | rule | places | the crate has |\n|---|---|---|---|{rows}",
        markdown(sentence)
    )
}

fn opening(context: &Context<'_>) -> String {
    let api = context.api;
    let client = if context.has_client() {
        " and an HTTP client"
    } else {
        ""
    };
    let title = markdown(&api.info.title).replace('\n', " ");
    let mut text = format!("Rust types{client} for {title}.");
    if let Some(server) = &api.server {
        text.push_str(&format!("\nThe service is at `{}`.", server.base_url));
    }
    if let Some(path) = &api.relative_server {
        let path = quoted(path);
        text.push_str(&format!(
            "\nThe contract leaves the host open; the base URL ends with {path}."
        ));
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

/// The dependencies and their reasons.
fn table(dependencies: Dependencies) -> String {
    let dependencies = manifest::list(dependencies);
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
