//! The calls that check a value's own limits.

use bigmodel_rerank_openapi::{IntegerType, NumberType};
use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Number;

use super::limits::{At, Subject};
use super::needs::Needs;
use super::runtime::Part;
use crate::describe::listed;
use crate::model::{Bound, Scalar, Type, TypeRef};
use crate::read::pattern_flags;

/// The calls that check a value's own limits.
pub(super) fn own_checks(
    type_ref: &TypeRef,
    subject: &Subject,
    at: &At,
    needs: &mut Needs,
) -> TokenStream {
    let limits = &type_ref.limits;
    let Subject {
        receiver,
        reference,
        copy,
    } = subject;
    let at = at.tokens();
    let mut calls = TokenStream::new();
    let size = quote! { #receiver.len() };
    for (part, subject, smallest, largest) in [
        (
            Part::Length,
            reference,
            limits.min_length,
            limits.max_length,
        ),
        (Part::Items, &size, limits.min_items, limits.max_items),
        (
            Part::Members,
            &size,
            limits.min_properties,
            limits.max_properties,
        ),
    ] {
        if smallest.is_some() || largest.is_some() {
            let function = needs.function(part);
            let allowed = sizes(smallest, largest);
            calls.extend(quote! { #function(#subject, #allowed, #at, broken); });
        }
    }
    if limits.unique_items {
        let function = needs.function(unique_items(type_ref));
        calls.extend(quote! { #function(#reference, #at, broken); });
    }
    if let Some(pattern) = &limits.pattern {
        let (function, flags) = (needs.function(Part::Pattern), pattern_flags(pattern));
        calls.extend(quote! { {
            static COMPILED: ::std::sync::LazyLock<Option<::regress::Regex>> =
                ::std::sync::LazyLock::new(|| ::regress::Regex::with_flags(#pattern, #flags).ok());
            #function(#reference, #pattern, COMPILED.as_ref(), #at, broken);
        } });
    }
    if limits.minimum.is_some() || limits.maximum.is_some() {
        let function = needs.function(Part::Number);
        // Bounds are compared in a type that holds both and the value exactly.
        let bounds = [&limits.minimum, &limits.maximum];
        let are_whole = bounds.iter().all(|bound| {
            let bound = bound.as_ref();
            bound.is_none_or(|bound| integer(&bound.value).is_some())
        });
        let is_integer = matches!(type_ref.ty, Type::Scalar(Scalar::Int(_)));
        if is_integer && !are_whole {
            // A whole and a fractional bound are compared apart.
            for (minimum, maximum) in [(&limits.minimum, &None), (&None, &limits.maximum)] {
                calls.extend(number(type_ref, copy, [minimum, maximum], &function, &at));
            }
        } else {
            calls.extend(number(type_ref, copy, bounds, &function, &at));
        }
    }
    if let Some(divisor) = limits.multiple_of {
        let (function, divisor) = (
            needs.function(Part::MultipleOf),
            Literal::i64_unsuffixed(divisor),
        );
        calls.extend(quote! { #function(i128::from(#copy), #divisor, #at, broken); });
    }
    if !limits.one_of.is_empty() {
        let function = needs.function(Part::OneOf);
        calls.extend(one_of(type_ref, copy, &function, &at));
    }
    calls
}

/// A range of sizes.
fn sizes(smallest: Option<u64>, largest: Option<u64>) -> TokenStream {
    let start = smallest.map(Literal::u64_unsuffixed);
    match largest.map(Literal::u64_unsuffixed) {
        Some(end) => quote! { #start..=#end },
        None => quote! { #start.. },
    }
}

/// The call that checks a number against its bounds; nothing if there are none.
fn number(
    type_ref: &TypeRef,
    copy: &TokenStream,
    [minimum, maximum]: [&Option<Bound>; 2],
    function: &TokenStream,
    at: &TokenStream,
) -> Option<TokenStream> {
    let some = minimum.as_ref().or(maximum.as_ref())?;
    let (value, _) = compared(type_ref, &some.value, copy);
    let literal = |bound: &Bound| compared(type_ref, &bound.value, copy).1;
    let is_exclusive = |bound: &Option<Bound>| bound.as_ref().is_some_and(|bound| bound.exclusive);
    let allowed = if is_exclusive(minimum) || is_exclusive(maximum) {
        let bound = |bound: &Option<Bound>| match bound {
            None => quote! { ::std::ops::Bound::Unbounded },
            Some(bound) => {
                let limit = literal(bound);
                if bound.exclusive {
                    quote! { ::std::ops::Bound::Excluded(#limit) }
                } else {
                    quote! { ::std::ops::Bound::Included(#limit) }
                }
            }
        };
        let (start, end) = (bound(minimum), bound(maximum));
        quote! { (#start, #end) }
    } else {
        let start = minimum.as_ref().map(literal);
        match maximum.as_ref().map(literal) {
            Some(end) => quote! { #start..=#end },
            None => quote! { #start.. },
        }
    };
    Some(quote! { #function(#value, #allowed, #at, broken); })
}

/// What looks for equal items: by hash where they have one.
fn unique_items(type_ref: &TypeRef) -> Part {
    let Type::Array(items) = &type_ref.ty else {
        return Part::UniqueValues;
    };
    match &items.ty {
        Type::Scalar(Scalar::Bool | Scalar::Int(_) | Scalar::String) => Part::UniqueItems,
        _ => Part::UniqueValues,
    }
}

/// The call that checks for one of listed values.
fn one_of(
    type_ref: &TypeRef,
    copy: &TokenStream,
    function: &TokenStream,
    at: &TokenStream,
) -> TokenStream {
    let allowed = listed(&type_ref.limits.one_of);
    let values = &type_ref.limits.one_of;
    if values.iter().all(serde_json::Value::is_boolean) {
        let values = values.iter().filter_map(serde_json::Value::as_bool);
        return quote! { #function(#copy, &[#(#values),*], #allowed, #at, broken); };
    }
    let whole = matches!(type_ref.ty, Type::Scalar(Scalar::Int(_)))
        && values.iter().all(|value| {
            value
                .as_number()
                .is_some_and(|number| integer(number).is_some())
        });
    if whole {
        let values = values
            .iter()
            .filter_map(|value| integer(value.as_number()?));
        return quote! { #function(i128::from(#copy), &[#(#values),*], #allowed, #at, broken); };
    }
    let values = values
        .iter()
        .filter_map(serde_json::Value::as_f64)
        .map(|value| decimal(type_ref, value));
    let value = float(type_ref, copy);
    quote! { #function(#value, &[#(#values),*], #allowed, #at, broken); }
}

/// Value and limit in a type that holds both exactly.
fn compared(type_ref: &TypeRef, limit: &Number, copy: &TokenStream) -> (TokenStream, Literal) {
    match (&type_ref.ty, integer(limit)) {
        (Type::Scalar(Scalar::Int(_)), Some(limit)) => (quote! { i128::from(#copy) }, limit),
        _ => (
            float(type_ref, copy),
            decimal(type_ref, limit.as_f64().unwrap_or_default()),
        ),
    }
}

/// A limit as a literal of the value's own type: 0.1 as `f32` is not 0.1 as `f64`.
fn decimal(type_ref: &TypeRef, limit: f64) -> Literal {
    match &type_ref.ty {
        Type::Scalar(Scalar::Number(NumberType::F32)) => {
            Literal::f32_unsuffixed((limit as f32).clamp(f32::MIN, f32::MAX))
        }
        _ => Literal::f64_unsuffixed(limit),
    }
}

fn float(type_ref: &TypeRef, copy: &TokenStream) -> TokenStream {
    match &type_ref.ty {
        Type::Scalar(Scalar::Number(_)) => quote! { #copy },
        Type::Scalar(Scalar::Int(IntegerType::I64 | IntegerType::U64)) => quote! { #copy as f64 },
        _ => quote! { f64::from(#copy) },
    }
}

fn integer(number: &Number) -> Option<Literal> {
    if let Some(value) = number.as_i64() {
        return Some(Literal::i64_unsuffixed(value));
    }
    if let Some(value) = number.as_u64() {
        return Some(Literal::u64_unsuffixed(value));
    }
    let value = number.as_f64()?;
    (value.fract() == 0.0 && value.abs() < 1e18).then(|| Literal::i64_unsuffixed(value as i64))
}
