//! The public API of a generated crate, as one value: what people who use it can name.

mod listing;
mod runtime;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

pub(crate) use listing::Module;
pub(crate) use runtime::{ERROR, RESPONSE, VALIDATION, of_runtime};

/// The public items of a crate, by path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PublicApi {
    items: Vec<PublicItem>,
}

/// An item that people can name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicItem {
    /// Its path in the crate, as in `types::RerankRequest::query`.
    pub path: String,
    /// What it is.
    pub kind: ItemKind,
    /// How rustdoc spells it, without attributes and documentation: `query: String`.
    pub declaration: String,
}

/// What a public item is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ItemKind {
    /// A module.
    Module,
    /// Another crate, under its own name.
    Crate,
    /// A constant, of a module or of a type.
    Const {
        /// Its type.
        ty: String,
        /// Its value, as in the code.
        value: String,
    },
    /// A struct or an enum.
    Type {
        /// Its parameters, as in `<E = ()>`.
        generics: String,
        /// The traits that it implements.
        traits: BTreeSet<String>,
        /// Whether it may get further fields or variants.
        is_non_exhaustive: bool,
    },
    /// A field of a struct.
    Field,
    /// A variant of an enum.
    Variant,
    /// A function of a type.
    Function,
    /// A trait.
    Trait,
    /// A function of a trait.
    TraitFunction {
        /// Whether the trait has a body for it.
        is_provided: bool,
    },
    /// A trait that a type implements. [`PublicApi`] holds it with the type.
    Implementation,
}

impl PublicItem {
    /// The path of the type, trait or module that the item is in; empty for the crate.
    pub fn owner(&self) -> &str {
        self.path.rsplit_once("::").map_or("", |(owner, _)| owner)
    }
}

impl PublicApi {
    /// Puts items together: each trait with the type that implements it, each member with its
    /// owner, and everything in the order of paths. Members keep their order.
    pub fn new(items: impl IntoIterator<Item = PublicItem>) -> Self {
        let mut traits: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut owners = BTreeMap::new();
        let mut members: BTreeMap<String, Vec<PublicItem>> = BTreeMap::new();
        for item in items {
            match item.kind {
                ItemKind::Implementation => {
                    traits
                        .entry(item.path)
                        .or_default()
                        .insert(item.declaration);
                }
                ItemKind::Field
                | ItemKind::Variant
                | ItemKind::Function
                | ItemKind::TraitFunction { .. } => {
                    members
                        .entry(item.owner().to_owned())
                        .or_default()
                        .push(item);
                }
                ItemKind::Const { .. } if is_type(item.owner()) => {
                    members
                        .entry(item.owner().to_owned())
                        .or_default()
                        .push(item);
                }
                _ => {
                    owners.insert(item.path.clone(), item);
                }
            }
        }
        let mut all = Vec::new();
        for (path, mut item) in owners {
            if let ItemKind::Type { traits: own, .. } = &mut item.kind {
                own.extend(traits.remove(&path).into_iter().flatten());
            }
            all.push(item);
            all.extend(members.remove(&path).into_iter().flatten());
        }
        Self { items: all }
    }

    /// Every item: types and modules by path, each followed by its members in their order.
    pub fn items(&self) -> impl Iterator<Item = &PublicItem> {
        self.items.iter()
    }

    /// The item at a path.
    pub fn get(&self, path: &str) -> Option<&PublicItem> {
        self.items.iter().find(|item| item.path == path)
    }
}

/// Whether a path names a type: its last segment is in capitals.
fn is_type(path: &str) -> bool {
    let last = path.rsplit("::").next().unwrap_or_default();
    last.chars().next().is_some_and(char::is_uppercase)
}

impl fmt::Display for PublicApi {
    /// One item a line, members below their owners.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for item in &self.items {
            let indent = match item.kind {
                ItemKind::Field
                | ItemKind::Variant
                | ItemKind::Function
                | ItemKind::TraitFunction { .. } => "  ",
                ItemKind::Const { .. } if is_type(item.owner()) => "  ",
                _ => "",
            };
            writeln!(f, "{indent}{item}")?;
        }
        Ok(())
    }
}

impl fmt::Display for PublicItem {
    /// The declaration, and of a type the traits that it implements.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.declaration)?;
        if let ItemKind::Type {
            traits,
            is_non_exhaustive,
            ..
        } = &self.kind
        {
            let traits: Vec<_> = traits.iter().map(String::as_str).collect();
            if !traits.is_empty() {
                write!(f, ": {}", traits.join(", "))?;
            }
            if *is_non_exhaustive {
                f.write_str("; non_exhaustive")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
