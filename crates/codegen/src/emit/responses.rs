//! What a method makes of a response: a match over the status.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::Context;
use super::needs::Needs;
use super::runtime::Part;
use crate::model::{Operation, Response, Shape, Status, Type, TypeRef};
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
}

/// The arms of the match. Ranges come after codes, `default` after ranges.
pub(super) fn arms(context: &Context<'_>, operation: &Operation, needs: &mut Needs) -> TokenStream {
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
            let body = action.tokens(needs);
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
            Some(type_ref) if type_ref.is_integers() => Body::Integers,
            Some(_) => Body::Other,
        },
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
    fn tokens(&self, needs: &mut Needs) -> TokenStream {
        let variant = self.variant.as_ref().map(|(name, variant)| {
            let (name, variant) = (ident(name), ident(variant));
            quote! { crate::types::#name::#variant }
        });
        let convert = self.conversion(variant, needs);
        match (self.is_success, self.body, convert) {
            (false, Body::None, _) => quote! { Err(crate::transport::undocumented(response)) },
            (false, _, Some(convert)) => {
                let function = needs.function(Part::FailureAs);
                quote! { Err(#function(response, #convert)) }
            }
            (false, _, None) => {
                let function = needs.function(Part::Failure);
                quote! { Err(#function(response)) }
            }
            (true, Body::None, Some(convert)) => {
                let function = needs.function(Part::WithoutBody);
                quote! { Ok(#function(response).map(#convert)) }
            }
            (true, Body::None, None) => {
                let function = needs.function(Part::WithoutBody);
                quote! { Ok(#function(response)) }
            }
            (true, _, Some(convert)) => {
                let function = needs.function(Part::Decode);
                let response = quote! { crate::response::Response };
                quote! { #function(response).map(|response| #response::map(response, #convert)) }
            }
            (true, _, None) => {
                let function = needs.function(Part::Decode);
                quote! { #function(response) }
            }
        }
    }

    /// The function from a decoded body to the value of the method, unless they are the same.
    fn conversion(&self, variant: Option<TokenStream>, needs: &mut Needs) -> Option<TokenStream> {
        match self.body {
            Body::None => variant.map(|variant| quote! { |()| #variant }),
            Body::Other => variant,
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
