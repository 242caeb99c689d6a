//! The contract as openapiv3 reads it: a second reader, which knows OpenAPI independently.

use bigmodel_rerank_openapi::grammar::{Kind, nodes};
use bigmodel_rerank_openapi::{Pointer, Problem, reference};
use openapiv3::OpenAPI;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A problem where the second reader rejects the contract.
pub(super) fn rejection(root: &Value) -> Option<Problem> {
    let error = error_of::<OpenAPI>(root)?;
    let (at, error) = smallest_part(root).unwrap_or((Pointer::root(), error));
    Some(Problem::new(
        at,
        format!("this is not OpenAPI 3.0: {error}"),
        "correct what the message names, here or below",
    ))
}

/// The smallest part that the second reader rejects: its own errors have no position in a value.
fn smallest_part(root: &Value) -> Option<(Pointer, serde_json::Error)> {
    let mut smallest: Option<(Pointer, serde_json::Error)> = None;
    for visit in nodes(root) {
        let is_inside = match &smallest {
            Some((part, _)) => visit.pointer.below(part).is_some(),
            None => true,
        };
        if !is_inside {
            // What follows in the document is not in the part either.
            break;
        }
        if let Some(kind) = visit.role.kind()
            && reference::text(visit.value).is_none()
            && let Some(error) = error_as(kind, visit.value)
        {
            smallest = Some((visit.pointer, error));
        }
    }
    smallest
}

/// Why a node is not what it should be.
fn error_as(kind: Kind, value: &Value) -> Option<serde_json::Error> {
    match kind {
        Kind::Info => error_of::<openapiv3::Info>(value),
        Kind::Contact => error_of::<openapiv3::Contact>(value),
        Kind::License => error_of::<openapiv3::License>(value),
        Kind::Server => error_of::<openapiv3::Server>(value),
        Kind::ServerVariable => error_of::<openapiv3::ServerVariable>(value),
        Kind::Tag => error_of::<openapiv3::Tag>(value),
        Kind::ExternalDocs => error_of::<openapiv3::ExternalDocumentation>(value),
        Kind::PathItem => error_of::<openapiv3::PathItem>(value),
        Kind::Operation => error_of::<openapiv3::Operation>(value),
        Kind::Parameter => error_of::<openapiv3::Parameter>(value),
        Kind::RequestBody => error_of::<openapiv3::RequestBody>(value),
        Kind::MediaType => error_of::<openapiv3::MediaType>(value),
        Kind::Encoding => error_of::<openapiv3::Encoding>(value),
        Kind::Responses => error_of::<openapiv3::Responses>(value),
        Kind::Response => error_of::<openapiv3::Response>(value),
        Kind::Callback => error_of::<openapiv3::Callback>(value),
        Kind::Example => error_of::<openapiv3::Example>(value),
        Kind::Link => error_of::<openapiv3::Link>(value),
        Kind::Header => error_of::<openapiv3::Header>(value),
        // `additionalProperties` may be true or false.
        Kind::Schema if value.is_boolean() => None,
        Kind::Schema => error_of::<openapiv3::Schema>(value),
        Kind::Discriminator => error_of::<openapiv3::Discriminator>(value),
        Kind::SecurityScheme => error_of::<openapiv3::SecurityScheme>(value),
        Kind::OAuthFlows => error_of::<openapiv3::OAuth2Flows>(value),
        Kind::Document
        | Kind::Paths
        | Kind::Components
        | Kind::Xml
        | Kind::OAuthFlow
        | Kind::SecurityRequirement => None,
    }
}

fn error_of<T: DeserializeOwned>(value: &Value) -> Option<serde_json::Error> {
    serde_json::from_value::<T>(value.clone()).err()
}
