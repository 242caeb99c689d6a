// @generated from an OpenAPI contract, inputs sha256:b57f0067e93b5cf8.
// Do not edit: change the contract, then run `cargo xtask generate`.

//! The limits of each type, as the contract sets them.

use crate::checks;
use crate::types;
use crate::validation::{At, Validate, Violations};

impl Validate for types::RerankRequest {
    fn check(&self, at: At<'_>, broken: &mut Violations) {
        checks::length(&self.query, ..=4096, At::Field(&at, "query"), broken);
        if let Some(value) = &self.top_n {
            checks::number(i128::from(*value), 0.., At::Field(&at, "top_n"), broken);
        }
        {
            let at = At::Field(&at, "documents");
            checks::items(self.documents.len(), ..=128, at, broken);
            for (index, value) in self.documents.iter().enumerate() {
                checks::length(value, ..=4096, At::Item(&at, index), broken);
            }
        }
        if let Some(value) = &self.user_id {
            checks::length(value, 6..=128, At::Field(&at, "user_id"), broken);
        }
    }
}

impl Validate for types::RerankResponse {
    fn check(&self, at: At<'_>, broken: &mut Violations) {
        {
            let at = At::Field(&at, "results");
            for (index, value) in self.results.iter().enumerate() {
                value.check(At::Item(&at, index), broken);
            }
        }
    }
}

impl Validate for types::RerankResult {
    fn check(&self, at: At<'_>, broken: &mut Violations) {
        checks::number(i128::from(self.index), 0.., At::Field(&at, "index"), broken);
    }
}

impl Validate for types::RerankUsage {
    fn check(&self, _: At<'_>, _: &mut Violations) {}
}

impl Validate for types::ErrorResponse {
    fn check(&self, _: At<'_>, _: &mut Violations) {}
}

impl Validate for types::Model {
    fn check(&self, _: At<'_>, _: &mut Violations) {}
}

impl Validate for types::ErrorDetail {
    fn check(&self, _: At<'_>, _: &mut Violations) {}
}
