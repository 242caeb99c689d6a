//! Two contracts in, one report on what changed out: for a person, as JSON, as a page.
//!
//! [`review`] compares what OpenAPI documents say, not their text, and nothing that differs is
//! passed over. Each [`Change`] is one kind of change, a row of the table that [`rules`] lists:
//! what it means for those who send and for those who read, what the generated Rust code makes
//! of it, and what to do next. What no row knows is told as unclassified.
//!
//! Nothing is read or written here: contracts come as values with their places
//! ([`Contract`](bigmodel_rerank_codegen::Contract)), and reports go as texts.

mod change;
mod class;
mod compare;
mod items;
mod label;
mod refs;
mod report;
mod review;
mod rules;
mod rust_api;
mod semver;
mod side;
mod texts;
mod uses;
mod verdict;
mod wording;

pub use change::{Change, Place};
pub use class::{Bump, Class, Direction};
pub use review::{Options, Review, review};
pub use rules::{Effect, Rule, rules};
pub use rust_api::ItemChange;
pub use semver::{SemverChecks, next_version};
pub use side::{Code, Side};
pub use texts::Texts;
pub use uses::Use;
pub use verdict::{Basis, Verdict, Versions};
pub use wording::Wording;
