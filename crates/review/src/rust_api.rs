//! The public API of the generated crates, compared item by item.

use std::collections::{BTreeMap, BTreeSet};

use bigmodel_rerank_codegen::{ItemKind, PublicApi, PublicItem};

use crate::severity::Bump;

/// How one public item differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemChange {
    /// The path of the item, as in `types::RerankRequest::query`; of a function, with `()`.
    pub item: String,
    /// The item before; `None` if it is new.
    pub old: Option<String>,
    /// The item now; `None` if it is removed.
    pub new: Option<String>,
    /// The version bump that it requires.
    pub bump: Bump,
    /// Why.
    pub reason: &'static str,
}

/// Compares the public APIs of two crates.
pub(crate) fn compare(old: &PublicApi, new: &PublicApi) -> Vec<ItemChange> {
    let (before, after) = (Items::new(old), Items::new(new));
    let keys: BTreeSet<_> = before.0.keys().chain(after.0.keys()).collect();
    let mut changes = Vec::new();
    for key in keys {
        let pair = (before.0.get(key), after.0.get(key));
        let (bump, reason) = match pair {
            (Some(old), Some(new)) if old == new => continue,
            (Some(old), Some(new)) => changed(old, new),
            (Some(_), None) => (Bump::Major, "code that uses it no longer compiles"),
            (None, Some(new)) => added(new, &before),
            (None, None) => continue,
        };
        changes.push(ItemChange {
            item: key.clone(),
            old: pair.0.map(ToString::to_string),
            new: pair.1.map(ToString::to_string),
            bump,
            reason,
        });
    }
    changes
}

/// The largest bump that any of the changes requires.
pub(crate) fn bump(changes: &[ItemChange]) -> Bump {
    changes
        .iter()
        .map(|change| change.bump)
        .max()
        .unwrap_or_default()
}

/// The items of a crate by their names. A field and its setter have the same path, so that
/// functions are marked.
struct Items<'a>(BTreeMap<String, &'a PublicItem>);

impl<'a> Items<'a> {
    fn new(api: &'a PublicApi) -> Self {
        let items = api.items().map(|item| (key(item), item));
        Self(items.collect())
    }

    /// Whether code outside the crate cannot name all members of a type.
    fn is_closed(&self, owner: &str) -> bool {
        let has_members = || {
            let mut items = self.0.values();
            items.any(|item| item.owner() == owner)
        };
        match self.0.get(owner).map(|item| &item.kind) {
            Some(ItemKind::Type {
                is_non_exhaustive, ..
            }) => *is_non_exhaustive || !has_members(),
            _ => false,
        }
    }
}

fn key(item: &PublicItem) -> String {
    match item.kind {
        ItemKind::Function | ItemKind::TraitFunction { .. } => format!("{}()", item.path),
        _ => item.path.clone(),
    }
}

fn added(item: &PublicItem, before: &Items<'_>) -> (Bump, &'static str) {
    let owner = item.owner();
    let owner_is_new = !before.0.contains_key(owner);
    match item.kind {
        ItemKind::Field | ItemKind::Variant if owner_is_new => (Bump::Minor, "its type is new"),
        ItemKind::Field | ItemKind::Variant if before.is_closed(owner) => {
            (Bump::Minor, "its type is `non_exhaustive`")
        }
        ItemKind::Field => (
            Bump::Major,
            "code that names every field no longer compiles",
        ),
        ItemKind::Variant => (
            Bump::Major,
            "a `match` over every variant no longer compiles",
        ),
        ItemKind::TraitFunction { .. } if owner_is_new => (Bump::Minor, "its trait is new"),
        ItemKind::TraitFunction { .. } => (
            Bump::Major,
            "implementations of the trait may have to add it",
        ),
        _ => (Bump::Minor, "added"),
    }
}

fn changed(old: &PublicItem, new: &PublicItem) -> (Bump, &'static str) {
    match (&old.kind, &new.kind) {
        (ItemKind::Const { ty: had, .. }, ItemKind::Const { ty: has, .. }) if had == has => {
            (Bump::Patch, "the value changed")
        }
        (
            ItemKind::Type {
                generics: old_generics,
                traits: had,
                is_non_exhaustive: was_non_exhaustive,
            },
            ItemKind::Type {
                generics,
                traits: has,
                is_non_exhaustive,
            },
        ) => {
            if old_generics != generics || keyword(old) != keyword(new) {
                (Bump::Major, "its generic parameters changed")
            } else if !was_non_exhaustive && *is_non_exhaustive {
                (
                    Bump::Major,
                    "code that names every field or variant no longer compiles",
                )
            } else if !had.is_subset(has) {
                (Bump::Major, "a trait is no longer implemented")
            } else {
                (Bump::Minor, "more traits are implemented")
            }
        }
        _ => (Bump::Major, "its type or signature changed"),
    }
}

