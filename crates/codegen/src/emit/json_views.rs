//! JSON with typed views: a union whose branches nothing tells apart.

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use super::docs::{self, doc};
use super::emitted::Emitted;
use super::markdown::quoted;
use super::needs::Needs;
use super::unions::inside;
use crate::describe::type_name;
use crate::model::{Branch, TypeDef, TypeId};
use crate::names::{ident, snake};
use crate::rust_type::TypeWriter;

pub(super) fn item(
    context: &Context<'_>,
    id: TypeId,
    def: &TypeDef,
    branches: &[Branch],
) -> Result<Emitted, String> {
    let name = ident(&def.name);
    let docs = docs::type_docs(def);
    let mut needs = Needs::default();
    needs.serde_json = true;
    let views = branches
        .iter()
        .enumerate()
        .map(|(index, branch)| view(context, id, index, branch))
        .collect::<Result<TokenStream, _>>()?;
    let tokens = quote! {
        #docs
        #[derive(Clone, Debug, Eq, Hash, PartialEq, ::serde::Deserialize, ::serde::Serialize)]
        #[serde(transparent)]
        pub struct #name(::serde_json::Value);

        impl #name {
            /// Returns the JSON.
            pub fn as_json(&self) -> &::serde_json::Value {
                &self.0
            }

            /// Returns the JSON by value.
            pub fn into_json(self) -> ::serde_json::Value {
                self.0
            }

            #views
        }

        impl ::std::convert::From<::serde_json::Value> for #name {
            fn from(value: ::serde_json::Value) -> Self {
                Self(value)
            }
        }
    };
    Emitted::new(tokens, needs)
}

/// The reader and the constructor of one form.
fn view(
    context: &Context<'_>,
    id: TypeId,
    index: usize,
    branch: &Branch,
) -> Result<TokenStream, String> {
    let ty = inside(context, id, index)?;
    let ty = TypeWriter::inside(&context.api.types).tokens(ty.box_argument().unwrap_or(ty));
    let word = snake(&branch.ident);
    let word = word.trim_end_matches('_');
    let (read, write) = (ident(&format!("as_{word}")), ident(&format!("from_{word}")));
    let form = quoted(&type_name(&context.api.types, &branch.type_ref));
    let read_docs = doc(&format!(
        "Returns the value as {form}, if it has that form."
    ));
    let write_docs = doc(&format!(
        "Returns a value of the form {form}.\n\n# Errors\n\nReturns an error if the value cannot be written \
         as JSON."
    ));
    Ok(quote! {
        #read_docs
        pub fn #read(&self) -> ::std::option::Option<#ty> {
            <#ty as ::serde::Deserialize>::deserialize(&self.0).ok()
        }

        #write_docs
        pub fn #write(value: &#ty) -> ::std::result::Result<Self, ::serde_json::Error> {
            ::serde_json::to_value(value).map(Self)
        }
    })
}
