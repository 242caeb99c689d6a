// @generated from an OpenAPI contract, inputs sha256:1e5298dcaa632116.
// Do not edit: change the contract, then run `cargo xtask generate`.

//! The limits of each type, as the contract sets them.

use crate::types;
use crate::validation::{At, Validate, Violations};

impl Validate for types::RerankRequest {
    fn check(&self, _: At<'_>, _: &mut Violations) {}
}

impl Validate for types::Rank {
    fn check(&self, _: At<'_>, _: &mut Violations) {}
}

impl Validate for types::Info {
    fn check(&self, _: At<'_>, _: &mut Violations) {}
}

impl Validate for types::ModelType {
    fn check(&self, _: At<'_>, _: &mut Violations) {}
}

impl Validate for types::RerankerModel {
    fn check(&self, _: At<'_>, _: &mut Violations) {}
}

impl Validate for types::ErrorResponse {
    fn check(&self, _: At<'_>, _: &mut Violations) {}
}

impl Validate for types::ErrorType {
    fn check(&self, _: At<'_>, _: &mut Violations) {}
}
