//! `rerank QUERY [FILE…]`: the real program, here, over HTTP, and against what networks do.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "what is not as expected here has failed the test"
)]

mod batch;
mod documents;
mod eval;
mod examples;
mod interrupted;
#[path = "../../../../tests/support/loopback.rs"]
mod loopback;
mod paper;
#[path = "../program/mod.rs"]
mod program;
mod remote;
mod results;
mod support;
