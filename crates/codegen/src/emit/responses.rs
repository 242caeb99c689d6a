//! What a method makes of a response: a match over the status.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::Context;
use super::needs::Needs;
use super::runtime::Part;
use crate::model::{self, Format, Operation, Response, Shape, Status, Type, TypeRef};
use crate::names::ident;

/// What a method does with a response of some statuses.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Action {
    is_success: bool,
    /// The enum and the variant for the response, if the operation has several responses.
    variant: Option<(String, String)>,
    body: Body,
}

/// What a response carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Body {
    None,
    /// Integers and nothing else, which are read by their values: `1.0` is one.
    Integers,
    Other,
    Text,
    /// What is read as it comes: the function that makes a stream of a response.
    Stream(Stream),
}

/// What a response that is read as it comes consists of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stream {
    Bytes,
    Events,
    Lines,
}

/// Whether a successful response of an operation is read as it comes.
pub(super) fn has_stream(operation: &Operation) -> bool {
    let is_stream = |type_ref: &TypeRef| matches!(type_ref.ty, Type::Stream(_));
    let mut responses = operation.responses.iter();
    responses.any(|response| response.type_ref.as_ref().is_some_and(is_stream))
}

/// The error for a response that the contract does not describe.
pub(super) fn undocumented(streams: bool, needs: &mut Needs) -> TokenStream {
    if streams {
        let refused = needs.function(Part::Refused);
        quote! { #refused(response).await }
    } else {
        needs.insert(Part::Send);
        quote! { crate::transport::undocumented(response) }
    }
}

/// The arms of the match. Ranges come after codes, `default` after ranges.
pub(super) fn arms(context: &Context<'_>, operation: &Operation, needs: &mut Needs) -> TokenStream {
    let streams = has_stream(operation);
    let succeeds = operation
        .responses
        .iter()
        .any(|response| response.status.is_success());
    let mut arms: Vec<(Vec<TokenStream>, Action)> = Vec::new();
    let mut add = |pattern: TokenStream, action: Action| match arms.last_mut() {
        Some((patterns, last)) if *last == action => patterns.push(pattern),
        _ => arms.push((vec![pattern], action)),
    };
    for response in &operation.responses {
        let succeeded = action(context, operation.success.as_ref(), response, true);
        let failed = action(context, operation.failure.as_ref(), response, false);
        let documented = if response.status.is_success() {
            succeeded.clone()
        } else {
            failed.clone()
        };
        match response.status {
            Status::Code(code) => {
                let code = Literal::u16_unsuffixed(code);
                add(quote! { #code }, documented);
            }
            Status::Range(range) => {
                let low = Literal::u16_unsuffixed(range * 100);
                let high = Literal::u16_unsuffixed(range * 100 + 99);
                add(quote! { #low..=#high }, documented);
            }
            Status::Default => {
                if !succeeds {
                    add(quote! { 200..=299 }, succeeded);
                }
                let has_range = |range| {
                    let mut others = operation.responses.iter();
                    others.any(|other| other.status == Status::Range(range))
                };
                match (has_range(4), has_range(5)) {
                    (false, false) => add(quote! { 400..=599 }, failed),
                    (true, false) => add(quote! { 500..=599 }, failed),
                    (false, true) => add(quote! { 400..=499 }, failed),
                    (true, true) => {}
                }
            }
        }
    }
    arms.into_iter()
        .map(|(patterns, action)| {
            let body = action.tokens(streams, needs);
            quote! { #(#patterns)|* => #body, }
        })
        .collect()
}

fn action(
    context: &Context<'_>,
    whole: Option<&TypeRef>,
    response: &Response,
    is_success: bool,
) -> Action {
    Action {
        is_success,
        variant: variant(context, whole, response.status),
        body: match &response.type_ref {
            None => Body::None,
            Some(type_ref) => body(type_ref, response.format == Format::Text, is_success),
        },
    }
}

fn body(type_ref: &TypeRef, is_text: bool, is_success: bool) -> Body {
    match &type_ref.ty {
        Type::Stream(_) if !is_success => Body::None,
        Type::Stream(model::Stream::Bytes) => Body::Stream(Stream::Bytes),
        Type::Stream(model::Stream::Events(_)) => Body::Stream(Stream::Events),
        Type::Stream(model::Stream::Lines(_)) => Body::Stream(Stream::Lines),
        _ if is_text => Body::Text,
        _ if type_ref.is_integers() => Body::Integers,
        _ => Body::Other,
    }
}

/// The enum by status that an operation returns, and its variant for this response.
fn variant(
    context: &Context<'_>,
    whole: Option<&TypeRef>,
    status: Status,
) -> Option<(String, String)> {
    let Type::Named(id) = whole?.ty else {
        return None;
    };
    let def = context.api.types.get(id)?;
    let Shape::Outcome(outcomes) = &def.shape else {
        return None;
    };
    let outcome = outcomes.iter().find(|outcome| outcome.status == status)?;
    Some((def.name.clone(), outcome.ident.clone()))
}

impl Action {
    /// What the method returns; `streams` says that the response is not read yet.
    fn tokens(&self, streams: bool, needs: &mut Needs) -> TokenStream {
        let variant = self.variant.as_ref().map(|(name, variant)| {
            let (name, variant) = (ident(name), ident(variant));
            quote! { crate::types::#name::#variant }
        });
        let convert = self.conversion(variant, needs);
        let response = if streams && self.is_read() {
            let read = needs.function(Part::ReadWhole);
            quote! { #read(response).await? }
        } else {
            quote! { response }
        };
        match (self.is_success, self.body, convert) {
            (false, Body::None | Body::Stream(_), _) => {
                let undocumented = undocumented(streams, needs);
                quote! { Err(#undocumented) }
            }
            (false, Body::Text, convert) => {
                let function = needs.function(Part::TextFailure);
                let convert = convert.unwrap_or_else(|| quote! { ::std::convert::identity });
                quote! { Err(#function(#response, #convert)) }
            }
            (false, _, Some(convert)) => {
                let function = needs.function(Part::FailureAs);
                quote! { Err(#function(#response, #convert)) }
            }
            (false, _, None) => {
                let function = needs.function(Part::Failure);
                quote! { Err(#function(#response)) }
            }
            (true, Body::None, Some(convert)) => {
                let function = needs.function(Part::WithoutBody);
                quote! { Ok(#function(#response).map(#convert)) }
            }
            (true, Body::None, None) => {
                let function = needs.function(Part::WithoutBody);
                quote! { Ok(#function(#response)) }
            }
            (true, Body::Stream(stream), convert) => {
                let function = needs.function(Part::Stream);
                let open = match stream {
                    Stream::Bytes => quote! { crate::byte_stream::ByteStream::new },
                    Stream::Events => quote! { crate::events::EventStream::new },
                    Stream::Lines => quote! { crate::json_lines::JsonLines::new },
                };
                let map = convert.map(|convert| quote! { .map(#convert) });
                quote! { Ok(#function(response, #open) #map) }
            }
            (true, body, Some(convert)) => {
                let function = needs.function(decoder(body));
                let whole = quote! { crate::response::Response };
                quote! { #function(#response).map(|response| #whole::map(response, #convert)) }
            }
            (true, body, None) => {
                let function = needs.function(decoder(body));
                quote! { #function(#response) }
            }
        }
    }

    /// Whether the method reads the response as a whole.
    fn is_read(&self) -> bool {
        !matches!(self.body, Body::Stream(_)) && (self.is_success || self.body != Body::None)
    }

    /// The function from a decoded body to the value of the method, unless they are the same.
    fn conversion(&self, variant: Option<TokenStream>, needs: &mut Needs) -> Option<TokenStream> {
        match self.body {
            Body::None => variant.map(|variant| quote! { |()| #variant }),
            Body::Other | Body::Text | Body::Stream(_) => variant,
            Body::Integers => {
                needs.insert(Part::Integers);
                let value = match variant {
                    Some(variant) => quote! { #variant(value) },
                    None => quote! { value },
                };
                Some(quote! { |crate::integers::Read(value)| #value })
            }
        }
    }
}

fn decoder(body: Body) -> Part {
    match body {
        Body::Text => Part::DecodeText,
        _ => Part::Decode,
    }
}
