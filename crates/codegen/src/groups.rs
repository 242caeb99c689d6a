//! Groups of operations, by tag or else by path, and the types that each group alone needs. Of large
//! contracts, each group has files of its own.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::model::{Api, Operation, TypeId, TypeRef};
use crate::names::snake;
use crate::reachable::reachable;
use crate::reserved::MODULES;
use crate::template::Template;

/// With more operations and types than this, one file for all would be hard to read.
const LARGE: usize = 150;

/// The index of a group.
pub(crate) type GroupId = usize;

/// What belongs to which group.
#[derive(Debug, Default)]
pub(crate) struct Groups {
    /// The names of the groups, as modules have them, sorted.
    pub(crate) names: Vec<String>,
    /// Whether each group is a feature of the crate.
    pub(crate) are_features: bool,
    operations: Vec<Option<GroupId>>,
    types: Vec<Option<GroupId>>,
}

impl Groups {
    /// The groups of a contract: none of a small one, unless each is to be a feature.
    pub(crate) fn new(api: &Api, are_features: bool) -> Self {
        if !are_features && api.operations.len() + api.types.len() <= LARGE {
            return Self::default();
        }
        let taken: HashSet<_> = api.types.iter().map(|def| def.name.as_str()).collect();
        let of_operations: Vec<_> = api.operations.iter().map(|it| name(it, &taken)).collect();
        let names: BTreeSet<_> = of_operations.iter().cloned().collect();
        let names: Vec<_> = names.into_iter().collect();
        if names.len() < 2 && !are_features {
            return Self::default();
        }
        let indices: HashMap<_, _> = names.iter().enumerate().map(|(id, it)| (it, id)).collect();
        let operations: Vec<_> = of_operations
            .iter()
            .map(|name| indices.get(name).copied())
            .collect();
        let types = types(api, &operations, names.len());
        Self {
            names,
            are_features,
            operations,
            types,
        }
    }

    /// The group of an operation; `None` without groups.
    pub(crate) fn of_operation(&self, index: usize) -> Option<GroupId> {
        self.operations.get(index).copied().flatten()
    }

    /// The group that alone needs a type; `None` if several do, or none.
    pub(crate) fn of_type(&self, id: TypeId) -> Option<GroupId> {
        self.types.get(id).copied().flatten()
    }

    /// The name of a group's feature; `None` if groups are not features.
    pub(crate) fn feature(&self, group: GroupId) -> Option<String> {
        let name = self.names.get(group).filter(|_| self.are_features)?;
        Some(match name.strip_suffix('_') {
            // A keyword can name a feature, though not a module.
            Some(stem) if !MODULES.contains(&stem) => stem.replace('_', "-"),
            Some(stem) => format!("{stem}-operations"),
            None => name.replace('_', "-"),
        })
    }

    /// The names of all features.
    pub(crate) fn features(&self) -> Vec<String> {
        let all = 0..self.names.len();
        all.filter_map(|group| self.feature(group)).collect()
    }
}

/// The name of an operation's group. Its module must not be called like a type, since both are in
/// the module `types`.
fn name(operation: &Operation, taken: &HashSet<&str>) -> String {
    let name = match &operation.tag {
        Some(tag) => snake(tag),
        None => snake(first_word(&operation.path)),
    };
    if MODULES.contains(&name.as_str()) || taken.contains(name.as_str()) {
        format!("{name}_")
    } else {
        name
    }
}

/// The first part of a path that says what it is about: `/api/v1/files/{id}` is about files.
fn first_word(path: &str) -> &str {
    let is_version = |part: &str| {
        let digits = part.strip_prefix('v').unwrap_or(part);
        digits.starts_with(|first: char| first.is_ascii_digit())
    };
    let mut parts = Template::new(path).path.split('/');
    parts
        .find(|part| !part.is_empty() && *part != "api" && !is_version(part) && !part.contains('{'))
        .unwrap_or("other")
}

/// The group of each type. What no operation needs has none, nor has what it consists of.
fn types(api: &Api, of_operations: &[Option<GroupId>], groups: usize) -> Vec<Option<GroupId>> {
    let mut needed_by = vec![Vec::new(); api.types.len()];
    for group in 0..groups {
        let operations = api.operations.iter().zip(of_operations);
        let own = operations.filter(|(_, of)| **of == Some(group));
        let roots = own.flat_map(|(operation, _)| named(operation));
        for (needed_by, reached) in needed_by.iter_mut().zip(reachable(&api.types, roots)) {
            if reached {
                needed_by.push(group);
            }
        }
    }
    let unneeded = needed_by.iter().enumerate();
    let unneeded = unneeded.filter_map(|(id, groups)| groups.is_empty().then_some(id));
    let shared = reachable(&api.types, unneeded);
    let groups = needed_by.iter().zip(shared);
    groups
        .map(|(needed_by, is_shared)| match needed_by.as_slice() {
            [group] if !is_shared => Some(*group),
            _ => None,
        })
        .collect()
}

/// The types that the methods of an operation name.
fn named(operation: &Operation) -> impl Iterator<Item = TypeId> {
    let streamed = operation.streamed.as_deref();
    let responses = operation.responses.iter();
    let responses = responses.chain(streamed.into_iter().flat_map(|it| &it.responses));
    let received = responses.filter_map(|response| response.type_ref.as_ref());
    operation
        .sent()
        .chain(received)
        .chain(&operation.success)
        .chain(&operation.failure)
        .chain(streamed.and_then(|it| it.success.as_ref()))
        .filter_map(TypeRef::named)
        .chain(operation.options)
}

#[cfg(test)]
mod tests {
    use super::first_word;

    #[test]
    fn paths_are_about_their_first_word() {
        for (path, word) in [
            ("/files/{id}", "files"),
            ("/api/v1/chat/completions", "chat"),
            ("/2010-04-01/Accounts.json", "Accounts.json"),
            ("/{owner}/keys", "keys"),
            ("/", "other"),
            ("/{id}", "other"),
        ] {
            assert_eq!(first_word(path), word, "{path}");
        }
    }
}
