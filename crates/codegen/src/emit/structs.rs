//! Structs: fields as published, `new` for what is required, setters for the rest.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::Context;
use super::docs::{self, doc};
use super::emitted::Emitted;
use super::hashable::Hashable;
use super::needs::Needs;
use super::runtime::Part;
use super::size_limits;
use crate::lower::neutral;
use crate::model::{Field, Scalar, Struct, Type, TypeDef, TypeId, TypeRef};
use crate::names::{Names, ident, stem};
use crate::reserved::SETTERS;
use crate::rust_type::{RustType, TypeWriter};

pub(super) fn item(
    context: &Context<'_>,
    hashable: &Hashable,
    id: TypeId,
    def: &TypeDef,
    body: &Struct,
) -> Result<Emitted, String> {
    let types = TypeWriter::inside(&context.api.types);
    let name = ident(&def.name);
    let docs = docs::type_docs(def);
    let mut needs = Needs::default();
    needs.insert(if body.has_files {
        Part::Upload
    } else {
        Part::Objects
    });
    let mut fields = TokenStream::new();
    let mut arguments = TokenStream::new();
    let mut values = TokenStream::new();
    let mut setters = TokenStream::new();
    let mut taken = Names::reserving(SETTERS);
    for (index, field) in body.fields.iter().enumerate() {
        let missing = || format!("progenitor lost field `{}` of `{}`", field.wire, def.name);
        let ty = context
            .rust_types
            .field(id, &neutral::field(index))
            .ok_or_else(missing)?;
        needs.serde_json |= ty.has_json();
        let field_name = ident(&field.ident);
        fields.extend(declaration(context, field, ty));
        let slot = Slot::new(field, ty);
        let conversion = slot.conversion(types, &quote! { #field_name });
        if field.required {
            let parameter = &conversion.parameter;
            arguments.extend(quote! { #field_name: #parameter, });
            values.extend(match &conversion.value {
                None => quote! { #field_name, },
                Some(value) => quote! { #field_name: #value, },
            });
        } else {
            values.extend(quote! { #field_name: ::std::option::Option::None, });
            setters.extend(setter(field, &conversion, &mut taken));
        }
    }
    if body.additional.is_some() {
        let ty = context
            .rust_types
            .field(id, neutral::ADDITIONAL)
            .ok_or_else(|| format!("progenitor lost the further members of `{}`", def.name))?;
        needs.serde_json |= ty.has_json();
        let extra = ident(&extra_name(body));
        let ty = types.tokens(ty);
        fields.extend(quote! {
            /// Members that the contract does not name.
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
    let has_required = body.fields.iter().any(|field| field.required);
    let default = (!has_required).then(|| quote! { Default, });
    let (eq, hash) = if hashable.has(id) {
        (quote! { Eq, }, quote! { Hash, })
    } else {
        (quote! {}, quote! {})
    };
    let new_docs = doc(if has_required {
        "Returns a value with the required fields set, and the optional ones unset."
    } else {
        "Returns a value with every field unset."
    });
    let limits = size_limits::constant(body);
    // A file can be a stream, which can be sent once, and is no JSON.
    let (derive, members) = if body.has_files {
        (quote! { #[derive(Debug, #default)] }, None)
    } else {
        let members = members(body, &mut needs);
        (
            quote! { #[derive(Clone, Debug, #default #eq #hash PartialEq)] },
            Some(quote! { crate::objects::object! { #name { #members } } }),
        )
    };
    let tokens = quote! {
        #docs
        #derive
        #[non_exhaustive]
        pub struct #name { #fields }

        #members

        impl #name {
            #limits

            #new_docs
            pub fn new(#arguments) -> Self {
                Self { #values }
            }
            #setters
        }
    };
    Emitted::new(tokens, needs)
}

/// The field for members that no property names; `extra` unless a property has that name.
pub(super) fn extra_name(body: &Struct) -> String {
    let mut names = Names::default();
    for field in &body.fields {
        names.take(&field.ident);
    }
    names.take("extra")
}

fn declaration(context: &Context<'_>, field: &Field, ty: &RustType) -> TokenStream {
    let docs = docs::field_docs(&context.api.types, field);
    let name = ident(&field.ident);
    let ty = TypeWriter::inside(&context.api.types).tokens(ty);
    let ty = if field.keeps_null {
        quote! { ::std::option::Option<#ty> }
    } else {
        ty
    };
    quote! { #docs pub #name: #ty, }
}

/// How a struct is read and written: the lines of `object!`.
fn members(body: &Struct, needs: &mut Needs) -> TokenStream {
    let named: TokenStream = body.fields.iter().map(|one| member(one, needs)).collect();
    let others = body.additional.as_ref().map(|additional| {
        let extra = ident(&extra_name(body));
        let integers = integers(additional, needs);
        quote! { .. => #extra: all #integers, }
    });
    quote! { #named #others }
}

/// How a field is read and written: a line of `object!`.
fn member(field: &Field, needs: &mut Needs) -> TokenStream {
    let (name, wire) = (ident(&field.ident), &field.wire);
    let presence = if field.required {
        quote! { required }
    } else if field.keeps_null || field.type_ref.ty == Type::Any {
        quote! { nullable }
    } else {
        quote! { optional }
    };
    let integers = integers(&field.type_ref, needs);
    quote! { #wire => #name: #presence #integers, }
}

/// Says that a member holds nothing but integers, which are read by their values: `1.0` is one.
fn integers(type_ref: &TypeRef, needs: &mut Needs) -> Option<TokenStream> {
    type_ref.is_integers().then(|| {
        needs.insert(Part::Integers);
        quote! { integers }
    })
}

/// The setter of an optional field; `with_…` where its name would hide a method.
fn setter(field: &Field, conversion: &Conversion, taken: &mut Names) -> TokenStream {
    let name = ident(&field.ident);
    let method = setter_name(&field.ident, taken);
    let parameter = &conversion.parameter;
    let value = conversion.value.clone().unwrap_or_else(|| quote! { #name });
    let value = if field.keeps_null {
        quote! { ::std::option::Option::Some(#value) }
    } else {
        value
    };
    let wire = field.wire.replace('`', "'");
    let docs = doc(&format!("Sets `{wire}`."));
    let to_null = field.keeps_null.then(|| {
        let method = setter_name(&format!("{}_null", stem(&field.ident)), taken);
        let docs = doc(&format!("Sets `{wire}` to null."));
        quote! {
            #docs
            #[must_use]
            pub fn #method(mut self) -> Self {
                self.#name = ::std::option::Option::Some(::std::option::Option::None);
                self
            }
        }
    });
    quote! {
        #docs
        #[must_use]
        pub fn #method(mut self, #name: #parameter) -> Self {
            self.#name = ::std::option::Option::Some(#value);
            self
        }
        #to_null
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
    type_ref: &'a TypeRef,
    /// The type inside; for a required nullable field, its `Option` included.
    ty: &'a RustType,
    boxed: bool,
}

/// How a field gets its value.
struct Conversion {
    /// The type of the parameter.
    parameter: TokenStream,
    /// The expression that converts the argument; `None` where it is the value.
    value: Option<TokenStream>,
}

impl<'a> Slot<'a> {
    fn new(field: &'a Field, ty: &'a RustType) -> Self {
        let inside = if field.required {
            ty
        } else {
            ty.option_argument().unwrap_or(ty)
        };
        let unboxed = inside.box_argument();
        Self {
            type_ref: &field.type_ref,
            ty: unboxed.unwrap_or(inside),
            boxed: unboxed.is_some(),
        }
    }

    /// What a caller passes, and what becomes of the argument `name`.
    fn conversion(&self, types: TypeWriter<'_>, name: &TokenStream) -> Conversion {
        let ty = types.tokens(self.ty);
        let as_is = || (quote! { #ty }, None);
        let wants_null = self.ty.option_argument().is_some();
        let (parameter, value) = match &self.type_ref.ty {
            _ if wants_null => as_is(),
            Type::Scalar(Scalar::String) | Type::Named(_) | Type::Any | Type::Upload => (
                quote! { impl ::std::convert::Into<#ty> },
                Some(quote! { #name.into() }),
            ),
            Type::Array(items) if converts(items) => match self.ty.vec_argument() {
                Some(item) => {
                    let item = types.tokens(item);
                    (
                        quote! {
                            impl ::std::iter::IntoIterator<Item = impl ::std::convert::Into<#item>>
                        },
                        Some(quote! {
                            #name.into_iter().map(::std::convert::Into::into).collect()
                        }),
                    )
                }
                None => as_is(),
            },
            _ => as_is(),
        };
        let value = if self.boxed {
            let value = value.unwrap_or_else(|| quote! { #name });
            Some(quote! { ::std::boxed::Box::new(#value) })
        } else {
            value
        };
        Conversion { parameter, value }
    }
}

fn converts(items: &TypeRef) -> bool {
    let converts = matches!(
        items.ty,
        Type::Scalar(Scalar::String) | Type::Named(_) | Type::Upload
    );
    converts && !items.nullable
}
