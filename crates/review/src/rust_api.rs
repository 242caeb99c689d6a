//! The public API of the generated crates, compared item by item.

use std::collections::{BTreeMap, BTreeSet};

use crate::class::Bump;

/// How one public item differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemChange {
    /// The item, as in `RerankRequest::query`.
    pub item: String,
    /// Its line before; `None` if it is new.
    pub old: Option<String>,
    /// Its line now; `None` if it is gone.
    pub new: Option<String>,
    /// The step of the crate's version that it asks for.
    pub bump: Bump,
    /// Why.
    pub reason: &'static str,
}

/// Compares two listings of [`bigmodel_rerank_codegen::surface`].
pub(crate) fn compare(old: &str, new: &str) -> Vec<ItemChange> {
    let (before, after) = (Listing::of(old), Listing::of(new));
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

/// The step that the worst of the changes asks for.
pub(crate) fn bump(changes: &[ItemChange]) -> Bump {
    changes
        .iter()
        .map(|change| change.bump)
        .max()
        .unwrap_or_default()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    /// A struct or an enum, with what it derives.
    Type,
    Field,
    Variant,
    /// A required or provided method of a trait.
    Member,
    Const,
    Use,
    Other,
}

#[derive(Debug)]
struct Item {
    sort: Sort,
    /// The whole line, trimmed.
    line: String,
    /// The type or trait that it belongs to; empty if it stands alone.
    owner: String,
}

/// The items of a crate by their names.
struct Listing {
    items: BTreeMap<String, Item>,
}

impl Listing {
    fn of(text: &str) -> Self {
        let mut items = BTreeMap::new();
        let mut owner = String::new();
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            let is_top = !line.starts_with(' ');
            let line = line.trim();
            let (sort, key) = read(line, &owner);
            if is_top {
                owner.clone_from(&key);
            }
            for (sort, key, line) in split(sort, key, line) {
                let item = Item {
                    sort,
                    line,
                    owner: owner.clone(),
                };
                items.insert(key, item);
            }
        }
        Self { items }
    }

    /// Whether code outside the crate cannot name all members of a type.
    fn is_closed(&self, owner: &str) -> bool {
        let has_fields = || {
            let mut items = self.items.values();
            items.any(|item| item.owner == owner && item.sort != Sort::Type)
        };
        self.items
            .get(owner)
            .is_some_and(|item| item.line.contains("non_exhaustive") || !has_fields())
    }
}

/// What a line lists, and the item's name without what may change of it.
fn read(line: &str, owner: &str) -> (Sort, String) {
    let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
    let name = |rest: &str| {
        let end = rest.find([':', '<', '(', '{', ' ']).unwrap_or(rest.len());
        rest.get(..end).unwrap_or(rest).to_owned()
    };
    match word {
        "struct" | "enum" => {
            let end = rest.find(['<', ' ']).unwrap_or(rest.len());
            (
                Sort::Type,
                format!("{word} {}", rest.get(..end).unwrap_or(rest)),
            )
        }
        "trait" | "mod" => (Sort::Other, line.to_owned()),
        "const" => {
            let name = rest.split(": ").next().unwrap_or(rest);
            (Sort::Const, format!("const {name}"))
        }
        "use" => (Sort::Use, line.to_owned()),
        "field" | "variant" => {
            let (owner, member) = rest.split_once("::").unwrap_or(("", rest));
            let sort = if word == "field" {
                Sort::Field
            } else {
                Sort::Variant
            };
            (sort, format!("{owner}::{}", name(member)))
        }
        "impl" => (Sort::Other, line.to_owned()),
        "fn" | "async" => {
            let rest = rest.trim_start_matches("fn ");
            (Sort::Member, format!("{owner}::{}()", name(rest)))
        }
        _ => match line
            .split_once("::fn ")
            .or_else(|| line.split_once("::async fn "))
        {
            Some((owner, rest)) => (Sort::Other, format!("{owner}::{}()", name(rest))),
            None => (Sort::Other, line.to_owned()),
        },
    }
}

