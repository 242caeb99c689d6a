//! [`Reranker`]: texts ranked by how relevant they are to a query, by BigModel's service.
//!
#![doc = include_str!("../README.md")]

mod backend;
mod batches;
mod builder;
mod call;
mod check;
mod codes;
mod cost;
mod error;
mod key;
mod long_documents;
mod merge;
mod pack;
mod ranking;
mod reranker;
mod response_cache;
mod retry;
mod token;

#[cfg(feature = "blocking")]
pub mod blocking;
pub mod testing;

pub use backend::{Backend, BoxFuture};
pub use batches::Batch;
pub use builder::RerankerBuilder;
pub use call::{Progress, Rerank};
pub use cost::{Estimate, approximate_tokens};
pub use error::{Error, ErrorKind};
pub use key::{ApiKey, Authentication};
pub use long_documents::LongDocuments;
pub use merge::Partial;
pub use pack::Limits;
pub use ranking::{Hit, Ranking, Scale, Usage};
pub use reranker::Reranker;
pub use response_cache::ResponseCache;
pub use retry::Retry;
pub use tokio_util::sync::CancellationToken;

pub use bigmodel_rerank_api as api;
