//! `endpoints.rs`: where the service and its operations are, for whoever calls or serves them.

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use super::docs::{doc, paragraph};
use super::emitted::Emitted;
use super::markdown::{markdown, quoted};
use super::needs::Needs;
use super::print::{Printed, Printer};
use crate::model::Operation;
use crate::names::{Names, ident};
use crate::public_api::Module;
use crate::reserved::CONSTANTS;
use crate::template::Template;

/// Whether a crate has the file.
pub(super) fn has_any(context: &Context<'_>) -> bool {
    context.api.server.is_some() || context.has_client()
}

/// The names of the constants that operations' paths have.
fn path_names(context: &Context<'_>) -> Vec<String> {
    let mut names = Names::reserving(CONSTANTS);
    let operations = context.api.operations.iter();
    operations
        .map(|operation| names.take(&format!("{}_PATH", operation.ident.to_uppercase())))
        .collect()
}

/// The names of all constants.
pub(super) fn names(context: &Context<'_>) -> Vec<String> {
    let base_url = context.api.server.iter().map(|_| "BASE_URL".to_owned());
    let mut names: Vec<_> = base_url.chain(path_names(context)).collect();
    names.sort();
    names
}

pub(super) fn file(context: &Context<'_>) -> Result<Printed, String> {
    let operations = context.api.operations.iter().zip(path_names(context));
    let paths = operations.map(|(operation, name)| path(context, operation, &name));
    let (base_url, paths) = (base_url(context), paths.collect::<TokenStream>());
    let mut printer = Printer::new(context, Module::Root);
    printer.add(Emitted::new(quote! { #base_url #paths }, Needs::default())?);
    printer.finish("//! Where the service and its operations are.")
}

fn base_url(context: &Context<'_>) -> Option<TokenStream> {
    let server = context.api.server.as_ref()?;
    let url = &server.base_url;
    let mut text = "The base URL of the service, according to the contract.".to_owned();
    paragraph(
        &mut text,
        markdown(server.description.as_deref().unwrap_or_default()),
    );
    let docs = doc(&text);
    Some(quote! {
        #docs
        pub const BASE_URL: &str = #url;
    })
}

/// The path of one operation.
fn path(context: &Context<'_>, operation: &Operation, name: &str) -> TokenStream {
    let (name, template) = (ident(name), Template::new(&operation.path));
    let path = template.path;
    let without = if template.rest.is_empty() {
        ","
    } else {
        ", without what follows it,"
    };
    let own_server = operation.own_server;
    let own_server = own_server.and_then(|index| context.api.own_servers.get(index));
    let base_url = match own_server {
        Some(own) => quoted(&own.server.base_url),
        None => "the base URL".to_owned(),
    };
    let docs = doc(&format!(
        "The path of `{} {}`{without} below {base_url}.",
        operation.method, operation.path
    ));
    quote! {
        #docs
        pub const #name: &str = #path;
    }
}
