//! Structs: fields as published, `new` for what is required, setters for the rest.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{Context, docs, integers};
use crate::lower::neutral;
use crate::model::{Field, Scalar, Struct, Type, TypeDef, TypeId, Use};
use crate::names::Names;
use crate::tokens::{argument_of, doc, ident};

/// Methods that a setter must not hide.
const RESERVED: &[&str] = &[
    "new",
    "validate",
    "check",
    "clone",
    "default",
    "eq",
    "ne",
    "fmt",
    "into",
    "serialize",
];

pub(super) fn item(
    context: &Context<'_>,
    id: TypeId,
    def: &TypeDef,
    body: &Struct,
) -> Result<TokenStream, String> {
    let name = ident(&def.name);
    let docs = docs::type_docs(def);
    let mut fields = TokenStream::new();
    let mut arguments = TokenStream::new();
    let mut values = TokenStream::new();
    let mut setters = TokenStream::new();
    let mut taken = Names::reserving(RESERVED);
    for (index, field) in body.fields.iter().enumerate() {
        let missing = || format!("progenitor lost field `{}` of `{}`", field.wire, def.name);
        let ty = context
            .raw
            .field(id, &neutral::field(index))
            .ok_or_else(missing)?;
        let field_name = ident(&field.ident);
        fields.extend(declaration(context, field, &ty));
        let slot = Slot::of(field, &ty);
        if field.required {
            let (taken, value) = slot.conversion(&quote! { #field_name });
            arguments.extend(quote! { #field_name: #taken, });
            values.extend(if value.to_string() == field.ident {
                quote! { #field_name, }
            } else {
                quote! { #field_name: #value, }
            });
        } else {
            values.extend(quote! { #field_name: ::std::option::Option::None, });
            setters.extend(setter(field, &slot, &mut taken));
        }
    }
    if let Some(additional) = &body.additional {
        let ty = context
            .raw
            .field(id, neutral::ADDITIONAL)
            .ok_or_else(|| format!("progenitor lost the further members of `{}`", def.name))?;
        let extra = ident(&extra_name(body));
        let reader = integers::reader(additional);
        fields.extend(quote! {
            /// Members that the contract does not name.
            #[serde(flatten)]
            #reader
            pub #extra: #ty,
        });
        values.extend(quote! { #extra: ::std::default::Default::default(), });
        let method = setter_name(&extra.to_string(), &mut taken);
        setters.extend(quote! {
            /// Sets the members that the contract does not name.
            #[must_use]
            pub fn #method(mut self, #extra: #ty) -> Self {
                self.#extra = #extra;
                self
            }
        });
    }
    let default = (!body.fields.iter().any(|field| field.required)).then(|| quote! { Default, });
    let new_docs = doc(if body.fields.iter().any(|field| field.required) {
        "With the required fields; the optional ones are left out."
    } else {
        "With every field left out."
    });
    Ok(quote! {
        #docs
        #[derive(Clone, Debug, #default PartialEq, ::serde::Deserialize, ::serde::Serialize)]
        #[non_exhaustive]
        pub struct #name { #fields }

        impl #name {
            #new_docs
            pub fn new(#arguments) -> Self {
                Self { #values }
            }
            #setters
        }
    })
}

/// The field for members that no property names; `extra` unless a property has that name.
pub(super) fn extra_name(body: &Struct) -> String {
    let mut names = Names::default();
    for field in &body.fields {
        names.take(&field.ident);
    }
    names.take("extra")
}

fn declaration(context: &Context<'_>, field: &Field, ty: &syn::Type) -> TokenStream {
    let docs = docs::field_docs(field);
    let name = ident(&field.ident);
    let wire = &field.wire;
    let rename = (field.ident != field.wire).then(|| quote! { #[serde(rename = #wire)] });
    let reader = integers::reader(&field.usage);
    let presence = if !field.required {
        // Printing shortens paths, but not those in texts.
        let is_none = if context.names.contains("Option") {
            "::std::option::Option::is_none"
        } else {
            "Option::is_none"
        };
        Some(quote! { #[serde(default, skip_serializing_if = #is_none)] })
    } else if field.usage.nullable && reader.is_none() {
        // Without this, serde takes a missing member for null.
        Some(quote! { #[serde(deserialize_with = "::serde::Deserialize::deserialize")] })
    } else {
        None
    };
    quote! { #docs #rename #presence #reader pub #name: #ty, }
}

/// The setter of an optional field; `with_…` where its name would hide a method.
fn setter(field: &Field, slot: &Slot<'_>, taken: &mut Names) -> TokenStream {
    let name = ident(&field.ident);
    let method = setter_name(&field.ident, taken);
    let (ty, value) = slot.conversion(&quote! { #name });
    let docs = doc(&format!("Sets `{}`.", field.wire.replace('`', "'")));
    quote! {
        #docs
        #[must_use]
        pub fn #method(mut self, #name: #ty) -> Self {
            self.#name = ::std::option::Option::Some(#value);
            self
        }
    }
}

fn setter_name(field: &str, taken: &mut Names) -> proc_macro2::Ident {
    let name = if taken.is_free(field) {
        field.to_owned()
    } else {
        format!("with_{field}")
    };
    format_ident!("{}", taken.take(&name))
}

/// A field's type without its `Option` and `Box`, and what a caller may pass for it.
struct Slot<'a> {
    usage: &'a Use,
    /// The type inside; for a required nullable field, its `Option` included.
    ty: &'a syn::Type,
    boxed: bool,
}

impl<'a> Slot<'a> {
    fn of(field: &'a Field, ty: &'a syn::Type) -> Self {
        let inside = if field.required {
            ty
        } else {
            argument_of(ty, "Option").unwrap_or(ty)
        };
        match argument_of(inside, "Box") {
            Some(inner) => Self {
                usage: &field.usage,
                ty: inner,
                boxed: true,
            },
            None => Self {
                usage: &field.usage,
                ty: inside,
                boxed: false,
            },
        }
    }

    /// The type of the parameter, and the expression that makes the field's value of it.
    fn conversion(&self, name: &TokenStream) -> (TokenStream, TokenStream) {
        let ty = self.ty;
        let wants_null = argument_of(ty, "Option").is_some();
        let (parameter, value) = match &self.usage.ty {
            _ if wants_null => (quote! { #ty }, quote! { #name }),
            Type::Scalar(Scalar::String) | Type::Named(_) | Type::Any => (
                quote! { impl ::std::convert::Into<#ty> },
                quote! { #name.into() },
            ),
            Type::Array(items) if converts(items) => match argument_of(ty, "Vec") {
                Some(item) => (
                    quote! {
                        impl ::std::iter::IntoIterator<Item = impl ::std::convert::Into<#item>>
                    },
                    quote! { #name.into_iter().map(::std::convert::Into::into).collect() },
                ),
                None => (quote! { #ty }, quote! { #name }),
            },
            _ => (quote! { #ty }, quote! { #name }),
        };
        if self.boxed {
            (parameter, quote! { ::std::boxed::Box::new(#value) })
        } else {
            (parameter, value)
        }
    }
}

fn converts(items: &Use) -> bool {
    !items.nullable && matches!(items.ty, Type::Scalar(Scalar::String) | Type::Named(_))
}
