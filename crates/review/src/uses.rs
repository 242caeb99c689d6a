//! Which operations use a node, and in which direction.

use std::collections::{BTreeSet, HashMap, HashSet};

use bigmodel_rerank_codegen::Pointer;
use serde_json::Value;

use crate::class::Direction;
use crate::refs;

/// The keys of a path item that are operations, in the order of OpenAPI.
pub(crate) const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// Keywords that contain data, in which `$ref` is an ordinary key.
const DATA: [&str; 4] = ["example", "examples", "default", "enum"];

/// Keywords whose members have names, not keywords.
pub(crate) const NAMED: [&str; 14] = [
    "properties",
    "patternProperties",
    "schemas",
    "responses",
    "parameters",
    "requestBodies",
    "headers",
    "securitySchemes",
    "callbacks",
    "content",
    "links",
    "paths",
    "mapping",
    "encoding",
];

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
        let mut graph = Graph::new(root);
        for (path, item) in members(root.get("paths")) {
            let at = Pointer::root().key("paths").key(path);
            let mut items = vec![(item, at.clone())];
            if let Some(text) = refs::reference(item) {
                // Operations may be in the target and in siblings of the reference.
                let named = refs::resolve(root, item, &at);
                uses.targets
                    .extend(named.iter().map(|named| named.1.clone()));
                items.extend(named);
                uses.external.extend(external(text));
            }
            for (item, at) in items {
                for method in METHODS {
                    if let Some(operation) = item.get(method) {
                        let name = format!("{} {path}", method.to_uppercase());
                        let starts = starts(root, &at, item, method, operation);
                        uses.operation(&mut graph, &name, &at, method, starts);
                    }
                }
            }
        }
        uses.targets.extend(graph.targets.into_values().flatten());
        uses.external.extend(graph.external);
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

    fn operation(
        &mut self,
        graph: &mut Graph<'_>,
        name: &str,
        path: &Pointer,
        method: &str,
        starts: Vec<(Pointer, Direction)>,
    ) {
        let one = |direction| Use {
            operation: name.to_owned(),
            direction,
        };
        for whole in [path.clone(), path.key(method)] {
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
    method: &str,
    operation: &Value,
) -> Vec<(Pointer, Direction)> {
    let mut starts = Vec::new();
    for (key, _) in members(Some(operation)) {
        let direction = match key.as_str() {
            "responses" => Direction::Response,
            _ => Direction::Request,
        };
        let at = path.key(method).key(key);
        // In a callback, the roles of caller and service are reversed.
        if key == "callbacks" {
            starts.push((at.clone(), Direction::Response));
        }
        starts.push((at, direction));
    }
    for (key, _) in members(Some(item)) {
        if !METHODS.contains(&key.as_str()) {
            starts.push((path.key(key), Direction::Request));
        }
    }
    for key in ["servers", "security"] {
        if operation.get(key).is_none() {
            starts.push((Pointer::root().key(key), Direction::Request));
        }
    }
    let security = operation.get("security").or_else(|| root.get("security"));
    for requirement in security.and_then(Value::as_array).into_iter().flatten() {
        for (scheme, _) in members(Some(requirement)) {
            let schemes = Pointer::root().key("components").key("securitySchemes");
            starts.push((schemes.key(scheme), Direction::Request));
        }
    }
    starts
}

fn members(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten()
}

/// The graph of references. The targets below each node are looked up once.
struct Graph<'a> {
    root: &'a Value,
    targets: HashMap<Pointer, Vec<Pointer>>,
    external: BTreeSet<String>,
}

impl<'a> Graph<'a> {
    fn new(root: &'a Value) -> Self {
        Self {
            root,
            targets: HashMap::new(),
            external: BTreeSet::new(),
        }
    }

    /// Returns the nodes themselves, and everything that references from them lead to.
    fn reachable(&mut self, starts: impl Iterator<Item = Pointer>) -> HashSet<Pointer> {
        let mut reached = HashSet::new();
        let mut pending: Vec<_> = starts.collect();
        while let Some(pointer) = pending.pop() {
            if reached.contains(&pointer) {
                continue;
            }
            pending.extend(self.targets(&pointer).iter().cloned());
            reached.insert(pointer);
        }
        reached
    }

    fn targets(&mut self, pointer: &Pointer) -> &[Pointer] {
        let (root, external) = (self.root, &mut self.external);
        self.targets.entry(pointer.clone()).or_insert_with(|| {
            let node = root.pointer(pointer.as_str());
            node.map(|node| targets_in(node, is_named(pointer), external))
                .unwrap_or_default()
        })
    }
}

/// Whether the keys of a node that an operation uses are names.
fn is_named(pointer: &Pointer) -> bool {
    pointer.last() == "responses"
}

/// Returns the reference if its target is in another document.
fn external(text: &str) -> Option<String> {
    refs::address(text).is_none().then(|| text.to_owned())
}

/// Returns the targets of all references in `node`.
fn targets_in(node: &Value, is_named: bool, externals: &mut BTreeSet<String>) -> Vec<Pointer> {
    let mut targets = Vec::new();
    let mut pending = vec![(node, is_named)];
    while let Some((node, is_named)) = pending.pop() {
        match node {
            Value::Object(members) => {
                for (key, value) in members {
                    if is_named {
                        pending.push((value, false));
                        continue;
                    }
                    if key == "$ref" {
                        targets.extend(value.as_str().and_then(refs::address));
                        externals.extend(value.as_str().and_then(external));
                    }
                    if key == "mapping" {
                        targets.extend(mapped(value));
                    }
                    if !DATA.contains(&key.as_str()) && !key.starts_with("x-") {
                        pending.push((value, NAMED.contains(&key.as_str())));
                    }
                }
            }
            Value::Array(items) => pending.extend(items.iter().map(|item| (item, false))),
            _ => {}
        }
    }
    targets
}

/// Returns the schemas in the mapping of a discriminator.
fn mapped(mapping: &Value) -> impl Iterator<Item = Pointer> {
    members(Some(mapping)).filter_map(|(_, target)| {
        let target = target.as_str()?;
        let by_name = || {
            let schemas = Pointer::root().key("components").key("schemas");
            Some(schemas.key(target))
        };
        refs::address(target).or_else(by_name)
    })
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
