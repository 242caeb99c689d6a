//! Lowers the model to the OpenAPI that progenitor understands.
//!
//! Progenitor fails on, or misreads, much that real contracts have. It is therefore given the
//! plainest form of the same types: every object a named component, every name neutral, every
//! limit removed (`validate` enforces those). What progenitor does, and what avoids it:
//!
//! | given the published form, progenitor … | lowered to |
//! |---|---|
//! | refuses an operation without `operationId` | `op0`, `op1`, … |
//! | panics on a typed `default` beside a typed `200` | one success, one `4XX` |
//! | turns `maxLength` into a newtype, `minimum: 0` into `u64`, drops `maxItems` | no limits |
//! | turns an optional list into an empty one | nullable wherever optional |
//! | turns a `default` into a non-optional field | no defaults |
//! | panics on `allOf`, `oneOf` or names it does not expect | merged, placeholders, neutral names |
//! | reads dates and UUIDs into types of further crates | plain strings |

use openapiv3::OpenAPI;
use serde_json::{Map, Value, json};

use crate::model::{
    Api, Operation, ParameterLocation, Scalar, Shape, Type, TypeDef, TypeId, TypeRef, Union,
};

/// The neutral names of things in what progenitor sees.
pub(crate) mod neutral {
    use crate::model::TypeId;

    pub(crate) fn component(id: TypeId) -> String {
        format!("T{id}")
    }
    /// The type whose component has this name.
    pub(crate) fn component_id(name: &str) -> Option<TypeId> {
        name.strip_prefix('T')?.parse().ok()
    }
    pub(crate) fn field(index: usize) -> String {
        format!("f{index}")
    }
    /// The members of a struct that no field names.
    pub(crate) const ADDITIONAL: &str = "additional";
    /// What is sent as bytes.
    pub(crate) const UPLOAD: &str = "Upload";
    pub(crate) fn operation(index: usize) -> String {
        format!("op{index}")
    }
    pub(crate) fn param(index: usize) -> String {
        format!("p{index}")
    }
    /// The parameter of this name.
    pub(crate) fn param_index(name: &str) -> Option<usize> {
        name.strip_prefix('p')?.parse().ok()
    }
}

/// What progenitor is given.
pub(crate) fn lower(api: &Api) -> Result<OpenAPI, serde_json::Error> {
    let schemas: Map<_, _> = api
        .types
        .iter()
        .enumerate()
        .map(|(id, def)| (neutral::component(id), component(def)))
        .chain([(
            neutral::UPLOAD.to_owned(),
            Value::Object(object([].into_iter())),
        )])
        .collect();
    let paths: Map<_, _> = api
        .operations
        .iter()
        .enumerate()
        .map(|(index, operation)| lower_operation(index, operation))
        .collect();
    serde_json::from_value(json!({
        "openapi": "3.0.3",
        "info": {"title": "lowered", "version": "0"},
        "paths": paths,
        "components": {"schemas": schemas},
    }))
}

fn component(def: &TypeDef) -> Value {
    match &def.shape {
        Shape::Struct(body) => {
            let uses = body
                .fields
                .iter()
                .map(|field| (&field.type_ref, field.required));
            let mut object = object(uses);
            if let Some(additional) = &body.additional {
                let map =
                    json!({"type": "object", "additionalProperties": schema(additional, true)});
                insert(&mut object, neutral::ADDITIONAL, map, true);
            }
            Value::Object(object)
        }
        Shape::Enum(body) => {
            let values: Vec<_> = (0..body.values.len()).map(neutral::field).collect();
            json!({"type": "string", "enum": values})
        }
        // A placeholder that holds each branch, so that progenitor breaks cycles through it.
        Shape::Union(Union { branches, .. }) | Shape::Json(branches) => Value::Object(object(
            branches.iter().map(|branch| (&branch.type_ref, false)),
        )),
        Shape::Outcome(outcomes) => Value::Object(object(
            outcomes
                .iter()
                .filter_map(|outcome| Some((outcome.type_ref.as_ref()?, false))),
        )),
    }
}

