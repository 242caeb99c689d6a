//! Which operations use a node, and in which direction.

use std::collections::{BTreeSet, HashMap};

use bigmodel_rerank_openapi::grammar::{Kind, Role};
use bigmodel_rerank_openapi::{Method, Pointer, reference};
use serde_json::Value;

use crate::reference_graph::{ReferenceGraph, Target};
use crate::severity::Direction;

/// An operation that uses a node, and the direction in which it does.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Use {
    /// Method and path, as in `POST /pets`.
    pub operation: String,
    /// In requests or in responses.
    pub direction: Direction,
}

/// The operations that use each node of a contract.
pub(crate) struct Uses {
    /// Nodes that an operation uses together with everything below them.
    below: HashMap<Pointer, BTreeSet<Use>>,
    /// The nodes of operations and path items, without what is below them.
    whole: HashMap<Pointer, BTreeSet<Use>>,
    /// The targets of references that operations use.
    pub(crate) targets: BTreeSet<Pointer>,
    /// The references to other documents that operations use.
    pub(crate) external: BTreeSet<String>,
}

impl Uses {
    /// Follows the references from every operation of a contract.
    pub(crate) fn new(root: &Value) -> Self {
        let mut uses = Self {
            below: HashMap::new(),
            whole: HashMap::new(),
            targets: BTreeSet::new(),
            external: BTreeSet::new(),
        };
        let mut graph = ReferenceGraph::new(root);
        for (path, item) in members(root.get("paths")) {
            let at = Pointer::root().key("paths").key(path);
            let mut items = vec![(item, at.clone())];
            if let Some(text) = reference::text(item) {
                // Operations may be in the target and in siblings of the reference.
                let target = reference::resolve(root, item, &at);
                uses.targets
                    .extend(target.iter().map(|target| target.1.clone()));
                items.extend(target);
                if reference::target(text).is_none() {
                    uses.external.insert(text.to_owned());
                }
            }
            for (item, at) in items {
                for method in Method::ALL {
                    if let Some(operation) = item.get(method.key()) {
                        let name = format!("{method} {path}");
                        let starts = starts(root, &at, item, method, operation);
                        uses.add_operation(&mut graph, &name, &at, method, starts);
                    }
                }
            }
        }
        let (targets, external) = graph.into_targets();
        uses.targets.extend(targets);
        uses.external.extend(external);
        uses
    }

    /// Returns the operations that use the node at `pointer`.
    pub(crate) fn of(&self, pointer: &Pointer) -> BTreeSet<Use> {
        let mut all = self.whole.get(pointer).cloned().unwrap_or_default();
        let mut at = Some(pointer.clone());
        while let Some(pointer) = at {
            all.extend(self.below.get(&pointer).into_iter().flatten().cloned());
            at = pointer.parent();
        }
        all
    }

    fn add_operation(
        &mut self,
        graph: &mut ReferenceGraph<'_>,
        name: &str,
        path: &Pointer,
        method: Method,
        starts: Vec<(Target, Direction)>,
    ) {
        let one = |direction| Use {
            operation: name.to_owned(),
            direction,
        };
        for whole in [path.clone(), path.key(method.key())] {
            let uses = self.whole.entry(whole).or_default();
            uses.insert(one(Direction::Request));
        }
        for direction in [Direction::Request, Direction::Response] {
            let starts = starts.iter().filter(|start| start.1 == direction);
            for reached in graph.reachable(starts.map(|start| start.0.clone())) {
                let uses = self.below.entry(reached).or_default();
                uses.insert(one(direction));
            }
        }
    }
}

/// Returns the nodes that an operation uses without references.
fn starts(
    root: &Value,
    path: &Pointer,
    item: &Value,
    method: Method,
    operation: &Value,
) -> Vec<(Target, Direction)> {
    let mut starts = Vec::new();
    for (key, _) in members(Some(operation)) {
        let direction = match key.as_str() {
            "responses" => Direction::Response,
            _ => Direction::Request,
        };
        let target = Target {
            pointer: path.key(method.key()).key(key),
            role: Role::Node(Kind::Operation).member(key),
        };
        // In a callback, the roles of caller and service are reversed.
        if key == "callbacks" {
            starts.push((target.clone(), Direction::Response));
        }
        starts.push((target, direction));
    }
    for (key, _) in members(Some(item)) {
        if Method::from_key(key).is_none() {
            let target = Target {
                pointer: path.key(key),
                role: Role::Node(Kind::PathItem).member(key),
            };
            starts.push((target, Direction::Request));
        }
    }
    for key in ["servers", "security"] {
        if operation.get(key).is_none() {
            let target = Target {
                pointer: Pointer::root().key(key),
                role: Role::DOCUMENT.member(key),
            };
            starts.push((target, Direction::Request));
        }
    }
    let security = operation.get("security").or_else(|| root.get("security"));
    let schemes = Pointer::root().key("components").key("securitySchemes");
    for requirement in security.and_then(Value::as_array).into_iter().flatten() {
        for (scheme, _) in members(Some(requirement)) {
            let target = Target {
                pointer: schemes.key(scheme),
                role: Role::Node(Kind::SecurityScheme),
            };
            starts.push((target, Direction::Request));
        }
    }
    starts
}

fn members(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Pointer, Uses};

    fn listed(uses: &Uses, pointer: &str) -> Vec<String> {
        let uses = uses.of(&Pointer::parse(pointer));
        uses.iter()
            .map(|one| format!("{} {}", one.operation, one.direction))
            .collect()
    }

    #[test]
    fn references_are_followed_even_if_circular_but_not_in_data() {
        let root = json!({
            "paths": {"/a": {"post": {
                "requestBody": {"content": {"j": {"schema": {"$ref": "#/components/schemas/A"}}}},
                "responses": {"200": {"content": {"j": {
                    "schema": {"$ref": "#/components/schemas/B"},
                    "example": {"$ref": "#/components/schemas/C"},
                }}}},
            }}},
            "components": {"schemas": {
                "A": {"properties": {"b": {"$ref": "#/components/schemas/B"}}},
                "B": {"properties": {"a": {"$ref": "#/components/schemas/B"}}},
                "C": {},
            }},
        });
        let uses = Uses::new(&root);
        assert_eq!(
            listed(&uses, "/components/schemas/A/type"),
            ["POST /a request"]
        );
        let both = ["POST /a request", "POST /a response"];
        assert_eq!(listed(&uses, "/components/schemas/B"), both);
        assert!(listed(&uses, "/components/schemas/C").is_empty());
        assert_eq!(
            listed(&uses, "/paths/~1a/post/responses/200"),
            ["POST /a response"]
        );
        assert_eq!(listed(&uses, "/security"), ["POST /a request"]);
    }
}
