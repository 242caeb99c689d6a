//! What the author of a contract reads when it is wrong: one defect in each case, and the
//! whole report beside it. Judge a report as its reader: is this the place, is it true,
//! does the help help?
//!
//! Accept changed reports with `cargo insta review`.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a contract here that is not refused, or located nowhere, fails its test"
)]

mod dialect;
mod document;
mod operation;
mod overlay;
mod parameter;
mod reference;
mod schema;
mod security;
mod several;
mod support;
mod text;
