//! Facts about a contract.

use std::collections::BTreeMap;

use bigmodel_rerank_codegen::{Generated, Pointer};
use serde_json::{Map, Value, json};

/// Returns the number of operations, in all and by tag, the types of the component schemas, and the
/// contract as JSON.
pub(crate) fn description(generated: &Generated) -> Value {
    json!({
        "operations": generated.operations,
        "tags": tags(&generated.effective),
        "types": types(generated),
        "document": generated.effective,
    })
}

fn tags(contract: &Value) -> BTreeMap<&str, usize> {
    let mut tags = BTreeMap::new();
    let paths = contract["paths"].as_object();
    for path in paths.into_iter().flat_map(Map::values) {
        for operation in path.as_object().into_iter().flat_map(Map::values) {
            let names = operation.get("tags").and_then(Value::as_array);
            for tag in names.into_iter().flatten().filter_map(Value::as_str) {
                *tags.entry(tag).or_default() += 1;
            }
        }
    }
    tags
}

fn types(generated: &Generated) -> BTreeMap<&str, String> {
    let schemas = generated.effective["components"]["schemas"].as_object();
    let names = schemas.into_iter().flat_map(Map::keys);
    let types = names.filter_map(|name| {
        let pointer = Pointer::root().key("components").key("schemas").key(name);
        Some((name.as_str(), generated.schema_type(&pointer)?))
    });
    types.collect()
}
