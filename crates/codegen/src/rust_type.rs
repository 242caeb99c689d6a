//! Rust types as emitted code writes them.

use bigmodel_rerank_openapi::{IntegerType, NumberType};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::model::{Scalar, Stream, Type, TypeDef, TypeId, TypeRef};
use crate::names::ident;

/// The Rust type of a field, an argument or a result.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum RustType {
    /// A type of the contract.
    Named(TypeId),
    Unit,
    Bool,
    Int(IntegerType),
    Number(NumberType),
    String,
    /// `str`, behind a reference.
    Str,
    /// Any JSON value.
    Json,
    /// A JSON object with values of any kind.
    JsonObject,
    Option(Box<Self>),
    Box(Box<Self>),
    Vec(Box<Self>),
    /// `[T]`, behind a reference.
    Slice(Box<Self>),
    /// A map from texts.
    Map(Box<Self>),
    Reference(Box<Self>),
    /// Bytes to send.
    Upload,
    /// A response that is read as bytes.
    ByteStream,
    /// A response of server-sent events.
    Events(Box<Self>),
    /// A response with a JSON value in each line.
    JsonLines(Box<Self>),
}

impl RustType {
    /// The type of a value that progenitor does not see; `None` for what it does see.
    pub(crate) fn of_stream(type_ref: &TypeRef) -> Option<Self> {
        let Type::Stream(stream) = &type_ref.ty else {
            return None;
        };
        let item = stream.item().map(|item| Box::new(Self::of_value(item)));
        Some(match (stream, item) {
            (Stream::Events(_), Some(item)) => Self::Events(item),
            (Stream::Lines(_), Some(item)) => Self::JsonLines(item),
            _ => Self::ByteStream,
        })
    }

    /// The type of a value that is not part of another one.
    fn of_value(type_ref: &TypeRef) -> Self {
        let inner = |inner: &TypeRef| Box::new(Self::of_value(inner));
        let ty = match &type_ref.ty {
            Type::Scalar(Scalar::Bool) => Self::Bool,
            Type::Scalar(Scalar::Int(ty)) => Self::Int(*ty),
            Type::Scalar(Scalar::Number(ty)) => Self::Number(*ty),
            Type::Scalar(Scalar::String) => Self::String,
            Type::Any | Type::Stream(_) => return Self::Json,
            Type::Array(items) => Self::Vec(inner(items)),
            Type::Map(values) => Self::Map(inner(values)),
            Type::Named(id) => Self::Named(*id),
            Type::Upload => Self::Upload,
        };
        if type_ref.nullable { ty.optional() } else { ty }
    }

    /// `Option<Self>`.
    pub(crate) fn optional(self) -> Self {
        Self::Option(Box::new(self))
    }

    /// `T` of `Option<T>`.
    pub(crate) fn option_argument(&self) -> Option<&Self> {
        match self {
            Self::Option(inner) => Some(inner),
            _ => None,
        }
    }

    /// `T` of `Box<T>`.
    pub(crate) fn box_argument(&self) -> Option<&Self> {
        match self {
            Self::Box(inner) => Some(inner),
            _ => None,
        }
    }

    /// `T` of `Vec<T>`.
    pub(crate) fn vec_argument(&self) -> Option<&Self> {
        match self {
            Self::Vec(inner) => Some(inner),
            _ => None,
        }
    }

    /// Whether it holds JSON of any kind, for which `serde_json` is needed.
    pub(crate) fn has_json(&self) -> bool {
        match self {
            Self::Json | Self::JsonObject => true,
            Self::Option(inner)
            | Self::Box(inner)
            | Self::Vec(inner)
            | Self::Slice(inner)
            | Self::Map(inner)
            | Self::Reference(inner)
            | Self::Events(inner)
            | Self::JsonLines(inner) => inner.has_json(),
            Self::Named(_)
            | Self::Unit
            | Self::Bool
            | Self::Int(_)
            | Self::Number(_)
            | Self::String
            | Self::Str
            | Self::Upload
            | Self::ByteStream => false,
        }
    }

    /// The type as an argument: a slice where it is a reference to a list.
    pub(crate) fn with_slices(self) -> Self {
        match self {
            Self::Reference(inner) => Self::Reference(Box::new(match *inner {
                Self::Vec(item) => Self::Slice(item),
                other => other,
            })),
            Self::Option(inner) => Self::Option(Box::new(inner.with_slices())),
            other => other,
        }
    }
}

