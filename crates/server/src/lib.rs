//! [`Server`]: serves the rerank contract with a local [`Scorer`].
//!
//! [`Scorer`]: bigmodel_rerank_engine::Scorer
//!
#![doc = include_str!("../README.md")]

mod access_log;
mod address;
mod body;
mod buffer;
mod caller;
mod clock;
mod connections;
mod cors;
mod credentials;
mod failure;
mod forms;
mod guarded_body;
mod headers;
mod io_error;
mod json;
mod keys;
mod metrics;
mod outcome;
mod page;
mod paths;
mod permits;
mod rate;
mod receive;
mod request;
mod rerank;
mod response;
mod routes;
mod scoring;
mod server;
mod settings;
mod state;

pub use connections::Stopped;
pub use cors::{Origin, OriginError, Origins};
pub use keys::{Keys, KeysError};
pub use server::{BindError, Server};
pub use settings::Settings;
