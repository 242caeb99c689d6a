//! Strings with listed values; open ones keep the values that nobody listed.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{self, doc};
use super::emitted::Emitted;
use super::markdown::quoted;
use super::needs::Needs;
use crate::model::{Enum, TypeDef};
use crate::names::ident;
use crate::reserved::UNKNOWN_VARIANT;

pub(super) fn item(def: &TypeDef, body: &Enum) -> Result<Emitted, String> {
    let tokens = if body.open {
        open(def, body)
    } else {
        closed(def, body)
    };
    Emitted::new(tokens, Needs::default())
}

/// What open and closed enums have in common.
struct Common<'a> {
    name: proc_macro2::Ident,
    docs: TokenStream,
    wires: Vec<&'a str>,
    idents: Vec<proc_macro2::Ident>,
    variant_docs: Vec<TokenStream>,
    known: TokenStream,
    conversions: TokenStream,
}

impl<'a> Common<'a> {
    fn new(def: &TypeDef, body: &'a Enum) -> Self {
        let name = ident(&def.name);
        let wires: Vec<_> = body
            .values
            .iter()
            .map(|value| value.wire.as_str())
            .collect();
        let idents: Vec<_> = body
            .values
            .iter()
            .map(|value| ident(&value.ident))
            .collect();
        Self {
            docs: docs::type_docs(def),
            variant_docs: wires.iter().map(|wire| doc(&quoted(wire))).collect(),
            known: quote! {
                /// The values that the contract lists.
                pub const KNOWN: &'static [Self] = &[#(Self::#idents),*];
            },
            conversions: quote! {
                impl ::std::convert::AsRef<str> for #name {
                    fn as_ref(&self) -> &str {
                        self.as_str()
                    }
                }

                impl ::std::fmt::Display for #name {
                    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                        f.write_str(self.as_str())
                    }
                }
            },
            name,
            wires,
            idents,
        }
    }
}

fn closed(def: &TypeDef, body: &Enum) -> TokenStream {
    let Common {
        name,
        docs,
        wires,
        idents,
        variant_docs,
        known,
        conversions,
    } = Common::new(def, body);
    quote! {
        #docs
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, ::serde::Deserialize, ::serde::Serialize)]
        #[non_exhaustive]
        pub enum #name {
            #(#variant_docs #[serde(rename = #wires)] #idents,)*
        }

        impl #name {
            #known

            /// Returns the value as it is sent.
            pub fn as_str(&self) -> &'static str {
                match self { #(Self::#idents => #wires,)* }
            }
        }

        #conversions

        impl ::std::str::FromStr for #name {
            type Err = crate::validation::UnknownValue;

            fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
                let mut known = Self::KNOWN.iter().copied();
                known
                    .find(|known| known.as_str() == value)
                    .ok_or_else(|| crate::validation::UnknownValue::new(value))
            }
        }
    }
}

fn open(def: &TypeDef, body: &Enum) -> TokenStream {
    let Common {
        name,
        docs,
        wires,
        idents,
        variant_docs,
        known,
        conversions,
    } = Common::new(def, body);
    let unknown = ident(UNKNOWN_VARIANT);
    quote! {
        #docs
        #[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        #[non_exhaustive]
        pub enum #name {
            #(#variant_docs #idents,)*
            /// A value that the contract does not list, kept as it is.
            #unknown(::std::string::String),
        }

        impl #name {
            #known

            /// Returns the value as it is sent.
            pub fn as_str(&self) -> &str {
                match self {
                    #(Self::#idents => #wires,)*
                    Self::#unknown(value) => value,
                }
            }
        }

        #conversions

        impl ::std::convert::From<&str> for #name {
            fn from(value: &str) -> Self {
                match value {
                    #(#wires => Self::#idents,)*
                    other => Self::#unknown(other.to_owned()),
                }
            }
        }

        impl ::std::convert::From<::std::string::String> for #name {
            fn from(value: ::std::string::String) -> Self {
                Self::from(value.as_str())
            }
        }

        impl ::std::str::FromStr for #name {
            type Err = ::std::convert::Infallible;

            fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
                ::std::result::Result::Ok(Self::from(value))
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
