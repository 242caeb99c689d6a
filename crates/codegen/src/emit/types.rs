//! `types.rs`: the types of the contract, each with what makes it.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Context, enums, print, structs, unions};
use crate::model::Shape;

pub(super) fn file(context: &Context<'_>) -> Result<String, String> {
    let items: TokenStream = context
        .api
        .types
        .iter()
        .enumerate()
        .map(|(id, def)| match &def.shape {
            Shape::Struct(body) => structs::item(context, id, def, body),
            Shape::Enum(body) => Ok(enums::item(context, def, body)),
            Shape::Union(body) => unions::item(context, id, def, body),
            Shape::Outcome(outcomes) => unions::outcome(context, id, def, outcomes),
            Shape::Broken => Ok(quote! {}),
        })
        .collect::<Result<_, String>>()?;
    print::file(context, "//! The types of the contract.", items)
}
