//! Members that a schema does not name, and that an example of it has.
//!
//! A schema allows members that it does not name, unless it says otherwise. Structs drop them, since
//! a map in each of them would serve hardly anyone. On request, those for which the contract itself
//! shows such members have one.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::rc::Rc;

use bigmodel_rerank_openapi::grammar::{Kind, Role};
use bigmodel_rerank_openapi::{Pointer, reference};
use serde_json::{Map, Value};

use super::schema::annotates;
use super::union::is_null_schema;

/// What examples show of a schema.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Shown {
    /// The members that it does not name.
    pub(super) names: BTreeSet<String>,
    /// The first of the examples.
    pub(super) example: Pointer,
    /// Whether a remark says so.
    pub(super) is_remarked: bool,
}

/// Returns the schemas of objects whose examples have members that the schemas do not name.
pub(super) fn shown(root: &Value) -> BTreeMap<Pointer, Shown> {
    let mut search = Search {
        root,
        example: Pointer::root(),
        known: HashMap::new(),
        found: BTreeMap::new(),
    };
    search.below(root, Role::DOCUMENT, &mut Vec::new());
    search.found
}

/// A schema and its address. Several may describe one value.
type Schema<'a> = (&'a Value, Pointer);

struct Search<'a> {
    root: &'a Value,
    /// The example that is compared.
    example: Pointer,
    /// What the schemas at these addresses say together.
    known: HashMap<Vec<Pointer>, Rc<Object<'a>>>,
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
                    self.compare(&[(schema, at())], example);
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
                    self.compare(&[(schema, at().key("schema"))], example);
                }
            }
            _ => {}
        }
    }

    /// Compares a value with the schemas that describe it.
    fn compare(&mut self, schemas: &[Schema<'a>], value: &Value) {
        let behind = schemas
            .iter()
            .map(|(schema, at)| self.only_branch(schema, at));
        let Some(schemas) = behind.collect::<Option<Vec<Schema<'a>>>>() else {
            return;
        };
        match value {
            Value::Array(items) => {
                let of_items = schemas.iter().filter_map(|(schema, at)| {
                    let of_items = schema.get("items")?;
                    Some((of_items, at.key("items")))
                });
                let of_items: Vec<_> = of_items.collect();
                for item in items {
                    self.compare(&of_items, item);
                }
            }
            Value::Object(members) => {
                let Some((_, at)) = schemas.first() else {
                    return;
                };
                let object = self.object(&schemas);
                for (name, member) in members {
                    match object.properties.get(name.as_str()) {
                        Some(property) => self.compare(property, member),
                        None if object.is_open || object.properties.is_empty() => {}
                        None => {
                            let shown = self.found.entry(at.clone()).or_insert_with(|| Shown {
                                names: BTreeSet::new(),
                                example: self.example.clone(),
                                is_remarked: false,
                            });
                            shown.names.insert(name.clone());
                        }
                    }
                }
            }
            _ => {}
        }
    }

    /// The schema behind references, and behind unions and `allOf` that have one branch and say
    /// nothing else.
    fn only_branch(&self, schema: &'a Value, at: &Pointer) -> Option<Schema<'a>> {
        let (mut schema, mut at) = reference::resolve(self.root, schema, at)?;
        for _ in 0..reference::MAX_HOPS {
            let Some((branch, place)) = only_branch(schema, &at) else {
                return Some((schema, at));
            };
            (schema, at) = reference::resolve(self.root, branch, &place)?;
        }
        None
    }

    /// What schemas, and those that they are merged with, say of an object.
    fn object(&mut self, schemas: &[Schema<'a>]) -> Rc<Object<'a>> {
        let addresses: Vec<_> = schemas.iter().map(|(_, at)| at.clone()).collect();
        if let Some(known) = self.known.get(&addresses) {
            return Rc::clone(known);
        }
        let mut object = Object::default();
        let mut gathered = HashSet::new();
        let mut open = schemas.to_vec();
        while let Some((schema, at)) = open.pop() {
            let Some((schema, at)) = reference::resolve(self.root, schema, &at) else {
                object.is_open = true;
                continue;
            };
            if !gathered.insert(at.clone()) {
                continue;
            }
            object.is_open |= OPEN.iter().any(|key| schema.get(*key).is_some());
            let properties = schema.get("properties").and_then(Value::as_object);
            for (name, property) in properties.into_iter().flatten() {
                let place = at.key("properties").key(name);
                let described = object.properties.entry(name).or_default();
                described.push((property, place));
            }
            // Required members are members of a struct, whether they are properties or not.
            let required = schema.get("required").and_then(Value::as_array);
            for name in required.into_iter().flatten().filter_map(Value::as_str) {
                object.properties.entry(name).or_default();
            }
            let parts = schema.get("allOf").and_then(Value::as_array);
            for (index, part) in parts.into_iter().flatten().enumerate() {
                open.push((part, at.key("allOf").index(index)));
            }
        }
        let object = Rc::new(object);
        self.known.insert(addresses, Rc::clone(&object));
        object
    }
}

/// The one branch of a union or an `allOf` beside which nothing else is said of values.
fn only_branch<'a>(schema: &'a Value, at: &Pointer) -> Option<Schema<'a>> {
    let members = schema.as_object()?;
    let mut said = members.iter().filter(|(key, _)| !is_silent(key));
    let (key, branches) = said.next()?;
    if said.next().is_some() || !["oneOf", "anyOf", "allOf"].contains(&key.as_str()) {
        return None;
    }
    let says_nothing = |branch: &Value| {
        let members = branch.as_object();
        key == "allOf" && members.is_some_and(|members| members.keys().all(|key| is_silent(key)))
    };
    let branches = branches.as_array()?.iter().enumerate();
    let mut others =
        branches.filter(|(_, branch)| !is_null_schema(branch) && !says_nothing(branch));
    let (index, branch) = others.next()?;
    let is_only = others.next().is_none();
    is_only.then(|| (branch, at.key(key).index(index)))
}

