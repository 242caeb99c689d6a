//! Which public Rust item a node of the contract became, for tools that speak of changes.

use std::collections::BTreeMap;

use crate::model::{Api, Shape};
use bigmodel_rerank_openapi::Pointer;

/// Types, their fields and the client's methods by the node that they were made from.
///
/// A field that a branch of `allOf` brings goes by the type alone.
pub(crate) fn items(api: &Api) -> BTreeMap<Pointer, String> {
    let mut items = BTreeMap::new();
    for operation in &api.operations {
        let method = format!("Client::{}", operation.ident);
        items.insert(operation.pointer.clone(), method);
    }
    // A form may be of a schema that is JSON elsewhere; the type of the JSON stands for it then.
    let (forms, others): (Vec<_>, Vec<_>) = api.types.iter().partition(|def| def.has_files());
    for def in forms.into_iter().chain(others) {
        if let Shape::Struct(body) = &def.shape {
            let properties = def.pointer.key("properties");
            for field in &body.fields {
                let name = format!("{}::{}", def.name, field.ident);
                items.insert(properties.key(&field.wire), name);
            }
        }
        if !matches!(def.shape, Shape::Outcome(_)) {
            items.insert(def.pointer.clone(), def.name.clone());
        }
    }
    items
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use bigmodel_rerank_openapi::Pointer;

    use crate::{Settings, generate_value};

    #[test]
    fn nodes_are_known_by_the_items_that_they_became() {
        let schema = json!({"$ref": "#/components/schemas/A"});
        let content = json!({"application/json": {"schema": schema}});
        let contract = json!({
            "openapi": "3.0.3",
            "info": {"title": "T", "version": "1", "x-rust-crate": {"name": "t"}},
            "paths": {"/v1/a": {"post": {
                "requestBody": {"required": true, "content": content},
                "responses": {"204": {"description": ""}},
            }}},
            "components": {"schemas": {"A": {
                "title": "Ask",
                "type": "object",
                "properties": {"maxWords": {"type": "integer"}},
            }}},
        });
        let generated = generate_value("t", &contract, &Settings::default());
        let items = generated
            .map(|generated| generated.items)
            .unwrap_or_default();
        let item = |pointer| items.get(&Pointer::parse(pointer)).map(String::as_str);
        assert_eq!(item("/paths/~1v1~1a/post"), Some("Client::a"));
        assert_eq!(item("/components/schemas/A"), Some("Ask"));
        let field = "/components/schemas/A/properties/maxWords";
        assert_eq!(item(field), Some("Ask::max_words"));
    }
}
