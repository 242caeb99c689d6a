//! Reads each example of a document with its generated type and writes it again. `cargo xtask
//! corpus --examples` completes the list of types below and runs this program.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let given: Value = serde_json::from_str(&std::fs::read_to_string("examples.json")?)?;
    let schemas = as_json_schema(&given["document"]);
    let examples = given["examples"].as_array().cloned().unwrap_or_default();
    let results: Vec<_> = examples
        .iter()
        .map(|example| result(example, &schemas))
        .collect();
    println!("{}", Value::from(results));
    Ok(())
}

fn result(example: &Value, schemas: &Value) -> Value {
    let value = &example["value"];
    let (outcome, detail) = match round_trip(example["type"].as_str().unwrap_or_default(), value) {
        Ok(written) => match difference(value, &written, "") {
            None => ("equal", String::new()),
            Some((at, true)) => ("without nulls", at),
            Some((at, false)) => ("differs", at),
        },
        Err(reason) => ("refused", reason),
    };
    let is_lost = ["differs", "refused"].contains(&outcome);
    let schema = example["schema"].as_str().unwrap_or_default();
    let outcome = if is_lost && !is_valid(schemas, schema, value) {
        "invalid"
    } else {
        outcome
    };
    json!({"pointer": example["pointer"], "outcome": outcome, "detail": detail})
}

fn round_trip(ty: &str, value: &Value) -> Result<Value, String> {
    match ty {
        // TYPES
        _ => Err(format!("unknown type {ty}")),
    }
}

fn through<T: DeserializeOwned + Serialize>(value: &Value) -> Result<Value, String> {
    let read: T = serde_json::from_value(value.clone()).map_err(|error| error.to_string())?;
    serde_json::to_value(read).map_err(|error| error.to_string())
}

/// The first place where what was written differs; true if only nulls are absent.
fn difference(given: &Value, written: &Value, at: &str) -> Option<(String, bool)> {
    match (given, written) {
        (Value::Object(given), Value::Object(written)) => {
            if let Some(key) = written.keys().find(|key| !given.contains_key(*key)) {
                return Some((format!("{at}/{key}: added"), false));
            }
            let mut nulls = None;
            for (key, value) in given {
                let at = format!("{at}/{key}");
                let found = match written.get(key) {
                    Some(written) => difference(value, written, &at),
                    None => Some((format!("{at}: lost"), value.is_null())),
                };
                match found {
                    Some((at, false)) => return Some((at, false)),
                    found => nulls = nulls.or(found),
                }
            }
            nulls
        }
        (Value::Array(given), Value::Array(written)) if given.len() == written.len() => {
            let mut nulls = None;
            for (index, (value, written)) in given.iter().zip(written).enumerate() {
                match difference(value, written, &format!("{at}/{index}")) {
                    Some((at, false)) => return Some((at, false)),
                    found => nulls = nulls.or(found),
                }
            }
            nulls
        }
        // Numbers are compared by value, at the precision of their type.
        (Value::Number(given), Value::Number(written)) => {
            let (given, written) = (given.as_f64(), written.as_f64());
            let is_equal = given
                .zip(written)
                .is_some_and(|(given, written)| given == written || given as f32 == written as f32);
            (!is_equal).then(|| (format!("{at}: {given:?} became {written:?}"), false))
        }
        (given, written) => (given != written).then(|| (format!("{at}: changed"), false)),
    }
}

/// Whether a value is valid against its schema. A schema that the validator rejects counts as
/// one that the value is valid against.
fn is_valid(schemas: &Value, pointer: &str, value: &Value) -> bool {
    let mut schema = schemas.clone();
    if let Value::Object(schema) = &mut schema {
        schema.insert(
            "$ref".to_owned(),
            json!(format!("#{}", pointer.replace('%', "%25"))),
        );
        schema.insert(
            "$schema".to_owned(),
            json!("https://json-schema.org/draft/2020-12/schema"),
        );
    }
    match jsonschema::draft202012::new(&schema) {
        Ok(validator) => validator.is_valid(value),
        Err(_) => true,
    }
}

/// The schemas of OpenAPI 3.0 as JSON Schema: `nullable`, exclusive limits, and references without
/// siblings.
fn as_json_schema(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(as_json_schema).collect(),
        Value::Object(members) if members.get("$ref").is_some_and(Value::is_string) => {
            json!({"$ref": members["$ref"]})
        }
        Value::Object(members) => {
            let mut schema: Map<_, _> = members
                .iter()
                .map(|(key, value)| (key.clone(), as_json_schema(value)))
                .collect();
            for (exclusive, limit) in [
                ("exclusiveMinimum", "minimum"),
                ("exclusiveMaximum", "maximum"),
            ] {
                if let Some(Value::Bool(is_exclusive)) = schema.get(exclusive).cloned() {
                    schema.remove(exclusive);
                    if let Some(value) = schema.get(limit).cloned().filter(|_| is_exclusive) {
                        schema.insert(exclusive.to_owned(), value);
                    }
                }
            }
            match schema.remove("nullable") {
                Some(Value::Bool(true)) => json!({"anyOf": [schema, {"type": "null"}]}),
                Some(Value::Bool(false)) | None => Value::Object(schema),
                Some(other) => {
                    schema.insert("nullable".to_owned(), other);
                    Value::Object(schema)
                }
            }
        }
        value => value.clone(),
    }
}