/// Whether a keyword says nothing of the members of an object.
fn is_silent(key: &str) -> bool {
    key == "type" || annotates(key)
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
    properties: BTreeMap<&'a str, Vec<Schema<'a>>>,
    /// Whether other members have a schema, or may have one.
    is_open: bool,
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::shown;

    /// The schemas whose examples show more, each with the members.
    fn found(schemas: Value) -> Vec<(String, String)> {
        let root = json!({"openapi": "3.0.3", "components": {"schemas": schemas}});
        let found = shown(&root).into_iter();
        found
            .map(|(at, shown)| {
                let at = at.as_str().trim_start_matches("/components/schemas/");
                (at.to_owned(), Vec::from_iter(shown.names).join(" "))
            })
            .collect()
    }

    fn pair(at: &str, names: &str) -> (String, String) {
        (at.to_owned(), names.to_owned())
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
    fn what_schemas_say_together_is_known() {
        let schemas = json!({
            "Base": {"properties": {"nested": {"properties": {"a": {}}}}},
            "Whole": {
                "allOf": [{"$ref": "#/components/schemas/Base"}, {"description": "More."}],
                "properties": {"nested": {"properties": {"b": {}}}},
                "required": ["id"],
                "example": {"id": 1, "nested": {"a": 1, "b": 2}, "x": 3, "y": 4},
            },
            "Described": {
                "allOf": [{"$ref": "#/components/schemas/Base"}, {"description": "More."}],
                "example": {"more": 1},
            },
        });
        assert_eq!(found(schemas), [pair("Base", "more"), pair("Whole", "x y")]);
    }

    #[test]
    fn schemas_that_speak_of_other_members_show_nothing() {
        for schema in [
            json!({"properties": {"a": {}}, "additionalProperties": false}),
            json!({"properties": {"a": {}}, "additionalProperties": {"type": "integer"}}),
            json!({"properties": {"a": {}}, "oneOf": [{"required": ["a"]}, {"required": ["b"]}]}),
            json!({"anyOf": [{"properties": {"a": {}}}], "additionalProperties": true}),
            json!({"oneOf": [{"properties": {"a": {}}}], "discriminator": {"propertyName": "a"}}),
            json!({"oneOf": [], "allOf": [{"properties": {"a": {}}}]}),
            json!({"type": "object"}),
            json!({"$ref": "#/components/schemas/Missing"}),
        ] {
            let mut schema = schema;
            schema["example"] = json!({"a": 1, "b": 2});
            assert_eq!(found(json!({"A": schema})), [], "{schema}");
        }
    }
}
