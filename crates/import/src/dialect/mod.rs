//! Converts schemas to OpenAPI 3.0.

mod edit;
mod newer_keywords;
mod nullable;
mod part;
mod schema;
mod types;

pub(crate) use edit::allow_null;
pub(crate) use nullable::{is_null, take_annotations_of_null};
pub(crate) use part::{convert_members, convert_part, sections};
pub(crate) use schema::schema;

/// The version that documents are imported as, unless the page names another 3.0 version.
pub(crate) const OPENAPI_VERSION: &str = "3.0.3";