/// `struct` or `enum`.
fn keyword(item: &PublicItem) -> &str {
    item.declaration.split(' ').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Bump, ItemKind, PublicApi, PublicItem, compare};

    fn item(path: &str, kind: ItemKind, declaration: &str) -> PublicItem {
        PublicItem {
            path: path.to_owned(),
            kind,
            declaration: declaration.to_owned(),
        }
    }

    fn owner(traits: &[&str], is_non_exhaustive: bool) -> PublicItem {
        let kind = ItemKind::Type {
            generics: String::new(),
            traits: traits.iter().map(|name| (*name).to_owned()).collect(),
            is_non_exhaustive,
        };
        item("types::A", kind, "struct types::A")
    }

    fn field(name: &str, ty: &str) -> PublicItem {
        let declaration = format!("{name}: {ty}");
        item(&format!("types::A::{name}"), ItemKind::Field, &declaration)
    }

    fn constructor(arguments: &str) -> PublicItem {
        let declaration = format!("fn new({arguments}) -> Self");
        item("types::A::new", ItemKind::Function, &declaration)
    }

    fn constant(ty: &str, value: &str) -> PublicItem {
        let kind = ItemKind::Const {
            ty: ty.to_owned(),
            value: value.to_owned(),
        };
        item("A", kind, &format!("const A: {ty} = {value}"))
    }

    fn sealed() -> Vec<PublicItem> {
        let derived = ["Clone", "Debug"];
        vec![
            owner(&derived, true),
            field("b", "String"),
            constructor("b: String"),
        ]
    }

    fn bump(old: &[PublicItem], new: &[PublicItem]) -> Bump {
        let (old, new) = (old.iter().cloned(), new.iter().cloned());
        super::bump(&compare(&PublicApi::new(old), &PublicApi::new(new)))
    }

    /// The bump where one of the items of [`sealed`] is another one.
    fn replaced(index: usize, by: PublicItem) -> Bump {
        let mut new = sealed();
        if let Some(item) = new.get_mut(index) {
            *item = by;
        }
        bump(&sealed(), &new)
    }

    #[test]
    fn what_is_the_same_requires_nothing() {
        assert_eq!(bump(&sealed(), &sealed()), Bump::None);
    }

    #[test]
    fn a_field_may_be_added_only_where_no_one_names_them_all() {
        let with = |mut items: Vec<PublicItem>| {
            items.push(field("c", "u8"));
            items
        };
        assert_eq!(bump(&sealed(), &with(sealed())), Bump::Minor);
        let open = || {
            let mut items = sealed();
            items[0] = owner(&["Clone", "Debug"], false);
            items
        };
        assert_eq!(bump(&open(), &with(open())), Bump::Major);
        assert_eq!(bump(&open(), &sealed()), Bump::Major);
        assert_eq!(bump(&sealed(), &open()), Bump::Minor);
    }

    #[test]
    fn other_types_and_signatures_break() {
        assert_eq!(replaced(1, field("b", "u8")), Bump::Major);
        assert_eq!(replaced(2, constructor("b: u8")), Bump::Major);
        assert_eq!(replaced(0, owner(&["Debug"], true)), Bump::Major);
        let more = owner(&["Clone", "Copy", "Debug"], true);
        assert_eq!(replaced(0, more), Bump::Minor);
    }

    #[test]
    fn a_constant_may_change_its_value_and_not_its_type() {
        let old = [constant("&str", "\"a\"")];
        assert_eq!(bump(&old, &[constant("&str", "\"b\"")]), Bump::Patch);
        assert_eq!(bump(&old, &[constant("u8", "\"a\"")]), Bump::Major);
    }

    #[test]
    fn a_field_and_its_setter_are_two_items() {
        let setter = item(
            "types::A::b",
            ItemKind::Function,
            "fn b(self, b: u8) -> Self",
        );
        let mut both = sealed();
        both.push(setter);
        assert_eq!(bump(&sealed(), &both), Bump::Minor);
        assert_eq!(bump(&both, &sealed()), Bump::Major);
    }

    #[test]
    fn an_item_that_is_new_with_its_type_breaks_nobody() {
        assert_eq!(bump(&[], &sealed()), Bump::Minor);
        assert_eq!(bump(&sealed(), &[]), Bump::Major);
    }
}
