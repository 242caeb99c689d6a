//! Members that a schema does not name, and that an example of it has.
//!
//! A schema allows members that it does not name, unless it says otherwise. Structs drop them, since
//! a map in each of them would serve hardly anyone. On request, those for which the contract itself
//! shows such members have one.

use std::collections::{BTreeMap, HashSet};

use bigmodel_rerank_openapi::grammar::{Kind, Role};
use bigmodel_rerank_openapi::{Pointer, reference};
use serde_json::{Map, Value};

use super::union::is_null_schema;

/// A member of an example.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Shown {
    pub(super) name: String,
    /// Where the example is.
    pub(super) example: Pointer,
    /// Whether a remark says so.
    pub(super) is_remarked: bool,
}

/// Returns the schemas of objects whose examples have members that the schemas do not name, each with
/// the first of them.
pub(super) fn shown(root: &Value) -> BTreeMap<Pointer, Shown> {
    let mut search = Search {
        root,
        example: Pointer::root(),
        found: BTreeMap::new(),
    };
    search.below(root, Role::DOCUMENT, &mut Vec::new());
    search.found
}

struct Search<'a> {
    root: &'a Value,
    /// The example that is compared.
    example: Pointer,
    found: BTreeMap<Pointer, Shown>,
}

/// A key or an index.
#[derive(Clone, Copy)]
enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

impl<'a> Search<'a> {
    /// Compares the examples in a node of the document.
    fn below(&mut self, node: &'a Value, role: Role, path: &mut Vec<Step<'a>>) {
        if role.is_opaque() {
            return;
        }
        match node {
            Value::Object(members) => {
                self.examples(members, role, path);
                for (key, member) in members {
                    path.push(Step::Key(key));
                    self.below(member, role.member(key), path);
                    path.pop();
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    path.push(Step::Index(index));
                    self.below(item, role.item(), path);
                    path.pop();
                }
            }
            _ => {}
        }
    }

    /// Compares the examples of a schema or a media type.
    fn examples(&mut self, node: &'a Map<String, Value>, role: Role, path: &[Step<'a>]) {
        let at = || {
            path.iter().fold(Pointer::root(), |at, step| match step {
                Step::Key(key) => at.key(key),
                Step::Index(index) => at.index(*index),
            })
        };
        match role.kind() {
            Some(Kind::Schema) => {
                if let (Some(example), Some(schema)) = (node.get("example"), at().get(self.root)) {
                    self.example = at().key("example");
                    self.compare(schema, &at(), example);
                }
            }
            Some(Kind::MediaType) => {
                let Some(schema) = node.get("schema") else {
                    return;
                };
                let named = node.get("examples").and_then(Value::as_object);
                let named = named.into_iter().flatten().filter_map(|(name, example)| {
                    let place = at().key("examples").key(name);
                    let (example, place) = reference::resolve(self.root, example, &place)?;
                    Some((example.get("value")?, place.key("value")))
                });
                let only = node.get("example").map(|one| (one, at().key("example")));
                let examples: Vec<_> = only.into_iter().chain(named).collect();
                for (example, place) in examples {
                    self.example = place;
                    self.compare(schema, &at().key("schema"), example);
                }
            }
            _ => {}
        }
    }

    /// Compares a value with its schema.
    fn compare(&mut self, schema: &'a Value, at: &Pointer, value: &Value) {
        let Some((schema, at)) = self.only_branch(schema, at) else {
            return;
        };
        match value {
            Value::Array(items) => {
                if let Some(of_items) = schema.get("items") {
                    for item in items {
                        self.compare(of_items, &at.key("items"), item);
                    }
                }
            }
            Value::Object(members) => {
                let mut object = Object::default();
                self.gather(schema, &at, &mut object);
                for (name, member) in members {
                    match object.properties.get(name.as_str()) {
                        Some((schema, at)) => self.compare(schema, at, member),
                        None if object.is_open || object.properties.is_empty() => {}
                        None => {
                            self.found.entry(at.clone()).or_insert_with(|| Shown {
                                name: name.clone(),
                                example: self.example.clone(),
                                is_remarked: false,
                            });
                        }
                    }
                }
            }
            _ => {}
        }
    }

    /// The schema behind references, and behind unions and `allOf` that have one branch.
    fn only_branch(&self, schema: &'a Value, at: &Pointer) -> Option<(&'a Value, Pointer)> {
        let (mut schema, mut at) = reference::resolve(self.root, schema, at)?;
        for _ in 0..reference::MAX_HOPS {
            let branch = ["oneOf", "anyOf", "allOf"].iter().find_map(|key| {
                let branches = schema.get(*key)?.as_array()?.iter().enumerate();
                let mut others = branches.filter(|(_, branch)| !is_null_schema(branch));
                let (index, branch) = others.next()?;
                let is_only = others.next().is_none() && schema.get("properties").is_none();
                is_only.then(|| (branch, at.key(key).index(index)))
            });
            let Some((branch, place)) = branch else {
                return Some((schema, at));
            };
            (schema, at) = reference::resolve(self.root, branch, &place)?;
        }
        None
    }

    /// Adds what a schema, and those that it is merged with, say of an object.
    fn gather(&self, schema: &'a Value, at: &Pointer, object: &mut Object<'a>) {
        let Some((schema, at)) = reference::resolve(self.root, schema, at) else {
            object.is_open = true;
            return;
        };
        if !object.gathered.insert(at.clone()) {
            return;
        }
        object.is_open |= OPEN.iter().any(|key| schema.get(*key).is_some());
        let properties = schema.get("properties").and_then(Value::as_object);
        for (name, property) in properties.into_iter().flatten() {
            let place = at.key("properties").key(name);
            let known = object.properties.entry(name);
            known.or_insert((property, place));
        }
        let parts = schema.get("allOf").and_then(Value::as_array);
        for (index, part) in parts.into_iter().flatten().enumerate() {
            self.gather(part, &at.key("allOf").index(index), object);
        }
    }
}

