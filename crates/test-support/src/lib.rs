//! Helpers for the tests of several crates: mock servers, HTTP messages as bytes, and contracts
//! with one changed fact. For tests only: a panic fails the test.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a panic fails the test"
)]

pub mod content_filter;
pub mod http;
pub mod loopback;
pub mod mutants;
pub mod probe;