/// `use a::{B, C}` is two items; everything else is one.
fn split(sort: Sort, key: String, line: &str) -> Vec<(Sort, String, String)> {
    let names = line
        .strip_prefix("use ")
        .and_then(|tree| tree.split_once("::{"));
    let Some((path, names)) = names.filter(|_| sort == Sort::Use) else {
        return vec![(sort, key, line.to_owned())];
    };
    names
        .trim_end_matches('}')
        .split(',')
        .map(|name| format!("use {path}::{}", name.trim()))
        .map(|line| (sort, line.clone(), line))
        .collect()
}

fn added(item: &Item, before: &Listing) -> (Bump, &'static str) {
    let owner_is_new = !before.items.contains_key(&item.owner);
    match item.sort {
        Sort::Field | Sort::Variant if owner_is_new => (Bump::Minor, "its type is new"),
        Sort::Field | Sort::Variant if before.is_closed(&item.owner) => {
            (Bump::Minor, "its type is `non_exhaustive`")
        }
        Sort::Field => (
            Bump::Major,
            "code that names every field no longer compiles",
        ),
        Sort::Variant => (
            Bump::Major,
            "a `match` over every variant no longer compiles",
        ),
        Sort::Member if owner_is_new => (Bump::Minor, "its trait is new"),
        Sort::Member => (
            Bump::Major,
            "whoever implements the trait may have to add it",
        ),
        _ => (Bump::Minor, "new, and nothing depends on it"),
    }
}

fn changed(old: &Item, new: &Item) -> (Bump, &'static str) {
    match old.sort {
        Sort::Const if type_of(&old.line) == type_of(&new.line) => {
            (Bump::Patch, "another value of the same type")
        }
        Sort::Type => {
            let (had, has) = (traits(&old.line), traits(&new.line));
            let seal = "non_exhaustive";
            if head(&old.line) != head(&new.line) {
                (Bump::Major, "other parameters")
            } else if !had.contains(seal) && has.contains(seal) {
                (
                    Bump::Major,
                    "code that names every member no longer compiles",
                )
            } else if had.iter().any(|one| *one != seal && !has.contains(one)) {
                (Bump::Major, "a trait is no longer implemented")
            } else {
                (Bump::Minor, "more traits are implemented")
            }
        }
        _ => (Bump::Major, "another type or signature"),
    }
}

/// `&str` of `const client::BASE_URL: &str = …`
fn type_of(line: &str) -> Option<&str> {
    let (declaration, _) = line.split_once(" = ")?;
    declaration.split_once(": ").map(|(_, ty)| ty)
}

/// The line without the list of traits.
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
    fn what_is_the_same_asks_for_nothing() {
        assert_eq!(bump(STRUCT, STRUCT), Bump::None);
    }

    #[test]
    fn a_field_may_be_added_only_where_no_one_names_them_all() {
        let field = "  field A::b: String\n  field A::c: u8";
        assert_eq!(replaced("  field A::b: String", field), Bump::Minor);
        let open = STRUCT.replace(", non_exhaustive", "");
        let more = open.replace("  field A::b: String", field);
        assert_eq!(bump(&open, &more), Bump::Major);
        assert_eq!(bump(&open, STRUCT), Bump::Major);
        assert_eq!(bump(STRUCT, &open), Bump::Minor);
    }

    #[test]
    fn other_types_and_signatures_break() {
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
    fn a_constant_may_change_its_value_and_not_its_type() {
        let old = "const client::A: &str = \"a\"\n";
        assert_eq!(bump(old, &old.replace("\"a\"", "\"b\"")), Bump::Patch);
        assert_eq!(bump(old, &old.replace("&str", "u8")), Bump::Major);
    }

    #[test]
    fn names_that_are_exported_together_are_items_of_their_own() {
        assert_eq!(bump("use a::{B}\n", "use a::{B, C}\n"), Bump::Minor);
        assert_eq!(bump("use a::{B, C}\n", "use a::{B}\n"), Bump::Major);
    }

    #[test]
    fn an_item_that_is_new_with_its_type_breaks_nobody() {
        assert_eq!(bump("", STRUCT), Bump::Minor);
        assert_eq!(bump(STRUCT, ""), Bump::Major);
    }
}
