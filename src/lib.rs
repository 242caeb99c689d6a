//! The candidate: the client that the contract in `spec/` gives right now, compiled.
//!
//! `build.rs` generates it into OUT_DIR at every change of `spec/`. The accepted client,
//! which people depend on and vendor, stands in `generated/`; `cargo xtask generate` makes
//! the candidate the accepted one.

// As in the generated crate: the contract decides how many parameters there are and how its
// words are set.
#![allow(
    clippy::doc_lazy_continuation,
    clippy::doc_overindented_list_items,
    clippy::enum_variant_names,
    clippy::large_enum_variant,
    clippy::should_implement_trait,
    clippy::too_many_arguments,
    clippy::wrong_self_convention,
    rustdoc::bare_urls,
    rustdoc::broken_intra_doc_links,
    rustdoc::invalid_html_tags
)]

include!(concat!(env!("OUT_DIR"), "/src/candidate.rs"));
