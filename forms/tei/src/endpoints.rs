// @generated from an OpenAPI contract, inputs sha256:1e5298dcaa632116.
// Do not edit: change the contract, then run `cargo xtask generate`.

//! Where the service and its operations are.

/// The base URL of the service, according to the contract.
pub const BASE_URL: &str = "http://127.0.0.1:8080";

/// The path of `POST /rerank`, below the base URL.
pub const RERANK_PATH: &str = "/rerank";

/// The path of `GET /info`, below the base URL.
pub const INFO_PATH: &str = "/info";
