//! The program as a process.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a panic fails the test"
)]

mod cluster;
mod columns;
mod csv;
mod errors;
mod faults;
mod local;
mod support;
