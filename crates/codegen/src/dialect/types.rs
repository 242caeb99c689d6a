//! Lists of types: one type that may be null, or a union with a branch for each.

use serde_json::{Map, Value, json};

/// Keywords that say something about values of one type only.
const OF_TYPE: &[(&str, &[&str])] = &[
    (
        "string",
        &[
            "format",
            "minLength",
            "maxLength",
            "pattern",
            "contentEncoding",
            "contentMediaType",
            "contentSchema",
        ],
    ),
    ("number", NUMBER),
    ("integer", NUMBER),
    (
        "array",
        &[
            "items",
            "prefixItems",
            "contains",
            "minContains",
            "maxContains",
            "unevaluatedItems",
            "minItems",
            "maxItems",
            "uniqueItems",
        ],
    ),
    (
        "object",
        &[
            "properties",
            "required",
            "additionalProperties",
            "patternProperties",
            "propertyNames",
            "unevaluatedProperties",
            "dependentRequired",
            "dependentSchemas",
            "minProperties",
            "maxProperties",
            "discriminator",
        ],
    ),
    ("boolean", &[]),
];

const NUMBER: &[&str] = &[
    "format",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
];

/// The listed values are of none of the types.
pub(super) struct NoValue;

/// Rewrites `type` if it is a list. In an error, `type` is gone.
pub(super) fn rewrite(schema: &mut Map<String, Value>) -> Result<(), NoValue> {
    let Some(Value::Array(listed)) = schema.get("type") else {
        return Ok(());
    };
    let names: Vec<String> = listed
        .iter()
        .filter_map(|name| name.as_str().map(str::to_owned))
        .collect();
    if names.len() != listed.len() {
        return Ok(());
    }
    let allows_null = names.iter().any(|name| name == "null") && lists_null(schema);
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    let mut others: Vec<&String> = Vec::new();
    for name in &names {
        // Integers are numbers.
        let is_redundant = name == "integer" && has("number");
        if name != "null" && !is_redundant && !others.contains(&name) {
            others.push(name);
        }
    }
    match others.as_slice() {
        [] => {
            if has("null") {
                schema.insert("type".to_owned(), json!("null"));
            }
            return Ok(());
        }
        [only] => {
            schema.insert("type".to_owned(), json!(only));
        }
        several => {
            let is_composed = ["allOf", "anyOf", "oneOf"];
            if is_composed.iter().any(|key| schema.contains_key(*key)) {
                // The composition says more than the types do.
                return Ok(());
            }
            let branches = several.iter().map(|name| branch(schema, name));
            let branches: Vec<_> = branches.filter(has_values).collect();
            if branches.is_empty() {
                schema.remove("type");
                return Err(NoValue);
            }
            for (_, keywords) in OF_TYPE {
                for keyword in *keywords {
                    schema.remove(*keyword);
                }
            }
            schema.remove("type");
            schema.remove("enum");
            schema.insert("anyOf".to_owned(), Value::Array(branches));
        }
    }
    if allows_null {
        schema.insert("nullable".to_owned(), json!(true));
    }
    Ok(())
}

/// Whether a branch allows any value.
fn has_values(branch: &Value) -> bool {
    branch.get("enum") != Some(&json!([]))
}

/// Whether null is among the listed values, if values are listed.
fn lists_null(schema: &Map<String, Value>) -> bool {
    match schema.get("enum") {
        Some(Value::Array(values)) => values.iter().any(Value::is_null),
        _ => true,
    }
}

/// What a schema says of values of one type.
fn branch(schema: &Map<String, Value>, name: &str) -> Value {
    let mut branch = Map::new();
    branch.insert("type".to_owned(), json!(name));
    let keywords = OF_TYPE.iter().filter(|(kind, _)| *kind == name);
    for keyword in keywords.flat_map(|(_, keywords)| *keywords) {
        if let Some(value) = schema.get(*keyword) {
            branch.insert((*keyword).to_owned(), value.clone());
        }
    }
    if let Some(Value::Array(values)) = schema.get("enum") {
        let values: Vec<_> = values
            .iter()
            .filter(|value| is_of(name, value))
            .cloned()
            .collect();
        branch.insert("enum".to_owned(), Value::Array(values));
    }
    Value::Object(branch)
}

fn is_of(name: &str, value: &Value) -> bool {
    match name {
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => false,
    }
}
