//! Which examples the exporter made up from the schema: those that say nothing which the
//! schema does not say, with the exporter's stock values where it says nothing.

use std::cell::Cell;

use serde_json::Value;

use crate::node::{Map, Node};

/// Stock values that nobody else writes; `<string>` and its like go beside them.
const STOCK: [&str; 5] = [
    "2023-11-07T05:31:56Z",
    "2023-12-25",
    "3c90c3cc-0d44-4b50-8888-8dd25736052a",
    "jsmith@example.com",
    "aSDinaTvuI8gbWludGxpZnk=",
];

/// How many steps the examples of one document are followed through their schemas; beyond,
/// they count as true.
const STEPS: usize = 200_000;

/// How deep references and branches are followed without a step into the example.
const DEPTH: usize = 32;

/// Tells examples that were made up, by the components that schemas refer to.
pub(crate) struct Inventions<'a> {
    schemas: &'a Map,
    steps: Cell<usize>,
}

/// How a value looks beside its schema.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Look {
    /// Somebody has written it.
    True,
    /// The schema says it, or the exporter would have to.
    Derived,
    /// The exporter's own.
    Stock,
}

impl<'a> Inventions<'a> {
    pub(crate) fn new(schemas: &'a Map) -> Self {
        Self {
            schemas,
            steps: Cell::new(STEPS),
        }
    }

    /// Whether all of `example` is made up: nothing in it is true, and something is stock.
    pub(crate) fn is_invented(&self, example: &Node, schema: &Node) -> bool {
        self.look(example, schema, 0) == Look::Stock
    }

    fn may_go_on(&self, depth: usize) -> bool {
        let left = self.steps.get();
        self.steps.set(left.saturating_sub(1));
        left > 0 && depth <= DEPTH
    }

    fn look(&self, example: &Node, schema: &Node, depth: usize) -> Look {
        if !self.may_go_on(depth) {
            return Look::True;
        }
        if let Some(target) = schema.get("$ref").and_then(Node::as_str) {
            let name = target.strip_prefix("#/components/schemas/");
            let target = name.and_then(|name| self.schemas.get(name));
            return target.map_or(Look::True, |schema| self.look(example, schema, depth + 1));
        }
        if said(example, schema) {
            return Look::Derived;
        }
        for choice in ["oneOf", "anyOf"] {
            if let Some(branches) = schema.get(choice).and_then(Node::as_list) {
                let looks = branches.iter();
                let looks = looks.map(|branch| self.look(example, branch, depth + 1));
                return looks.max().unwrap_or(Look::True);
            }
        }
        if let Some(parts) = schema.get("allOf").and_then(Node::as_list) {
            return self.all_of(example, schema, parts, depth);
        }
        self.plain(example, schema)
    }

    /// An object of several schemas has each member from one of them.
    fn all_of(&self, example: &Node, schema: &Node, parts: &[Node], depth: usize) -> Look {
        let all = || {
            parts.iter().chain(
                [schema]
                    .into_iter()
                    .filter(|_| schema.get("properties").is_some()),
            )
        };
        let Some(members) = example.as_map() else {
            let looks = parts.iter().map(|part| self.look(example, part, depth + 1));
            return looks.max().unwrap_or(Look::True);
        };
        let looks = members.iter().map(|(key, value)| {
            let property = all().find_map(|part| self.property(part, key, depth));
            property.map_or(Look::True, |schema| self.look(value, schema, 0))
        });
        worst(looks)
    }

    /// The schema of a property, wherever the schema has it.
    fn property<'s>(&'s self, schema: &'s Node, key: &str, depth: usize) -> Option<&'s Node> {
        if !self.may_go_on(depth) {
            return None;
        }
        if let Some(target) = schema.get("$ref").and_then(Node::as_str) {
            let target = self
                .schemas
                .get(target.strip_prefix("#/components/schemas/")?)?;
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

    fn plain(&self, example: &Node, schema: &Node) -> Look {
        if let Some(members) = example.as_map() {
            let more = schema.get("additionalProperties");
            return worst(members.iter().map(|(key, value)| {
                let property = schema.get("properties").and_then(|node| node.get(key));
                let property = property.or(more.filter(|_| key.starts_with('<')));
                property.map_or(Look::True, |schema| self.look(value, schema, 0))
            }));
        }
        if let Some(items) = example.as_list() {
            let Some(schema) = schema.get("items") else {
                return if items.is_empty() {
                    Look::Derived
                } else {
                    worst(items.iter().map(untyped))
                };
            };
            return worst(items.iter().map(|item| self.look(item, schema, 0)));
        }
        scalar(example, schema)
    }
}

/// The look of a whole: as true as its truest member, and stock if one of them is.
fn worst(looks: impl Iterator<Item = Look>) -> Look {
    let mut whole = Look::Derived;
    for look in looks {
        match look {
            Look::True => return Look::True,
            Look::Stock => whole = Look::Stock,
            Look::Derived => {}
        }
    }
    whole
}

/// Whether the schema itself says this value.
fn said(example: &Node, schema: &Node) -> bool {
    let first = |key| {
        let list = schema.get(key).and_then(Node::as_list)?;
        list.first()
    };
    [schema.get("example"), schema.get("default"), first("enum")]
        .into_iter()
        .flatten()
        .any(|node| node.is_same(example))
}

fn untyped(example: &Node) -> Look {
    if example.as_str().is_some_and(is_stock) {
        Look::Stock
    } else {
        Look::True
    }
}

fn is_stock(text: &str) -> bool {
    STOCK.contains(&text)
        || text
            .strip_prefix('<')
            .and_then(|text| text.strip_suffix('>'))
            .is_some_and(|word| word.chars().all(|c| c.is_ascii_alphanumeric() || c == ' '))
}

/// A scalar of which the schema gives no example.
fn scalar(example: &Node, schema: &Node) -> Look {
    let kind = schema.get("type").and_then(Node::as_str);
    match (example.as_scalar(), kind) {
        (Some(Value::String(text)), _) if is_stock(text) => Look::Stock,
        (Some(Value::Number(number)), Some("integer" | "number")) => {
            if number.as_i64() == Some(123) {
                Look::Stock
            } else if number.as_f64().is_some_and(|n| is_from_limits(n, schema)) {
                Look::Derived
            } else {
                Look::True
            }
        }
        (Some(Value::Bool(true)), Some("boolean")) => Look::Derived,
        // What it has no value for.
        (Some(Value::Null), _) => Look::Derived,
        _ => Look::True,
    }
}

/// Within limits the exporter takes their middle, or one beside the only one.
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
