//! The URL of a request: the path with its parameters, and the query.

use proc_macro2::TokenStream;
use quote::quote;

use bigmodel_rerank_openapi::reference::percent_decoded;

use super::needs::Needs;
use super::runtime::Part as RuntimePart;
use super::{Context, credentials, styles};
use crate::model::{ListForm, Operation, Param, ParameterLocation, Scalar, Type, Writing};
use crate::names::ident;
use crate::template::Template;

/// A part of the path between two slashes: text and names in turn.
pub(super) struct Segment<'a> {
    parts: Vec<Part<'a>>,
}

enum Part<'a> {
    /// Without percent-encoding.
    Text(String),
    Name(&'a str),
}

pub(super) fn segments(path: &str) -> Vec<Segment<'_>> {
    let path = Template::new(path).path;
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
            parts.extend(literal(text));
            parts.push(Part::Name(name));
            rest = tail;
        }
        parts.extend(literal(rest));
        Segment { parts }
    })
    .collect()
}

/// The text of a template, which is sent as it is written there, percent-encoding included.
fn literal(text: &str) -> Option<Part<'_>> {
    let text = percent_decoded(text).into_owned();
    (!text.is_empty()).then_some(Part::Text(text))
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

    /// An expression of type `&str`: the segment without percent-encoding.
    pub(super) fn expression(&self, operation: &Operation) -> TokenStream {
        let texts: Vec<_> = self
            .parts
            .iter()
            .map(|part| match part {
                Part::Text(text) => quote! { #text },
                Part::Name(name) => match path_param(operation, name) {
                    Some(param) => {
                        let name = ident(&param.ident);
                        text_of(param, &quote! { #name })
                    }
                    None => quote! { "" },
                },
            })
            .collect();
        match texts.as_slice() {
            [] => quote! { "" },
            [only] => only.clone(),
            // Of strings and borrowed texts alike.
            several => quote! { &<[&str]>::concat(&[#(#several),*]) },
        }
    }

    /// An expression of type `String`: the segment with percent-encoding, and its lists with bare
    /// commas.
    fn encoded(&self, operation: &Operation) -> TokenStream {
        let list = quote! { crate::transport::segment_list };
        let texts: Vec<_> = self
            .parts
            .iter()
            .map(|part| match part {
                Part::Text(text) => quote! { #list([#text]) },
                Part::Name(name) => match path_param(operation, name) {
                    Some(param) => {
                        let name = ident(&param.ident);
                        if styles::is_styled(param) {
                            // Encoded when it was checked.
                            quote! { #name }
                        } else if matches!(param.type_ref.ty, Type::Array(_)) {
                            let items = items(param, &quote! { #name });
                            quote! { #list(#items) }
                        } else {
                            let text = text_of(param, &quote! { #name });
                            quote! { #list([#text]) }
                        }
                    }
                    None => quote! { ::std::string::String::new() },
                },
            })
            .collect();
        match texts.as_slice() {
            [only] => only.clone(),
            several => quote! { [#(#several),*].concat() },
        }
    }
}

fn path_param<'a>(operation: &'a Operation, name: &str) -> Option<&'a Param> {
    let mut params = operation.params.iter();
    params.find(|param| param.location == ParameterLocation::Path && param.wire == *name)
}

/// Adds a parameter to the query, whose items are joined with a delimiter.
fn append_query(
    wire: &str,
    items: &TokenStream,
    delimiter: &str,
    needs: &mut Needs,
) -> TokenStream {
    let list = needs.function(RuntimePart::QueryList);
    let append = needs.function(RuntimePart::QueryText);
    quote! { #append(&mut url, &#list(#wire, #items, #delimiter)); }
}

/// The text of a parameter, as an expression of type `&str`; of one that is styled, the text that
/// was made of it.
fn text_of(param: &Param, value: &TokenStream) -> TokenStream {
    if styles::is_styled(param) {
        return quote! { &#value };
    }
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

/// The items of a list in one string, without encoding.
fn joined(param: &Param, value: &TokenStream) -> TokenStream {
    let items = items(param, value);
    let separator = match param.writing {
        Writing::Plain(ListForm::Joined(separator)) => separator.to_string(),
        // Only a query repeats a name.
        _ => ",".to_owned(),
    };
    quote! { #items.collect::<::std::vec::Vec<_>>().join(#separator) }
}

/// An iterator over the texts of a list; null has none.
fn items(param: &Param, value: &TokenStream) -> TokenStream {
    let present = match &param.type_ref.ty {
        Type::Array(items) if items.nullable => quote! { #value.iter().flatten() },
        _ => quote! { #value.iter() },
    };
    quote! { #present.map(|item| item.to_string()) }
}

/// Binds `url`.
pub(super) fn url(context: &Context<'_>, operation: &Operation, needs: &mut Needs) -> TokenStream {
    let template = Template::new(&operation.path);
    let segments = segments(&operation.path);
    let is_encoded = operation.params.iter().any(|param| {
        let is_list = matches!(param.type_ref.ty, Type::Array(_));
        param.location == ParameterLocation::Path && (is_list || styles::is_styled(param))
    });
    let own_server = operation
        .own_server
        .and_then(|index| context.api.own_servers.get(index));
    let base_url = match own_server {
        Some(own) => ident(&own.ident),
        None => ident("base_url"),
    };
    let url = if is_encoded {
        let join = needs.function(RuntimePart::ListUrl);
        let texts = segments.iter().map(|segment| segment.encoded(operation));
        quote! { #join(&self.#base_url, &[#(#texts),*]) }
    } else {
        let join = needs.function(RuntimePart::Url);
        let texts = segments.iter().map(|segment| segment.expression(operation));
        quote! { #join(&self.#base_url, &[#(#texts),*]) }
    };
    let keys = credentials::in_url(context, operation);
    let query = operation
        .params
        .iter()
        .filter(|param| param.location == ParameterLocation::Query);
    let pairs: Vec<_> = query
        .map(|param| {
            let (name, wire) = (ident(&param.ident), &param.wire);
            let mut append = |value: TokenStream| match (&param.type_ref.ty, param.writing) {
                (_, Writing::Json | Writing::Styled(_)) => {
                    let text = styles::text(param, &value, needs);
                    let append = needs.function(RuntimePart::QueryText);
                    quote! { #append(&mut url, &#text); }
                }
                (Type::Array(items), Writing::Plain(ListForm::Repeated)) => {
                    let text = scalar_text(&items.ty, &quote! { item });
                    let present = if items.nullable {
                        quote! { #value.iter().flatten() }
                    } else {
                        value
                    };
                    let append = append_query(wire, &quote! { [#text] }, "", needs);
                    quote! {
                        for item in #present {
                            #append
                        }
                    }
                }
                (Type::Array(_), Writing::Plain(ListForm::Joined(separator))) => {
                    let items = self::items(param, &value);
                    // Of the delimiters, only the comma may be in a URL as it is.
                    let delimiter = match separator {
                        ' ' => "%20".to_owned(),
                        '|' => "%7C".to_owned(),
                        other => other.to_string(),
                    };
                    append_query(wire, &items, &delimiter, needs)
                }
                _ => {
                    let text = text_of(param, &value);
                    append_query(wire, &quote! { [#text] }, "", needs)
                }
            };
            if param.required {
                append(quote! { #name })
            } else {
                let inner = append(quote! { value });
                quote! { if let Some(value) = &options.#name { #inner } }
            }
        })
        .collect();
    let fixed = match &*template.fixed_query() {
        "" => None,
        query => {
            let append = needs.function(RuntimePart::QueryText);
            Some(quote! { #append(&mut url, #query); })
        }
    };
    let is_changed = fixed.is_some() || !pairs.is_empty() || !keys.is_empty();
    let mutable = is_changed.then(|| quote! { mut });
    quote! {
        let #mutable url = #url;
        #fixed
        #(#pairs)*
        #keys
    }
}
