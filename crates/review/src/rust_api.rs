//! Compares the public APIs of the generated crates item by item.

use std::collections::{BTreeMap, BTreeSet};

use crate::class::Bump;

/// The change of one public item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemChange {
    /// The item, as in `RerankRequest::query`.
    pub item: String,
    /// Its old line; `None` if it was added.
    pub old: Option<String>,
    /// Its new line; `None` if it was removed.
    pub new: Option<String>,
    /// The bump of the crate's version that it requires.
    pub bump: Bump,
    /// The reason for the bump.
    pub reason: &'static str,
}

/// Compares two listings of public APIs.
pub(crate) fn compare(old: &str, new: &str) -> Vec<ItemChange> {
    let (before, after) = (Listing::parse(old), Listing::parse(new));
    let keys: BTreeSet<_> = before.items.keys().chain(after.items.keys()).collect();
    let mut changes = Vec::new();
    for key in keys {
        let pair = (before.items.get(key), after.items.get(key));
        let (bump, reason) = match pair {
            (Some(old), Some(new)) if old.line == new.line => continue,
            (Some(old), Some(new)) => changed(old, new),
            (Some(_), None) => (Bump::Major, "code that uses it no longer compiles"),
            (None, Some(new)) => added(new, &before),
            (None, None) => continue,
        };
        changes.push(ItemChange {
            item: key.clone(),
            old: pair.0.map(|item| item.line.clone()),
            new: pair.1.map(|item| item.line.clone()),
            bump,
            reason,
        });
    }
    changes
}

/// Returns the bump that the worst change requires.
pub(crate) fn bump(changes: &[ItemChange]) -> Bump {
    changes
        .iter()
        .map(|change| change.bump)
        .max()
        .unwrap_or_default()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ItemKind {
    /// A struct or an enum, with what it derives.
    Type,
    Field,
    Variant,
    /// A method of a trait.
    TraitMethod,
    Const,
    Use,
    Other,
}

#[derive(Debug)]
struct Item {
    kind: ItemKind,
    /// The whole line, trimmed.
    line: String,
    /// The type or trait that it belongs to; empty if there is none.
    owner: String,
}

/// The items of a crate by their names.
struct Listing {
    items: BTreeMap<String, Item>,
}

impl Listing {
    fn parse(text: &str) -> Self {
        let mut items = BTreeMap::new();
        let mut owner = String::new();
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            let is_top = !line.starts_with(' ');
            let line = line.trim();
            let (kind, key) = parse_line(line, &owner);
            if is_top {
                owner.clone_from(&key);
            }
            for (kind, key, line) in split(kind, key, line) {
                let item = Item {
                    kind,
                    line,
                    owner: owner.clone(),
                };
                items.insert(key, item);
            }
        }
        Self { items }
    }

    /// Whether code outside the crate cannot name all fields or variants of a type.
    fn is_closed(&self, owner: &str) -> bool {
        let has_fields = || {
            let mut items = self.items.values();
            items.any(|item| item.owner == owner && item.kind != ItemKind::Type)
        };
        self.items
            .get(owner)
            .is_some_and(|item| item.line.contains("non_exhaustive") || !has_fields())
    }
}

/// Parses a line: the kind of its item, and the part of its name that identifies it.
fn parse_line(line: &str, owner: &str) -> (ItemKind, String) {
    let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
    let name = |rest: &str| {
        let end = rest.find([':', '<', '(', '{', ' ']).unwrap_or(rest.len());
        rest.get(..end).unwrap_or(rest).to_owned()
    };
    match word {
        "struct" | "enum" => {
            let end = rest.find(['<', ' ']).unwrap_or(rest.len());
            (
                ItemKind::Type,
                format!("{word} {}", rest.get(..end).unwrap_or(rest)),
            )
        }
        "trait" | "mod" => (ItemKind::Other, line.to_owned()),
        "const" => {
            let name = rest.split(": ").next().unwrap_or(rest);
            (ItemKind::Const, format!("const {name}"))
        }
        "use" => (ItemKind::Use, line.to_owned()),
        "field" | "variant" => {
            let (owner, member) = rest.split_once("::").unwrap_or(("", rest));
            let kind = if word == "field" {
                ItemKind::Field
            } else {
                ItemKind::Variant
            };
            (kind, format!("{owner}::{}", name(member)))
        }
        "impl" => (ItemKind::Other, line.to_owned()),
        "fn" | "async" => {
            let rest = rest.trim_start_matches("fn ");
            (ItemKind::TraitMethod, format!("{owner}::{}()", name(rest)))
        }
        _ => match line
            .split_once("::fn ")
            .or_else(|| line.split_once("::async fn "))
        {
            Some((owner, rest)) => (ItemKind::Other, format!("{owner}::{}()", name(rest))),
            None => (ItemKind::Other, line.to_owned()),
        },
    }
}

