//! `rerank QUERY [FILE…]`: the real program, locally, over HTTP, and with network faults.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "what is not as expected here has failed the test"
)]

mod advice;
mod batch;
mod blank;
mod command_line;
mod csv;
mod documents;
mod eval;
mod eval_scorers;
mod examples;
mod formats;
mod hub;
mod interrupted;
mod memory;
mod model;
mod paper;
#[path = "../program/mod.rs"]
mod program;
mod proxy;
mod refused;
mod remote;
mod response_file;
mod results;
mod resume;
mod scale;
mod support;
mod terminal;
mod urls;

use bigmodel_rerank_test_support::{content_filter, loopback};
