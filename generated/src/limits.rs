// @generated from an OpenAPI contract, inputs sha256:b83212e337b804ca.
// Do not edit: change the contract, then run `cargo xtask generate`.

//! The limits of each type, as the contract sets them.

use crate::types;
use crate::validation::{self, At, Validate, Violations};

impl Validate for types::RerankRequest {
    fn check(&self, at: At<'_>, broken: &mut Violations) {
        {
            let (value, at) = (&self.query, At::Field(&at, "query"));
            validation::max_length(value, 4096, at, broken);
        }
        {
            let (value, at) = (&self.top_n, At::Field(&at, "top_n"));
            if let Some(value) = value {
                validation::minimum(i128::from(*value), 0, at, broken);
            }
        }
        {
            let (value, at) = (&self.documents, At::Field(&at, "documents"));
            validation::max_items(value.len(), 128, at, broken);
            for (index, value) in value.iter().enumerate() {
                let at = At::Item(&at, index);
                validation::max_length(value, 4096, at, broken);
            }
        }
        {
            let (value, at) = (&self.user_id, At::Field(&at, "user_id"));
            if let Some(value) = value {
                validation::min_length(value, 6, at, broken);
                validation::max_length(value, 128, at, broken);
            }
        }
    }
}

impl Validate for types::RerankResponse {
    fn check(&self, at: At<'_>, broken: &mut Violations) {
        {
            let (value, at) = (&self.results, At::Field(&at, "results"));
            for (index, value) in value.iter().enumerate() {
                let at = At::Item(&at, index);
                value.check(at, broken);
            }
        }
    }
}

impl Validate for types::RerankResult {
    fn check(&self, at: At<'_>, broken: &mut Violations) {
        {
            let (value, at) = (&self.index, At::Field(&at, "index"));
            validation::minimum(i128::from(*value), 0, at, broken);
        }
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
