//! What the tests of several crates share: servers with scripted responses, HTTP byte by byte, and
//! contracts that differ in one fact. For tests only: a panic here fails the test.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a panic fails the test"
)]

pub mod http;
pub mod loopback;
pub mod mutants;
pub mod picky;
pub mod probe;
