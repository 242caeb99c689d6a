//! Paths as a file of the crate writes them: what passes write in full is shortened, and imported
//! where it has to be.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use proc_macro2::TokenStream;
use quote::quote;
use syn::visit_mut::VisitMut;

use crate::names::ident;
use crate::reserved::DERIVE_MACROS;

/// What the prelude of Rust holds: the path as passes write it, and its name.
const PRELUDE: &[(&[&str], &str)] = &[
    (&["option", "Option", "Some"], "Some"),
    (&["option", "Option", "None"], "None"),
    (&["option", "Option"], "Option"),
    (&["result", "Result", "Ok"], "Ok"),
    (&["result", "Result", "Err"], "Err"),
    (&["result", "Result"], "Result"),
    (&["vec", "Vec"], "Vec"),
    (&["string", "String"], "String"),
    (&["boxed", "Box"], "Box"),
    (&["convert", "Into"], "Into"),
    (&["convert", "From"], "From"),
    (&["convert", "AsRef"], "AsRef"),
    (&["iter", "IntoIterator"], "IntoIterator"),
    (&["default", "Default"], "Default"),
];

/// The modules of the crate whose items are imported by name; of others, the module is.
const BY_ITEM: &[&str] = &[
    "byte_stream",
    "error",
    "events",
    "json_lines",
    "response",
    "upload",
    "validation",
];

/// Shortens paths, and keeps what has to be imported for that.
pub(super) struct Imports<'a> {
    /// Names of types of the contract, which nothing imported may hide, nor the prelude.
    taken: &'a HashSet<&'a str>,
    modules: BTreeMap<String, BTreeSet<String>>,
    /// Contract types that are used by their bare name, without a path.
    mentioned: BTreeSet<String>,
    /// The type parameters of the function that is visited, which hide types of the same name.
    parameters: HashSet<String>,
}

impl<'a> Imports<'a> {
    pub(super) fn new(taken: &'a HashSet<&'a str>) -> Self {
        Self {
            taken,
            modules: BTreeMap::new(),
            mentioned: BTreeSet::new(),
            parameters: HashSet::new(),
        }
    }

    /// Imports an item that is used without being named: a trait.
    pub(super) fn import(&mut self, module: &str, item: &str) {
        let items = self.modules.entry(module.to_owned()).or_default();
        items.insert(item.to_owned());
    }

    /// The imports, sorted.
    pub(super) fn items(&self) -> TokenStream {
        let uses = self.modules.iter().map(|(module, items)| {
            let module = ident(module);
            let items: Vec<_> = items.iter().map(|item| ident(item)).collect();
            match items.as_slice() {
                [] => quote! { use crate::#module; },
                [only] => quote! { use crate::#module::#only; },
                several => quote! { use crate::#module::{#(#several),*}; },
            }
        });
        uses.collect()
    }

    /// Returns the contract types that are used by their bare name, without a path.
    pub(super) fn mentioned(&self) -> &BTreeSet<String> {
        &self.mentioned
    }

    /// Shortens `crate::module::item`.
    fn own(&mut self, path: &mut syn::Path) {
        let mut segments = path.segments.iter().skip(1);
        let (Some(module), Some(item)) = (segments.next(), segments.next()) else {
            return;
        };
        let module = module.ident.to_string();
        let by_item = BY_ITEM.contains(&module.as_str());
        if by_item && self.taken.contains(item.ident.to_string().as_str()) {
            return;
        }
        let items = self.modules.entry(module).or_default();
        if by_item {
            items.insert(item.ident.to_string());
        }
        drop_first(path, if by_item { 2 } else { 1 });
    }

    fn of_std(&self, path: &mut syn::Path) {
        let is = |index: usize, name: &str| {
            let segment = path.segments.iter().nth(index);
            segment.is_some_and(|segment| segment.ident == name)
        };
        let known = PRELUDE.iter().find(|(whole, short)| {
            let mut whole = whole.iter().enumerate();
            whole.all(|(index, name)| is(index + 1, name)) && !self.taken.contains(short)
        });
        if let Some((whole, _)) = known {
            path.leading_colon = None;
            drop_first(path, whole.len());
        }
    }
}

fn drop_first(path: &mut syn::Path, count: usize) {
    path.segments = std::mem::take(&mut path.segments)
        .into_iter()
        .skip(count)
        .collect();
}

impl VisitMut for Imports<'_> {
    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        syn::visit_mut::visit_path_mut(self, path);
        let Some(first) = path.segments.first() else {
            return;
        };
        if path.leading_colon.is_some() && first.ident == "std" {
            self.of_std(path);
        } else if path.leading_colon.is_none() && first.ident == "crate" {
            self.own(path);
        } else if path.leading_colon.is_none() {
            let name = first.ident.to_string();
            if self.taken.contains(name.as_str()) && !self.parameters.contains(&name) {
                self.mentioned.insert(name);
            }
        }
    }

    fn visit_impl_item_fn_mut(&mut self, method: &mut syn::ImplItemFn) {
        let parameters = method.sig.generics.type_params();
        self.parameters = parameters.map(|it| it.ident.to_string()).collect();
        syn::visit_mut::visit_impl_item_fn_mut(self, method);
        self.parameters.clear();
    }

    /// What is visible where is not shortened.
    fn visit_visibility_mut(&mut self, _: &mut syn::Visibility) {}
}

/// Writes `super::Debug` for a contract type with the name of a derive macro. Imported by its name
/// alone, it would be searched for the macro too, and the compiler could not tell which is meant.
pub(super) struct Derivable<'a>(pub(super) &'a HashSet<&'a str>);

impl VisitMut for Derivable<'_> {
    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        syn::visit_mut::visit_path_mut(self, path);
        let first = path.segments.first().map(|first| first.ident.to_string());
        let is_type = first.is_some_and(|name| {
            self.0.contains(name.as_str()) && DERIVE_MACROS.contains(&name.as_str())
        });
        if path.leading_colon.is_none() && is_type {
            path.segments.insert(0, ident("super").into());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use quote::quote;
    use syn::visit_mut::VisitMut as _;

    use super::Imports;

    #[test]
    fn type_parameters_are_not_types_of_the_contract() {
        let taken = HashSet::from(["S", "T"]);
        let mut imports = Imports::new(&taken);
        let mut item: syn::Item = syn::parse_quote! {
            impl A {
                fn f<S: B>(value: S) -> S::C {}
                fn g(value: T) {}
            }
        };
        imports.visit_item_mut(&mut item);
        assert!(imports.mentioned().iter().eq(["T"]));
    }

    #[test]
    fn paths_are_shortened_and_imported_unless_a_type_has_the_name() {
        let taken = HashSet::from(["Vec"]);
        let mut imports = Imports::new(&taken);
        let mut file: syn::File = syn::parse_quote! {
            fn f(a: ::std::vec::Vec<::std::option::Option<crate::types::A>>) {
                crate::checks::length(a, crate::validation::At::Root);
            }
        };
        imports.visit_file_mut(&mut file);
        let expected = quote! {
            fn f(a: ::std::vec::Vec<Option<types::A>>) { checks::length(a, At::Root); }
        };
        let expected: syn::File = syn::parse2(expected).unwrap();
        assert_eq!(file, expected);
        let uses = quote! { use crate::checks; use crate::types; use crate::validation::At; };
        assert_eq!(imports.items().to_string(), uses.to_string());
    }
}
