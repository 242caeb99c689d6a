//! The client with the local endpoint, and with servers that fail in the ways that networks do.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a panic fails the test"
)]

mod base_url;
mod blank;
#[cfg(feature = "blocking")]
mod blocking;
mod bodies;
mod chains;
mod cost;
mod endpoint;
mod example;
mod failures;
mod foreign;
mod interrupted;
mod keep_alive;
mod keys;
mod packing;
mod pairing;
mod ranges;
mod refused;
mod refusing_backends;
mod responses;
mod retries;
mod scale;
mod support;
mod timeouts;
mod tls;
mod usage;
mod warnings;

use bigmodel_rerank_test_support::{content_filter, loopback};
