//! [`Reranker`] ranks texts by how relevant they are to a query, with BigModel's service.
//!
#![doc = include_str!("../README.md")]
//!
//! # Memory
//!
//! A call holds 16 bytes for each document, and the texts of the requests in flight: at most
//! `concurrency` times the [`Limits`], once in the request, and once more if the texts are not
//! borrowed from the documents. The ranking has a [`Hit`] for each document before it is cut;
//! [`Rerank::batches`] needs neither.

mod backend;
mod base_url;
mod batch_request;
mod batches;
mod blank_documents;
mod builder;
mod call;
mod cause;
mod codes;
mod cost;
mod envelope;
mod error;
mod excerpt;
mod exchange;
mod isolation;
mod jwt;
mod key;
mod key_text;
mod lenient;
mod limits;
mod long_documents;
mod merge;
mod named_documents;
mod outcome;
mod pack;
mod partial;
mod pieces;
mod pool;
mod progress;
mod proxy;
mod ranges;
mod ranking;
mod refused;
mod request_checks;
mod reranker;
mod response;
mod response_cache;
mod response_checks;
mod retry_loop;
mod retry_policy;
mod seconds;
mod secrets;
mod service;
mod setters;
mod settings;
mod texts;
mod transport_errors;

#[cfg(feature = "blocking")]
pub mod blocking;
#[cfg(feature = "test-util")]
pub mod testing;

pub use backend::{Backend, BoxFuture};
pub use base_url::BaseUrl;
pub use batches::Batch;
pub use blank_documents::{BlankDocuments, is_blank};
pub use builder::RerankerBuilder;
pub use call::Rerank;
pub use cost::{Estimate, approximate_tokens};
pub use error::{Error, ErrorKind};
pub use key::{ApiKey, Authentication};
pub use limits::Limits;
pub use long_documents::LongDocuments;
pub use partial::Partial;
pub use progress::Progress;
pub use ranking::{Hit, Ranking, Scale, Usage};
pub use refused::{RefusedDocument, RefusedDocuments};
pub use reranker::Reranker;
pub use response::{BackendResponse, IndexedScore};
pub use response_cache::ResponseCache;
pub use retry_policy::Retry;
pub use tokio_util::sync::CancellationToken;

pub use bigmodel_rerank_api as api;
