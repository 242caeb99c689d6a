//! What a method makes of an answer: a match over the status.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::Context;
use crate::model::{Operation, Response, Shape, Status, Type, Use};
use crate::tokens::ident;

/// What each status means. Ranges come after codes, `default` after ranges.
pub(super) fn arms(context: &Context<'_>, operation: &Operation) -> TokenStream {
    let succeeds = operation
        .responses
        .iter()
        .any(|response| response.status.is_success());
    let mut arms: Vec<(Vec<TokenStream>, String, TokenStream)> = Vec::new();
    let mut add = |pattern: TokenStream, body: TokenStream| {
        let key = body.to_string();
        match arms.last_mut() {
            Some((patterns, last, _)) if *last == key => patterns.push(pattern),
            _ => arms.push((vec![pattern], key, body)),
        }
    };
    for response in &operation.responses {
        let succeeded = answer(context, operation.success.as_ref(), response);
        let failed = failure(context, operation.failure.as_ref(), response);
        match response.status {
            status @ Status::Code(code) => {
                let code = Literal::u16_unsuffixed(code);
                add(
                    quote! { #code },
                    if status.is_success() {
                        succeeded
                    } else {
                        failed
                    },
                );
            }
            status @ Status::Range(range) => {
                let low = Literal::u16_unsuffixed(range * 100);
                let high = Literal::u16_unsuffixed(range * 100 + 99);
                add(
                    quote! { #low..=#high },
                    if status.is_success() {
                        succeeded
                    } else {
                        failed
                    },
                );
            }
            Status::Default => {
                if !succeeds {
                    add(quote! { 200..=299 }, succeeded);
                }
                let covered = |range| {
                    operation
                        .responses
                        .iter()
                        .any(|other| other.status == Status::Range(range))
                };
                match (covered(4), covered(5)) {
                    (false, false) => add(quote! { 400..=599 }, failed),
                    (true, false) => add(quote! { 500..=599 }, failed),
                    (false, true) => add(quote! { 400..=499 }, failed),
                    (true, true) => {}
                }
            }
        }
    }
    arms.into_iter()
        .map(|(patterns, _, body)| quote! { #(#patterns)|* => #body, })
        .collect()
}

/// The variant of an outcome enum that stands for this response.
fn variant(context: &Context<'_>, whole: Option<&Use>, status: Status) -> Option<TokenStream> {
    let Type::Named(id) = whole?.ty else {
        return None;
    };
    let def = context.api.types.get(id)?;
    let Shape::Outcome(outcomes) = &def.shape else {
        return None;
    };
    let outcome = outcomes.iter().find(|outcome| outcome.status == status)?;
    let (name, variant) = (ident(&def.name), ident(&outcome.ident));
    Some(quote! { types::#name::#variant })
}

fn answer(context: &Context<'_>, whole: Option<&Use>, response: &Response) -> TokenStream {
    let variant = variant(context, whole, response.status);
    let Some(usage) = &response.usage else {
        return match variant {
            Some(variant) => {
                quote! { Ok(transport::rewrap(transport::without_body(answer), |()| #variant)) }
            }
            None => quote! { Ok(transport::without_body(answer)) },
        };
    };
    match wrap(variant, usage) {
        Some(wrap) => quote! {
            transport::decode(answer).map(|response| transport::rewrap(response, #wrap))
        },
        None => quote! { transport::decode(answer) },
    }
}

fn failure(context: &Context<'_>, whole: Option<&Use>, response: &Response) -> TokenStream {
    let Some(usage) = &response.usage else {
        return quote! { Err(transport::undocumented(answer)) };
    };
    match wrap(variant(context, whole, response.status), usage) {
        Some(wrap) => quote! { Err(transport::failure_as(answer, #wrap)) },
        None => quote! { Err(transport::failure(answer)) },
    }
}

/// What makes the method's value of a decoded body, unless the body is that value.
fn wrap(variant: Option<TokenStream>, usage: &Use) -> Option<TokenStream> {
    if !usage.is_integers() {
        return variant;
    }
    let value = variant.map_or_else(|| quote! { value }, |variant| quote! { #variant(value) });
    Some(quote! { |crate::integers::Read(value)| #value })
}