/// An object schema; never empty, since progenitor would make a map of that.
fn object<'a>(uses: impl Iterator<Item = (&'a TypeRef, bool)>) -> Map<String, Value> {
    let mut object = Map::new();
    object.insert("type".to_owned(), json!("object"));
    object.insert(
        "properties".to_owned(),
        json!({"never_empty": {"type": "string"}}),
    );
    object.insert("required".to_owned(), json!(["never_empty"]));
    for (index, (type_ref, required)) in uses.enumerate() {
        insert(
            &mut object,
            &neutral::field(index),
            schema(type_ref, required),
            required,
        );
    }
    object
}

fn insert(object: &mut Map<String, Value>, name: &str, schema: Value, required: bool) {
    if let Some(Value::Object(properties)) = object.get_mut("properties") {
        properties.insert(name.to_owned(), schema);
    }
    if let (true, Some(Value::Array(list))) = (required, object.get_mut("required")) {
        list.push(json!(name));
    }
}

fn schema(type_ref: &TypeRef, required: bool) -> Value {
    let nullable = type_ref.nullable || !required;
    let mut schema = match &type_ref.ty {
        Type::Any => return json!({}),
        Type::Upload if nullable && required => {
            return json!({"allOf": [upload()], "nullable": true});
        }
        Type::Upload => return upload(),
        // Emitted code says what it is; nothing can lead back from it.
        Type::Stream(_) => json!({"type": "string"}),
        Type::Named(id) if nullable && required => {
            return json!({"allOf": [reference(*id)], "nullable": true});
        }
        Type::Named(id) => return reference(*id),
        Type::Scalar(scalar) => match scalar {
            Scalar::Bool => json!({"type": "boolean"}),
            Scalar::Int(ty) => json!({"type": "integer", "format": ty.format()}),
            Scalar::Number(ty) => json!({"type": "number", "format": ty.format()}),
            Scalar::String => json!({"type": "string"}),
        },
        Type::Array(items) => json!({"type": "array", "items": self::schema(items, true)}),
        Type::Map(values) => {
            json!({"type": "object", "additionalProperties": self::schema(values, true)})
        }
    };
    if let (true, Value::Object(schema)) = (nullable, &mut schema) {
        schema.insert("nullable".to_owned(), json!(true));
    }
    schema
}

fn upload() -> Value {
    json!({"$ref": format!("#/components/schemas/{}", neutral::UPLOAD)})
}

fn reference(id: TypeId) -> Value {
    json!({"$ref": format!("#/components/schemas/{}", neutral::component(id))})
}

fn lower_operation(index: usize, operation: &Operation) -> (String, Value) {
    let mut path = format!("/{}", neutral::operation(index));
    let mut params = Vec::new();
    // Optional ones are fields of a struct.
    let required = operation.params.iter().enumerate();
    for (index, param) in required.filter(|(_, param)| param.required) {
        let name = neutral::param(index);
        let location = match param.location {
            ParameterLocation::Path => {
                path.push_str(&format!("/{{{name}}}"));
                "path"
            }
            ParameterLocation::Query => "query",
            // Progenitor takes no cookies; the type of the argument does not depend on it.
            ParameterLocation::Header | ParameterLocation::Cookie => "header",
        };
        params.push(json!({
            "name": name,
            "in": location,
            "required": true,
            "schema": schema(&param.type_ref.not_null(), true),
        }));
    }
    let mut responses = json!({"200": response(operation.success.as_ref())});
    if let (Some(failure), Value::Object(responses)) = (&operation.failure, &mut responses) {
        responses.insert("4XX".to_owned(), response(Some(failure)));
    }
    let mut lowered = json!({
        "operationId": neutral::operation(index),
        "parameters": params,
        "responses": responses,
    });
    if let (Some(body), Value::Object(lowered)) = (&operation.body, &mut lowered) {
        let content = json!({"application/json": {"schema": schema(&body.type_ref, true)}});
        lowered.insert(
            "requestBody".to_owned(),
            json!({"required": true, "content": content}),
        );
    }
    (path, json!({"post": lowered}))
}

fn response(type_ref: Option<&TypeRef>) -> Value {
    match type_ref {
        Some(type_ref) => json!({
            "description": "",
            "content": {"application/json": {"schema": schema(type_ref, true)}},
        }),
        None => json!({"description": ""}),
    }
}
