//! Tests of the server over loopback.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a panic fails the test"
)]

mod cancelled;
mod conformance;
mod cors;
mod exchanges;
mod failures;
mod fair;
mod forms;
mod framing;
mod http;
mod jwt;
mod keys;
mod limits;
mod operations;
mod responses;
mod slow;
mod stop;
mod support;
