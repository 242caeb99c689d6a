//! From the items of a file to the public ones among them.

use std::collections::BTreeSet;

use super::{ItemKind, PublicItem};
use crate::spelling::Spelling::AsDocumented;

/// How people name the items of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Module {
    /// By the crate's root, which exports them.
    Root,
    /// By a public module.
    Public(&'static str),
    /// Not at all; but it implements traits for public types.
    Private,
}

impl Module {
    /// The path of an item of this module.
    fn path(self, name: &str) -> Option<String> {
        match self {
            Self::Root => Some(name.to_owned()),
            Self::Public(module) => Some(format!("{module}::{name}")),
            Self::Private => None,
        }
    }

    /// The path of a type that an `impl` names.
    fn owner(self, ty: &syn::Type) -> Option<String> {
        let syn::Type::Path(path) = ty else {
            return None;
        };
        let names: Vec<_> = path
            .path
            .segments
            .iter()
            .map(|it| it.ident.to_string())
            .collect();
        match names.as_slice() {
            [name] => self.path(name),
            names => Some(names.join("::")),
        }
    }

    /// Adds what people can name of an item.
    pub(crate) fn list(self, item: &syn::Item, public: &mut Vec<PublicItem>) {
        match item {
            syn::Item::Struct(item) if is_shown(&item.vis, &item.attrs) => {
                let Some(path) = self.path(&item.ident.to_string()) else {
                    return;
                };
                for field in &item.fields {
                    if let (true, Some(ident)) = (is_shown(&field.vis, &field.attrs), &field.ident)
                    {
                        public.push(PublicItem {
                            path: format!("{path}::{ident}"),
                            kind: ItemKind::Field,
                            declaration: format!("{ident}: {}", AsDocumented.ty(&field.ty)),
                        });
                    }
                }
                public.push(type_item("struct", path, &item.generics, &item.attrs));
            }
            syn::Item::Enum(item) if is_shown(&item.vis, &item.attrs) => {
                let Some(path) = self.path(&item.ident.to_string()) else {
                    return;
                };
                for variant in &item.variants {
                    let fields = AsDocumented.fields(&variant.fields);
                    public.push(PublicItem {
                        path: format!("{path}::{}", variant.ident),
                        kind: ItemKind::Variant,
                        declaration: format!("{}{fields}", variant.ident),
                    });
                }
                public.push(type_item("enum", path, &item.generics, &item.attrs));
            }
            syn::Item::Trait(item) if is_shown(&item.vis, &item.attrs) => {
                self.list_trait(item, public);
            }
            syn::Item::Const(item) if is_shown(&item.vis, &item.attrs) => {
                let Some(path) = self.path(&item.ident.to_string()) else {
                    return;
                };
                public.push(constant(path.clone(), &path, &item.ty, &item.expr));
            }
            syn::Item::Impl(item) => self.list_impl(item, public),
            syn::Item::Macro(item) => self.list_object(&item.mac, public),
            _ => {}
        }
    }

    fn list_trait(self, item: &syn::ItemTrait, public: &mut Vec<PublicItem>) {
        let Some(path) = self.path(&item.ident.to_string()) else {
            return;
        };
        for member in &item.items {
            if let syn::TraitItem::Fn(method) = member
                && !is_hidden(&method.attrs)
            {
                public.push(PublicItem {
                    path: format!("{path}::{}", method.sig.ident),
                    kind: ItemKind::TraitFunction {
                        is_provided: method.default.is_some(),
                    },
                    declaration: AsDocumented.signature(&method.sig),
                });
            }
        }
        public.push(PublicItem {
            declaration: format!("trait {path}"),
            path,
            kind: ItemKind::Trait,
        });
    }

    /// Adds the traits that `object!` implements for a struct.
    fn list_object(self, invocation: &syn::Macro, public: &mut Vec<PublicItem>) {
        let name = invocation.tokens.clone().into_iter().next();
        let Some(path) = name.and_then(|name| self.path(&name.to_string())) else {
            return;
        };
        for name in ["Deserialize", "Serialize"] {
            public.push(PublicItem {
                path: path.clone(),
                kind: ItemKind::Implementation,
                declaration: name.to_owned(),
            });
        }
    }

