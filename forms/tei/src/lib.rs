// @generated from an OpenAPI contract, inputs sha256:1e5298dcaa632116.
// Do not edit: change the contract, then run `cargo xtask generate`.

//! [`Client`]: TEI rerank form, 2 operations.
//!
#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
// The contract decides how many parameters there are and how its texts are formatted.
#![allow(
    clippy::disallowed_names,
    clippy::doc_lazy_continuation,
    clippy::doc_overindented_list_items,
    clippy::enum_variant_names,
    clippy::if_same_then_else,
    clippy::large_enum_variant,
    clippy::manual_range_patterns,
    clippy::match_overlapping_arm,
    clippy::should_implement_trait,
    clippy::too_many_arguments,
    clippy::type_complexity,
    clippy::wrong_self_convention,
    rustdoc::bare_urls,
    rustdoc::broken_intra_doc_links,
    rustdoc::invalid_html_tags
)]

#[cfg(feature = "client")]
#[rustfmt::skip]
mod client;
#[rustfmt::skip]
mod endpoints;
#[cfg(feature = "client")]
mod error;
mod integers;
#[cfg(feature = "client")]
mod json;
#[rustfmt::skip]
mod limits;
mod objects;
#[cfg(feature = "client")]
mod response;
#[cfg(feature = "client")]
mod transport;
#[rustfmt::skip]
pub mod types;
pub mod validation;

#[cfg(feature = "client")]
pub use client::Client;
pub use endpoints::{BASE_URL, INFO_PATH, RERANK_PATH};
#[cfg(feature = "client")]
pub use error::{Error, SetupError};
/// The HTTP library whose types are part of this crate's API.
#[cfg(feature = "client")]
pub use reqwest;
#[cfg(feature = "client")]
pub use response::{RawResponse, Response};

/// The contract that this crate mirrors, with all corrections: OpenAPI 3.0, as YAML.
pub const CONTRACT: &str = include_str!("../openapi.yaml");
