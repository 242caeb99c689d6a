// @generated from an OpenAPI contract, inputs sha256:6f6697cf52c27bcc.
// Do not edit: change the contract, then run `cargo xtask generate`.

//! The limits of each type, as the contract sets them.

use crate::types;
use crate::validation::{At, Validate, Violations};

impl Validate for types::RerankRequest {
    fn check(&self, _: At<'_>, _: &mut Violations) {}
}

impl Validate for types::TextOrObject {
    fn check(&self, _: At<'_>, _: &mut Violations) {}
}

impl Validate for types::TextObject {
    fn check(&self, _: At<'_>, _: &mut Violations) {}
}

impl Validate for types::RerankResponse {
    fn check(&self, _: At<'_>, _: &mut Violations) {}
}

impl Validate for types::Usage {
    fn check(&self, _: At<'_>, _: &mut Violations) {}
}

impl Validate for types::RerankResult {
    fn check(&self, _: At<'_>, _: &mut Violations) {}
}

impl Validate for types::ErrorDetail {
    fn check(&self, _: At<'_>, _: &mut Violations) {}
}
