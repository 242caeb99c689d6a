//! Recognizes examples that the exporter synthesized from the schema: they contain nothing that
//! the schema does not say, and a stock value of the exporter where it says nothing.

use std::cell::Cell;

use serde_json::Value;

use crate::component::schema_name;
use crate::node::{Map, Node};

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
    /// stock.
    pub(crate) fn contains(&self, example: &Node, schema: &Node) -> bool {
        self.origin(example, schema, 0) == Origin::Stock
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
        for choice in ["oneOf", "anyOf"] {
            if let Some(branches) = schema.get(choice).and_then(Node::as_list) {
                let origins = branches.iter();
                let origins = origins.map(|branch| self.origin(example, branch, depth + 1));
                return origins.max().unwrap_or(Origin::Author);
            }
        }
        if let Some(parts) = schema.get("allOf").and_then(Node::as_list) {
            return self.origin_of_all(example, schema, parts, depth);
        }
        self.origin_by_type(example, schema)
    }

    /// The origin of a value of a merged schema. Each member belongs to one of the parts.
    fn origin_of_all(&self, example: &Node, schema: &Node, parts: &[Node], depth: usize) -> Origin {
        let all = || {
            parts.iter().chain(
                [schema]
                    .into_iter()
                    .filter(|_| schema.get("properties").is_some()),
            )
        };
        let Some(members) = example.as_map() else {
            let origins = parts.iter();
            let origins = origins.map(|part| self.origin(example, part, depth + 1));
            return origins.max().unwrap_or(Origin::Author);
        };
        let origins = members.iter().map(|(key, value)| {
            let property = all().find_map(|part| self.property(part, key, depth));
            property.map_or(Origin::Author, |schema| self.origin(value, schema, 0))
        });
        combined(origins)
    }

    /// Returns the schema of a property, through references and `allOf`.
    fn property<'s>(&'s self, schema: &'s Node, key: &str, depth: usize) -> Option<&'s Node> {
        if !self.is_within_limits(depth) {
            return None;
        }
        if let Some(target) = schema.get("$ref").and_then(Node::as_str) {
            let target = self.schemas.get(schema_name(target)?)?;
            return self.property(target, key, depth + 1);
        }
        let own = schema.get("properties").and_then(|node| node.get(key));
        own.or_else(|| {
            let parts = schema.get("allOf").and_then(Node::as_list)?;
            parts
                .iter()
                .find_map(|part| self.property(part, key, depth + 1))
        })
    }

    fn origin_by_type(&self, example: &Node, schema: &Node) -> Origin {
        if let Some(members) = example.as_map() {
            let additional = schema.get("additionalProperties");
            return combined(members.iter().map(|(key, value)| {
                let property = schema.get("properties").and_then(|node| node.get(key));
                let property = property.or(additional.filter(|_| key.starts_with('<')));
                property.map_or(Origin::Author, |schema| self.origin(value, schema, 0))
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
    let first = |key| {
        let list = schema.get(key).and_then(Node::as_list)?;
        list.first()
    };
    [schema.get("example"), schema.get("default"), first("enum")]
        .into_iter()
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