    fn list_impl(self, item: &syn::ItemImpl, public: &mut Vec<PublicItem>) {
        let Some(owner) = self.owner(&item.self_ty) else {
            return;
        };
        if let Some((path, _)) = &item.trait_ {
            public.push(PublicItem {
                path: owner,
                kind: ItemKind::Implementation,
                declaration: AsDocumented.path(path),
            });
            return;
        }
        for member in &item.items {
            match member {
                syn::ImplItem::Fn(method) => list_function(&owner, method, public),
                syn::ImplItem::Const(item) if is_shown(&item.vis, &item.attrs) => {
                    let path = format!("{owner}::{}", item.ident);
                    public.push(constant(
                        path,
                        &item.ident.to_string(),
                        &item.ty,
                        &item.expr,
                    ));
                }
                _ => {}
            }
        }
    }

    /// Adds a method of the type `name`.
    pub(crate) fn list_method(
        self,
        name: &str,
        method: &syn::ImplItemFn,
        public: &mut Vec<PublicItem>,
    ) {
        if let Some(owner) = self.path(name) {
            list_function(&owner, method, public);
        }
    }
}

fn list_function(owner: &str, method: &syn::ImplItemFn, public: &mut Vec<PublicItem>) {
    if is_shown(&method.vis, &method.attrs) {
        public.push(PublicItem {
            path: format!("{owner}::{}", method.sig.ident),
            kind: ItemKind::Function,
            declaration: AsDocumented.signature(&method.sig),
        });
    }
}

fn type_item(
    keyword: &str,
    path: String,
    generics: &syn::Generics,
    attributes: &[syn::Attribute],
) -> PublicItem {
    let generics = AsDocumented.generics(generics);
    PublicItem {
        declaration: format!("{keyword} {path}{generics}"),
        path,
        kind: ItemKind::Type {
            generics,
            traits: derived(attributes),
            is_non_exhaustive: attributes
                .iter()
                .any(|attribute| attribute.path().is_ident("non_exhaustive")),
        },
    }
}

fn constant(path: String, name: &str, ty: &syn::Type, value: &syn::Expr) -> PublicItem {
    let ty = AsDocumented.ty(ty);
    let value = expression(value);
    PublicItem {
        path,
        declaration: format!("const {name}: {ty} = {value}"),
        kind: ItemKind::Const { ty, value },
    }
}

/// The value of a constant, as far as constants of generated crates have any.
fn expression(value: &syn::Expr) -> String {
    match value {
        syn::Expr::Lit(literal) => literal_text(&literal.lit),
        syn::Expr::Reference(reference) => format!("&{}", expression(&reference.expr)),
        syn::Expr::Array(array) => {
            let items: Vec<_> = array.elems.iter().map(expression).collect();
            format!("[{}]", items.join(", "))
        }
        syn::Expr::Tuple(tuple) => {
            let items: Vec<_> = tuple.elems.iter().map(expression).collect();
            format!("({})", items.join(", "))
        }
        syn::Expr::Call(call) => {
            let arguments: Vec<_> = call.args.iter().map(expression).collect();
            format!("{}({})", expression(&call.func), arguments.join(", "))
        }
        syn::Expr::Path(path) => crate::spelling::Spelling::InFull.path(&path.path),
        syn::Expr::Unary(unary) if matches!(unary.op, syn::UnOp::Neg(_)) => {
            format!("-{}", expression(&unary.expr))
        }
        _ => "…".to_owned(),
    }
}

fn literal_text(literal: &syn::Lit) -> String {
    match literal {
        syn::Lit::Str(text) => format!("{:?}", text.value()),
        syn::Lit::Int(number) => number.to_string(),
        syn::Lit::Float(number) => number.to_string(),
        syn::Lit::Bool(flag) => flag.value.to_string(),
        _ => "…".to_owned(),
    }
}

/// The traits that a type derives.
fn derived(attributes: &[syn::Attribute]) -> BTreeSet<String> {
    let mut traits = BTreeSet::new();
    for attribute in attributes
        .iter()
        .filter(|one| one.path().is_ident("derive"))
    {
        // An attribute that is not a list of paths derives nothing.
        let _ = attribute.parse_nested_meta(|meta| {
            traits.insert(AsDocumented.path(&meta.path));
            Ok(())
        });
    }
    traits
}

fn is_shown(visibility: &syn::Visibility, attributes: &[syn::Attribute]) -> bool {
    matches!(visibility, syn::Visibility::Public(_)) && !is_hidden(attributes)
}

/// Whether rustdoc leaves an item out.
fn is_hidden(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let mut is_hidden = false;
        if attribute.path().is_ident("doc") {
            // Documentation is a value, not a list; only a list can hide.
            let _ = attribute.parse_nested_meta(|meta| {
                is_hidden |= meta.path.is_ident("hidden");
                Ok(())
            });
        }
        is_hidden
    })
}
