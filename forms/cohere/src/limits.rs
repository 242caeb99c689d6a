// @generated from an OpenAPI contract, inputs sha256:981ab5c006e6ef17.
// Do not edit: change the contract, then run `cargo xtask generate`.

//! The limits of each type, as the contract sets them.

use crate::types;
use crate::validation::{At, Validate, Violations};

impl Validate for types::RerankV1Request {
    fn check(&self, _: At<'_>, _: &mut Violations) {}
}

impl Validate for types::RerankV1Response {
    fn check(&self, _: At<'_>, _: &mut Violations) {}
}

impl Validate for types::V1Result {
    fn check(&self, _: At<'_>, _: &mut Violations) {}
}

impl Validate for types::TextDocument {
    fn check(&self, _: At<'_>, _: &mut Violations) {}
}

impl Validate for types::RerankV2Request {
    fn check(&self, _: At<'_>, _: &mut Violations) {}
}

impl Validate for types::RerankV2Response {
    fn check(&self, _: At<'_>, _: &mut Violations) {}
}

impl Validate for types::V2Result {
    fn check(&self, _: At<'_>, _: &mut Violations) {}
}

impl Validate for types::Meta {
    fn check(&self, _: At<'_>, _: &mut Violations) {}
}

impl Validate for types::ApiVersion {
    fn check(&self, _: At<'_>, _: &mut Violations) {}
}

impl Validate for types::BilledUnits {
    fn check(&self, _: At<'_>, _: &mut Violations) {}
}

impl Validate for types::ErrorMessage {
    fn check(&self, _: At<'_>, _: &mut Violations) {}
}

impl Validate for types::V1Document {
    fn check(&self, _: At<'_>, _: &mut Violations) {}
}
