//! What can go wrong around a call, and what the client says of it: connections that break,
//! answers that nobody documented, requests beyond the limits, clients that cannot be made.
//!
//! Every case is tried with both generated crates.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "in a test, what is not as expected is the failure"
)]

use bigmodel_rerank_test_support::loopback;

/// The crate in `generated/`.
#[allow(clippy::duplicate_mod, reason = "compiled once over each crate")]
#[path = "faults"]
mod accepted {
    use bigmodel_rerank_api as api;

    mod answers;
    mod connections;
    mod limits;
    mod setup;
    mod support;
}

/// What `spec/` gives right now.
#[allow(clippy::duplicate_mod, reason = "compiled once over each crate")]
#[path = "faults"]
mod candidate {
    use bigmodel_rerank_contract as api;

    mod answers;
    mod connections;
    mod limits;
    mod setup;
    mod support;
}
