// @generated from an OpenAPI contract, inputs sha256:981ab5c006e6ef17.
// Do not edit: change the contract, then run `cargo xtask generate`.

//! Where the service and its operations are.

/// The base URL of the service, according to the contract.
pub const BASE_URL: &str = "https://api.cohere.com";

/// The path of `POST /v1/rerank`, below the base URL.
pub const RERANK_V1_PATH: &str = "/v1/rerank";

/// The path of `POST /v2/rerank`, below the base URL.
pub const RERANK_V2_PATH: &str = "/v2/rerank";
