//! Keywords of JSON Schema 2020-12 that 3.0 says otherwise.

use bigmodel_rerank_openapi::{Pointer, by_overlay};
use serde_json::{Map, Value, json};

use super::{Rewriter, types};
use crate::rules::{self, Remark, Rule};

impl Rewriter {
    /// Rewrites a schema whose own schemas are rewritten already.
    pub(super) fn schema(&mut self, schema: &mut Map<String, Value>, at: &Pointer) {
        self.reference(schema);
        if let Some(only) = schema.remove("const") {
            let is_listed = |list: &Value| {
                let values = list.as_array();
                values.is_some_and(|values| values.contains(&only))
            };
            // A value that `enum` excludes contradicts it; the reader sees both.
            if schema.get("enum").is_none_or(is_listed) {
                schema.insert("enum".to_owned(), json!([only]));
            } else {
                schema.insert("const".to_owned(), only);
            }
        }
        exclusive_limit(schema, "minimum", "exclusiveMinimum", |a, b| a >= b);
        exclusive_limit(schema, "maximum", "exclusiveMaximum", |a, b| a <= b);
        first_example(schema);
        content(schema);
        self.tuple(schema, at);
        self.patterns(schema, at);
        unevaluated(schema);
        // Names are strings anyway.
        if let Some(names) = schema.get("propertyNames")
            && (names == &json!({"type": "string"}) || names == &json!({}))
        {
            schema.remove("propertyNames");
        }
        if types::rewrite(schema).is_err() {
            self.remark(
                &rules::CONFLICTING_TYPES,
                &at.key("type"),
                "the listed values are of none of these types",
            );
        }
    }

    /// In 3.1, keywords beside `$ref` hold too.
    fn reference(&mut self, schema: &mut Map<String, Value>) {
        if schema.len() < 2 || !schema.get("$ref").is_some_and(Value::is_string) {
            return;
        }
        let Some(reference) = schema.remove("$ref") else {
            return;
        };
        let reference = json!({"$ref": reference});
        match schema.get_mut("allOf") {
            Some(Value::Array(all)) => all.push(reference),
            _ => {
                schema.insert("allOf".to_owned(), json!([reference]));
            }
        }
    }

    /// Items with schemas of their own become items that fit any of these schemas.
    fn tuple(&mut self, schema: &mut Map<String, Value>, at: &Pointer) {
        let Some(Value::Array(prefix)) = schema.remove("prefixItems") else {
            if schema.get("items").is_some_and(Value::is_boolean) {
                boolean_items(schema);
            }
            return;
        };
        let rest = schema.remove("items");
        let mut different: Vec<Value> = Vec::new();
        for item in &prefix {
            if !different.contains(item) {
                different.push(item.clone());
            }
        }
        match rest {
            Some(Value::Bool(false)) => {
                let length = prefix.len() as u64;
                let most = schema.get("maxItems").and_then(Value::as_u64);
                let most = most.map_or(length, |most| most.min(length));
                schema.insert("maxItems".to_owned(), json!(most));
            }
            // Further items may be anything, so any item may be.
            None | Some(Value::Bool(true)) => different = vec![json!({})],
            Some(rest) => {
                if !different.contains(&rest) {
                    different.push(rest);
                }
            }
        }
        let loses = different.len() != 1 || different.first() == Some(&json!({}));
        let items = match different.as_slice() {
            [only] => only.clone(),
            _ => json!({"anyOf": different}),
        };
        schema.insert("items".to_owned(), items);
        if loses {
            self.remark(
                &rules::TUPLE,
                &at.key("prefixItems"),
                "the items of the list have schemas of their own",
            );
        }
    }

    /// Properties by pattern become unnamed members.
    fn patterns(&mut self, schema: &mut Map<String, Value>, at: &Pointer) {
        let Some(Value::Object(patterns)) = schema.remove("patternProperties") else {
            return;
        };
        let mut different: Vec<Value> = Vec::new();
        let additional = match schema.get("additionalProperties") {
            Some(Value::Bool(false)) => None,
            None | Some(Value::Bool(true)) => Some(json!({})),
            Some(schema) => Some(schema.clone()),
        };
        for member in patterns
            .into_iter()
            .map(|(_, member)| member)
            .chain(additional)
        {
            if !different.contains(&member) {
                different.push(member);
            }
        }
        let members = match different.as_slice() {
            [only] => only.clone(),
            all if all.contains(&json!({})) => json!({}),
            _ => json!({"anyOf": different}),
        };
        schema.insert("additionalProperties".to_owned(), members);
        self.remark(
            &rules::UNCHECKED_CONSTRAINT,
            &at.key("patternProperties"),
            "the names of properties are not checked against patterns",
        );
    }

    fn remark(&mut self, rule: &'static Rule, at: &Pointer, message: &str) {
        self.remarks.push(Remark {
            rule,
            pointer: at.clone(),
            message: message.to_owned(),
            help: by_overlay("remove or replace it", at),
        });
    }
}

/// A limit that is excluded itself is a number in 3.1, and a flag beside the number in 3.0. Of two
/// limits, the one that leaves less room holds.
fn exclusive_limit(
    schema: &mut Map<String, Value>,
    inclusive: &str,
    exclusive: &str,
    is_tighter: fn(f64, f64) -> bool,
) {
    let Some(limit) = schema.get(exclusive).filter(|it| it.is_number()).cloned() else {
        return;
    };
    let other = schema.get(inclusive).and_then(Value::as_f64);
    let holds = match (limit.as_f64(), other) {
        (Some(limit), Some(other)) => is_tighter(limit, other),
        _ => true,
    };
    if holds {
        schema.insert(inclusive.to_owned(), limit);
        schema.insert(exclusive.to_owned(), json!(true));
    } else {
        schema.remove(exclusive);
    }
}

/// The documentation shows one example.
fn first_example(schema: &mut Map<String, Value>) {
    if schema.contains_key("example") {
        return;
    }
    let examples = schema.get("examples").and_then(Value::as_array);
    if let Some(first) = examples.and_then(|examples| examples.first()).cloned() {
        schema.insert("example".to_owned(), first);
    }
}

/// Binary content is a format in 3.0.
fn content(schema: &mut Map<String, Value>) {
    if schema.contains_key("format") {
        return;
    }
    let encoding = schema.get("contentEncoding").and_then(Value::as_str);
    let format = match encoding {
        Some("base64") => "byte",
        Some(_) => return,
        None if schema.contains_key("contentMediaType") => "binary",
        None => return,
    };
    schema.insert("format".to_owned(), json!(format));
}

/// `items: true` allows any item, and `items: false` none.
fn boolean_items(schema: &mut Map<String, Value>) {
    if schema.insert("items".to_owned(), json!({})) == Some(json!(false)) {
        schema.insert("maxItems".to_owned(), json!(0));
    }
}

/// What no other keyword names is like `additionalProperties`, unless that is there too.
fn unevaluated(schema: &mut Map<String, Value>) {
    if schema.contains_key("additionalProperties") {
        return;
    }
    if let Some(members) = schema.remove("unevaluatedProperties") {
        schema.insert("additionalProperties".to_owned(), members);
    }
}
