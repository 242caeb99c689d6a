//! The candidate: the client generated from the current contract in `spec/`, compiled.
//!
//! `build.rs` generates it into OUT_DIR at every change of `spec/`. The accepted client,
//! which people depend on and vendor, is in `generated/`; `cargo xtask generate` accepts the
//! candidate.

// As in the generated crate: the contract decides how many parameters there are and how its
// texts are formatted.
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
