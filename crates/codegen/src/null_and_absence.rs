//! Where an absent member and a null one are two things: in all that requests carry.

use bigmodel_rerank_openapi::Pointer;
use serde_json::Value;

use crate::ledger::Ledger;
use crate::model::{Api, Operation, Shape, TypeRef};
use crate::reachable::reachable;

/// Marks the optional members in which null differs from absence. Types that only responses use
/// read both as `None`, which the ledger says.
pub(crate) fn tell_from_null(root: &Value, api: &mut Api, ledger: &mut Ledger) {
    let requests = api.operations.iter().flat_map(Operation::sent);
    let sent = reachable(&api.types, requests.filter_map(TypeRef::named));
    let responses = api.operations.iter().flat_map(|operation| {
        let streamed = operation.streamed.iter();
        let streamed = streamed.flat_map(|streamed| &streamed.responses);
        let responses = operation.responses.iter().chain(streamed);
        responses.filter_map(|response| response.type_ref.as_ref())
    });
    let received = reachable(&api.types, responses.filter_map(TypeRef::named));
    let only_received: Vec<_> = received
        .iter()
        .zip(&sent)
        .map(|(received, sent)| *received && !sent)
        .collect();
    for (def, only_received) in api.types.iter_mut().zip(only_received) {
        let Shape::Struct(body) = &mut def.shape else {
            continue;
        };
        for field in &mut body.fields {
            // A form has no null.
            if body.has_files || field.required || !field.type_ref.nullable {
                continue;
            }
            field.keeps_null = !only_received;
            let properties: Pointer = def.pointer.key("properties");
            let nullable = properties.key(&field.wire).key("nullable");
            if only_received && nullable.get(root).is_some() {
                ledger.generated(&nullable, "Option, as for an absent member");
            }
        }
    }
}
