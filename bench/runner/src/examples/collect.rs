//! The examples in a document that belong to component schemas.

use serde_json::Value;

const SCHEMAS: &str = "#/components/schemas/";

/// An example, and the component schema that it is an example of.
pub(super) struct Example {
    pub(super) schema: String,
    pub(super) value: Value,
}

/// Returns the examples of component schemas, and those of media types that refer to one.
pub(super) fn examples(document: &Value) -> Vec<Example> {
    let mut examples = Vec::new();
    let schemas = document["components"]["schemas"].as_object();
    for (name, schema) in schemas.into_iter().flatten() {
        let several = schema.get("examples").and_then(Value::as_array);
        let values = schema
            .get("example")
            .into_iter()
            .chain(several.into_iter().flatten());
        examples.extend(values.map(|value| Example {
            schema: name.clone(),
            value: value.clone(),
        }));
    }
    for part in ["paths", "webhooks"] {
        of_media_types(document, &document[part], &mut examples);
    }
    for (part, components) in document["components"].as_object().into_iter().flatten() {
        if part != "schemas" && part != "examples" {
            of_media_types(document, components, &mut examples);
        }
    }
    examples
}

/// Adds the examples of the media types in each `content` below a node.
fn of_media_types(document: &Value, node: &Value, examples: &mut Vec<Example>) {
    match node {
        Value::Object(members) => {
            for (key, value) in members {
                let media_types = value.as_object().filter(|_| key == "content");
                for media_type in media_types.into_iter().flat_map(|types| types.values()) {
                    of_media_type(document, media_type, examples);
                }
                of_media_types(document, value, examples);
            }
        }
        Value::Array(items) => {
            for item in items {
                of_media_types(document, item, examples);
            }
        }
        _ => {}
    }
}

fn of_media_type(document: &Value, media_type: &Value, examples: &mut Vec<Example>) {
    let reference = media_type["schema"]["$ref"].as_str();
    let Some(name) = reference.and_then(|reference| reference.strip_prefix(SCHEMAS)) else {
        return;
    };
    let several = media_type.get("examples").and_then(Value::as_object);
    let several = several.into_iter().flat_map(|several| several.values());
    let several = several.filter_map(|example| resolved(document, example)?.get("value"));
    let values = media_type.get("example").into_iter().chain(several);
    examples.extend(values.map(|value| Example {
        schema: name.replace("~1", "/").replace("~0", "~"),
        value: value.clone(),
    }));
}

/// Returns what an example refers to, or the example itself.
fn resolved<'a>(document: &'a Value, example: &'a Value) -> Option<&'a Value> {
    match example.get("$ref").and_then(Value::as_str) {
        Some(reference) => document.pointer(reference.strip_prefix('#')?),
        None => Some(example),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::examples;

    #[test]
    fn examples_of_component_schemas_are_found() {
        let media_type = json!({
            "schema": {"$ref": "#/components/schemas/Pet"},
            "example": 1,
            "examples": {"a": {"value": 2}, "b": {"$ref": "#/components/examples/b"}},
        });
        let inline = json!({"schema": {"type": "string"}, "example": "not counted"});
        let content = json!({"application/json": media_type, "text/plain": inline});
        let document = json!({
            "paths": {"/": {"get": {"responses": {"200": {"content": content}}}}},
            "components": {
                "schemas": {"Pet": {"example": 4, "examples": [5]}},
                "examples": {"b": {"value": 3}},
            },
        });
        let mut values: Vec<_> = examples(&document)
            .into_iter()
            .map(|example| (example.schema, example.value.as_u64()))
            .collect();
        values.sort();
        assert_eq!(
            values,
            [1, 2, 3, 4, 5].map(|value| ("Pet".to_owned(), Some(value)))
        );
    }
}
