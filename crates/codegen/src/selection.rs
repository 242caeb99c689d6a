//! A selection of operations, and the components that these need: the rest of the contract is left
//! out before it is read.

mod relocated;

use std::collections::HashSet;
use std::fmt;

use bigmodel_rerank_openapi::grammar::{Role, Visit, below};
use bigmodel_rerank_openapi::{Method, Pointer, Problem, reference};
use serde_json::{Map, Value};

/// Which operations a crate has: all, or those that one of these selects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selector {
    /// Those with a tag, written as `tag:Files`.
    Tag(String),
    /// One by method and path, written as `POST /v1/rerank`.
    Call {
        /// The method.
        method: Method,
        /// The path, as in the contract.
        path: String,
    },
    /// The one with an `operationId`.
    Id(String),
}

/// A selector that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidSelector(String);

impl fmt::Display for InvalidSelector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` selects no operations; write tag:NAME, 'METHOD /path' or an operationId",
            self.0
        )
    }
}

impl std::error::Error for InvalidSelector {}

impl std::str::FromStr for Selector {
    type Err = InvalidSelector;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let invalid = || InvalidSelector(text.to_owned());
        if let Some(tag) = text.strip_prefix("tag:") {
            return (!tag.is_empty())
                .then(|| Self::Tag(tag.to_owned()))
                .ok_or_else(invalid);
        }
        if let Some((name, path)) = text.split_once(' ') {
            let mut methods = Method::ALL.into_iter();
            let method = methods.find(|method| method.key().eq_ignore_ascii_case(name));
            return match method {
                Some(method) if path.starts_with('/') => Ok(Self::Call {
                    method,
                    path: path.to_owned(),
                }),
                _ => Err(invalid()),
            };
        }
        if text.is_empty() || text.starts_with('/') {
            return Err(invalid());
        }
        Ok(Self::Id(text.to_owned()))
    }
}

impl fmt::Display for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tag(tag) => write!(f, "tag:{tag}"),
            Self::Call { method, path } => write!(f, "{method} {path}"),
            Self::Id(id) => f.write_str(id),
        }
    }
}

impl Selector {
    fn selects(&self, path: &str, method: Method, operation: &Value) -> bool {
        match self {
            Self::Tag(tag) => {
                let tags = operation.get("tags").and_then(Value::as_array);
                tags.is_some_and(|tags| tags.iter().any(|one| one == tag.as_str()))
            }
            Self::Call {
                method: wanted,
                path: at,
            } => *wanted == method && at == path,
            Self::Id(id) => operation.get("operationId").and_then(Value::as_str) == Some(id),
        }
    }
}

/// Returns the contract with the selected operations, and with what these refer to.
///
/// # Errors
///
/// Returns a problem for each selector that selects nothing.
pub(crate) fn select(root: &Value, selectors: &[Selector]) -> Result<Value, Vec<Problem>> {
    let mut selected = root.clone();
    let mut used = vec![false; selectors.len()];
    let paths = selected.get_mut("paths").and_then(Value::as_object_mut);
    if let Some(paths) = paths {
        for (path, item) in paths.iter_mut() {
            let Some(item) = resolved(root, item) else {
                continue;
            };
            let calls = Method::ALL.into_iter().filter_map(|method| {
                let operation = item.get(method.key())?;
                Some((method, operation.clone()))
            });
            for (method, operation) in calls.collect::<Vec<_>>() {
                let mut is_selected = false;
                for (selector, used) in selectors.iter().zip(&mut used) {
                    let selects = selector.selects(path, method, &operation);
                    *used |= selects;
                    is_selected |= selects;
                }
                if !is_selected && let Some(item) = item.as_object_mut() {
                    item.remove(method.key());
                }
            }
        }
        paths.retain(|path, item| path.starts_with("x-") || has_operation(item));
    }
    let unused = selectors.iter().zip(used).filter(|(_, used)| !used);
    let problems: Vec<_> = unused
        .map(|(selector, _)| selects_nothing(selector))
        .collect();
    if !problems.is_empty() {
        return Err(problems);
    }
    relocated::relocate(root, &mut selected);
    keep_reachable(&mut selected);
    Ok(selected)
}

/// The path item; one that refers to another is replaced by what it refers to.
fn resolved<'a>(root: &Value, item: &'a mut Value) -> Option<&'a mut Value> {
    if reference::text(item).is_some() {
        let (target, _) = reference::resolve(root, item, &Pointer::root())?;
        *item = target.clone();
    }
    Some(item)
}

fn has_operation(item: &Value) -> bool {
    Method::ALL
        .iter()
        .any(|method| item.get(method.key()).is_some())
        // Not resolved: the reader says why.
        || reference::text(item).is_some()
}

fn selects_nothing(selector: &Selector) -> Problem {
    Problem::new(
        Pointer::root().key("paths"),
        format!("`--only '{selector}'` selects no operation"),
        "correct the tag, the call or the operationId",
    )
}

/// Removes the components that nothing refers to any more.
fn keep_reachable(root: &mut Value) {
    let kept = reachable(root);
    let Some(components) = root.get_mut("components").and_then(Value::as_object_mut) else {
        return;
    };
    for (section, members) in components.iter_mut() {
        // Security schemes are referred to by their names.
        if section == "securitySchemes" || section.starts_with("x-") {
            continue;
        }
        if let Value::Object(members) = members {
            members.retain(|name, _| kept.contains(&component(section, name)));
        }
    }
}

fn component(section: &str, name: &str) -> Pointer {
    Pointer::root().key("components").key(section).key(name)
}

/// The components that everything outside of the components leads to.
fn reachable(root: &Value) -> HashSet<Pointer> {
    let mut open: Vec<Pointer> = Vec::new();
    let outside = root.as_object().into_iter().flatten();
    for (key, value) in outside.filter(|(key, _)| *key != "components") {
        let pointer = Pointer::root().key(key);
        let role = Role::DOCUMENT.member(key);
        open.extend(references(Visit {
            pointer,
            value,
            role,
        }));
    }
    let mut kept = HashSet::new();
    loop {
        while let Some(pointer) = open.pop() {
            let Some((component, visit)) = owner(root, &pointer) else {
                continue;
            };
            if kept.insert(component) {
                open.extend(references(visit));
            }
        }
        open = subtypes(root, &kept);
        if open.is_empty() {
            return kept;
        }
    }
}

/// The component that a node is, or is part of.
fn owner<'a>(root: &'a Value, pointer: &Pointer) -> Option<(Pointer, Visit<'a>)> {
    let mut segments = pointer.segments();
    let (first, section, name) = (segments.next()?, segments.next()?, segments.next()?);
    if first != "components" {
        return None;
    }
    let pointer = component(&section, &name);
    let visit = Visit {
        value: pointer.get(root)?,
        role: Role::DOCUMENT
            .member("components")
            .member(&section)
            .member(&name),
        pointer: pointer.clone(),
    };
    Some((pointer, visit))
}

/// The addresses that the references in a value name.
fn references(visit: Visit<'_>) -> Vec<Pointer> {
    below(visit)
        .filter(|visit| visit.role == Role::Reference)
        .filter_map(|visit| visit.value.as_str())
        .map(reference::mapping_target)
        .collect()
}

/// The schemas that are not kept and extend one that is, and has a discriminator: it becomes an
/// enum of them.
fn subtypes(root: &Value, kept: &HashSet<Pointer>) -> Vec<Pointer> {
    let none = Map::new();
    let schemas = root.pointer("/components/schemas");
    let schemas = schemas.and_then(Value::as_object).unwrap_or(&none);
    let is_base = |pointer: &Pointer| {
        kept.contains(pointer)
            && pointer
                .get(root)
                .is_some_and(|base| base.get("discriminator").is_some())
    };
    let extends_base = |schema: &Value| {
        let all = schema.get("allOf").and_then(Value::as_array);
        let mut bases = all.into_iter().flatten().filter_map(reference::text);
        bases.any(|base| reference::target(base).is_some_and(|base| is_base(&base)))
    };
    let others = schemas
        .iter()
        .map(|(name, schema)| (component("schemas", name), schema));
    others
        .filter(|(pointer, schema)| !kept.contains(pointer) && extends_base(schema))
        .map(|(pointer, _)| pointer)
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Selector, select};

    fn contract() -> Value {
        json!({
            "openapi": "3.0.3",
            "paths": {
                "/a": {
                    "get": {"operationId": "one", "tags": ["A"], "responses": {"200": {
                        "$ref": "#/components/responses/R"}}},
                    "post": {"operationId": "two", "tags": ["B"]},
                },
                "/b": {"get": {"operationId": "three", "tags": ["A", "C"], "parameters": [
                    {"schema": {"$ref": "#/components/schemas/Base"}}]}},
            },
            "components": {
                "responses": {"R": {"content": {"application/json": {
                    "schema": {"$ref": "#/components/schemas/Deep/properties/inner"}}}}},
                "schemas": {
                    "Deep": {"properties": {"inner": {"$ref": "#/components/schemas/Leaf"}}},
                    "Leaf": {"items": {"$ref": "#/components/schemas/Leaf"}},
                    "Base": {"discriminator": {"propertyName": "t", "mapping": {"m": "Mapped"}}},
                    "Mapped": {},
                    "Sub": {"allOf": [{"$ref": "#/components/schemas/Base"}, {
                        "$ref": "#/components/schemas/OfSub"}]},
                    "OfSub": {},
                    "Alone": {},
                },
                "securitySchemes": {"key": {}},
            },
        })
    }

    /// The calls and components that are left.
    fn left(selectors: &[&str]) -> Vec<String> {
        let selectors: Vec<Selector> = selectors.iter().map(|one| one.parse().unwrap()).collect();
        let selected = select(&contract(), &selectors).unwrap();
        let mut left = Vec::new();
        for (path, item) in selected["paths"].as_object().unwrap() {
            left.extend(
                item.as_object()
                    .unwrap()
                    .keys()
                    .map(|key| format!("{key} {path}")),
            );
        }
        for section in selected["components"].as_object().unwrap().values() {
            left.extend(section.as_object().unwrap().keys().cloned());
        }
        left
    }

    #[test]
    fn operations_bring_what_they_refer_to() {
        let by_id = ["get /a", "R", "Deep", "Leaf", "key"];
        assert_eq!(left(&["one"]), by_id);
        assert_eq!(left(&["GET /a"]), by_id);
        assert_eq!(left(&["tag:B"]), ["post /a", "key"]);
        assert_eq!(
            left(&["tag:C"]),
            ["get /b", "Base", "Mapped", "Sub", "OfSub", "key"]
        );
        assert_eq!(left(&["tag:A", "two"]).len(), 3 + 8);
    }

    #[test]
    fn what_operations_refer_to_in_other_paths_becomes_a_component() {
        let contract = json!({
            "openapi": "3.0.3",
            "paths": {
                "/a": {"get": {
                    "operationId": "a",
                    "parameters": [{"$ref": "#/paths/~1b/get/parameters/0"}],
                    "responses": {"200": {"$ref": "#/paths/~1b/get/responses/200"}},
                }},
                "/b": {"get": {
                    "operationId": "b",
                    "parameters": [{"name": "q", "in": "query"}],
                    "responses": {"200": {"content": {"application/json": {"schema": {
                        "properties": {
                            "0": {"$ref": "#/components/schemas/Node"},
                            "self": {"$ref": "#/paths/~1b/get/responses/200/content/application~1json/schema"},
                        },
                    }}}}},
                }},
            },
            "components": {"schemas": {"Node": {}, "schema": {}}},
        });
        let selected = select(&contract, &["a".parse().unwrap()]).unwrap();
        let expected = json!({
            "openapi": "3.0.3",
            "paths": {"/a": {"get": {
                "operationId": "a",
                "parameters": [{"$ref": "#/components/parameters/0"}],
                "responses": {"200": {"$ref": "#/components/responses/200"}},
            }}},
            "components": {
                "schemas": {
                    "Node": {},
                    "schema_2": {"properties": {
                        "0": {"$ref": "#/components/schemas/Node"},
                        "self": {"$ref": "#/components/schemas/schema_2"},
                    }},
                },
                "parameters": {"0": {"name": "q", "in": "query"}},
                "responses": {"200": {"content": {"application/json": {"schema": {
                    "properties": {
                        "0": {"$ref": "#/components/schemas/Node"},
                        "self": {"$ref": "#/components/schemas/schema_2"},
                    },
                }}}}},
            },
        });
        assert_eq!(selected, expected);
    }

    #[test]
    fn a_selector_that_selects_nothing_is_a_problem() {
        let selectors = ["one", "tag:D", "PUT /a"].map(|one| one.parse().unwrap());
        let problems = select(&contract(), &selectors).unwrap_err();
        let messages: Vec<_> = problems.iter().map(|one| one.message.as_str()).collect();
        assert_eq!(
            messages,
            [
                "`--only 'tag:D'` selects no operation",
                "`--only 'PUT /a'` selects no operation"
            ]
        );
        for text in ["", "tag:", "/a", "POST a", "BREW /a"] {
            assert!(text.parse::<Selector>().is_err(), "{text}");
        }
    }
}
