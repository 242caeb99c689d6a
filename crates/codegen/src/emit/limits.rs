//! `limits.rs` and `limits/`: one `Validate` for each type, which reports every broken limit.

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use super::check_calls::own_checks;
use super::constrained::Constrained;
use super::emitted::Emitted;
use super::grouped::{Grouped, PrintedFiles, Purpose};
use super::needs::Needs;
use crate::model::{Shape, Type, TypeDef, TypeRef};
use crate::names::ident;
use crate::public_api::Module;

pub(super) fn file(
    context: &Context<'_>,
    constrained: &Constrained,
) -> Result<PrintedFiles, String> {
    let mut files = Grouped::new(context, Module::Private);
    for (id, def) in context.api.types.iter().enumerate() {
        let file = files.file(context.groups.of_type(id));
        file.add(validate(constrained, def)?);
    }
    files.finish(&Purpose {
        name: "limits",
        whole: "The limits of each type, as the contract sets them.",
        of_group: |group| format!("Limits of types that only the operations of `{group}` need."),
        exports: false,
    })
}

/// The `impl` of `Validate` for one type.
fn validate(constrained: &Constrained, def: &TypeDef) -> Result<Emitted, String> {
    let name = ident(&def.name);
    let mut needs = Needs::default();
    let checks = match &def.shape {
        Shape::Struct(body) => {
            let named = body
                .fields
                .iter()
                .filter(|field| constrained.contains(&field.type_ref));
            let named: Vec<_> = named
                .map(|field| {
                    let member = ident(&field.ident);
                    let at = At::Field(field.wire.clone());
                    if field.required && !field.type_ref.nullable {
                        let subject = Subject::owned(quote! { self.#member });
                        return checks(constrained, &field.type_ref, &subject, &at, &mut needs);
                    }
                    let present = field.type_ref.not_null();
                    let subject = Subject::reference(quote! { value });
                    let inner = checks(constrained, &present, &subject, &at, &mut needs);
                    let pattern = if field.keeps_null {
                        quote! { Some(Some(value)) }
                    } else {
                        quote! { Some(value) }
                    };
                    quote! { if let #pattern = &self.#member { #inner } }
                })
                .collect();
            let further = body
                .additional
                .as_ref()
                .filter(|type_ref| constrained.contains(type_ref))
                .map(|type_ref| {
                    let member = ident(&super::structs::extra_name(body));
                    let subject = Subject::reference(quote! { value });
                    let inner = checks(constrained, type_ref, &subject, &At::Name, &mut needs);
                    quote! { for (name, value) in &self.#member { #inner } }
                });
            quote! { #(#named)* #further }
        }
        Shape::Union(body) => {
            let arms: Vec<_> = body
                .branches
                .iter()
                .filter(|branch| constrained.contains(&branch.type_ref))
                .map(|branch| {
                    let variant = ident(&branch.ident);
                    let value = Subject::reference(quote! { value });
                    let inner =
                        checks(constrained, &branch.type_ref, &value, &At::Here, &mut needs);
                    (quote! { Self::#variant(value) }, inner)
                })
                .collect();
            let all = arms.len() == body.branches.len() && !body.open;
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
        Shape::Enum(_) | Shape::Json(_) => quote! {},
        Shape::Outcome(_) => return Ok(Emitted::default()),
    };
    let validation = quote! { crate::validation };
    let function = if checks.is_empty() {
        quote! { fn check(&self, _: #validation::At<'_>, _: &mut #validation::Violations) {} }
    } else {
        quote! {
            fn check(&self, at: #validation::At<'_>, broken: &mut #validation::Violations) {
                #checks
            }
        }
    };
    // Within its own `impl`, a trait is in scope.
    needs.validate = false;
    let tokens = quote! { impl #validation::Validate for crate::types::#name { #function } };
    Emitted::new(tokens, needs)
}

/// The value that is checked, in the forms in which code refers to it.
pub(super) struct Subject {
    /// As what methods are called on.
    pub(super) receiver: TokenStream,
    /// As a reference.
    pub(super) reference: TokenStream,
    /// As a copy.
    pub(super) copy: TokenStream,
}

impl Subject {
    /// A field, or a local that holds the value itself.
    pub(super) fn owned(value: TokenStream) -> Self {
        Self {
            reference: quote! { &#value },
            copy: value.clone(),
            receiver: value,
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

/// The path of the value that is checked, as an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum At {
    /// The variable `at`.
    Here,
    /// The value as a whole: a body.
    Root,
    /// The member of this name of the value at `at`.
    Field(String),
    /// The argument of this name.
    Argument(String),
    /// The member that the variable `name` names of the value at `at`.
    Name,
    /// The item of number `index` of the value at `at`.
    Item,
}

impl At {
    pub(super) fn tokens(&self) -> TokenStream {
        let at = quote! { crate::validation::At };
        match self {
            Self::Here => quote! { at },
            Self::Root => quote! { #at::Root },
            Self::Field(wire) => quote! { #at::Field(&at, #wire) },
            Self::Argument(wire) => quote! { #at::Field(&#at::Root, #wire) },
            Self::Name => quote! { #at::Field(&at, name) },
            Self::Item => quote! { #at::Item(&at, index) },
        }
    }

    /// Binds the path to the variable `at`, where it is not that already.
    fn binding(&self) -> Option<TokenStream> {
        let value = self.tokens();
        (*self != Self::Here).then(|| quote! { let at = #value; })
    }
}

/// The checks of a value and all that is in it.
pub(super) fn checks(
    constrained: &Constrained,
    type_ref: &TypeRef,
    subject: &Subject,
    at: &At,
    needs: &mut Needs,
) -> TokenStream {
    if !constrained.contains(type_ref) {
        return quote! {};
    }
    let Subject {
        receiver,
        reference,
        ..
    } = subject;
    let value = Subject::reference(quote! { value });
    if type_ref.nullable {
        let inner = checks(constrained, &type_ref.not_null(), &value, at, needs);
        return quote! { if let Some(value) = #reference { #inner } };
    }
    let bind = at.binding();
    match &type_ref.ty {
        Type::Array(items) if constrained.contains(items) => {
            let own = own_checks(type_ref, subject, &At::Here, needs);
            let inner = checks(constrained, items, &value, &At::Item, needs);
            quote! {
                {
                    #bind
                    #own
                    for (index, value) in #receiver.iter().enumerate() { #inner }
                }
            }
        }
        Type::Map(values) if constrained.contains(values) => {
            let own = own_checks(type_ref, subject, &At::Here, needs);
            let inner = checks(constrained, values, &value, &At::Name, needs);
            quote! {
                {
                    #bind
                    #own
                    for (name, value) in #reference { #inner }
                }
            }
        }
        Type::Named(_) => {
            needs.validate = true;
            let at = at.tokens();
            quote! { #receiver.check(#at, broken); }
        }
        _ => own_checks(type_ref, subject, at, needs),
    }
}
