//! `limits.rs`: one `Validate` for each type, which names every broken limit.

use bigmodel_rerank_openapi::{IntegerType, NumberType};
use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Number;

use super::{Context, docs, print};
use crate::model::{Bound, Limits, Scalar, Shape, Type, TypeDef, TypeId, Use};
use crate::read::pattern_flags;
use crate::tokens::ident;

pub(super) fn file(context: &Context<'_>) -> Result<String, String> {
    let reach = Reach::of(context);
    let mut printer = print::Printer::new(context);
    for def in &context.api.types {
        printer.items(validate(&reach, def))?;
    }
    if printer.uses("types") {
        let functions = printer.uses("validation").then(|| quote! { self, });
        printer.first(quote! {
            use crate::types;
            use crate::validation::{#functions At, Validate, Violations};
        })?;
    }
    Ok(printer.finish("//! The limits of each type, as the contract sets them."))
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
                    || body
                        .additional
                        .as_ref()
                        .is_some_and(|usage| self.usage(usage))
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
                let at = quote! { At::Field(&at, #wire) };
                if field.required && !field.usage.nullable {
                    return checks(
                        reach,
                        &field.usage,
                        &Subject::place(quote! { self.#member }),
                        &at,
                    );
                }
                let present = field.usage.not_null();
                let inner = checks(reach, &present, &Subject::reference(quote! { value }), &at);
                quote! { if let Some(value) = &self.#member { #inner } }
            });
            let further = body
                .additional
                .as_ref()
                .filter(|usage| reach.usage(usage))
                .map(|usage| {
                    let member = ident(&super::structs::extra_name(body));
                    let at = quote! { At::Field(&at, name) };
                    let inner = checks(reach, usage, &Subject::reference(quote! { value }), &at);
                    quote! { for (name, value) in &self.#member { #inner } }
                });
            quote! { #(#named)* #further }
        }
        Shape::Union(body) => {
            let arms = body
                .branches
                .iter()
                .filter(|branch| reach.usage(&branch.usage))
                .map(|branch| {
                    let variant = ident(&branch.ident);
                    let value = Subject::reference(quote! { value });
                    let inner = checks(reach, &branch.usage, &value, &quote! { at });
                    (quote! { Self::#variant(value) }, inner)
                });
            let arms: Vec<_> = arms.collect();
            let all = body
                .branches
                .iter()
                .all(|branch| reach.usage(&branch.usage));
            match (arms.as_slice(), all) {
                ([], _) => quote! {},
                ([(variant, inner)], false) => quote! { if let #variant = self { #inner } },
                (_, all) => {
                    let arms = arms
                        .iter()
                        .map(|(variant, inner)| quote! { #variant => { #inner } });
                    let rest = (!all).then(|| quote! { _ => {} });
                    quote! { match self { #(#arms)* #rest } }
                }
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

/// The value that is checked, in the forms in which code can speak of it.
pub(super) struct Subject {
    /// As what methods are called on.
    receiver: TokenStream,
    /// As a reference.
    reference: TokenStream,
    /// As a copy.
    copy: TokenStream,
}

impl Subject {
    /// A field, or a local that holds the value itself.
    pub(super) fn place(place: TokenStream) -> Self {
        Self {
            reference: quote! { &#place },
            copy: place.clone(),
            receiver: place,
        }
    }

    /// A local that holds a reference.
    pub(super) fn reference(name: TokenStream) -> Self {
        Self {
            copy: quote! { *#name },
            receiver: name.clone(),
            reference: name,
        }
    }
}

/// The checks of a value that stands at `at`.
pub(super) fn checks(
    reach: &Reach,
    usage: &Use,
    subject: &Subject,
    at: &TokenStream,
) -> TokenStream {
    if !reach.usage(usage) {
        return quote! {};
    }
    let Subject {
        receiver,
        reference,
        ..
    } = subject;
    if usage.nullable {
        let inner = checks(
            reach,
            &usage.not_null(),
            &Subject::reference(quote! { value }),
            at,
        );
        return quote! { if let Some(value) = #reference { #inner } };
    }
    let value = Subject::reference(quote! { value });
    let bind = (at.to_string() != "at").then(|| quote! { let at = #at; });
    match &usage.ty {
        Type::Array(items) if reach.usage(items) => {
            let own = limits(usage, subject, &quote! { at });
            let inner = checks(reach, items, &value, &quote! { At::Item(&at, index) });
            quote! {
                {
                    #bind
                    #own
                    for (index, value) in #receiver.iter().enumerate() { #inner }
                }
            }
        }
        Type::Map(values) if reach.usage(values) => {
            let own = limits(usage, subject, &quote! { at });
            let inner = checks(reach, values, &value, &quote! { At::Field(&at, name) });
            quote! {
                {
                    #bind
                    #own
                    for (name, value) in #reference { #inner }
                }
            }
        }
        Type::Named(_) => quote! { #receiver.check(#at, broken); },
        _ => limits(usage, subject, at),
    }
}

/// The calls that check a value's own limits.
fn limits(usage: &Use, subject: &Subject, at: &TokenStream) -> TokenStream {
    let limits = &usage.limits;
    let Subject {
        receiver,
        reference,
        copy,
    } = subject;
    let mut calls = TokenStream::new();
    let mut sized = |function: &str, limit: Option<u64>, subject: TokenStream| {
        if let Some(limit) = limit {
            let (function, limit) = (ident(function), Literal::u64_unsuffixed(limit));
            calls.extend(quote! { validation::#function(#subject, #limit, #at, broken); });
        }
    };
    sized("min_length", limits.min_length, quote! { #reference });
    sized("max_length", limits.max_length, quote! { #reference });
    sized("min_items", limits.min_items, quote! { #receiver.len() });
    sized("max_items", limits.max_items, quote! { #receiver.len() });
    sized(
        "min_properties",
        limits.min_properties,
        quote! { #receiver.len() },
    );
    sized(
        "max_properties",
        limits.max_properties,
        quote! { #receiver.len() },
    );
    if limits.unique_items {
        let function = ident(unique_items(usage));
        calls.extend(quote! { validation::#function(#reference, #at, broken); });
    }
    if let Some(pattern) = &limits.pattern {
        let flags = pattern_flags(pattern);
        calls.extend(quote! { {
            static COMPILED: ::std::sync::LazyLock<Option<::regress::Regex>> =
                ::std::sync::LazyLock::new(|| ::regress::Regex::with_flags(#pattern, #flags).ok());
            validation::pattern(#reference, #pattern, COMPILED.as_ref(), #at, broken);
        } });
    }
    let mut bounded = |inclusive: &str, exclusive: &str, bound: &Option<Bound>| {
        if let Some(bound) = bound {
            let function = ident(if bound.exclusive {
                exclusive
            } else {
                inclusive
            });
            let (value, limit) = compared(usage, &bound.value, copy);
            calls.extend(quote! { validation::#function(#value, #limit, #at, broken); });
        }
    };
    bounded("minimum", "exclusive_minimum", &limits.minimum);
    bounded("maximum", "exclusive_maximum", &limits.maximum);
    if let Some(divisor) = limits.multiple_of {
        let divisor = Literal::i64_unsuffixed(divisor);
        calls.extend(quote! { validation::multiple_of(i128::from(#copy), #divisor, #at, broken); });
    }
    if !limits.one_of.is_empty() {
        calls.extend(one_of(usage, copy, at));
    }
    calls
}

/// The function that looks for equal items: by hash where they have one.
fn unique_items(usage: &Use) -> &'static str {
    let Type::Array(items) = &usage.ty else {
        return "unique_values";
    };
    match &items.ty {
        Type::Scalar(Scalar::Bool | Scalar::Int(_) | Scalar::String) => "unique_items",
        _ => "unique_values",
    }
}

fn one_of(usage: &Use, copy: &TokenStream, at: &TokenStream) -> TokenStream {
    let allowed = docs::listed(&usage.limits.one_of);
    let values = &usage.limits.one_of;
    if values.iter().all(serde_json::Value::is_boolean) {
        let values = values.iter().filter_map(serde_json::Value::as_bool);
        return quote! { validation::one_of(#copy, &[#(#values),*], #allowed, #at, broken); };
    }
    let whole = matches!(usage.ty, Type::Scalar(Scalar::Int(_)))
        && values.iter().all(|value| {
            value
                .as_number()
                .is_some_and(|number| integer(number).is_some())
        });
    if whole {
        let values = values
            .iter()
            .filter_map(|value| integer(value.as_number()?));
        return quote! { validation::one_of(i128::from(#copy), &[#(#values),*], #allowed, #at, broken); };
    }
    let values = values
        .iter()
        .filter_map(serde_json::Value::as_f64)
        .map(|value| decimal(usage, value));
    let value = float(usage, copy);
    quote! { validation::one_of(#value, &[#(#values),*], #allowed, #at, broken); }
}

/// Value and limit in a type that holds both exactly.
fn compared(usage: &Use, limit: &Number, copy: &TokenStream) -> (TokenStream, Literal) {
    match (&usage.ty, integer(limit)) {
        (Type::Scalar(Scalar::Int(_)), Some(limit)) => (quote! { i128::from(#copy) }, limit),
        _ => (
            float(usage, copy),
            decimal(usage, limit.as_f64().unwrap_or_default()),
        ),
    }
}

/// A limit as a literal of the value's own type: 0.1 as `f32` is not 0.1 as `f64`.
fn decimal(usage: &Use, limit: f64) -> Literal {
    match &usage.ty {
        Type::Scalar(Scalar::Number(NumberType::F32)) => {
            Literal::f32_unsuffixed((limit as f32).clamp(f32::MIN, f32::MAX))
        }
        _ => Literal::f64_unsuffixed(limit),
    }
}

fn float(usage: &Use, copy: &TokenStream) -> TokenStream {
    match &usage.ty {
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
