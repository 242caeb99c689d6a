//! Unions: `oneOf` by content or by tag, and responses by status.

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use super::body;
use super::docs::{self, doc};
use super::emitted::Emitted;
use super::hashable::Hashable;
use super::markdown::quoted;
use super::needs::Needs;
use super::runtime::Part;
use crate::describe::type_name;
use crate::lower::neutral;
use crate::model::{Branch, Outcome, Status, Type, TypeDef, TypeId, TypeRef, Union};
use crate::names::ident;
use crate::reserved::OTHER_VARIANT;
use crate::rust_type::{RustType, TypeWriter};

/// The type inside a placeholder's field: progenitor made the field optional.
pub(super) fn inside<'a>(
    context: &'a Context<'_>,
    id: TypeId,
    index: usize,
) -> Result<&'a RustType, String> {
    let ty = context
        .rust_types
        .field(id, &neutral::field(index))
        .ok_or_else(|| format!("progenitor lost branch {index} of a union"))?;
    Ok(ty.option_argument().unwrap_or(ty))
}

/// The derived traits of a type that is compared exactly, if it is.
fn exact(hashable: &Hashable, id: TypeId) -> TokenStream {
    if hashable.has(id) {
        quote! { Eq, Hash, }
    } else {
        TokenStream::new()
    }
}

pub(super) fn item(
    context: &Context<'_>,
    hashable: &Hashable,
    id: TypeId,
    def: &TypeDef,
    body: &Union,
) -> Result<Emitted, String> {
    let writer = TypeWriter::inside(&context.api.types);
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
    let written: Vec<_> = types.iter().map(|ty| writer.tokens(ty)).collect();
    let mut needs = Needs::default();
    needs.serde_json = body.tag.is_some() || types.iter().any(|ty| ty.has_json());
    let variant_docs: Vec<_> = body
        .branches
        .iter()
        .map(|branch| doc(&branch_docs(context, branch)))
        .collect();
    let readers: Vec<_> = body
        .branches
        .iter()
        .map(|branch| {
            // A union with a tag reads its branches itself.
            if body.tag.is_some() {
                return None;
            }
            integer_reader(&branch.type_ref, &mut needs)
        })
        .collect();
    let conversions = body
        .branches
        .iter()
        .zip(&idents)
        .zip(types.iter().zip(&written))
        .filter_map(|((branch, ident), (ty, written))| {
            let Type::Named(own) = branch.type_ref.ty else {
                return None;
            };
            let alike = body
                .branches
                .iter()
                .filter(|other| matches!(other.type_ref.ty, Type::Named(id) if id == own));
            let plain = ty.box_argument().is_none();
            (plain && alike.count() == 1).then(|| {
                quote! {
                    impl ::std::convert::From<#written> for #name {
                        fn from(value: #written) -> Self {
                            Self::#ident(value)
                        }
                    }
                }
            })
        });
    let derive = body.tag.is_none().then(|| {
        quote! {
            #[derive(::serde::Deserialize, ::serde::Serialize)]
            #[serde(untagged)]
        }
    });
    let by_tag = body.tag.as_ref().map(|tag| {
        needs.insert(Part::Tagged);
        let (read, write) = (
            deserialize_by_tag(&name, tag, body),
            serialize_by_tag(&name, tag, body),
        );
        quote! { #read #write }
    });
    let other = body.open.then(|| {
        let other = ident(OTHER_VARIANT);
        quote! {
            /// A value of another type, as it came.
            #other(::serde_json::Value),
        }
    });
    let exact = exact(hashable, id);
    let tokens = quote! {
        #docs
        #[derive(Clone, Debug, #exact PartialEq)]
        #derive
        #[non_exhaustive]
        pub enum #name {
            #(#variant_docs #idents(#readers #written),)*
            #other
        }

        #by_tag

        #(#conversions)*
    };
    Emitted::new(tokens, needs)
}

/// The attribute of a variant that holds nothing but integers, which are read by their values: `1.0`
/// is one.
fn integer_reader(type_ref: &TypeRef, needs: &mut Needs) -> Option<TokenStream> {
    type_ref.is_integers().then(|| {
        needs.insert(Part::Integers);
        quote! { #[serde(deserialize_with = "crate::integers::deserialize")] }
    })
}

pub(super) fn branch_docs(context: &Context<'_>, branch: &Branch) -> String {
    format!(
        "{}.",
        quoted(&type_name(&context.api.types, &branch.type_ref))
    )
}

/// Serde's own tagged form would hide the tag from the branch, which has it as a field.
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
    let other = if body.open {
        let other = ident(OTHER_VARIANT);
        quote! { ::std::result::Result::Ok(Self::#other(value)) }
    } else {
        quote! { ::std::result::Result::Err(::serde::de::Error::custom(#message)) }
    };
    quote! {
        impl<'de> ::serde::Deserialize<'de> for #name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                let value = <::serde_json::Value as ::serde::Deserialize>::deserialize(deserializer)?;
                let tag = value.get(#tag).and_then(::serde_json::Value::as_str);
                match tag.unwrap_or_default().to_owned().as_str() {
                    #(#arms)*
                    _ => #other,
                }
            }
        }
    }
}

/// Sets the tag of a branch whose field has another value.
fn serialize_by_tag(name: &proc_macro2::Ident, tag: &str, body: &Union) -> TokenStream {
    let arms = body.branches.iter().map(|branch| {
        let (ident, tags) = (ident(&branch.ident), &branch.tags);
        quote! {
            Self::#ident(value) => crate::tagged::tagged(value, #tag, &[#(#tags),*], serializer),
        }
    });
    let other = body.open.then(|| {
        let other = ident(OTHER_VARIANT);
        quote! { Self::#other(value) => ::serde::Serialize::serialize(value, serializer), }
    });
    quote! {
        impl ::serde::Serialize for #name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                match self {
                    #(#arms)*
                    #other
                }
            }
        }
    }
}

/// The enum of what an operation may return, by status.
pub(super) fn outcome(
    context: &Context<'_>,
    hashable: &Hashable,
    id: TypeId,
    def: &TypeDef,
    outcomes: &[Outcome],
) -> Result<Emitted, String> {
    let writer = TypeWriter::inside(&context.api.types);
    let mut needs = Needs::default();
    let name = ident(&def.name);
    let mut index = 0;
    let mut has_stream = false;
    let mut variants = TokenStream::new();
    for outcome in outcomes {
        let ident = ident(&outcome.ident);
        let docs = doc(&match outcome.status {
            Status::Default => "Any other status.".to_owned(),
            status => format!("Status {status}."),
        });
        if outcome.type_ref.is_some() {
            let stream = outcome.type_ref.as_ref().and_then(RustType::of_stream);
            let ty = match &stream {
                Some(ty) => ty,
                None => inside(context, id, index)?,
            };
            needs.serde_json |= ty.has_json();
            body::need_stream(ty, &mut needs);
            has_stream |= stream.is_some();
            let ty = writer.tokens(ty);
            variants.extend(quote! { #docs #ident(#ty), });
            index += 1;
        } else {
            variants.extend(quote! { #docs #ident, });
        }
    }
    let exact = exact(hashable, id);
    // A stream can be read once.
    let derive = if has_stream {
        quote! { #[derive(Debug)] }
    } else {
        quote! { #[derive(Clone, Debug, #exact PartialEq)] }
    };
    let tokens = quote! {
        /// What the operation may return, by status.
        #derive
        #[non_exhaustive]
        pub enum #name { #variants }
    };
    Emitted::new(tokens, needs)
}
