//! OpenAPI documents as values: what the generator, the import and the review share.
//!
//! - [`Contract`]: a document after its overlay, which knows the file and position of each node.
//! - [`Pointer`]: the address of a node.
//! - [`Problem`], [`Diagnostic`], [`Diagnostics`]: what is wrong, where, and how to fix it.
//! - [`grammar`]: which keyword holds what, as one table.
//! - [`reference`]: from a `$ref` to the node that it names.
//! - [`Method`], [`SchemaType`], [`IntegerType`]: the vocabulary of operations and schemas.

mod contract;
mod diagnostic;
pub mod grammar;
mod method;
mod overlay;
mod parse;
mod pointer;
mod positions;
pub mod reference;
mod source;
mod stack;
mod types;

pub use contract::{Contract, Input};
pub use diagnostic::{Diagnostic, Diagnostics, Problem, by_overlay};
pub use method::Method;
pub use pointer::Pointer;
pub use source::{Location, Position, Source};
pub use stack::{join_deep, with_deep_stack, with_stack};
pub use types::{IntegerType, NumberType, SchemaType};
