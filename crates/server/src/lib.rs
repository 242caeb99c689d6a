//! [`Server`]: the rerank contract served here, over a [`Scorer`] of this machine.
//!
//! Types and limits are those of `bigmodel-rerank-api`, so what is valid there is valid here.
//! Every failure has the contract's form, `{"error":{"code":"1214","message":"…"}}`.
//!
//! | path | response |
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
mod address;
mod body;
mod buffer;
mod caller;
mod clock;
mod connections;
mod cors;
mod credentials;
mod failure;
mod guarded_body;
mod headers;
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
mod server;
mod settings;
mod state;

pub use connections::Stopped;
pub use cors::{Origin, OriginError, Origins};
pub use keys::{Keys, KeysError};
pub use server::{BindError, Server};
pub use settings::Settings;
