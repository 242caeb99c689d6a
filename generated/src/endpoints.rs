// @generated from an OpenAPI contract, inputs sha256:b57f0067e93b5cf8.
// Do not edit: change the contract, then run `cargo xtask generate`.

//! Where the service and its operations are.

/// The base URL of the service, according to the contract.
///
/// BigModel's public service.
pub const BASE_URL: &str = "https://open.bigmodel.cn/api";

/// The path of `POST /paas/v4/rerank`, below the base URL.
pub const RERANK_PATH: &str = "/paas/v4/rerank";
