//! Where an absent member and a null one are two things: in all that requests carry.

use bigmodel_rerank_openapi::Pointer;
use serde_json::Value;

use crate::ledger::Ledger;
use crate::model::{Api, Shape, Type, TypeDef, TypeId, TypeRef};

/// Marks the optional members in which null differs from absence. Types that only responses use
/// read both as `None`, which the ledger says.
pub(crate) fn tell_from_null(root: &Value, api: &mut Api, ledger: &mut Ledger) {
    let requests = api.operations.iter().flat_map(|operation| {
        let params = operation.params.iter().map(|param| &param.type_ref);
        params.chain(operation.body.iter().map(|body| &body.type_ref))
    });
    let sent = reachable(&api.types, requests);
    let responses = api.operations.iter().flat_map(|operation| {
        let responses = operation.responses.iter();
        responses.filter_map(|response| response.type_ref.as_ref())
    });
    let received = reachable(&api.types, responses);
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

/// Which types values of these, or values inside of them, have.
fn reachable<'a>(types: &[TypeDef], roots: impl Iterator<Item = &'a TypeRef>) -> Vec<bool> {
    let mut reached = vec![false; types.len()];
    let mut open: Vec<TypeId> = roots.filter_map(named).collect();
    while let Some(id) = open.pop() {
        let (Some(seen), Some(def)) = (reached.get_mut(id), types.get(id)) else {
            continue;
        };
        if !std::mem::replace(seen, true) {
            open.extend(def.shape.type_refs().filter_map(named));
        }
    }
    reached
}

/// The named type of a value, or of its items.
fn named(type_ref: &TypeRef) -> Option<TypeId> {
    match &type_ref.ty {
        Type::Named(id) => Some(*id),
        Type::Array(inner) | Type::Map(inner) => named(inner),
        Type::Stream(stream) => stream.item().and_then(named),
        Type::Scalar(_) | Type::Any | Type::Upload => None,
    }
}
