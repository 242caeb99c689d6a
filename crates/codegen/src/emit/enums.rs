//! Strings with listed values; open ones keep the values that nobody listed.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::docs::{self, doc};
use super::emitted::Emitted;
use super::markdown::quoted;
use super::needs::Needs;
use crate::model::{Enum, TypeDef};
use crate::names::ident;
use crate::reserved::UNKNOWN_VARIANT;

/// What an open and a closed enum differ in.
struct Form {
    derives: TokenStream,
    variants: TokenStream,
    /// What `as_str` returns.
    text: TokenStream,
    /// The arm of `as_str` for values that the contract does not list.
    unlisted: TokenStream,
    impls: TokenStream,
}

pub(super) fn item(def: &TypeDef, body: &Enum) -> Result<Emitted, String> {
    let name = ident(&def.name);
    let values = body.values.iter();
    let (wires, idents): (Vec<_>, Vec<_>) = values
        .map(|value| (value.wire.as_str(), ident(&value.ident)))
        .unzip();
    let form = if body.open { open } else { closed };
    let Form {
        derives,
        variants,
        text,
        unlisted,
        impls,
    } = form(&name, &wires, &idents);
    let docs = docs::type_docs(def);
    let tokens = quote! {
        #docs
        #derives
        #[non_exhaustive]
        pub enum #name { #variants }

        impl #name {
            /// The values that the contract lists.
            pub const KNOWN: &'static [Self] = &[#(Self::#idents),*];

            /// Returns the value as it is sent.
            pub fn as_str(&self) -> #text {
                match self {
                    #(Self::#idents => #wires,)*
                    #unlisted
                }
            }
        }

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

        #impls
    };
    Emitted::new(tokens, Needs::default())
}

/// The error type of `FromStr`. `Self::Err` would be ambiguous beside a variant of that name.
fn error_type(idents: &[Ident]) -> TokenStream {
    if idents.iter().any(|ident| ident == "Err") {
        quote! { <Self as ::std::str::FromStr>::Err }
    } else {
        quote! { Self::Err }
    }
}

fn closed(name: &Ident, wires: &[&str], idents: &[Ident]) -> Form {
    let docs = wires.iter().map(|wire| doc(&quoted(wire)));
    let error = error_type(idents);
    Form {
        derives: quote! {
            #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, ::serde::Deserialize, ::serde::Serialize)]
        },
        variants: quote! { #(#docs #[serde(rename = #wires)] #idents,)* },
        text: quote! { &'static str },
        unlisted: TokenStream::new(),
        impls: quote! {
            impl ::std::str::FromStr for #name {
                type Err = crate::validation::UnknownValue;

                fn from_str(value: &str) -> ::std::result::Result<Self, #error> {
                    let mut known = Self::KNOWN.iter().copied();
                    known
                        .find(|known| known.as_str() == value)
                        .ok_or_else(|| crate::validation::UnknownValue::new(value))
                }
            }
        },
    }
}

fn open(name: &Ident, wires: &[&str], idents: &[Ident]) -> Form {
    let docs = wires.iter().map(|wire| doc(&quoted(wire)));
    let unknown = ident(UNKNOWN_VARIANT);
    let error = error_type(idents);
    Form {
        derives: quote! { #[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)] },
        variants: quote! {
            #(#docs #idents,)*
            /// A value that the contract does not list, kept as it is.
            #unknown(::std::string::String),
        },
        text: quote! { &str },
        unlisted: quote! { Self::#unknown(value) => value, },
        impls: quote! {
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

                fn from_str(value: &str) -> ::std::result::Result<Self, #error> {
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
        },
    }
}
