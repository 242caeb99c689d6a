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
    match (variant(context, whole, response.status), &response.usage) {
        (Some(variant), Some(_)) => quote! {
            transport::decode(answer).map(|response| transport::rewrap(response, #variant))
        },
        (Some(variant), None) => {
            quote! { Ok(transport::rewrap(transport::without_body(answer), |()| #variant)) }
        }
        (None, Some(_)) => quote! { transport::decode(answer) },
        (None, None) => quote! { Ok(transport::without_body(answer)) },
    }
}

fn failure(context: &Context<'_>, whole: Option<&Use>, response: &Response) -> TokenStream {
    match (variant(context, whole, response.status), &response.usage) {
        (Some(variant), Some(_)) => quote! { Err(transport::failure_as(answer, #variant)) },
        (None, Some(_)) => quote! { Err(transport::failure(answer)) },
        (_, None) => quote! { Err(transport::undocumented(answer)) },
    }
}
