// @generated from an OpenAPI contract, inputs sha256:b57f0067e93b5cf8.
// Do not edit: change the contract, then run `cargo xtask generate`.

//! Between the operations and reqwest: URLs, TLS, bodies and credentials.

mod base_url;
mod decode;
mod encode;
mod failure;
mod http;
mod secret;
mod send;
mod url;

pub(crate) use base_url::base_url;
pub(crate) use decode::decode;
pub(crate) use encode::encode;
pub(crate) use failure::failure;
pub(crate) use http::http_builder;
pub(crate) use secret::secret;
pub(crate) use send::{send, undocumented};
pub(crate) use url::url;
