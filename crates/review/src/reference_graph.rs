//! The graph of references: which nodes references from a node lead to.

use std::collections::{BTreeSet, HashMap, HashSet};

use bigmodel_rerank_openapi::grammar::{self, Kind, Role, Visit};
use bigmodel_rerank_openapi::{Pointer, reference};
use serde_json::Value;

/// A node, and its role in the document.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    pub(crate) pointer: Pointer,
    pub(crate) role: Role,
}

/// The graph of references in a document. The references below each node are looked up once.
pub(crate) struct ReferenceGraph<'a> {
    root: &'a Value,
    targets: HashMap<Pointer, Vec<Target>>,
    external: BTreeSet<String>,
}

impl<'a> ReferenceGraph<'a> {
    pub(crate) fn new(root: &'a Value) -> Self {
        Self {
            root,
            targets: HashMap::new(),
            external: BTreeSet::new(),
        }
    }

    /// Returns the nodes themselves, and all nodes that references from them lead to.
    pub(crate) fn reachable(&mut self, starts: impl Iterator<Item = Target>) -> HashSet<Pointer> {
        let mut reachable = HashSet::new();
        let mut pending: Vec<_> = starts.collect();
        while let Some(node) = pending.pop() {
            if reachable.insert(node.pointer.clone()) {
                pending.extend(self.targets(&node).iter().cloned());
            }
        }
        reachable
    }

    /// Returns the targets and the references to other documents that were found so far.
    pub(crate) fn into_targets(self) -> (BTreeSet<Pointer>, BTreeSet<String>) {
        let targets = self.targets.into_values().flatten();
        let targets = targets.map(|target| target.pointer).collect();
        (targets, self.external)
    }

    fn targets(&mut self, node: &Target) -> &[Target] {
        let (root, external) = (self.root, &mut self.external);
        self.targets
            .entry(node.pointer.clone())
            .or_insert_with(|| targets_below(root, node, external))
    }
}

/// Returns the targets of all references in a node. The role of a target is that of the node with
/// the reference to it.
fn targets_below(root: &Value, node: &Target, external: &mut BTreeSet<String>) -> Vec<Target> {
    let Some(value) = node.pointer.get(root) else {
        return Vec::new();
    };
    let start = Visit {
        pointer: node.pointer.clone(),
        value,
        role: node.role,
    };
    let mut targets = Vec::new();
    for visit in grammar::below(start) {
        match visit.role {
            Role::Mapping => targets.extend(mapping_targets(visit.value)),
            // A `$ref` in data is not a reference, and in a map it is a name.
            Role::Data | Role::Extension | Role::Map(_) => {}
            role => {
                let Some(text) = reference::text(visit.value) else {
                    continue;
                };
                match reference::target(text) {
                    Some(pointer) => targets.push(Target { pointer, role }),
                    None => drop(external.insert(text.to_owned())),
                }
            }
        }
    }
    targets
}

/// Returns the schemas in the mapping of a discriminator.
fn mapping_targets(mapping: &Value) -> impl Iterator<Item = Target> {
    let values = mapping.as_object().into_iter().flatten();
    values.filter_map(|(_, value)| {
        Some(Target {
            pointer: reference::mapping_target(value.as_str()?),
            role: Role::Node(Kind::Schema),
        })
    })
}
