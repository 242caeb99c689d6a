//! The paths in a file, as lists of segments.

use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{Attribute, Item, ItemMod, ItemUse, Macro, UseTree, Visibility};

/// A path, and the inline modules that it is in.
#[derive(Clone)]
pub(crate) struct FoundPath {
    pub(crate) scope: Vec<String>,
    pub(crate) segments: Vec<String>,
}

/// What a file contains.
#[derive(Default)]
pub(crate) struct Contents {
    pub(crate) paths: Vec<FoundPath>,
    /// Names that `use` declarations bring in, with the paths to what they name.
    pub(crate) names: Vec<(String, FoundPath)>,
    /// Modules in other files, with the inline modules that declare them.
    pub(crate) children: Vec<FoundPath>,
    scope: Vec<String>,
}

impl Contents {
    pub(crate) fn read(text: &str) -> Self {
        let file = syn::parse_file(text).unwrap();
        let mut contents = Self::default();
        contents.visit_file(&file);
        contents
    }

    fn add(&mut self, segments: Vec<String>) {
        self.paths.push(FoundPath {
            scope: self.scope.clone(),
            segments,
        });
    }

    fn add_name(&mut self, name: String, segments: Vec<String>) {
        let path = FoundPath {
            scope: self.scope.clone(),
            segments,
        };
        self.names.push((name, path.clone()));
        self.paths.push(path);
    }

    fn add_tree(&mut self, prefix: &[String], tree: &UseTree) {
        let mut path = prefix.to_vec();
        match tree {
            UseTree::Path(one) => {
                path.push(one.ident.to_string());
                self.add_tree(&path, &one.tree);
            }
            UseTree::Name(one) => {
                path.push(one.ident.to_string());
                self.add_name(one.ident.to_string(), path);
            }
            UseTree::Rename(one) => {
                path.push(one.ident.to_string());
                self.add_name(one.rename.to_string(), path);
            }
            UseTree::Glob(_) => self.add(path),
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.add_tree(&path, tree);
                }
            }
        }
    }
}

fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg") && attribute.to_token_stream().to_string().contains("test")
    })
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

impl<'ast> Visit<'ast> for Contents {
    fn visit_item(&mut self, item: &'ast Item) {
        if !is_test(attributes(item)) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        self.add_tree(&[], &item.tree);
    }

    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        let name = item.ident.to_string();
        match &item.content {
            None => self.children.push(FoundPath {
                scope: self.scope.clone(),
                segments: vec![name],
            }),
            Some((_, items)) => {
                self.scope.push(name);
                items.iter().for_each(|item| self.visit_item(item));
                self.scope.pop();
            }
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments = path.segments.iter();
        self.add(segments.map(|one| one.ident.to_string()).collect());
        visit::visit_path(self, path);
    }

    // The path in `pub(crate)` is not a dependency.
    fn visit_visibility(&mut self, _: &'ast Visibility) {}

    fn visit_macro(&mut self, invocation: &'ast Macro) {
        for path in paths_in_tokens(&invocation.tokens.to_string()) {
            self.add(path);
        }
        visit::visit_macro(self, invocation);
    }
}

/// Returns the paths in the text of tokens, in which `::` is surrounded by spaces.
fn paths_in_tokens(text: &str) -> Vec<Vec<String>> {
    let mut paths = Vec::new();
    let mut path: Vec<String> = Vec::new();
    let mut joins = false;
    let words = text.split(|c: char| c.is_whitespace() || "(){}[],;&<>$!\"".contains(c));
    for word in words.filter(|word| !word.is_empty()) {
        for part in word.split_inclusive("::") {
            let name = part.trim_end_matches("::");
            if !name.is_empty() {
                if !joins && !path.is_empty() {
                    paths.push(std::mem::take(&mut path));
                }
                path.push(name.to_owned());
            }
            joins = part.ends_with("::");
        }
    }
    paths.push(path);
    paths.retain(|path| path.len() > 1);
    paths
}
