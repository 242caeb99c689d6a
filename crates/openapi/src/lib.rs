//! OpenAPI documents as values: what the generator, the import and the review share.
//!
#![doc = include_str!("../README.md")]

mod bundle;
mod contract;
mod diagnostic;
mod diagnostics;
pub mod grammar;
mod grouping;
mod method;
mod overlay;
mod parse;
mod pointer;
mod positions;
pub mod reference;
mod source;
mod stack;
mod types;

pub use bundle::referenced_documents;
pub use contract::{Contract, Input};
pub use diagnostic::{Diagnostic, Problem, by_overlay};
pub use diagnostics::Diagnostics;
pub use grouping::{Alike, group_alike};
pub use method::Method;
pub use pointer::Pointer;
pub use source::{Location, Position, Source};
pub use stack::{join_deep, with_deep_stack, with_stack};
pub use types::{IntegerType, NumberType, SchemaType};
