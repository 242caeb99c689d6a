//! [`Reranker`]: texts ranked by how relevant they are to a query, by BigModel's service.
//!
#![doc = include_str!("../README.md")]

mod backend;
mod builder;
mod call;
mod check;
mod codes;
mod cost;
mod error;
mod journal;
mod key;
mod long_documents;
mod merge;
mod pack;
mod parts;
mod ranking;
mod reranker;
mod retry;
mod stop;
mod token;

#[cfg(feature = "blocking")]
pub mod blocking;
pub mod testing;

pub use backend::{Answering, Backend};
pub use builder::Builder;
pub use call::{Progress, Rerank};
pub use cost::{Estimate, approximate_tokens};
pub use error::{Error, ErrorKind};
pub use journal::Journal;
pub use key::{ApiKey, Authentication};
pub use long_documents::LongDocuments;
pub use merge::Partial;
pub use pack::Limits;
pub use parts::Part;
pub use ranking::{Hit, Ranking, Scale, Usage};
pub use reranker::Reranker;
pub use retry::Retry;
pub use stop::Stop;

pub use bigmodel_rerank_api as api;
