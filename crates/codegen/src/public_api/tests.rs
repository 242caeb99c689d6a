//! Behaviours of the public API as a value.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use super::{ERROR, ItemKind, Module, PublicApi, RESPONSE, VALIDATION};

fn listed(module: Module, text: &str) -> String {
    let mut public = Vec::new();
    for item in &syn::parse_file(text).unwrap().items {
        module.list(item, &mut public);
    }
    PublicApi::new(public).to_string()
}

#[test]
fn only_what_people_can_name_is_listed() {
    let text = "
        #[derive(Clone, ::serde::Serialize)]
        #[non_exhaustive]
        pub struct A { pub b: ::std::option::Option<types::B>, c: u8 }
        impl A {
            pub const MOST: usize = 3;
            pub fn new(mut self, b: impl ::std::convert::Into<B>) -> Self { self }
            fn private(&self) {}
            #[doc(hidden)]
            pub fn plumbing(&self) {}
        }
        impl ::std::fmt::Display for A {}
        struct Private;
        impl ::std::fmt::Display for Private {}
        #[doc(hidden)]
        pub enum Hidden { A }
        pub enum E { A(::std::string::String), B { c: u8 } }
    ";
    assert_eq!(
        listed(Module::Public("types"), text),
        "struct types::A: Clone, Display, Serialize; non_exhaustive\n  b: Option<B>\n  \
         const MOST: usize = 3\n  fn new(self, b: impl Into<B>) -> Self\n\
         enum types::E\n  A(String)\n  B { c: u8 }\n"
    );
}

#[test]
fn a_private_module_adds_only_the_traits_of_public_types() {
    let mut public = Vec::new();
    let types: syn::File = syn::parse_quote! { pub struct A {} };
    let limits: syn::File = syn::parse_quote! {
        impl Validate for types::A {}
        pub struct Unreachable;
    };
    Module::Public("types").list(types.items.first().unwrap(), &mut public);
    for item in &limits.items {
        Module::Private.list(item, &mut public);
    }
    let api = PublicApi::new(public);
    assert_eq!(api.to_string(), "struct types::A: Validate\n");
}

#[test]
fn the_runtime_is_listed() {
    for (items, path) in [
        (&ERROR, "Error::status"),
        (&RESPONSE, "Response::map"),
        (&VALIDATION, "validation::Validate::validate"),
    ] {
        assert!(items.iter().any(|item| item.path == path), "{path}");
    }
    let check = "validation::Validate::check";
    assert!(!VALIDATION.iter().any(|item| item.path == check));
}

#[test]
fn the_declaration_of_a_function_has_no_private_path() {
    let api = PublicApi::new(RESPONSE.iter().cloned());
    let item = api.get("Response::map").unwrap();
    assert_eq!(item.kind, ItemKind::Function);
    assert_eq!(
        item.declaration,
        "fn map<U>(self, convert: impl FnOnce(T) -> U) -> Response<U>"
    );
}
