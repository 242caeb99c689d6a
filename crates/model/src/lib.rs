//! [`Model`]: scores documents with a model from a folder.
//!
#![doc = include_str!("../README.md")]

mod error;
mod external_data;
mod folder;
mod job;
mod json;
mod length;
mod model;
mod needed;
mod outline;
mod parts;
mod pooling;
mod probe;
mod runtime;
mod tokens;
mod workers;

pub use error::LoadError;
pub use model::{Model, Options};
pub use needed::needed_files;
pub use parts::LongDocuments;
