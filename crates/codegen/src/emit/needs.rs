//! What emitted code needs: parts of the runtime, traits in scope, and crates.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::runtime::Part;

/// What one file, or one item of it, needs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Needs {
    parts: BTreeSet<Part>,
    /// Whether methods of `Validate` are called.
    pub(super) validate: bool,
    /// Whether `serde_json` is used.
    pub(super) serde_json: bool,
}

impl Needs {
    /// The path of a function of the runtime, which is needed from now on.
    pub(super) fn function(&mut self, part: Part) -> TokenStream {
        self.parts.insert(part);
        let (folder, name) = (part.folder_ident(), part.ident());
        quote! { crate::#folder::#name }
    }

    /// Notes that a part of the runtime is needed.
    pub(super) fn insert(&mut self, part: Part) {
        self.parts.insert(part);
    }

    /// Adds what something else needs.
    pub(super) fn extend(&mut self, other: Self) {
        self.parts.extend(other.parts);
        self.validate |= other.validate;
        self.serde_json |= other.serde_json;
    }

    /// The parts without those that only other parts need.
    pub(super) fn named(&self) -> BTreeSet<Part> {
        self.parts.clone()
    }

    /// The parts, and those that these need themselves.
    pub(super) fn parts(&self) -> BTreeSet<Part> {
        let mut all = BTreeSet::new();
        let mut open: Vec<_> = self.parts.iter().copied().collect();
        while let Some(part) = open.pop() {
            if all.insert(part) {
                open.extend(part.needs());
            }
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::{Needs, Part};

    #[test]
    fn a_part_brings_what_it_needs_itself() {
        let mut needs = Needs::default();
        let path = needs.function(Part::Length);
        assert_eq!(path.to_string(), "crate :: checks :: length");
        let parts: Vec<_> = needs.parts().into_iter().collect();
        assert_eq!(parts, [Part::Counted, Part::Size, Part::Length]);
    }
}
