//! The program as people run it: command lines in, exit code, output and files out.
//!
//! A contract of our own in a directory of its own; what the generator makes of it is the
//! generator's business, but for `Cargo.toml`, `src/lib.rs` and the marker in each file.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]

mod corpus;
mod generate;
mod review;
mod support;
mod vendor;
mod worked_example;
