//! Facts from the effective contract.

use super::{Facts, Value};

/// Schemas that are Rust types: name and schema, components first, then what they hold.
pub(super) fn types(contract: &Value) -> Vec<(String, &Value)> {
    let mut types = Vec::new();
    for (key, schema) in contract["components"]["schemas"].as_object().unwrap() {
        collect(schema, key, &mut types);
    }
    types
}

fn collect<'a>(schema: &'a Value, name: &str, types: &mut Vec<(String, &'a Value)>) {
    let name = schema["title"].as_str().unwrap_or(name).to_owned();
    if schema["type"] == "object" || listed(schema).is_some() {
        types.push((name.clone(), schema));
    }
    for (key, property) in schema["properties"].as_object().into_iter().flatten() {
        collect(property, &format!("{name} {key}"), types);
    }
}

pub(super) fn listed(schema: &Value) -> Option<&Vec<Value>> {
    schema["x-extensible-enum"]
        .as_array()
        .or(schema["enum"].as_array())
}

/// The Rust type of a schema.
pub(super) fn rust(contract: &Value, schema: &Value) -> String {
    if let Some(reference) = schema["$ref"].as_str() {
        let target = contract.pointer(reference.trim_start_matches('#')).unwrap();
        let key = reference.rsplit('/').next().unwrap();
        return target["title"].as_str().unwrap_or(key).to_owned();
    }
    if let Some(title) = schema["title"].as_str() {
        return title.to_owned();
    }
    match (schema["type"].as_str(), schema["format"].as_str()) {
        (Some("string"), _) => "String".to_owned(),
        (Some("boolean"), _) => "bool".to_owned(),
        (Some("integer"), Some("int32")) => "i32".to_owned(),
        (Some("integer"), _) => "i64".to_owned(),
        (Some("number"), Some("float")) => "f32".to_owned(),
        (Some("number"), _) => "f64".to_owned(),
        (Some("array"), _) => format!("Vec<{}>", rust(contract, &schema["items"])),
        other => panic!("this test knows no type for {other:?}"),
    }
}

pub(super) fn fields(contract: &Value) -> Facts {
    let mut facts = Facts::new();
    for (name, schema) in types(contract) {
        let required = schema["required"].as_array();
        for (wire, property) in schema["properties"].as_object().into_iter().flatten() {
            let must = required.is_some_and(|names| names.iter().any(|name| name == wire));
            let ty = rust(contract, property);
            let optional = !must || property["nullable"] == true;
            let ty = if optional {
                format!("Option<{ty}>")
            } else {
                ty
            };
            facts.insert(format!("{name}.{wire}: {ty}"));
        }
        for value in listed(schema).into_iter().flatten() {
            facts.insert(format!("{name} may be {value}"));
        }
    }
    facts
}

pub(super) fn limits(contract: &Value) -> Facts {
    let mut facts = Facts::new();
    for (name, schema) in types(contract) {
        for (wire, property) in schema["properties"].as_object().into_iter().flatten() {
            note(&format!("{name}.{wire}"), property, &mut facts);
            note(&format!("{name}.{wire}[]"), &property["items"], &mut facts);
        }
    }
    facts
}

fn note(place: &str, schema: &Value, facts: &mut Facts) {
    let known = [
        ("minLength", "min_length"),
        ("maxLength", "max_length"),
        ("minItems", "min_items"),
        ("maxItems", "max_items"),
        ("minimum", "minimum"),
        ("maximum", "maximum"),
    ];
    for (keyword, function) in known {
        // A limit is a number, however it is written: 0 is 0.0.
        if let Some(limit) = schema.get(keyword).and_then(Value::as_f64) {
            facts.insert(format!("{place} {function} {limit}"));
        }
    }
}

/// Method, path, body, answers, security and server.
pub(super) fn call(contract: &Value) -> Facts {
    let mut facts = Facts::new();
    let url = contract["servers"][0]["url"].as_str().unwrap();
    facts.insert(format!("base URL {}", url.trim_end_matches('/')));
    for (path, item) in contract["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            facts.insert(format!("{} {path}", method.to_uppercase()));
            let body = &operation["requestBody"]["content"]["application/json"]["schema"];
            facts.insert(format!("body {}", rust(contract, body)));
            for (status, response) in operation["responses"].as_object().unwrap() {
                let body = &response["content"]["application/json"]["schema"];
                let pattern = if status == "default" {
                    "400..=599"
                } else {
                    status
                };
                facts.insert(format!("{pattern} {}", rust(contract, body)));
            }
        }
    }
    for requirement in contract["security"].as_array().unwrap() {
        for name in requirement.as_object().unwrap().keys() {
            let scheme = &contract["components"]["securitySchemes"][name];
            facts.insert(format!(
                "authorization {}",
                scheme["scheme"].as_str().unwrap()
            ));
        }
    }
    facts
}