/// Keywords that speak of members that are not named.
const OPEN: [&str; 5] = [
    "additionalProperties",
    "patternProperties",
    "oneOf",
    "anyOf",
    "discriminator",
];

/// What schemas say of an object.
#[derive(Default)]
struct Object<'a> {
    properties: BTreeMap<&'a str, (&'a Value, Pointer)>,
    /// Whether other members have a schema, or may have one.
    is_open: bool,
    gathered: HashSet<Pointer>,
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::shown;

    /// The schemas whose examples show more, each with the member.
    fn found(schemas: Value) -> Vec<(String, String)> {
        let root = json!({"openapi": "3.0.3", "components": {"schemas": schemas}});
        let found = shown(&root).into_iter();
        found
            .map(|(at, shown)| {
                let at = at.as_str().trim_start_matches("/components/schemas/");
                (at.to_owned(), shown.name)
            })
            .collect()
    }

    fn pair(at: &str, name: &str) -> (String, String) {
        (at.to_owned(), name.to_owned())
    }

    #[test]
    fn members_that_examples_show_are_found_where_their_schema_is() {
        let schemas = json!({
            "Link": {"properties": {"href": {}}},
            "Base": {"properties": {"id": {}}},
            "Page": {
                "allOf": [{"$ref": "#/components/schemas/Base"}],
                "properties": {"links": {"type": "array", "items":
                    {"anyOf": [{"$ref": "#/components/schemas/Link"}, {"type": "null"}]}}},
                "example": {"id": 1, "next": 2, "links": [{"href": "a"}, {"href": "b", "rel": "c"}]},
            },
        });
        assert_eq!(found(schemas), [pair("Link", "rel"), pair("Page", "next")]);
    }

    #[test]
    fn schemas_that_speak_of_other_members_show_nothing() {
        for schema in [
            json!({"properties": {"a": {}}, "additionalProperties": false}),
            json!({"properties": {"a": {}}, "additionalProperties": {"type": "integer"}}),
            json!({"properties": {"a": {}}, "oneOf": [{"required": ["a"]}, {"required": ["b"]}]}),
            json!({"type": "object"}),
            json!({"$ref": "#/components/schemas/Missing"}),
        ] {
            let mut schema = schema;
            schema["example"] = json!({"a": 1, "b": 2});
            assert_eq!(found(json!({"A": schema})), [], "{schema}");
        }
    }
}
