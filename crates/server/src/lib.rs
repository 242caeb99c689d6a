//! [`Server`]: the rerank contract served here, over a [`Scorer`] of this machine.
//!
//! Types and limits are those of `bigmodel-rerank-api`, so what is valid there is valid here.
//! Every failure has the contract's form, `{"error":{"code":"1214","message":"…"}}`.
//!
//! | path | answers |
//! |---|---|
//! | `POST /api/paas/v4/rerank` | the contract's one operation |
//! | `GET /` | a page to try it on |
//! | `GET /openapi.yaml` | the contract, corrections applied |
//! | `GET /healthz` | `{"status":"ok"}` |
//! | `GET /metrics` | counters and times, for Prometheus |
//!
//! ```no_run
//! # async fn run() -> Result<(), Box<dyn std::error::Error>> {
//! use bigmodel_rerank_engine::Lexical;
//! use bigmodel_rerank_server::{Server, Settings};
//!
//! let server = Server::bind("127.0.0.1:8321", Lexical, Settings::default()).await?;
//! println!("serving http://{}", server.local_addr());
//! server.run(std::future::pending()).await;
//! # Ok(())
//! # }
//! ```
//!
//! [`Scorer`]: bigmodel_rerank_engine::Scorer

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
