//! Strings with listed values; open ones keep the values that nobody listed.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Context, docs};
use crate::model::{Enum, TypeDef};
use crate::tokens::{doc, ident};

pub(super) fn item(_context: &Context<'_>, def: &TypeDef, body: &Enum) -> TokenStream {
    let name = ident(&def.name);
    let docs = docs::type_docs(def);
    let wires: Vec<_> = body.values.iter().map(|value| &value.wire).collect();
    let idents: Vec<_> = body
        .values
        .iter()
        .map(|value| ident(&value.ident))
        .collect();
    let variant_docs: Vec<_> = wires.iter().map(|wire| doc(&docs::quoted(wire))).collect();
    let display = quote! {
        impl ::std::fmt::Display for #name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
    if !body.open {
        return quote! {
            #docs
            #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, ::serde::Deserialize, ::serde::Serialize)]
            #[non_exhaustive]
            pub enum #name {
                #(#variant_docs #[serde(rename = #wires)] #idents,)*
            }

            impl #name {
                /// The value as it is sent.
                pub fn as_str(&self) -> &'static str {
                    match self { #(Self::#idents => #wires,)* }
                }
            }

            #display
        };
    }
    quote! {
        #docs
        #[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        #[non_exhaustive]
        pub enum #name {
            #(#variant_docs #idents,)*
            /// A value that the contract does not list, kept as it is.
            Unknown(::std::string::String),
        }

        impl #name {
            /// The value as it is sent.
            pub fn as_str(&self) -> &str {
                match self {
                    #(Self::#idents => #wires,)*
                    Self::Unknown(value) => value,
                }
            }
        }

        #display

        impl ::std::convert::From<&str> for #name {
            fn from(value: &str) -> Self {
                match value {
                    #(#wires => Self::#idents,)*
                    other => Self::Unknown(other.to_owned()),
                }
            }
        }

        impl ::std::convert::From<::std::string::String> for #name {
            fn from(value: ::std::string::String) -> Self {
                Self::from(value.as_str())
            }
        }

        impl ::serde::Serialize for #name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> ::serde::Deserialize<'de> for #name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                let value = <::std::string::String as ::serde::Deserialize>::deserialize(deserializer)?;
                ::std::result::Result::Ok(Self::from(value))
            }
        }
    }
}
