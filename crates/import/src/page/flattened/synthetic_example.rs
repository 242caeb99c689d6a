//! Recognizes examples that the exporter synthesized from the schema: they contain nothing that
//! the schema does not say, and a stock value of the exporter where it says nothing.

use std::cell::Cell;

use serde_json::Value;

use crate::node::{Map, Node};
use crate::schema_reference::schema_name;

/// Stock values that are unlikely in an authored example. `<string>` and the like are stock too.
const STOCK: [&str; 5] = [
    "2023-11-07T05:31:56Z",
    "2023-12-25",
    "3c90c3cc-0d44-4b50-8888-8dd25736052a",
    "jsmith@example.com",
    "aSDinaTvuI8gbWludGxpZnk=",
];

/// The limit of schemas that the examples of one document are compared with. Beyond it, examples
/// count as authored.
const SCHEMA_LIMIT: usize = 200_000;

/// The limit of references and branches that are followed for one value.
const DEPTH_LIMIT: usize = 32;

/// Recognizes synthetic examples, given the components that their schemas refer to.
pub(crate) struct SyntheticExamples<'a> {
    schemas: &'a Map,
    remaining: Cell<usize>,
}

/// Who a value comes from, judged by its schema.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Origin {
    /// The author of the contract.
    Author,
    /// The schema, or the exporter as well as the author.
    Schema,
    /// The exporter's stock.
    Stock,
}

impl<'a> SyntheticExamples<'a> {
    pub(crate) fn new(schemas: &'a Map) -> Self {
        Self {
            schemas,
            remaining: Cell::new(SCHEMA_LIMIT),
        }
    }

    /// Whether `example` is synthetic: nothing in it comes from the author, and something from the
    /// stock. The exporter writes null if it has no value at all.
    pub(crate) fn contains(&self, example: &Node, schema: &Node) -> bool {
        let is_null = example.as_scalar() == Some(&Value::Null);
        is_null && !is_in_schema(example, schema)
            || self.origin(example, schema, 0) == Origin::Stock
    }

    fn is_within_limits(&self, depth: usize) -> bool {
        let remaining = self.remaining.get();
        self.remaining.set(remaining.saturating_sub(1));
        remaining > 0 && depth <= DEPTH_LIMIT
    }

    fn origin(&self, example: &Node, schema: &Node, depth: usize) -> Origin {
        if !self.is_within_limits(depth) {
            return Origin::Author;
        }
        if let Some(target) = schema.get("$ref").and_then(Node::as_str) {
            let target = schema_name(target).and_then(|name| self.schemas.get(name));
            return target.map_or(Origin::Author, |schema| {
                self.origin(example, schema, depth + 1)
            });
        }
        if is_in_schema(example, schema) {
            return Origin::Schema;
        }
        let mut parts = parts(schema).peekable();
        if parts.peek().is_none() {
            return self.origin_by_type(example, schema);
        }
        if let Some(members) = example.as_map() {
            return self.origin_of_members(members, schema, depth);
        }
        let origins = parts.map(|part| self.origin(example, part, depth + 1));
        origins.max().unwrap_or(Origin::Author)
    }

    /// The origin of an object of a composed schema. Each member belongs to one of the parts, or to
    /// several.
    fn origin_of_members(&self, members: &Map, schema: &Node, depth: usize) -> Origin {
        let origins = members.iter().map(|(key, value)| {
            let mut schemas = Vec::new();
            self.member_schemas(schema, key, depth, &mut schemas);
            let origins = schemas.into_iter();
            let origins = origins.map(|schema| self.origin(value, schema, 0));
            origins.max().unwrap_or(Origin::Author)
        });
        combined(origins)
    }

