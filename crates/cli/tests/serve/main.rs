//! `rerank serve`: the real program, called over loopback.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "what is not as expected here has failed the test"
)]

mod command_line;
mod crowd;
mod curl;
mod hostile;
mod load;
mod log;
mod memory;
#[path = "../program/mod.rs"]
mod program;
mod signals;
mod stderr;
