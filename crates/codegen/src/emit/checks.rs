//! `limits.rs`: one `Validate` for each type, which names every broken limit.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Number;

use super::{Context, docs, print};
use crate::model::{Bound, Limits, Scalar, Shape, Type, TypeDef, TypeId, Use};
use crate::tokens::ident;

pub(super) fn file(context: &Context<'_>) -> Result<String, String> {
    let reach = Reach::of(context);
    let mut items = TokenStream::new();
    for def in &context.api.types {
        items.extend(validate(&reach, def));
    }
    let at = used(&items, "At :: ").then(|| quote! { At, });
    let check = used(&items, "validation :: ").then(|| quote! { self, });
    let types = context.api.types.is_empty();
    let imports = (!types).then(|| {
        let at = at.unwrap_or_else(|| quote! { At, });
        quote! {
            use crate::types;
            use crate::validation::{#check #at Validate, Violations};
        }
    });
    print::file(
        context,
        "//! The limits of each type, as the contract sets them.",
        quote! { #imports #items },
    )
}

fn used(tokens: &TokenStream, text: &str) -> bool {
    tokens.to_string().contains(text)
}

/// Which types have a limit somewhere inside.
pub(super) struct Reach(Vec<bool>);

impl Reach {
    pub(super) fn of(context: &Context<'_>) -> Self {
        let types = &context.api.types;
        let mut reach = Self(vec![false; types.len()]);
        loop {
            let next = Self(types.iter().map(|def| reach.shape(&def.shape)).collect());
            if next.0 == reach.0 {
                return reach;
            }
            reach = next;
        }
    }

    fn shape(&self, shape: &Shape) -> bool {
        match shape {
            Shape::Struct(body) => {
                body.fields.iter().any(|field| self.usage(&field.usage))
                    || body.additional.as_ref().is_some_and(|usage| self.usage(usage))
            }
            Shape::Union(body) => body.branches.iter().any(|branch| self.usage(&branch.usage)),
            Shape::Enum(_) | Shape::Outcome(_) | Shape::Broken => false,
        }
    }

    pub(super) fn usage(&self, usage: &Use) -> bool {
        usage.limits != Limits::default()
            || match &usage.ty {
                Type::Array(inner) | Type::Map(inner) => self.usage(inner),
                Type::Named(id) => self.named(*id),
                Type::Scalar(_) | Type::Any => false,
            }
    }

    fn named(&self, id: TypeId) -> bool {
        self.0.get(id).copied().unwrap_or(false)
    }
}

fn validate(reach: &Reach, def: &TypeDef) -> TokenStream {
    let name = ident(&def.name);
    let checks = match &def.shape {
        Shape::Struct(body) => {
            let named = body.fields.iter().filter(|field| reach.usage(&field.usage));
            let named = named.map(|field| {
                let (member, wire) = (ident(&field.ident), &field.wire);
                let present = if field.required {
                    checks(reach, &field.usage)
                } else {
                    let inner = checks(reach, &Use { nullable: false, ..field.usage.clone() });
                    quote! { if let Some(value) = value { #inner } }
                };
                quote! {
                    {
                        let (value, at) = (&self.#member, At::Field(&at, #wire));
                        #present
                    }
                }
            });
            let further = body.additional.as_ref().filter(|usage| reach.usage(usage)).map(|usage| {
                let (member, inner) = (ident(&super::structs::extra_name(body)), checks(reach, usage));
                quote! {
                    for (name, value) in &self.#member {
                        let at = At::Field(&at, name);
                        #inner
                    }
                }
            });
            quote! { #(#named)* #further }
        }
        Shape::Union(body) => {
            let arms = body.branches.iter().filter(|branch| reach.usage(&branch.usage)).map(|branch| {
                let (variant, inner) = (ident(&branch.ident), checks(reach, &branch.usage));
                quote! { Self::#variant(value) => { #inner } }
            });
            let all = body.branches.iter().all(|branch| reach.usage(&branch.usage));
            let rest = (!all).then(|| quote! { _ => {} });
            if reach.shape(&def.shape) {
                quote! { match self { #(#arms)* #rest } }
            } else {
                quote! {}
            }
        }
        Shape::Enum(_) => quote! {},
        Shape::Outcome(_) | Shape::Broken => return quote! {},
    };
    if checks.is_empty() {
        return quote! {
            impl Validate for types::#name {
                fn check(&self, _: At<'_>, _: &mut Violations) {}
            }
        };
    }
    quote! {
        impl Validate for types::#name {
            fn check(&self, at: At<'_>, broken: &mut Violations) {
                #checks
            }
        }
    }
}

/// The checks of `value`, a reference, that stands at `at`.
pub(super) fn checks(reach: &Reach, usage: &Use) -> TokenStream {
    if !reach.usage(usage) {
        return quote! {};
    }
    if usage.nullable {
        let inner = checks(reach, &Use { nullable: false, ..usage.clone() });
        return quote! { if let Some(value) = value { #inner } };
    }
    let own = limits(usage);
    let inside = match &usage.ty {
        Type::Array(items) if reach.usage(items) => {
            let inner = checks(reach, items);
            quote! {
                for (index, value) in value.iter().enumerate() {
                    let at = At::Item(&at, index);
                    #inner
                }
            }
        }
        Type::Map(values) if reach.usage(values) => {
            let inner = checks(reach, values);
            quote! {
                for (name, value) in value {
                    let at = At::Field(&at, name);
                    #inner
                }
            }
        }
        Type::Named(_) => quote! { value.check(at, broken); },
        _ => quote! {},
    };
    quote! { #own #inside }
}

/// The calls that check a value's own limits.
fn limits(usage: &Use) -> TokenStream {
    let limits = &usage.limits;
    let mut calls = TokenStream::new();
    let mut sized = |function: &str, limit: Option<u64>, subject: TokenStream| {
        if let Some(limit) = limit {
            let (function, limit) = (ident(function), Literal::u64_unsuffixed(limit));
            calls.extend(quote! { validation::#function(#subject, #limit, at, broken); });
        }
    };
    sized("min_length", limits.min_length, quote! { value });
    sized("max_length", limits.max_length, quote! { value });
    sized("min_items", limits.min_items, quote! { value.len() });
    sized("max_items", limits.max_items, quote! { value.len() });
    sized("min_properties", limits.min_properties, quote! { value.len() });
    sized("max_properties", limits.max_properties, quote! { value.len() });
    if limits.unique_items {
        calls.extend(quote! { validation::unique_items(value, at, broken); });
    }
    if let Some(pattern) = &limits.pattern {
        calls.extend(quote! {
            static COMPILED: ::std::sync::LazyLock<Option<::regress::Regex>> =
                ::std::sync::LazyLock::new(|| ::regress::Regex::with_flags(#pattern, "u").ok());
            validation::pattern(value, #pattern, COMPILED.as_ref(), at, broken);
        });
    }
    let mut bounded = |inclusive: &str, exclusive: &str, bound: &Option<Bound>| {
        if let Some(bound) = bound {
            let function = ident(if bound.exclusive { exclusive } else { inclusive });
            let (value, limit) = compared(usage, &bound.value);
            calls.extend(quote! { validation::#function(#value, #limit, at, broken); });
        }
    };
    bounded("minimum", "exclusive_minimum", &limits.minimum);
    bounded("maximum", "exclusive_maximum", &limits.maximum);
    if let Some(divisor) = limits.multiple_of {
        let divisor = Literal::i64_unsuffixed(divisor);
        calls.extend(quote! { validation::multiple_of(i128::from(*value), #divisor, at, broken); });
    }
    if !limits.one_of.is_empty() {
        calls.extend(one_of(usage));
    }
    calls
}

fn one_of(usage: &Use) -> TokenStream {
    let allowed = docs::listed(&usage.limits.one_of);
    let values = &usage.limits.one_of;
    if values.iter().all(serde_json::Value::is_boolean) {
        let values = values.iter().filter_map(serde_json::Value::as_bool);
        return quote! { validation::one_of(*value, &[#(#values),*], #allowed, at, broken); };
    }
    let whole = matches!(usage.ty, Type::Scalar(Scalar::Int(_)))
        && values.iter().all(|value| value.as_number().is_some_and(|number| integer(number).is_some()));
    if whole {
        let values = values.iter().filter_map(|value| integer(value.as_number()?));
        return quote! { validation::one_of(i128::from(*value), &[#(#values),*], #allowed, at, broken); };
    }
    let values = values.iter().filter_map(serde_json::Value::as_f64).map(Literal::f64_unsuffixed);
    let value = float(usage);
    quote! { validation::one_of(#value, &[#(#values),*], #allowed, at, broken); }
}

/// Value and limit in a type that holds both exactly.
fn compared(usage: &Use, limit: &Number) -> (TokenStream, Literal) {
    match (&usage.ty, integer(limit)) {
        (Type::Scalar(Scalar::Int(_)), Some(limit)) => (quote! { i128::from(*value) }, limit),
        _ => (
            float(usage),
            Literal::f64_unsuffixed(limit.as_f64().unwrap_or_default()),
        ),
    }
}

fn float(usage: &Use) -> TokenStream {
    match &usage.ty {
        Type::Scalar(Scalar::F64) => quote! { *value },
        Type::Scalar(Scalar::Int("i64" | "u64")) => quote! { *value as f64 },
        _ => quote! { f64::from(*value) },
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
