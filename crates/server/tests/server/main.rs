//! The server, called over loopback as its callers do.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "what is not as expected here has failed the test"
)]

mod conformance;
mod cors;
mod exchanges;
mod failures;
mod fair;
mod framing;
mod http;
mod keys;
mod limits;
mod operations;
mod responses;
mod slow;
mod stop;
mod support;
mod tokens;
