// @generated from an OpenAPI contract, inputs sha256:1e5298dcaa632116.
// Do not edit: change the contract, then run `cargo xtask generate`.

//! The HTTP client: TLS, redirects and proxies.

use std::sync::Arc;

use reqwest::Url;
use rustls_platform_verifier::BuilderVerifierExt as _;

use crate::error::SetupError;

/// Returns a builder for an HTTP client with TLS that trusts the system's certificates, and
/// without timeouts, which are left to the caller. Redirects are not followed, so that neither
/// credentials nor texts go where the contract does not say.
pub(crate) fn http_builder(base_url: &Url) -> Result<reqwest::ClientBuilder, SetupError> {
    let tls = |error: rustls::Error| SetupError::Tls(error.into());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(tls)?;
    // A plain HTTP endpoint must work on a machine without any certificates.
    let config = if base_url.scheme() == "https" {
        config.with_platform_verifier().map_err(tls)?
    } else {
        config.with_root_certificates(rustls::RootCertStore::empty())
    };
    let builder = reqwest::Client::builder()
        .tls_backend_preconfigured(config.with_no_client_auth())
        .redirect(reqwest::redirect::Policy::none());
    // A proxy cannot reach an endpoint on this machine.
    Ok(if is_loopback(base_url) {
        builder.no_proxy()
    } else {
        builder
    })
}

fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_matches(['[', ']']).parse::<std::net::IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}
