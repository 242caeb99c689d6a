//! Which operations reach a node, and in which direction.

use std::collections::{BTreeSet, HashMap, HashSet};

use bigmodel_rerank_codegen::Pointer;
use serde_json::Value;

use crate::class::Direction;
use crate::refs;

/// The keys of a path that are operations, in the order of OpenAPI.
pub(crate) const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// Keys whose values are data, in which a `$ref` is no reference.
const DATA: [&str; 4] = ["example", "examples", "default", "enum"];

/// Keys whose members go by names of the contract's author, not by keywords.
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

/// An operation and the side of its call on which a node stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Use {
    /// Method and path: `POST /paas/v4/rerank`.
    pub operation: String,
    /// In what it takes, or in what it gives.
    pub direction: Direction,
}

/// What every node of one contract is used for.
pub(crate) struct Uses {
    /// By nodes that belong to an operation with all that is below them.
    below: HashMap<Pointer, BTreeSet<Use>>,
    /// By nodes that stand for whole operations.
    whole: HashMap<Pointer, BTreeSet<Use>>,
    /// The nodes that references name, as far as operations reach them.
    pub(crate) targets: BTreeSet<Pointer>,
    /// The references out of the document, as far as operations reach them.
    pub(crate) outside: BTreeSet<String>,
}

impl Uses {
    /// Follows every operation of the contract through its references.
    pub(crate) fn new(root: &Value) -> Self {
        let mut uses = Self {
            below: HashMap::new(),
            whole: HashMap::new(),
            targets: BTreeSet::new(),
            outside: BTreeSet::new(),
        };
        let mut graph = Graph::new(root);
        for (path, item) in members(root.get("paths")) {
            let at = Pointer::root().key("paths").key(path);
            let mut items = vec![(item, at.clone())];
            if let Some(text) = refs::reference(item) {
                // An item may stand elsewhere, with more beside its reference.
                let named = refs::resolve(root, item, &at);
                uses.targets
                    .extend(named.iter().map(|named| named.1.clone()));
                items.extend(named);
                uses.outside.extend(outside(text));
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
        uses.outside.extend(graph.outside);
        uses
    }

    /// What the node at `pointer` is used for.
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
        let used = |direction| Use {
            operation: name.to_owned(),
            direction,
        };
        for whole in [path.clone(), path.key(method)] {
            let uses = self.whole.entry(whole).or_default();
            uses.insert(used(Direction::Request));
        }
        for direction in [Direction::Request, Direction::Response] {
            let starts = starts.iter().filter(|start| start.1 == direction);
            for reached in graph.reached(starts.map(|start| start.0.clone())) {
                let uses = self.below.entry(reached).or_default();
                uses.insert(used(direction));
            }
        }
    }
}

/// The nodes of the document that belong to an operation without any reference.
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
        // Whoever is called back reads what others send, and the other way round.
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

/// What references what, found out once for each node that is referenced.
struct Graph<'a> {
    root: &'a Value,
    targets: HashMap<Pointer, Vec<Pointer>>,
    outside: BTreeSet<String>,
}

impl<'a> Graph<'a> {
    fn new(root: &'a Value) -> Self {
        Self {
            root,
            targets: HashMap::new(),
            outside: BTreeSet::new(),
        }
    }

    /// The nodes themselves, and all that is reached from them by references.
    fn reached(&mut self, starts: impl Iterator<Item = Pointer>) -> HashSet<Pointer> {
        let mut reached = HashSet::new();
        let mut open: Vec<_> = starts.collect();
        while let Some(pointer) = open.pop() {
            if reached.contains(&pointer) {
                continue;
            }
            open.extend(self.targets(&pointer).iter().cloned());
            reached.insert(pointer);
        }
        reached
    }

    fn targets(&mut self, pointer: &Pointer) -> &[Pointer] {
        let (root, out) = (self.root, &mut self.outside);
        self.targets.entry(pointer.clone()).or_insert_with(|| {
            let node = root.pointer(pointer.as_str());
            node.map(|node| targets_in(node, is_named(pointer), out))
                .unwrap_or_default()
        })
    }
}

/// Whether the members of a node that an operation begins with go by names.
fn is_named(pointer: &Pointer) -> bool {
    pointer.last() == "responses"
}

/// The reference, if it leads out of the document.
fn outside(text: &str) -> Option<String> {
    refs::address(text).is_none().then(|| text.to_owned())
}

/// The addresses that references anywhere in `node` name.
fn targets_in(node: &Value, named: bool, out: &mut BTreeSet<String>) -> Vec<Pointer> {
    let mut targets = Vec::new();
    let mut open = vec![(node, named)];
    while let Some((node, named)) = open.pop() {
        match node {
            Value::Object(members) => {
                for (key, value) in members {
                    if named {
                        open.push((value, false));
                        continue;
                    }
                    if key == "$ref" {
                        targets.extend(value.as_str().and_then(refs::address));
                        out.extend(value.as_str().and_then(outside));
                    }
                    if key == "mapping" {
                        targets.extend(mapped(value));
                    }
                    if !DATA.contains(&key.as_str()) && !key.starts_with("x-") {
                        open.push((value, NAMED.contains(&key.as_str())));
                    }
                }
            }
            Value::Array(items) => open.extend(items.iter().map(|item| (item, false))),
            _ => {}
        }
    }
    targets
}

/// The schemas that the mapping of a discriminator names.
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

    fn told(uses: &Uses, pointer: &str) -> Vec<String> {
        let uses = uses.of(&Pointer::parse(pointer));
        uses.iter()
            .map(|one| format!("{} {}", one.operation, one.direction))
            .collect()
    }

    #[test]
    fn references_are_followed_in_circles_and_data_is_not() {
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
            told(&uses, "/components/schemas/A/type"),
            ["POST /a request"]
        );
        let both = ["POST /a request", "POST /a response"];
        assert_eq!(told(&uses, "/components/schemas/B"), both);
        assert!(told(&uses, "/components/schemas/C").is_empty());
        assert_eq!(
            told(&uses, "/paths/~1a/post/responses/200"),
            ["POST /a response"]
        );
        assert_eq!(told(&uses, "/security"), ["POST /a request"]);
    }
}
