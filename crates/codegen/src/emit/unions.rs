//! Unions: `oneOf` by content or by tag, and answers by status.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Context, docs, integers};
use crate::lower::neutral;
use crate::model::{Branch, Outcome, Status, Type, TypeDef, TypeId, Union};
use crate::tokens::{argument_of, doc, ident};

/// The type inside a placeholder's field: progenitor made the field optional.
fn inside(context: &Context<'_>, id: TypeId, index: usize) -> Result<syn::Type, String> {
    let ty = context
        .raw
        .field(id, &neutral::field(index))
        .ok_or_else(|| format!("progenitor lost branch {index} of a union"))?;
    Ok(argument_of(&ty, "Option").cloned().unwrap_or(ty))
}

pub(super) fn item(
    context: &Context<'_>,
    id: TypeId,
    def: &TypeDef,
    body: &Union,
) -> Result<TokenStream, String> {
    let name = ident(&def.name);
    let docs = docs::type_docs(def);
    let idents: Vec<_> = body
        .branches
        .iter()
        .map(|branch| ident(&branch.ident))
        .collect();
    let types = (0..idents.len())
        .map(|index| inside(context, id, index))
        .collect::<Result<Vec<_>, _>>()?;
    let variant_docs: Vec<_> = body
        .branches
        .iter()
        .map(|branch| doc(&branch_docs(context, branch)))
        .collect();
    let readers = body.branches.iter().map(|branch| {
        // A union with a tag reads its branches itself.
        integers::reader(&branch.usage).filter(|_| body.tag.is_none())
    });
    let conversions =
        body.branches
            .iter()
            .zip(&idents)
            .zip(&types)
            .filter_map(|((branch, ident), ty)| {
                let Type::Named(own) = branch.usage.ty else {
                    return None;
                };
                let alike = body
                    .branches
                    .iter()
                    .filter(|other| matches!(other.usage.ty, Type::Named(id) if id == own));
                let plain = argument_of(ty, "Box").is_none();
                (plain && alike.count() == 1).then(|| {
                    quote! {
                        impl ::std::convert::From<#ty> for #name {
                            fn from(value: #ty) -> Self {
                                Self::#ident(value)
                            }
                        }
                    }
                })
            });
    let derive = body.tag.is_none().then(|| quote! { ::serde::Deserialize, });
    let by_tag = body
        .tag
        .as_ref()
        .map(|tag| deserialize_by_tag(&name, tag, body));
    Ok(quote! {
        #docs
        #[derive(Clone, Debug, PartialEq, #derive ::serde::Serialize)]
        #[serde(untagged)]
        #[non_exhaustive]
        pub enum #name {
            #(#variant_docs #idents(#readers #types),)*
        }

        #by_tag

        #(#conversions)*
    })
}

fn branch_docs(context: &Context<'_>, branch: &Branch) -> String {
    format!(
        "{}.",
        docs::quoted(&super::type_name(&context.api.types, &branch.usage))
    )
}

/// Serde's own tagged form would take the tag away from the branch, which has it as a field.
fn deserialize_by_tag(name: &proc_macro2::Ident, tag: &str, body: &Union) -> TokenStream {
    let arms = body.branches.iter().map(|branch| {
        let (ident, tags) = (ident(&branch.ident), &branch.tags);
        quote! {
            #(#tags)|* => ::serde_json::from_value(value)
                .map(Self::#ident)
                .map_err(::serde::de::Error::custom),
        }
    });
    let known: Vec<_> = body
        .branches
        .iter()
        .flat_map(|branch| &branch.tags)
        .cloned()
        .collect();
    let message = format!("`{tag}` must be one of {}", known.join(", "));
    quote! {
        impl<'de> ::serde::Deserialize<'de> for #name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                let value = <::serde_json::Value as ::serde::Deserialize>::deserialize(deserializer)?;
                let tag = value.get(#tag).and_then(::serde_json::Value::as_str);
                match tag.unwrap_or_default().to_owned().as_str() {
                    #(#arms)*
                    _ => ::std::result::Result::Err(::serde::de::Error::custom(#message)),
                }
            }
        }
    }
}

/// The enum of what an operation may answer, by status.
pub(super) fn outcome(
    context: &Context<'_>,
    id: TypeId,
    def: &TypeDef,
    outcomes: &[Outcome],
) -> Result<TokenStream, String> {
    let name = ident(&def.name);
    let mut index = 0;
    let mut variants = TokenStream::new();
    for outcome in outcomes {
        let ident = ident(&outcome.ident);
        let docs = doc(&match outcome.status {
            Status::Default => "Any other status.".to_owned(),
            status => format!("Status {status}."),
        });
        if outcome.usage.is_some() {
            let ty = inside(context, id, index)?;
            variants.extend(quote! { #docs #ident(#ty), });
            index += 1;
        } else {
            variants.extend(quote! { #docs #ident, });
        }
    }
    Ok(quote! {
        /// What the operation may answer, by status.
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name { #variants }
    })
}
