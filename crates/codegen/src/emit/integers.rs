//! Integers are read by the runtime's `integers` module, which takes `1.0` for one.

use proc_macro2::TokenStream;
use quote::quote;

use super::print;
use crate::model::Use;

/// The attribute of a field of this type.
pub(super) fn reader(usage: &Use) -> Option<TokenStream> {
    let reader = quote! { #[serde(deserialize_with = "crate::integers::deserialize")] };
    usage.is_integers().then_some(reader)
}

/// Whether a file of the crate reads integers.
pub(super) fn used_in(text: &str) -> bool {
    print::code(text).any(|line| line.contains("crate::integers::"))
}