/// Splits `use a::{B, C}` into two items. Any other line is one.
fn split(kind: ItemKind, key: String, line: &str) -> Vec<(ItemKind, String, String)> {
    let names = line
        .strip_prefix("use ")
        .and_then(|tree| tree.split_once("::{"));
    let Some((path, names)) = names.filter(|_| kind == ItemKind::Use) else {
        return vec![(kind, key, line.to_owned())];
    };
    names
        .trim_end_matches('}')
        .split(',')
        .map(|name| format!("use {path}::{}", name.trim()))
        .map(|line| (kind, line.clone(), line))
        .collect()
}

fn added(item: &Item, before: &Listing) -> (Bump, &'static str) {
    let owner_is_new = !before.items.contains_key(&item.owner);
    match item.kind {
        ItemKind::Field | ItemKind::Variant if owner_is_new => (Bump::Minor, "its type is new"),
        ItemKind::Field | ItemKind::Variant if before.is_closed(&item.owner) => {
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
        ItemKind::TraitMethod if owner_is_new => (Bump::Minor, "its trait is new"),
        ItemKind::TraitMethod => (
            Bump::Major,
            "implementations of the trait may have to add it",
        ),
        _ => (Bump::Minor, "added"),
    }
}

fn changed(old: &Item, new: &Item) -> (Bump, &'static str) {
    match old.kind {
        ItemKind::Const if type_of(&old.line) == type_of(&new.line) => {
            (Bump::Patch, "the value changed")
        }
        ItemKind::Type => {
            let (had, has) = (traits(&old.line), traits(&new.line));
            let seal = "non_exhaustive";
            if head(&old.line) != head(&new.line) {
                (Bump::Major, "its generic parameters changed")
            } else if !had.contains(seal) && has.contains(seal) {
                (
                    Bump::Major,
                    "code that names every field or variant no longer compiles",
                )
            } else if had.iter().any(|one| *one != seal && !has.contains(one)) {
                (Bump::Major, "a trait is no longer implemented")
            } else {
                (Bump::Minor, "more traits are implemented")
            }
        }
        _ => (Bump::Major, "its type or signature changed"),
    }
}

/// Returns `&str` of `const client::BASE_URL: &str = …`.
fn type_of(line: &str) -> Option<&str> {
    let (declaration, _) = line.split_once(" = ")?;
    declaration.split_once(": ").map(|(_, ty)| ty)
}

/// Returns the line without the list of traits.
fn head(line: &str) -> &str {
    line.split_once("  (").map_or(line, |(head, _)| head)
}

fn traits(line: &str) -> BTreeSet<&str> {
    let (_, list) = line.split_once("  (").unwrap_or((line, ""));
    let list = list.trim_end_matches(')').split(',');
    list.map(str::trim).filter(|one| !one.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::{Bump, compare};

    const STRUCT: &str = "struct types::A  (Clone, Debug, non_exhaustive)\n  field A::b: String\n  A::fn new(b: String) -> Self\n";

    fn bump(old: &str, new: &str) -> Bump {
        super::bump(&compare(old, new))
    }

    fn replaced(from: &str, to: &str) -> Bump {
        assert!(STRUCT.contains(from), "{from}");
        bump(STRUCT, &STRUCT.replace(from, to))
    }

    #[test]
    fn equal_apis_require_no_bump() {
        assert_eq!(bump(STRUCT, STRUCT), Bump::None);
    }

    #[test]
    fn a_field_can_be_added_to_a_non_exhaustive_struct_only() {
        let field = "  field A::b: String\n  field A::c: u8";
        assert_eq!(replaced("  field A::b: String", field), Bump::Minor);
        let open = STRUCT.replace(", non_exhaustive", "");
        let more = open.replace("  field A::b: String", field);
        assert_eq!(bump(&open, &more), Bump::Major);
        assert_eq!(bump(&open, STRUCT), Bump::Major);
        assert_eq!(bump(STRUCT, &open), Bump::Minor);
    }

    #[test]
    fn changed_types_and_signatures_are_breaking() {
        assert_eq!(
            replaced("field A::b: String", "field A::b: u8"),
            Bump::Major
        );
        assert_eq!(
            replaced("b: String) -> Self", "b: u8) -> Self"),
            Bump::Major
        );
        assert_eq!(replaced("Clone, ", ""), Bump::Major);
        assert_eq!(replaced("Clone, ", "Clone, Copy, "), Bump::Minor);
    }

    #[test]
    fn a_constant_can_change_its_value_but_not_its_type() {
        let old = "const client::A: &str = \"a\"\n";
        assert_eq!(bump(old, &old.replace("\"a\"", "\"b\"")), Bump::Patch);
        assert_eq!(bump(old, &old.replace("&str", "u8")), Bump::Major);
    }

    #[test]
    fn names_that_are_exported_together_are_separate_items() {
        assert_eq!(bump("use a::{B}\n", "use a::{B, C}\n"), Bump::Minor);
        assert_eq!(bump("use a::{B, C}\n", "use a::{B}\n"), Bump::Major);
    }

    #[test]
    fn an_item_that_is_added_with_its_type_is_not_breaking() {
        assert_eq!(bump("", STRUCT), Bump::Minor);
        assert_eq!(bump(STRUCT, ""), Bump::Major);
    }
}
