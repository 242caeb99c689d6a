//! What a pass returns: items, and what they need.

use proc_macro2::TokenStream;

use super::needs::Needs;

/// Items of a file, and what they need.
#[derive(Debug, Default)]
pub(super) struct Emitted {
    pub(super) items: Vec<syn::Item>,
    pub(super) needs: Needs,
}

impl Emitted {
    /// The items that `tokens` are.
    pub(super) fn new(tokens: TokenStream, needs: Needs) -> Result<Self, String> {
        let file: syn::File = syn::parse2(tokens).map_err(|error| error.to_string())?;
        Ok(Self {
            items: file.items,
            needs,
        })
    }
}

/// A method, and what it needs.
#[derive(Debug)]
pub(super) struct EmittedMethod {
    pub(super) method: syn::ImplItemFn,
    pub(super) needs: Needs,
}
