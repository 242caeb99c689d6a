//! The URL of a request: the path with its parameters, and the query.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Context, credentials};
use crate::model::{ListStyle, Operation, Param, ParameterLocation, Scalar, Type};
use crate::names::ident;

/// A part of the path between two slashes: text and names in turn.
pub(super) struct Segment<'a> {
    parts: Vec<Part<'a>>,
}

enum Part<'a> {
    Text(&'a str),
    Name(&'a str),
}

pub(super) fn segments(path: &str) -> Vec<Segment<'_>> {
    let path = path.strip_prefix('/').unwrap_or(path);
    // A slash within braces is part of the name.
    let mut depth = 0;
    let cuts = path.split(|c| {
        match c {
            '{' => depth = 1,
            '}' => depth = 0,
            _ => {}
        }
        c == '/' && depth == 0
    });
    cuts.map(|segment| {
        let mut parts = Vec::new();
        let mut rest = segment;
        while let Some((text, tail)) = rest.split_once('{') {
            let (name, tail) = tail.split_once('}').unwrap_or((tail, ""));
            parts.extend((!text.is_empty()).then_some(Part::Text(text)));
            parts.push(Part::Name(name));
            rest = tail;
        }
        parts.extend((!rest.is_empty()).then_some(Part::Text(rest)));
        Segment { parts }
    })
    .collect()
}

impl Segment<'_> {
    pub(super) fn names(&self) -> Vec<&str> {
        let names = self.parts.iter().filter_map(|part| match part {
            Part::Name(name) => Some(*name),
            Part::Text(_) => None,
        });
        names.collect()
    }

    pub(super) fn is_dynamic(&self) -> bool {
        !self.names().is_empty()
    }

    /// An expression of type `&str`.
    pub(super) fn expression(&self, operation: &Operation) -> TokenStream {
        let texts = self.parts.iter().map(|part| match part {
            Part::Text(text) => quote! { #text },
            Part::Name(name) => {
                let mut params = operation.params.iter();
                let param = params
                    .find(|param| param.location == ParameterLocation::Path && param.wire == *name);
                match param {
                    Some(param) => {
                        let name = ident(&param.ident);
                        text_of(param, &quote! { #name })
                    }
                    None => quote! { "" },
                }
            }
        });
        let texts: Vec<_> = texts.collect();
        match texts.as_slice() {
            [] => quote! { "" },
            [only] => only.clone(),
            several => quote! { &[#(#several),*].concat() },
        }
    }
}

/// The text of a parameter, as an expression of type `&str`.
fn text_of(param: &Param, value: &TokenStream) -> TokenStream {
    match &param.type_ref.ty {
        Type::Array(_) => {
            let joined = joined(param, value);
            quote! { &#joined }
        }
        ty => scalar_text(ty, value),
    }
}

/// The text of one value that is not a list, as an expression of type `&str`.
fn scalar_text(ty: &Type, value: &TokenStream) -> TokenStream {
    match ty {
        Type::Scalar(Scalar::String) => value.clone(),
        Type::Named(_) => quote! { #value.as_str() },
        _ => quote! { &#value.to_string() },
    }
}

/// The text of a parameter, as an owned string.
pub(super) fn owned_text(param: &Param, value: &TokenStream) -> TokenStream {
    match &param.type_ref.ty {
        Type::Array(_) => joined(param, value),
        _ => quote! { #value.to_string() },
    }
}

/// The items of a list in one string.
fn joined(param: &Param, value: &TokenStream) -> TokenStream {
    let separator = match param.list_style {
        ListStyle::Joined(separator) => separator.to_string(),
        // Only a query repeats a name.
        ListStyle::Repeated => ",".to_owned(),
    };
    quote! {
        #value.iter().map(|item| item.to_string()).collect::<::std::vec::Vec<_>>().join(#separator)
    }
}

/// Binds `url`.
pub(super) fn url(context: &Context<'_>, operation: &Operation) -> TokenStream {
    let texts: Vec<_> = segments(&operation.path)
        .iter()
        .map(|segment| segment.expression(operation))
        .collect();
    let keys = credentials::in_url(context, operation);
    let query = operation
        .params
        .iter()
        .filter(|param| param.location == ParameterLocation::Query);
    let pairs: Vec<_> = query
        .map(|param| {
            let (name, wire) = (ident(&param.ident), &param.wire);
            let append = |value: TokenStream| match (&param.type_ref.ty, param.list_style) {
                (Type::Array(items), ListStyle::Repeated) => {
                    let text = scalar_text(&items.ty, &quote! { item });
                    quote! {
                        for item in #value {
                            url.query_pairs_mut().append_pair(#wire, #text);
                        }
                    }
                }
                _ => {
                    let text = text_of(param, &value);
                    quote! { url.query_pairs_mut().append_pair(#wire, #text); }
                }
            };
            if param.required {
                append(quote! { #name })
            } else {
                let inner = append(quote! { value });
                quote! { if let Some(value) = #name { #inner } }
            }
        })
        .collect();
    let mutable = (!pairs.is_empty() || !keys.is_empty()).then(|| quote! { mut });
    quote! {
        let #mutable url = crate::transport::url(&self.base_url, &[#(#texts),*]);
        #(#pairs)*
        #keys
    }
}
