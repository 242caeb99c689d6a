//! [`Server`]: the rerank contract served here, over a [`Scorer`] of this machine.
//!
//! [`Scorer`]: bigmodel_rerank_engine::Scorer
//!
#![doc = include_str!("../README.md")]

mod access;
mod answer;
mod app;
mod body;
mod connections;
mod failure;
mod held;
mod keys;
mod metrics;
mod page;
mod request;
mod rerank;
mod server;
mod settings;

pub use connections::Stopped;
pub use keys::{Keys, KeysError};
pub use server::{BindError, Server};
pub use settings::Settings;
