// @generated from an OpenAPI contract, inputs sha256:6f6697cf52c27bcc.
// Do not edit: change the contract, then run `cargo xtask generate`.

//! Where the service and its operations are.

/// The base URL of the service, according to the contract.
pub const BASE_URL: &str = "https://api.jina.ai";

/// The path of `POST /v1/rerank`, below the base URL.
pub const RERANK_PATH: &str = "/v1/rerank";
