//! The limits on the sizes of a struct's fields as a constant, for whoever splits, counts or shows
//! what a request may hold.
//!
//! It is one constant, with the fields by name, so that a contract that adds or removes a limit
//! changes its value and not the public API.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::model::{Struct, Type, TypeRef};
use crate::names::ident;

/// The constant `LIMITS` of a struct.
pub(super) fn constant(body: &Struct) -> TokenStream {
    let mut limits = TokenStream::new();
    for field in &body.fields {
        limits.extend(sizes(&field.type_ref, &field.wire));
        if let Type::Array(items) = &field.type_ref.ty {
            limits.extend(sizes(items, &format!("{}[]", field.wire)));
        }
    }
    quote! {
        /// The limits on the sizes of fields, by their names in JSON.
        pub const LIMITS: crate::validation::SizeLimits =
            crate::validation::SizeLimits::new(&[#limits]);
    }
}

/// The entries of one field.
fn sizes(type_ref: &TypeRef, field: &str) -> TokenStream {
    let limits = &type_ref.limits;
    let all = [
        ("MinLength", limits.min_length),
        ("MaxLength", limits.max_length),
        ("MinItems", limits.min_items),
        ("MaxItems", limits.max_items),
        ("MinProperties", limits.min_properties),
        ("MaxProperties", limits.max_properties),
    ];
    let entries = all.into_iter().filter_map(|(variant, limit)| {
        let (variant, limit) = (ident(variant), Literal::u64_unsuffixed(limit?));
        Some(quote! { (#field, crate::validation::Limit::#variant(#limit)), })
    });
    entries.collect()
}