    /// Adds the schemas of a member: through references, parts and branches, which a nullable
    /// schema is written with.
    fn member_schemas<'s>(
        &'s self,
        schema: &'s Node,
        key: &str,
        depth: usize,
        schemas: &mut Vec<&'s Node>,
    ) {
        if !self.is_within_limits(depth) {
            return;
        }
        if let Some(target) = schema.get("$ref").and_then(Node::as_str) {
            if let Some(target) = schema_name(target).and_then(|name| self.schemas.get(name)) {
                self.member_schemas(target, key, depth + 1, schemas);
            }
            return;
        }
        schemas.extend(member_schema(schema, key));
        for part in parts(schema) {
            self.member_schemas(part, key, depth + 1, schemas);
        }
    }

    fn origin_by_type(&self, example: &Node, schema: &Node) -> Origin {
        if let Some(members) = example.as_map() {
            return combined(members.iter().map(|(key, value)| {
                let member = member_schema(schema, key);
                member.map_or(Origin::Author, |schema| self.origin(value, schema, 0))
            }));
        }
        if let Some(items) = example.as_list() {
            let Some(schema) = schema.get("items") else {
                return if items.is_empty() {
                    Origin::Schema
                } else {
                    combined(items.iter().map(origin_without_schema))
                };
            };
            return combined(items.iter().map(|item| self.origin(item, schema, 0)));
        }
        origin_of_scalar(example, schema)
    }
}

/// Returns the schemas that a schema is composed of.
fn parts(schema: &Node) -> impl Iterator<Item = &Node> {
    let keywords = ["oneOf", "anyOf", "allOf"].into_iter();
    keywords.flat_map(|key| schema.get(key).and_then(Node::as_list).unwrap_or_default())
}

/// Returns the schema of a member of an object. The exporter invents names in angle brackets for
/// additional properties.
fn member_schema<'s>(schema: &'s Node, key: &str) -> Option<&'s Node> {
    let property = schema.get("properties").and_then(|node| node.get(key));
    let additional = || schema.get("additionalProperties");
    property.or_else(|| additional().filter(|_| key.starts_with('<')))
}

/// The origin of a value with members: the author if one of them is authored, else the stock if
/// one of them is stock.
fn combined(origins: impl Iterator<Item = Origin>) -> Origin {
    let mut whole = Origin::Schema;
    for origin in origins {
        match origin {
            Origin::Author => return Origin::Author,
            Origin::Stock => whole = Origin::Stock,
            Origin::Schema => {}
        }
    }
    whole
}

/// Whether the schema contains this value, as its example, default or first enum value.
fn is_in_schema(example: &Node, schema: &Node) -> bool {
    let listed = schema.get("enum").and_then(Node::as_list);
    let listed = listed.unwrap_or_default();
    let is_value = |node: &&Node| node.as_scalar() != Some(&Value::Null);
    let firsts = [listed.first(), listed.iter().find(is_value)];
    [schema.get("example"), schema.get("default")]
        .into_iter()
        .chain(firsts)
        .flatten()
        .any(|node| node.is_same(example))
}

fn origin_without_schema(example: &Node) -> Origin {
    if example.as_str().is_some_and(is_stock) {
        Origin::Stock
    } else {
        Origin::Author
    }
}

fn is_stock(text: &str) -> bool {
    STOCK.contains(&text)
        || text
            .strip_prefix('<')
            .and_then(|text| text.strip_suffix('>'))
            .is_some_and(|word| word.chars().all(|c| c.is_ascii_alphanumeric() || c == ' '))
}

/// The origin of a scalar that the schema does not contain.
fn origin_of_scalar(example: &Node, schema: &Node) -> Origin {
    let ty = schema.get("type").and_then(Node::as_str);
    match (example.as_scalar(), ty) {
        (Some(Value::String(text)), _) if is_stock(text) => Origin::Stock,
        (Some(Value::Number(number)), Some("integer" | "number")) => {
            if number.as_i64() == Some(123) {
                Origin::Stock
            } else if number.as_f64().is_some_and(|n| is_from_limits(n, schema)) {
                Origin::Schema
            } else {
                Origin::Author
            }
        }
        (Some(Value::Bool(true)), Some("boolean")) => Origin::Schema,
        // The exporter writes null if it has no value.
        (Some(Value::Null), _) => Origin::Schema,
        _ => Origin::Author,
    }
}

/// Whether the exporter derives this number from limits: the middle of two, or the number next to
/// a single one.
fn is_from_limits(number: f64, schema: &Node) -> bool {
    let limit = |key| {
        let value = schema.get(key).and_then(Node::as_scalar);
        value.and_then(Value::as_f64)
    };
    let expected = match (limit("minimum"), limit("maximum")) {
        (Some(low), Some(high)) => f64::midpoint(low, high),
        (Some(low), None) => low + 1.0,
        (None, Some(high)) => high - 1.0,
        (None, None) => return false,
    };
    (number - expected).abs() < 1e-9
}
