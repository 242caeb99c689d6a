//! Groups of operations, by tag or else by path, and the types that each group alone needs. Of large
//! contracts, each group has files of its own.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::model::{Api, Operation, Type, TypeId, TypeRef};
use crate::names::snake;
use crate::reserved::MODULES;

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
        let types = types(api, &operations);
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

    /// The name of the feature that a group is; `None` if it is none.
    pub(crate) fn feature(&self, group: GroupId) -> Option<String> {
        let name = self.names.get(group).filter(|_| self.are_features)?;
        Some(match name.strip_suffix('_') {
            // What is no name of a module may be one of a feature.
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

/// The name of an operation's group. Modules stand beside types, whose names are taken.
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
    let mut parts = path.split('/').filter(|part| !part.is_empty());
    parts
        .find(|part| *part != "api" && !is_version(part) && !part.contains('{'))
        .unwrap_or("other")
}

/// The group of each type. What no operation needs has none, nor has what it consists of.
fn types(api: &Api, groups: &[Option<GroupId>]) -> Vec<Option<GroupId>> {
    let mut needed: Vec<Option<Needed>> = vec![None; api.types.len()];
    for (operation, group) in api.operations.iter().zip(groups) {
        let Some(group) = *group else { continue };
        for type_ref in type_refs(operation) {
            mark(api, &mut needed, named(type_ref), Needed::By(group));
        }
        mark(
            api,
            &mut needed,
            operation.options.as_slice().to_vec(),
            Needed::By(group),
        );
    }
    for id in 0..needed.len() {
        if needed.get(id).is_some_and(Option::is_none) {
            mark(api, &mut needed, vec![id], Needed::Shared);
        }
    }
    let groups = needed.into_iter().map(|needed| match needed {
        Some(Needed::By(group)) => Some(group),
        Some(Needed::Shared) | None => None,
    });
    groups.collect()
}

/// Who needs a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Needed {
    /// One group.
    By(GroupId),
    /// Several groups, or none.
    Shared,
}

/// Marks types, and what they consist of, as needed.
fn mark(api: &Api, needed: &mut [Option<Needed>], mut open: Vec<TypeId>, by: Needed) {
    while let Some(id) = open.pop() {
        let (Some(slot), Some(def)) = (needed.get_mut(id), api.types.get(id)) else {
            continue;
        };
        let next = match *slot {
            None => by,
            Some(known) if known == by => continue,
            Some(Needed::Shared) => continue,
            Some(Needed::By(_)) => Needed::Shared,
        };
        *slot = Some(next);
        open.extend(def.shape.type_refs().flat_map(named));
    }
}

/// The types that the method of an operation names.
fn type_refs(operation: &Operation) -> impl Iterator<Item = &TypeRef> {
    let streamed = operation.streamed.as_deref();
    let params = operation.params.iter().map(|param| &param.type_ref);
    let responses = operation.responses.iter();
    let streamed_responses = streamed.into_iter().flat_map(|it| &it.responses);
    let of_responses = responses
        .chain(streamed_responses)
        .filter_map(|response| response.type_ref.as_ref());
    params
        .chain(operation.body.as_ref().map(|body| &body.type_ref))
        .chain(of_responses)
        .chain(&operation.success)
        .chain(&operation.failure)
        .chain(streamed.and_then(|it| it.success.as_ref()))
}

/// The types that a reference names.
fn named(type_ref: &TypeRef) -> Vec<TypeId> {
    let mut type_ref = type_ref;
    loop {
        type_ref = match &type_ref.ty {
            Type::Named(id) => return vec![*id],
            Type::Array(inner) | Type::Map(inner) => inner,
            Type::Stream(stream) => match stream.item() {
                Some(item) => item,
                None => return Vec::new(),
            },
            Type::Scalar(_) | Type::Any | Type::Upload => return Vec::new(),
        };
    }
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