/// Writes types, those of the contract as seen from one module.
#[derive(Clone, Copy)]
pub(crate) struct TypeWriter<'a> {
    types: &'a [TypeDef],
    /// Whether the types of the contract are in another module.
    from_outside: bool,
}

impl<'a> TypeWriter<'a> {
    /// For the module of the types itself.
    pub(crate) fn inside(types: &'a [TypeDef]) -> Self {
        Self {
            types,
            from_outside: false,
        }
    }

    /// For other modules.
    pub(crate) fn outside(types: &'a [TypeDef]) -> Self {
        Self {
            types,
            from_outside: true,
        }
    }

    /// The tokens of a type, with absolute paths.
    pub(crate) fn tokens(self, ty: &RustType) -> TokenStream {
        match ty {
            RustType::Named(id) => self.named(*id),
            RustType::Unit => quote! { () },
            RustType::Bool => quote! { bool },
            RustType::Int(ty) => {
                let name = format_ident!("{}", ty.rust_name());
                quote! { #name }
            }
            RustType::Number(ty) => {
                let name = format_ident!("{}", ty.rust_name());
                quote! { #name }
            }
            RustType::String => quote! { ::std::string::String },
            RustType::Str => quote! { str },
            RustType::Json => quote! { ::serde_json::Value },
            RustType::JsonObject => {
                quote! { ::serde_json::Map<::std::string::String, ::serde_json::Value> }
            }
            RustType::Option(inner) => {
                let inner = self.tokens(inner);
                quote! { ::std::option::Option<#inner> }
            }
            RustType::Box(inner) => {
                let inner = self.tokens(inner);
                quote! { ::std::boxed::Box<#inner> }
            }
            RustType::Vec(inner) => {
                let inner = self.tokens(inner);
                quote! { ::std::vec::Vec<#inner> }
            }
            RustType::Slice(inner) => {
                let inner = self.tokens(inner);
                quote! { [#inner] }
            }
            RustType::Map(inner) => {
                let inner = self.tokens(inner);
                quote! { ::std::collections::BTreeMap<::std::string::String, #inner> }
            }
            RustType::Reference(inner) => {
                let inner = self.tokens(inner);
                quote! { &#inner }
            }
            RustType::Upload => quote! { crate::upload::Upload },
            RustType::ByteStream => quote! { crate::byte_stream::ByteStream },
            RustType::Events(inner) => {
                let inner = self.tokens(inner);
                quote! { crate::events::EventStream<#inner> }
            }
            RustType::JsonLines(inner) => {
                let inner = self.tokens(inner);
                quote! { crate::json_lines::JsonLines<#inner> }
            }
        }
    }

    fn named(self, id: TypeId) -> TokenStream {
        // Every id comes from a position in the list of types.
        let Some(def) = self.types.get(id) else {
            return TokenStream::new();
        };
        let name = ident(&def.name);
        if self.from_outside {
            quote! { crate::types::#name }
        } else {
            quote! { #name }
        }
    }

    /// The type as a person outside the crate writes it, who has imported what it names.
    pub(crate) fn text(self, ty: &RustType, types_path: &str) -> String {
        let text = |inner: &RustType| self.text(inner, types_path);
        match ty {
            RustType::Named(id) => {
                let name = self.types.get(*id).map_or("", |def| def.name.as_str());
                format!("{types_path}{name}")
            }
            RustType::Unit => "()".to_owned(),
            RustType::Bool => "bool".to_owned(),
            RustType::Int(ty) => ty.rust_name().to_owned(),
            RustType::Number(ty) => ty.rust_name().to_owned(),
            RustType::String => "String".to_owned(),
            RustType::Str => "str".to_owned(),
            RustType::Json => "serde_json::Value".to_owned(),
            RustType::JsonObject => "serde_json::Map<String, serde_json::Value>".to_owned(),
            RustType::Option(inner) => format!("Option<{}>", text(inner)),
            RustType::Box(inner) => format!("Box<{}>", text(inner)),
            RustType::Vec(inner) => format!("Vec<{}>", text(inner)),
            RustType::Slice(inner) => format!("[{}]", text(inner)),
            RustType::Map(inner) => {
                format!("std::collections::BTreeMap<String, {}>", text(inner))
            }
            RustType::Reference(inner) => format!("&{}", text(inner)),
            // What converts into it.
            RustType::Upload => "Vec<u8>".to_owned(),
            RustType::ByteStream => "ByteStream".to_owned(),
            RustType::Events(inner) => format!("EventStream<{}>", text(inner)),
            RustType::JsonLines(inner) => format!("JsonLines<{}>", text(inner)),
        }
    }
}
