//! [`Reranker`]: texts ranked by how relevant they are to a query, by BigModel's service.
//!
//! ```no_run
//! # async fn run() -> Result<(), bigmodel_rerank::Error> {
//! use bigmodel_rerank::Reranker;
//!
//! let documents = ["Carson City is the capital of Nevada.", "Paris is the capital of France."];
//! let reranker = Reranker::from_env()?;
//! for hit in &reranker.rerank("capital of France", &documents).await? {
//!     println!("{:.3}  {}  {}", hit.score, hit.index, hit.item);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! Anything that is `AsRef<str>` is a document, and each [`Hit`] points back at the caller's
//! own item. Settings of one call chain before the await, see [`Rerank`]; those of all calls
//! are set when the client is built, see [`RerankerBuilder`].
//!
//! - More than one request's worth is [packed](Limits), sent with bounded concurrency and
//!   merged. What comes out is a whole [`Ranking`] or an [`Error`]; never a shorter ranking.
//! - Faults that pass are tried again; those that do not, such as an empty account, are not.
//!   See [`Retry`].
//! - Answers are checked before they are believed: one finite score for each document.
//! - [`Rerank::estimate`] tells what a call will cost, and a budget stops it before it is sent.
//! - Keys and texts are in no `Debug`, no log and no error of this crate.

mod backend;
mod base_url;
mod batches;
mod builder;
mod call;
mod cause;
mod check;
mod codes;
mod cost;
mod envelope;
mod error;
mod excerpt;
mod exchange;
mod key;
mod key_text;
mod lenient;
mod long_documents;
mod mentions;
mod merge;
mod pack;
mod pool;
mod ranking;
mod reranker;
mod response;
mod response_cache;
mod retry;
mod seconds;
mod secrets;
mod service;
mod token;
mod transport;

#[cfg(feature = "blocking")]
pub mod blocking;
#[cfg(feature = "test-util")]
pub mod testing;

pub use backend::{Backend, BoxFuture};
pub use base_url::BaseUrl;
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
pub use response::{BackendResponse, IndexedScore};
pub use response_cache::ResponseCache;
pub use retry::Retry;
pub use tokio_util::sync::CancellationToken;

pub use bigmodel_rerank_api as api;
