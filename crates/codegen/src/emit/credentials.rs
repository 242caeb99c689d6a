//! The credentials that a method sends: those of the first alternative for which the client has
//! all credentials.

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use crate::model::{Operation, Scheme, SchemeKind};
use crate::names::ident;

/// Whether one of the alternatives puts a key into the URL.
pub(super) fn are_in_url(context: &Context<'_>, operation: &Operation) -> bool {
    !in_url(context, operation).is_empty()
}

/// Adds keys to `url`.
pub(super) fn in_url(context: &Context<'_>, operation: &Operation) -> TokenStream {
    chain(context, operation, |scheme| {
        let name = ident(&scheme.ident);
        match &scheme.kind {
            SchemeKind::Query(wire) => {
                Some(quote! { url.query_pairs_mut().append_pair(#wire, #name); })
            }
            _ => None,
        }
    })
}

/// Whether a header is the one that all cookies share.
pub(super) fn is_cookie_header(name: &str) -> bool {
    name.eq_ignore_ascii_case("cookie")
}

/// Whether an alternative sends cookies from several credentials, which go into one header.
pub(super) fn are_several_cookies(context: &Context<'_>, operation: &Operation) -> bool {
    let is_cookie = |index: &&usize| {
        let scheme = context.api.schemes.get(**index);
        scheme.is_some_and(|scheme| is_cookie(&scheme.kind))
    };
    let mut alternatives = operation.security.iter();
    alternatives.any(|one| one.iter().filter(is_cookie).count() > 1)
}

fn is_cookie(kind: &SchemeKind) -> bool {
    match kind {
        SchemeKind::Cookie(_) => true,
        SchemeKind::Header(header) => is_cookie_header(header),
        _ => false,
    }
}

/// Adds headers to `request`, and cookies to `cookies` if those are gathered.
pub(super) fn in_headers(
    context: &Context<'_>,
    operation: &Operation,
    gathers_cookies: bool,
) -> TokenStream {
    chain(context, operation, |scheme| {
        let name = ident(&scheme.ident);
        match &scheme.kind {
            SchemeKind::Bearer => Some(quote! {
                request = request.header(::reqwest::header::AUTHORIZATION, #name.clone());
            }),
            SchemeKind::Basic => Some(quote! {
                request = request.basic_auth(&#name.0, Some(&#name.1));
            }),
            kind if gathers_cookies && is_cookie(kind) => {
                Some(quote! { cookies.push(#name.clone()); })
            }
            SchemeKind::Header(header) => {
                Some(quote! { request = request.header(#header, #name.clone()); })
            }
            SchemeKind::Cookie(_) => Some(quote! {
                request = request.header(::reqwest::header::COOKIE, #name.clone());
            }),
            SchemeKind::Query(_) => None,
        }
    })
}

/// `if … {} else if … {}` over the alternatives; empty if `step` does nothing in any.
fn chain(
    context: &Context<'_>,
    operation: &Operation,
    step: impl Fn(&Scheme) -> Option<TokenStream>,
) -> TokenStream {
    let mut alternatives: Vec<Vec<(&Scheme, Option<TokenStream>)>> = Vec::new();
    for alternative in operation.security.iter().filter(|one| !one.is_empty()) {
        let schemes = alternative
            .iter()
            .filter_map(|index| context.api.schemes.get(*index));
        // Alternatives that differ only in scopes are one here.
        let mut earlier = operation
            .security
            .iter()
            .take_while(|one| !std::ptr::eq(*one, alternative));
        if !earlier.any(|one| one == alternative) {
            alternatives.push(schemes.map(|scheme| (scheme, step(scheme))).collect());
        }
    }
    let acts =
        |one: &Vec<(&Scheme, Option<TokenStream>)>| one.iter().any(|(_, step)| step.is_some());
    let Some(last) = alternatives.iter().rposition(acts) else {
        return TokenStream::new();
    };
    let mut chain = TokenStream::new();
    for alternative in alternatives.iter().take(last + 1) {
        let condition = condition(alternative);
        let steps = alternative.iter().filter_map(|(_, step)| step.as_ref());
        let otherwise = (!chain.is_empty()).then(|| quote! { else });
        chain.extend(quote! { #otherwise if #condition { #(#steps)* } });
    }
    chain
}

/// Whether the client has all credentials of one alternative; binds those that are sent.
fn condition(alternative: &[(&Scheme, Option<TokenStream>)]) -> TokenStream {
    let fields: Vec<_> = alternative
        .iter()
        .map(|(scheme, _)| ident(&scheme.ident))
        .collect();
    let bound: Vec<_> = alternative
        .iter()
        .zip(&fields)
        .map(|((_, step), field)| match step {
            Some(_) => quote! { #field },
            None => quote! { _ },
        })
        .collect();
    match (fields.as_slice(), alternative) {
        ([field], [(_, None)]) => quote! { self.#field.is_some() },
        ([field], _) => quote! { let Some(#field) = &self.#field },
        _ => quote! { let (#(Some(#bound)),*) = (#(&self.#fields),*) },
    }
}
