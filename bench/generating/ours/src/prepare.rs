//! The manual changes that other generators need before they accept the published contract.

use serde_json::{Map, Value};

/// Gives each operation an id, removes responses of a second type, on which progenitor panics, and
/// sets a version that is valid for a crate.
pub(crate) fn prepared(mut contract: Value) -> Value {
    contract["info"]["version"] = "1.0.0".into();
    let paths = contract.get_mut("paths").and_then(Value::as_object_mut);
    for (path, methods) in paths.into_iter().flatten() {
        for (method, operation) in methods.as_object_mut().into_iter().flatten() {
            if let Some(operation) = operation.as_object_mut() {
                prepare(path, method, operation);
            }
        }
    }
    contract
}

fn prepare(path: &str, method: &str, operation: &mut Map<String, Value>) {
    let last = path.rsplit('/').next().unwrap_or(path);
    let name = operation.entry("operationId");
    name.or_insert_with(|| format!("{method}_{last}").into());
    if let Some(responses) = operation
        .get_mut("responses")
        .and_then(Value::as_object_mut)
    {
        responses.retain(|status, _| status.starts_with('2'));
    }
}
